"""Combinations that identify: a unit's number, a village, an exact age and a day, in a quote about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from muster.evidence.lexicon import Lexicon
from muster.evidence.persons.known import compile_known, fold, split_name

UNIT_WORDS = "battalion|brigade|regiment|division|company|platoon|squadron|corps|command|detachment|squad"
KINDS_OF_UNIT = (
    r"(?:light|mechani[sz]ed|motori[sz]ed|motor|armou?red|separate|guards|marine|airborne|air assault|assault|rifle|tank|infantry"
    r"|artillery|mountain|engineer|border guard|territorial defen[cs]e|naval|police|commando|signals?|medical|logistics?)"
)
UNIT = re.compile(
    r"(?P<the>\b(?:the|a|an)\s+)?"
    r"(?P<no>\b(?:(?:no\.?|number)\s*\(?\d{1,5}\)?|\d{1,4}(?:st|nd|rd|th))\s+)?"
    rf"(?:\b{KINDS_OF_UNIT}\s+){{0,4}}\b(?P<unit>{UNIT_WORDS})\b"
    r"(?P<after>\s+(?:no\.?\s*)?\(?\d{1,5}\)?(?![\d,.]\d|\s?(?:men|soldiers|people)))?",
    re.IGNORECASE,
)
UNIT_SHORT = re.compile(r"(?P<the>\b[Tt]he\s+)?\b(?:LIB|IB|LID|LIR|BGF|MOC|ROC|TDF|v/ch|в/ч)[\s-]?\(?\d{1,5}\)?")
UNIT_NUMBER = re.compile(r"(?P<the>\b[Tt]he\s+)?\bmilitary unit (?:no\.?\s*)?[A-Z]?\d{3,6}\b", re.IGNORECASE)
SMALL_PLACE = re.compile(
    r"(?P<the>\b(?:the|a)\s+)?"
    r"(?:(?:[A-Z][\w’'-]{1,24}\s){1,3}(?P<after>village|town|township|hamlet|ward|village tract|district)\b"
    r"|\b(?P<before>village|town|township|hamlet|ward|district) of (?:[A-Z][\w’'-]{1,24})(?:\s[A-Z][\w’'-]{1,24}){0,2})"
)
AGE = re.compile(
    r"\b(?P<old>\d{1,2})(?=[\s-]years?[\s-]old\b)"
    r"|\b(?:aged?|age of|turned)\s(?P<age>\d{1,2})\b|(?<=[A-Za-z0-9], )(?P<alone>\d{1,2})(?=[,;)]\s|\.(?:\s|\Z)|\sand\s\d{1,2},)"
    r"|(?<=[A-Za-z] \()(?P<inside>\d{1,2})(?=\))|\b[Bb]oth (?P<both>\d{1,2})(?=[,.;)\s])"
    r"|\b(?:[Hh]e|[Ss]he|[Ww]ho|P-[a-f\d]+|[A-Z][\w’'-]+) (?:is|was) (?P<stated>\d{1,2})(?=[.,;)]|\s(?:and|when|but)\b)"
)
# Before the name of a town: where somebody was, left, or came to.
LEAD = (
    r"\b(?:near|in|at|from|outside|around|towards?|to|into|reached|left|leaves|fled|flees|fleeing|escaped|escapes|quit|quits|entered"
    r"|via|through|of)\s+"
)
TOWN = re.compile(rf"(?i:{LEAD})(?P<town>[A-Z][\w’'-]{{2,24}}(?:[ -][A-Z][\w’'-]{{2,24}}){{0,3}})(?![\w’'-]| [A-Z])")
MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
DAY = re.compile(
    rf"\b(?:[Oo]n\s+)?(?:(?P<m1>{MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s(?P<y1>\d{{4}}))?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s(?P<m2>{MONTHS})(?!\w)(?:,?\s(?P<y2>\d{{4}}))?)"
)
BANDS = ((18, "under 18"), (25, "18-24"), (35, "25-34"), (45, "35-44"), (200, "45+"))


class Edit(NamedTuple):
    """Replace a span by words."""

    start: int
    end: int
    words: str


def band_of_age(age: int) -> str:
    """The band an age falls in."""
    return next(name for limit, name in BANDS if age < limit)


def generalise(text: str, start: int, end: int, lexicon: Lexicon) -> list[Edit]:
    """Edits that make a passage about a person less exact, in order, without overlaps."""
    edits: list[Edit] = []
    for edit in sorted(
        [*_units(text, start, end), *_places(text, start, end, lexicon), *_ages(text, start, end), *_days(text, start, end)],
        key=lambda edit: (edit.start, -edit.end),
    ):
        if not edits or edit.start >= edits[-1].end:
            edits.append(edit)
    return edits


def _units(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in UNIT.finditer(text, start, end):
        if match["no"] or match["after"]:
            yield Edit(*match.span(), f"{'A' if match.group()[0] == 'T' else 'a'} {match['unit'].lower()}")
    for pattern, noun in ((UNIT_SHORT, "battalion"), (UNIT_NUMBER, "unit")):
        for match in pattern.finditer(text, start, end):
            yield Edit(*match.span(), f"a {noun}")


def _places(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Edit]:
    for match in SMALL_PLACE.finditer(text, start, end):
        noun = match["after"] or match["before"]
        yield Edit(*match.span(), f"{'A' if match.group()[0] == 'T' and match['the'] else 'a'} {noun}")
    pattern, regions = _small_places(lexicon)
    if pattern is not None:
        for match in pattern.finditer(text, start, end):
            yield Edit(*match.span(), regions[match.group()])
    yield from _towns(text, start, end, lexicon)


def _towns(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Edit]:
    """Towns no list gives a region for: known as a place, or a word nothing explains that stands where a town would."""
    known = compile_known(lexicon)
    large = _large_places(lexicon)
    for match in TOWN.finditer(text, start, end):
        name = fold(match["town"]).removesuffix("'s")
        parts = split_name(name)
        if name in large or not parts or any(part in large or part in known.head or part in known.prefix for part in parts):
            continue
        listed = name in known.places or all(part in _towns_listed(lexicon) for part in parts)
        foreign = not any(known.is_ordinary(part) or part in known.alone or part in known.titles for part in parts)
        phrase = any(parts[: len(known_phrase)] == known_phrase for known_phrase in known.phrases.get(parts[0], ()))
        if (listed and (parts[0] in _towns_listed(lexicon))) or (foreign and not phrase and name not in known.places):
            yield Edit(match.start("town"), match.end("town"), "a town")


@lru_cache(maxsize=16)
def _towns_listed(lexicon: Lexicon) -> frozenset[str]:
    """Words of the lexicon's list of places."""
    return frozenset(
        word
        for row in lexicon.table("capitalised")
        if row.get("kind") == "place"
        for word in split_name(str(row.get("words", "")))
    )


@lru_cache(maxsize=16)
def _large_places(lexicon: Lexicon) -> frozenset[str]:
    """Countries, their peoples, and regions of the first level, folded: what a quote may name."""
    large = {fold(str(row.get(field, ""))) for row in lexicon.table("places") for field in ("region", "country")}
    for row in lexicon.table("countries"):
        large.update(fold(str(name)) for name in (row["name"], *row.get("words", ())))
    for row in lexicon.table("places"):
        large.update(fold(str(name)) for name in row.get("also", ()))
    return frozenset(large - {""})


@lru_cache(maxsize=16)
def _small_places(lexicon: Lexicon) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Towns and villages of the lexicon with the first-level region each lies in."""
    regions: dict[str, str] = {}
    for row in lexicon.table("places"):
        for word in row.get("words", ()):
            if row.get("region") and word[:1].isupper() and row["region"] not in word:
                regions.setdefault(word, row["region"])
    if not regions:
        return None, regions
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in sorted(regions, key=len, reverse=True)) + r")\b"), regions


def _ages(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in AGE.finditer(text, start, end):
        group = match.lastgroup or "age"
        years = int(match[group])
        if years >= 10:
            yield Edit(match.start(group), match.end(group), band_of_age(years))


def _days(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in DAY.finditer(text, start, end):
        month, year = match["m1"] or match["m2"], match["y1"] or match["y2"]
        lead = {"On": "In ", "on": "in "}.get(match.group()[:2], "") if match.group()[2:3].isspace() else ""
        yield Edit(*match.span(), lead + month + (f" {year}" if year else ""))
