"""Combinations that identify: a unit's number, a village, an exact age and a day, in a quote about a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from muster.evidence.lexicon import Lexicon

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
    r"|\b(?:aged?|age of|turned)\s(?P<age>\d{1,2})\b|(?<=[A-Za-z0-9], )(?P<alone>\d{1,2})(?=,\s)"
)
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
        [*_units(text, start, end), *_places(text, start, end, lexicon), *_ages(text, start, end), *_days(text, start, end)]
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
