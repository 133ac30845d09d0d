"""Numbers with what is glued to them (percent, "times", a currency), and pairs of them that bound one count.

"300,000-400,000", "between 300 and 400", "2 to 3 million" are one range; "from 9 to 12 percent" after a verb of change
is two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from muster.evidence.numbers.wording import money_after, money_before
from muster.evidence.numbers.words import Atom, find_atoms


@dataclass(frozen=True, slots=True)
class Measured:
    """A bare number with what is glued to it: its percent sign or its currency."""

    atom: Atom
    start: int
    end: int
    unit: str | None
    currency: str | None
    rules: tuple[str, ...]


_PERCENT = re.compile(
    r"(?i)\s?[-‐]?(?:%|per\s?cent\b|percent\b|pct\b|percentage)(?P<points>[\s-]*points?\b)?(?:age[\s-]points?\b)?"
)
_TIMES = re.compile(
    r"(?i)\s+times\b(?=\s+(?:as|more|the|higher|larger|bigger|greater|that|what|its|their|smaller|over|fewer|less)\b)|[\s-]?fold\b"
)
_TWICE = re.compile(
    r"(?i)(?<![\w-])(?:(?P<word>twice|thrice|double|triple)(?=\s+(?:as|the|that|what|its|their|his)\b)"
    r"|(?P<fold>two|three|four|five|six|seven|eight|nine|ten)fold\b)"
)
_FOLDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DASH = re.compile(r"\s?[-‐‑–—]\s?\Z")
_TO = re.compile(
    r"(?i)\s+(?:up\s+|and\s+up\s+)?to\s+(?:(?:about|around|some|perhaps|possibly|as\s+many\s+as|maybe|even|nearly|almost|roughly)\s+)*\Z"
)
_AND = re.compile(r"(?i)\s+and\s+(?:(?:about|around|some|perhaps|possibly|as\s+many\s+as|nearly|roughly)\s+)*\Z")
_OR = re.compile(
    r"(?i),?\s+(?:or|if\s+not|or\s+even|or\s+perhaps|or\s+maybe|perhaps|possibly|maybe|and\s+perhaps|and\s+possibly),?\s+(?:(?:even|possibly|perhaps|maybe)\s+)?\Z"
)
_CHANGE = re.compile(
    r"(?i)\b(?:r[io]se|risen|rising|gr[eo]wn?|growing|growth|increas\w+|jump\w*|climb\w*|fall\w*|fell|drop\w*|declin\w+|shr[aiu]nk\w*|decreas\w+|reduc\w+|cut|went|"
    r"gone|going|expand\w*|up|down|rais\w+|surg\w+|swell\w*|swollen|dwindl\w+|slip\w*|plung\w+|changed?|escalat\w+|soar\w*|tumbl\w+|slump\w*|lower\w*|moved|doubl\w+|tripl\w+)\b[^.;]{0,48}\Z"
)


@dataclass(frozen=True, slots=True)
class Count:
    """One number, or two that bound one count; ``bounds`` are those of a range."""

    first: Measured
    last: Measured
    bounds: tuple[float, float] | None = None


def find_counts(text: str, spoken: Callable[[int, int], str]) -> list[Count]:
    """The numbers of a text in order, pairs joined; ``spoken`` tells the role of a span that is a date or an address."""
    measured = [_measure(text, atom) for atom in find_atoms(text)] + [_ratio(match) for match in _TWICE.finditer(text)]
    measured.sort(key=lambda item: item.start)
    counts: list[Count] = []
    index = 0
    while index < len(measured):
        first = measured[index]
        second = measured[index + 1] if index + 1 < len(measured) else None
        bounds = _range_of(text, first, second, spoken) if second else None
        counts.append(Count(first, second, bounds) if second and bounds else Count(first, first))
        index += 2 if bounds else 1
    return counts


def _measure(text: str, atom: Atom) -> Measured:
    """The number with its percent sign, its "times" or its currency."""
    percent = _PERCENT.match(text, atom.end)
    if percent:
        rule = "percentage_points" if "point" in percent.group().lower() else "percent"
        return Measured(atom, atom.start, percent.end(), "share", None, (rule,))
    if atom.form == "share":
        return Measured(atom, atom.start, atom.end, "share", None, ("fraction",))
    times = _TIMES.match(text, atom.end)
    if times:
        return Measured(atom, atom.start, times.end(), "ratio", None, ("times",))
    ahead, start = money_before(text, atom.start)
    behind, end = money_after(text, atom.end)
    code = ahead or behind
    if code is None:
        return Measured(atom, atom.start, atom.end, None, None, (atom.form,) if atom.form != "digits" else ())
    return Measured(atom, start, end, "USD" if code == "USD" else "money", code, ("money",))


def _ratio(match: re.Match[str]) -> Measured:
    value = (
        _FOLDS.index(match["fold"].lower()) + 2.0
        if match["fold"]
        else 3.0
        if match["word"].lower() in ("thrice", "triple")
        else 2.0
    )
    return Measured(
        Atom(match.start(), match.end(), value, value, value, "ratio"), match.start(), match.end(), "ratio", None, ("times",)
    )


def _range_of(text: str, first: Measured, second: Measured, spoken: Callable[[int, int], str]) -> tuple[float, float] | None:
    """The bounds two numbers give together, or ``None`` when they are two counts."""
    gap = text[first.end : second.atom.start]
    if len(gap) > 40 or first.atom.form == "ratio" or second.atom.form in ("ratio",):
        return None
    gap = gap[: len(gap) - (second.atom.start - second.start)] if second.currency and second.start < second.atom.start else gap
    if spoken(first.atom.start, first.atom.end) or spoken(second.atom.start, second.atom.end):
        return None
    low, high = _aligned(first, second)
    if (
        low >= high
        or (first.unit and second.unit and first.unit != second.unit)
        or (first.unit and not second.unit and first.unit == "share")
    ):
        return None
    ahead = text[max(0, first.start - 70) : first.start]
    if _DASH.match(gap):
        if high > 1000 * max(low, 1.0) or re.match(r"0\d", text[first.atom.start : first.atom.end]):
            return None
        return (low, high) if first.atom.form == second.atom.form == "digits" or first.atom.form == "words" else None
    if _TO.match(gap):
        changed = re.search(r"(?i)\bfrom\s+(?:[a-z]+\s+){0,3}\Z", ahead) and _CHANGE.search(ahead)
        return None if changed else (low, high)
    if _AND.match(gap):
        between = re.search(
            r"(?i)\b(?:between|from)\s+(?:the\s+ages?\s+(?:of\s+)?)?(?:(?:about|around|some|roughly|an?\s+estimated)\s+)?\Z",
            ahead,
        )
        return (low, high) if between else None
    if _OR.match(gap) and (high <= 3 * low or first.atom.form == second.atom.form == "vague"):
        return low, high
    return None


def _aligned(first: Measured, second: Measured) -> tuple[float, float]:
    """The two ends on one scale: "2 to 3 million" and "300-400,000" leave the scale of the first unsaid."""
    low, high = first.atom.lo, second.atom.hi
    if first.atom.scale == 1.0 and second.atom.scale > 1.0 and low < second.atom.coefficient:
        return low * second.atom.scale, high
    if first.atom.form == "digits" and low < 1000 and high >= 1000 and high % 1000 == 0 and 0.4 * high <= low * 1000 < high:
        return low * 1000, high
    return low, high
