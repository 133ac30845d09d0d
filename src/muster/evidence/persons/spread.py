"""Further mentions of the persons found: name parts in headlines, at the start of sentences, in small letters, in links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from muster.evidence.persons.known import Known, fold
from muster.evidence.persons.scan import Word

Spans = dict[tuple[int, int], tuple[int, str]]  # a span, its person and the rule that saw it


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


def spread(
    spans: Spans,
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
        dated = part in known.alone or (part in known.places and len(person.parts) > 1)
        if dated and word.shape != "low" and not _is_person_here(words, index, known):
            continue
        if part in known.plain and word.first and not _acts(words, index, known):
            continue
        spans[(word.start, word.end)] = (owner[part], "name part")
    _spread_links(spans, owner, text, known)


def _acts(words: list[Word], index: int, known: Known) -> bool:
    """Whether what follows makes a person of an English word: an act, or something owned."""
    following = words[index + 1] if index + 1 < len(words) else None
    return words[index].possessive or (following is not None and following.gap == " " and following.key in known.verbs)


def _is_person_here(words: list[Word], index: int, known: Known) -> bool:
    """Whether a month, weekday or place stands for a person so called: "Mrs April", "April said", "April's husband"."""
    word = words[index]
    before = words[index - 1] if index and word.gap in (" ", ". ", ", ") else None
    following = words[index + 1] if index + 1 < len(words) and words[index + 1].gap == " " else None
    if before is not None and (before.key in known.titles or before.key in known.soft) and word.gap != ", ":
        return before.shape != "low" or before.key in known.lower_titles
    if following is None:
        return False
    if word.possessive:
        return following.key in known.kin or following.key in known.beside["owned"]
    when = before is not None and word.gap == " " and before.key in known.beside["when_before"] | known.beside["place_before"]
    return not when and following.key in known.speech | known.beside["leaving"] - {"left", "leaves"}


def _fixed_things(words: list[Word], known: Known) -> set[int]:
    """Words inside known phrases ("Aung San Stadium" stays)."""
    found: set[int] = set()
    for index, word in enumerate(words):
        for phrase in known.phrases.get(word.key, ()):
            if tuple(other.key for other in words[index : index + len(phrase)]) == phrase:
                found.update(range(index, index + len(phrase)))
                break
    return found


def _spread_links(spans: Spans, owner: dict[str, int], text: str, known: Known) -> None:
    """Name parts hidden in addresses of pages ("/zay-thu-aung-story", "mg_sein2001")."""
    for match in re.finditer(r"(?:https?://|www\.)[^\s<>\"”]{4,400}", text):
        for piece in re.finditer(r"[^\W\d_]{3,}", match.group()):
            part = fold(piece.group())
            if part in owner and not known.is_ordinary(part):
                start = match.start() + piece.start()
                spans.setdefault((start, start + len(piece.group())), (owner[part], "link"))
