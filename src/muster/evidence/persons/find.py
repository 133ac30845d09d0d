"""Names of persons in a text: found by their surroundings, gathered by person, private unless public.

A capitalised word that nothing else explains counts as a name: a false alarm costs a reader a word, a leak may cost a life.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from muster.evidence.lexicon import Lexicon
from muster.evidence.persons.contacts import find_contacts
from muster.evidence.persons.known import Known, compile_known
from muster.evidence.persons.public import is_hard_shielded, office_beside
from muster.evidence.persons.runs import find_runs
from muster.evidence.persons.scan import Word, scan
from muster.evidence.persons.small import find_small
from muster.evidence.persons.spread import Someone, Spans, spread
from muster.evidence.persons.weigh import Run

CODE = re.compile(r"\bP-(?:[a-f][0-9a-f]{5}|\d+)\b")

ENDINGS = (
    "",
    "a",
    "o",
    "y",
    "i",
    "u",
    "e",
    "ov",
    "ova",
    "ovym",
    "ym",
    "om",
    "em",
    "ko",
    "ka",
    "ku",
    "iy",
    "yi",
    "yy",
    "j",
    "h",
    "n",
    "s",
)
OFTEN = 40  # mentions of one person whose surroundings are read for an office
PERSONAL = ("age", "apposition", "naming", "honorific", "kin", "small letters")  # signs of a person nobody knows


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One mention: ``person`` is the index of the person in this document, ``why`` the rule that saw it."""

    start: int
    end: int
    text: str
    person: int
    public: bool
    why: str


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
    spans: Spans = {(words[run.first].start, words[run.last].end): (of_run[k], run.why) for k, run in enumerate(runs)}
    spread(spans, people, words, known, text, codes)
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
    figures = _figures(known)
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
            # A surname that is a common first name stands for the figure only with the full name or in his country.
            at_home = name in known.figure_in and known.figure_in[name] in text
            name = name if at_home and run.why not in PERSONAL else None
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
        if not person.office and len(person.forms) <= OFTEN:
            person.office = office_beside(text, start, end, known)
        of_run[k] = mine
    return people, of_run


@lru_cache(maxsize=16)
def _figures(known: Known) -> dict[tuple[str, ...], str]:
    return {canonical(form, known): name for form, name in known.figures.items()}


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
    if len(part) < 5:
        return []
    stems = [part[:size] + ending for size in (len(part) - 2, len(part) - 1, len(part)) for ending in ENDINGS if size >= 4]
    return [k for stem in stems if stem != part and _alike(part, stem) for k in owners.get(stem, ())]


def _alike(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return len(long) - len(short) <= 3 and short[:-1] == long[: len(short) - 1]


def _add_contacts(spans: Spans, people: list[Someone], text: str) -> None:
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


def _tidy(spans: Spans, people: list[Someone], text: str) -> list[PersonMention]:
    """Mentions in order; of overlapping ones the longest stays. Persons are numbered as they appear."""
    mentions: list[PersonMention] = []
    numbers: dict[int, int] = {}
    for (start, end), (who, why) in sorted(spans.items(), key=lambda item: (item[0][0], -item[0][1])):
        if mentions and start < mentions[-1].end:
            continue
        number = numbers.setdefault(who, len(numbers))
        mentions.append(PersonMention(start, end, text[start:end], number, people[who].public, why))
    return mentions
