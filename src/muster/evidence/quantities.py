"""Every number of a text, with the bounds its wording gives and what it is: a quantity, or a date, an age, a name.

This is the face of the number rules: :mod:`muster.evidence.number_words` finds the figures,
:mod:`muster.evidence.number_wording` their bounds, money and rates, :mod:`muster.evidence.number_roles` what they are
not. Shares are in percent (half is 50). Two numbers that bound one count are one mention ("300,000-400,000").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from muster.evidence.dates import find_dates
from muster.evidence.number_roles import Place, masks, nobody, role_of
from muster.evidence.number_wording import (
    Wording,
    money_after,
    money_before,
    rate_after,
    rate_before,
    wording_after,
    wording_before,
)
from muster.evidence.number_words import Atom, find_atoms

ABOUT = 0.1  # "about" is a tenth to either side; "nearly" a tenth below


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in a text. ``start`` to ``end`` is the number alone, ``outer_*`` takes in its wording, percent sign, money.

    ``point`` is the number stated (none for a range), ``lo`` and ``hi`` its bounds (``None`` is open). ``role`` is
    ``quantity`` unless a rule says what else it is. ``words`` names the rules that fired.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    point: float | None
    lo: float | None
    hi: float | None
    qualifier: str
    role: str
    unit: str | None = None
    currency: str | None = None
    per: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Measured:
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
_SAME_RATE = re.compile(r"(?i)\s+(?:[\w’-]+\s+){0,3}(?:and|or)\s+")
_CHANGE = re.compile(
    r"(?i)\b(?:r[io]se|risen|rising|gr[eo]wn?|growing|growth|increas\w+|jump\w*|climb\w*|fall\w*|fell|drop\w*|declin\w+|shr[aiu]nk\w*|decreas\w+|reduc\w+|cut|went|"
    r"gone|going|expand\w*|up|down|rais\w+|surg\w+|swell\w*|swollen|dwindl\w+|slip\w*|plung\w+|changed?|escalat\w+|soar\w*|tumbl\w+|slump\w*|lower\w*|moved|doubl\w+|tripl\w+)\b[^.;]{0,48}\Z"
)


def find_numbers(text: str) -> list[NumberMention]:
    """Every number of the text in order, none over another: quantities, and the others with their role."""
    measured = [_measure(text, atom) for atom in find_atoms(text)]
    measured += [_ratio(match) for match in _TWICE.finditer(text)]
    measured.sort(key=lambda item: item.start)
    spoken = _Taken(text)
    mentions: list[NumberMention] = []
    index = 0
    while index < len(measured):
        following = measured[index + 1] if index + 1 < len(measured) else None
        joined = _as_range(text, measured[index], following, spoken) if following else None
        last = following if joined and following else measured[index]
        index += 2 if joined else 1
        limit = measured[index].start if index < len(measured) else len(text)
        before = mentions[-1] if mentions else None
        mentions.append(_mention(text, measured[index - (2 if joined else 1)], last, joined, spoken, before, limit))
    mentions += [_zero(text, start, end) for start, end in nobody(text)]
    return _share_rates(text, _without_overlap(mentions))


class _Taken:
    """The spans of a text that are dates, times and addresses, to be asked about by place."""

    def __init__(self, text: str) -> None:
        spans = [(date.start, date.end, "date") for date in find_dates(text)] + masks(text)
        self._spans = sorted(spans)
        self._starts = [span[0] for span in self._spans]

    def role(self, start: int, end: int) -> str:
        """The role of the span that holds a number, or nothing."""
        for index in range(max(0, bisect_right(self._starts, start) - 4), len(self._spans)):
            first, last, role = self._spans[index]
            if first >= end:
                return ""
            if last > start:
                return role
        return ""


def _measure(text: str, atom: Atom) -> _Measured:
    """The number with its percent sign, its "times" or its currency."""
    percent = _PERCENT.match(text, atom.end)
    if percent:
        rule = "percentage_points" if "point" in percent.group().lower() else "percent"
        return _Measured(atom, atom.start, percent.end(), "share", None, (rule,))
    if atom.form == "share":
        return _Measured(atom, atom.start, atom.end, "share", None, ("fraction",))
    times = _TIMES.match(text, atom.end)
    if times:
        return _Measured(atom, atom.start, times.end(), "ratio", None, ("times",))
    ahead, start = money_before(text, atom.start)
    behind, end = money_after(text, atom.end)
    code = ahead or behind
    if code is None:
        return _Measured(atom, atom.start, atom.end, None, None, (atom.form,) if atom.form != "digits" else ())
    return _Measured(atom, start, end, "USD" if code == "USD" else "money", code, ("money",))


def _ratio(match: re.Match[str]) -> _Measured:
    value = (
        _FOLDS.index(match["fold"].lower()) + 2.0
        if match["fold"]
        else 3.0
        if match["word"].lower() in ("thrice", "triple")
        else 2.0
    )
    return _Measured(
        Atom(match.start(), match.end(), value, value, value, "ratio"), match.start(), match.end(), "ratio", None, ("times",)
    )


def _as_range(text: str, first: _Measured, second: _Measured, spoken: _Taken) -> tuple[float, float] | None:
    """The bounds two numbers give together, or ``None`` when they are two counts."""
    gap = text[first.end : second.atom.start]
    if len(gap) > 40 or first.atom.form == "ratio" or second.atom.form in ("ratio",):
        return None
    gap = gap[: len(gap) - (second.atom.start - second.start)] if second.currency and second.start < second.atom.start else gap
    if spoken.role(first.atom.start, first.atom.end) or spoken.role(second.atom.start, second.atom.end):
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


def _aligned(first: _Measured, second: _Measured) -> tuple[float, float]:
    """The two ends on one scale: "2 to 3 million" and "300-400,000" leave the scale of the first unsaid."""
    low, high = first.atom.lo, second.atom.hi
    if first.atom.scale == 1.0 and second.atom.scale > 1.0 and low < second.atom.coefficient:
        return low * second.atom.scale, high
    if first.atom.form == "digits" and low < 1000 and high >= 1000 and high % 1000 == 0 and 0.4 * high <= low * 1000 < high:
        return low * 1000, high
    return low, high


def _mention(
    text: str,
    first: _Measured,
    last: _Measured,
    joined: tuple[float, float] | None,
    spoken: _Taken,
    before: NumberMention | None,
    limit: int,
) -> NumberMention:
    """One number or one range with all that the words around it say."""
    ahead = wording_before(text, first.start)
    behind = wording_after(text, last.end, mark="yes" if any("the" in rule for rule in ahead.rules) else "no")
    between = (
        re.search(r"(?i)\b(?:somewhere\s+)?(?:between|from)\s+\Z", text[max(0, ahead.start - 24) : ahead.start])
        if joined
        else None
    )
    outer_start = ahead.start - len(between.group()) if between else ahead.start
    qualifier, point, low, high = _bounds(first.atom, joined, ahead, behind)
    unit, currency = last.unit or first.unit, last.currency or first.currency
    taken = spoken.role(first.atom.start, last.atom.end)
    if unit and not taken and not (unit == "share" and first.atom.form == "share"):
        role, rule = "quantity", ""
    else:
        listed = before.role if before and _in_list(text[before.outer_end : outer_start]) else ""
        place = Place(text, first.atom.start, last.atom.end, last.atom.point, first.atom.form)
        role, rule = (
            (taken, f"role:{taken}") if taken else role_of(place, bounded=qualifier if ahead.rules else "", listed=listed)
        )
    per = None
    if role == "quantity":
        per = rate_after(text, last.end, limit=limit) or rate_before(text, outer_start)
    rules = (*first.rules, *(("range",) if joined else ()), *ahead.rules, *behind.rules, *((rule,) if rule else ()))
    return NumberMention(
        first.atom.start,
        last.atom.end,
        outer_start,
        max(behind.end, last.end),
        point,
        low,
        high,
        qualifier,
        role,
        unit,
        currency,
        per,
        rules,
    )


def _in_list(gap: str) -> bool:
    return re.fullmatch(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|or|&)\s+|\s*[-–/]\s*", gap) is not None


def _bounds(
    atom: Atom, joined: tuple[float, float] | None, ahead: Wording, behind: Wording
) -> tuple[str, float | None, float | None, float | None]:
    """Qualifier, point and bounds of a number under its wording; a bound said on either side outweighs a doubt."""
    if joined:
        return "range", None, joined[0], joined[1]
    names = [name for name in (ahead.qualifier, behind.qualifier) if name]
    qualifier = next((name for name in names if name in ("at_least", "at_most")), names[0] if names else "exact")
    if atom.form == "vague":
        return "vague", atom.point, atom.lo, atom.hi
    value = atom.point
    bounds: dict[str, tuple[float | None, float | None]] = {
        "exact": (value, value),
        "at_least": (value, None),
        "at_most": (None, value),
        "about": (round(value * (1 - ABOUT), 6), round(value * (1 + ABOUT), 6)),
        "nearly": (round(value * (1 - ABOUT), 6), value),
    }
    return qualifier, value, *bounds[qualifier]


def _zero(text: str, start: int, end: int) -> NumberMention:
    return NumberMention(start, end, start, end, 0.0, 0.0, 0.0, "exact", "quantity", words=("nobody",))


def _without_overlap(mentions: list[NumberMention]) -> list[NumberMention]:
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[NumberMention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _share_rates(text: str, mentions: list[NumberMention]) -> list[NumberMention]:
    """ "15,000 AWOL and 1,500-2,000 desertion cases a month": the rate is that of both."""
    for index in range(len(mentions) - 2, -1, -1):
        here, following = mentions[index], mentions[index + 1]
        if following.per and not here.per and here.role == following.role == "quantity":
            gap = text[here.outer_end : following.outer_start]
            converted = here.currency is not None and re.fullmatch(r"\s*\(", gap) is not None
            if converted or (here.unit == following.unit and _SAME_RATE.fullmatch(gap, 0, 60)):
                mentions[index] = replace(here, per=following.per)
    return mentions
