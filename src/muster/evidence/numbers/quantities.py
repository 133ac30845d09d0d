"""Every number of a text, with the bounds its wording gives and what it is: a quantity, or a date, an age, a name.

This is the face of the number rules: :mod:`muster.evidence.numbers.words` finds the figures,
:mod:`muster.evidence.numbers.wording` their bounds, money and rates, :mod:`muster.evidence.numbers.roles` what they are
not. Shares are in percent (half is 50). Two numbers that bound one count are one mention ("300,000-400,000").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from muster.evidence.numbers.ranges import Count, find_counts
from muster.evidence.numbers.roles import Place, alone, masks, nobody, role_of
from muster.evidence.numbers.wording import (
    Wording,
    rate_after,
    rate_before,
    wording_after,
    wording_before,
)
from muster.evidence.times.dates import find_dates

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


_BETWEEN = re.compile(r"(?i)\b(?:somewhere\s+)?(?:between|from)\s+(?!.)", re.DOTALL)
_SAME_RATE = re.compile(r"(?i)\s+(?:[\w’-]+\s+){0,3}(?:and|or)\s+")


def find_numbers(text: str, *, most: int | None = None) -> list[NumberMention]:
    """Every number of the text in order, none over another: quantities, and the others with their role.

    ``most``: no more than so many, the first of the text.
    """
    if most is not None:
        text = _first_figures(text, 4 * most)
    spoken = _Taken(text)
    counts = find_counts(text, spoken.role)[:most]
    mentions: list[NumberMention] = []
    for count, following in zip_longest(counts, counts[1:]):
        limit = following.first.start if following else len(text)
        mentions.append(_mention(text, count, spoken, before=mentions[-1] if mentions else None, limit=limit))
    mentions += [_said(span, 0.0, "nobody") for span in nobody(text)] + [_said(span, 1.0, "sole") for span in alone(text)]
    return _share_rates(text, _without_overlap(mentions)[:most])


def _first_figures(text: str, most: int) -> str:
    """The text up to so many groups of figures: a wall of them is not searched to its end."""
    beyond = next(islice(re.finditer(r"\d+", text), most, None), None)
    return text if beyond is None else text[: beyond.start()]


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


def _mention(text: str, count: Count, spoken: _Taken, *, before: NumberMention | None, limit: int) -> NumberMention:
    """One number or one range with all that the words around it say; ``limit`` is where the next one begins."""
    first, last = count.first, count.last
    ahead = wording_before(text, first.start)
    behind = wording_after(text, last.end, passed=any(" the" in rule for rule in ahead.rules))
    between = _BETWEEN.search(text, max(0, ahead.start - 24), ahead.start) if count.bounds else None
    outer_start = between.start() if between else ahead.start
    qualifier, point, low, high = _bounds(count, ahead, behind)
    role, rule = _role(text, count, spoken, bounded=qualifier if ahead.rules else "", follows=(before, outer_start))
    per = (rate_after(text, last.end, limit=limit) or rate_before(text, outer_start)) if role == "quantity" else None
    return NumberMention(
        start=first.atom.start,
        end=last.atom.end,
        outer_start=outer_start,
        outer_end=max(behind.end, last.end),
        point=point,
        lo=low,
        hi=high,
        qualifier=qualifier,
        role=role,
        unit=last.unit or first.unit,
        currency=last.currency or first.currency,
        per=per,
        words=(*first.rules, *(("range",) if count.bounds else ()), *ahead.rules, *behind.rules, *((rule,) if rule else ())),
    )


def _role(text: str, count: Count, spoken: _Taken, *, bounded: str, follows: tuple[NumberMention | None, int]) -> tuple[str, str]:
    """The role of a count: that of a date or address it is part of, else what the words around it say."""
    first, last = count.first, count.last
    taken = spoken.role(first.atom.start, last.atom.end)
    if taken:
        return taken, f"role:{taken}"
    if (last.unit or first.unit) and first.atom.form != "share":
        return "quantity", ""
    before, start = follows
    listed = before.role if before and _in_list(text[before.outer_end : start]) else ""
    place = Place(text, first.atom.start, last.atom.end, last.atom.point, first.atom.form)
    return role_of(place, bounded=bounded, listed=listed)


def _in_list(gap: str) -> bool:
    return re.fullmatch(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|or|&)\s+|\s*[-–/]\s*", gap) is not None


def _bounds(count: Count, ahead: Wording, behind: Wording) -> tuple[str, float | None, float | None, float | None]:
    """Qualifier, point and bounds of a number under its wording; a bound said on either side outweighs a doubt."""
    atom = count.first.atom
    if count.bounds:
        return "range", None, *count.bounds
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


def _said(span: tuple[int, int], value: float, rule: str) -> NumberMention:
    """A count said without a number: "no soldiers", "the sole deserter"."""
    return NumberMention(*span, *span, value, value, value, "exact", "quantity", words=(rule,))


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
