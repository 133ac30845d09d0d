"""Names of persons in a text: found by their surroundings, gathered by person, private unless public.

A capitalised word that nothing else explains counts as a name: a false alarm costs a reader a word, a leak may cost a life.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from muster.evidence.lexicon import Lexicon
from muster.evidence.persons.contacts import find_contacts
from muster.evidence.persons.known import Known, compile_known, fold
from muster.evidence.persons.public import is_hard_shielded, office_beside
from muster.evidence.persons.runs import Run, find_runs
from muster.evidence.persons.scan import Word, scan
from muster.evidence.persons.small import find_small

CODE = re.compile(r"\bP-(?:[a-f][0-9a-f]{5}|\d+)\b")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One mention: ``person`` is the index of the person in this document, ``why`` the rule that saw it."""

    start: int
    end: int
    text: str
    person: int
    public: bool
    why: str


@dataclass(slots=True)
class Someone:
    """A person while a document is read: the parts of the name, and what spoke for being public."""

    parts: list[str]
    listed: bool = False
    office: bool = False
    hard: bool = False
    forms: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def public(self) -> bool:
        """Listed or in office, and nobody asked that the name be kept back."""
        return (self.listed or self.office) and not self.hard


def find_persons(text: str, *, lexicon: Lexicon) -> list[PersonMention]:
    """All mentions of persons, in order, without overlaps; contacts are persons too."""
    known = compile_known(lexicon)
    words = scan(text, known)
    codes = {place for match in CODE.finditer(text) for place in range(*match.span())}
    runs = [run for run in _settle(find_runs(words, known, text), words) if words[run.first].start not in codes]
    small = find_small(words, known, text, taken={index for run in runs for index in range(run.first, run.last + 1)})
    runs += [run for run in small if words[run.first].start not in codes]
    runs.sort(key=lambda run: run.first)
    people, of_run = _gather(runs, words, known, text)
    spans = {(words[run.first].start, words[run.last].end): (of_run[k], run.why) for k, run in enumerate(runs)}
    _spread(spans, people, words, known, text, codes)
    _add_contacts(spans, people, text)
    return _tidy(spans, people, text)


def _settle(runs: list[Run], words: list[Word]) -> list[Run]:
    """Keep the runs that are names, given what the other mentions of the same words say."""
    keys = [tuple(word.key for word in words[run.first : run.last + 1]) for run in runs]
    strong = {key for run, key in zip(runs, keys, strict=True) if run.verdict == "strong"}
    things = {key for run, key in zip(runs, keys, strict=True) if run.verdict == "thing"}
    kept = []
    for run, key in zip(runs, keys, strict=True):
        if (
            run.verdict == "strong"
            or (run.verdict == "default" and (key in strong or key not in things))
            or (run.verdict == "thing" and run.why not in ("place", "group") and key in strong)
        ):
            kept.append(run)
    return kept


def _core(run: Run, words: list[Word], known: Known) -> tuple[str, ...]:
    """The parts of a name without honorifics before it, particles and initials, "al-" taken off."""
    parts = [word.key for word in words[run.first : run.last + 1]]
    if len(parts) > 1 and parts[0] in known.soft and parts[0] not in ("min", "naing"):
        parts = parts[1:]
    return canonical(tuple(parts), known) or tuple(parts)


def canonical(parts: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """Parts of a name without particles, for comparison ("al-Assad", "Al Assad" and "Assad" are the same)."""
    bare = []
    for part in parts:
        head, _, tail = part.partition("-")
        part = tail if tail and head in known.particles else part
        if part not in known.particles or part in known.given:
            bare.append(part)
    return tuple(bare)


def _gather(runs: list[Run], words: list[Word], known: Known, text: str) -> tuple[list[Someone], list[int]]:
    """Persons, and the person of each run: full names first, so that a name part finds its owner."""
    figures = {canonical(form, known): name for form, name in known.figures.items()}
    people: list[Someone] = []
    owners: dict[str, list[int]] = {}
    of_run = [-1] * len(runs)
    order = sorted(range(len(runs)), key=lambda k: (len(_core(runs[k], words, known)) == 1, runs[k].first))
    listed_index: dict[str, int] = {}
    for k in order:
        run = runs[k]
        core = _core(run, words, known)
        name = _figure(tuple(word.key for word in words[run.first : run.last + 1]), core, figures, known)
        mine = _owner(core, owners, people, name)
        if name is not None and len(core) == 1 and core[0] in known.given and name not in listed_index:
            name = None  # a surname that is a common first name stands for the figure only where the full name does too
        if mine is None and name is not None and name in listed_index:
            mine = listed_index[name]
        if mine is None:
            mine = len(people)
            people.append(Someone(list(core)))
        person = people[mine]
        if name is not None and (len(core) > 1 or not person.forms or person.listed):
            person.listed = True
            listed_index.setdefault(name, mine)
        person.forms.append(core)
        for part in core:
            if mine not in owners.setdefault(part, []):
                owners[part].append(mine)
            if part not in person.parts:
                person.parts.append(part)
        start, end = words[run.first].start, words[run.last].end
        person.hard = person.hard or (not person.listed and is_hard_shielded(text, start, end))
        person.office = person.office or office_beside(text, start, end, known)
        of_run[k] = mine
    return people, of_run


def _figure(raw: tuple[str, ...], core: tuple[str, ...], figures: dict[tuple[str, ...], str], known: Known) -> str | None:
    """The public figure a run names: the whole run, or a full listed name inside it."""
    for parts in (core, canonical(raw, known)):
        if parts in figures:
            return figures[parts]
        for size in range(len(parts) - 1, 1, -1):
            # Burmese names have no family part: one that begins or ends like another is somebody else's.
            if parts[:size] in figures and not known.burmese.issuperset(parts[:size]):
                return figures[parts[:size]]
    return None


def _owner(core: tuple[str, ...], owners: dict[str, list[int]], people: list[Someone], figure: str | None) -> int | None:
    """The person already met that these parts belong to: a private one before a public one."""
    shared = [set(owners.get(part, ())) or set(_stem_owners(part, owners)) for part in core]
    common = set.intersection(*shared) if shared else set()
    if len(core) > 1:
        common = {k for k in common if people[k].listed == (figure is not None)} if figure else common
        if common:
            return max(common)
        covered = [k for k in set().union(*shared) if set(people[k].parts) <= set(core)] if shared else []
        return max(covered) if covered and figure is None else None
    if not common:
        return None
    private = [k for k in common if not people[k].public]
    return max(private) if private else max(common)


def _stem_owners(part: str, owners: dict[str, list[int]]) -> list[int]:
    """Owners of the same name in another case or spelling: "Petrenka" of "Petrenko", "Ivanova" of "Ivanov"."""
    if len(part) < 5 or len(owners) > 2000:
        return []
    return [k for other, group in owners.items() if len(other) >= 5 and _alike(part, other) for k in group]


def _alike(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return len(long) - len(short) <= 3 and short[:-1] == long[: len(short) - 1]


def _spread(
    spans: dict[tuple[int, int], tuple[int, str]],
    people: list[Someone],
    words: list[Word],
    known: Known,
    text: str,
    codes: set[int],
) -> None:
    """Every further word that is part of a name found: in headlines, at the start of sentences, in small letters."""
    owner: dict[str, int] = {}
    for k, person in enumerate(people):
        for part in person.parts:
            if len(part) > 1 and part not in known.particles and (part not in owner or people[owner[part]].public):
                owner[part] = k
    taken = {place for start, end in spans for place in range(start, end)}
    things = _fixed_things(words, known)
    for index, word in enumerate(words):
        part = word.key if word.key in owner else word.key.partition("-")[2]
        if part not in owner or word.start in taken or word.start in codes or word.fixed:
            continue
        person = people[owner[part]]
        plain = known.is_ordinary(part) or part in known.soft or part in known.beside["not_alone"]
        if word.shape == "low" and (plain or len(part) < 3):
            continue
        if index in things and (plain or part in known.places or person.public):
            continue
        if plain and (
            word.mode != "normal" or (word.first and part in known.beside["not_alone"] and not _acts(words, index, known))
        ):
            continue
        if (
            (part in known.alone or part in known.places)
            and word.shape != "low"
            and part in known.places
            and len(people[owner[part]].parts) > 1
        ):
            continue
        spans[(word.start, word.end)] = (owner[part], "name part")
    _spread_links(spans, owner, text, known)


def _acts(words: list[Word], index: int, known: Known) -> bool:
    """Whether what follows makes a person of an English word: an act, or something owned."""
    following = words[index + 1] if index + 1 < len(words) else None
    return words[index].possessive or (following is not None and following.gap == " " and following.key in known.verbs)


def _fixed_things(words: list[Word], known: Known) -> set[int]:
    """Words inside known phrases ("Aung San Stadium" stays)."""
    found: set[int] = set()
    for index, word in enumerate(words):
        for phrase in known.phrases.get(word.key, ()):
            if tuple(other.key for other in words[index : index + len(phrase)]) == phrase:
                found.update(range(index, index + len(phrase)))
                break
    return found


def _spread_links(spans: dict[tuple[int, int], tuple[int, str]], owner: dict[str, int], text: str, known: Known) -> None:
    """Name parts hidden in addresses of pages ("/zay-thu-aung-story", "mg_sein2001")."""
    for match in re.finditer(r"(?:https?://|www\.)[^\s<>\"”]{4,400}", text):
        for piece in re.finditer(r"[^\W\d_]{3,}", match.group()):
            part = fold(piece.group())
            if part in owner and not known.is_ordinary(part):
                start = match.start() + piece.start()
                spans.setdefault((start, start + len(piece.group())), (owner[part], "link"))


def _add_contacts(spans: dict[tuple[int, int], tuple[int, str]], people: list[Someone], text: str) -> None:
    for contact in find_contacts(text):
        inner = (
            [k for (start, end), (k, _) in spans.items() if start >= contact.start and end <= contact.end]
            if len(spans) < 500
            else []
        )
        if not inner:
            people.append(Someone([]))
        spans[(contact.start, contact.end)] = (inner[0] if inner else len(people) - 1, contact.sort)
        if inner:
            people[inner[0]].hard = people[inner[0]].hard or not people[inner[0]].listed


def _tidy(spans: dict[tuple[int, int], tuple[int, str]], people: list[Someone], text: str) -> list[PersonMention]:
    """Mentions in order; of overlapping ones the longest stays. Persons are numbered as they appear."""
    mentions: list[PersonMention] = []
    numbers: dict[int, int] = {}
    for (start, end), (who, why) in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
        if mentions and start < mentions[-1].end:
            continue
        number = numbers.setdefault(who, len(numbers))
        mentions.append(PersonMention(start, end, text[start:end], number, people[who].public, why))
    return mentions
