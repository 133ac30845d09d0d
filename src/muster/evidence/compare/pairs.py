"""Checks of two figures: they cannot both be right, or they are one figure twice.

The figures given count the same kind and side of people (``comparable.Figure.topic``). The cheap questions come first, for
a ledger of thousands of claims has millions of pairs; what is wrong is put in words only for the pairs that are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import isinf
from typing import NamedTuple

from muster.evidence.compare.comparable import (
    COUNTED_ALIKE,
    Figure,
    apart,
    disjoint,
    independent,
    inside,
    overlap,
    same_branch,
    same_subject,
    same_window,
)
from muster.evidence.compare.findings import finding, say, who
from muster.evidence.record import Contradiction

# Running totals that begin within a month of each other have one beginning.
_SAME_BEGINNING = 31


class Hit(NamedTuple):
    """A pair that fails a check, and how far apart it is."""

    check: str
    ratio: float
    one: Figure
    two: Figure


def pair_faults(items: Sequence[Figure]) -> list[Contradiction]:
    """Pairs that fail a check. Of the same two sources on the same subject only the worst pair of a check is kept."""
    worst: dict[tuple[object, ...], Hit] = {}
    counts: dict[tuple[object, ...], int] = {}
    for one, two in combinations(items, 2):
        hit = _check(one, two)
        if hit is not None:
            key = _group(hit)
            counts[key] = counts.get(key, 0) + 1
            if key not in worst or hit.ratio > worst[key].ratio:
                worst[key] = hit
    return [_tell(hit, counts[key] - 1) for key, hit in worst.items()]


def _check(one: Figure, two: Figure) -> Hit | None:
    if one.entry.origin == two.entry.origin and _is_duplicate(one, two):
        return Hit("duplicate", 1.0, one, two)
    if not overlap(one, two):
        return None
    if one.claim.per != two.claim.per:
        return _rate(one, two)
    if apart(one, two) == 1.0:
        return None
    return _falling(one, two) or _part(one, two) or _disjoint(one, two)


def _group(hit: Hit) -> tuple[object, ...]:
    one, two = hit.one, hit.two
    if hit.check == "duplicate":
        return (hit.check, one.entry.id, two.entry.id)
    return (hit.check, *sorted((one.voice, two.voice)), one.population, one.place, one.claim.scope)


def _is_duplicate(one: Figure, two: Figure) -> bool:
    """The same number of the same people in the same time: one claim read twice."""
    a, b = one.claim, two.claim
    same = (a.lo, a.hi, a.point, a.scope, a.per) == (b.lo, b.hi, b.point, b.scope, b.per) and one.voice == two.voice
    alike = one.place == two.place and one.population == two.population and same_branch(one, two)
    return same and alike and (one.window == two.window or overlap(one, two))


def _falling(one: Figure, two: Figure) -> Hit | None:
    """A count from one beginning, told by one source, that is smaller at the later date."""
    if one.voice != two.voice or not same_subject(one, two) or one.window is None or two.window is None:
        return None
    if {one.claim.measure, two.claim.measure} != {"cumulative"}:
        return None
    first, later = (one, two) if one.window[1] <= two.window[1] else (two, one)
    if abs((one.window[0] - two.window[0]).days) > _SAME_BEGINNING or one.window[1] == two.window[1]:
        return None
    return Hit("falls", apart(first, later), first, later) if first.room[0] > later.room[1] else None


def _rate(one: Figure, two: Figure) -> Hit | None:
    """Two rates in different units of time, or a rate against a total of the same window."""
    if not same_subject(one, two):
        return None
    rate, other = (one, two) if one.rate is not None else (two, one)
    rooms = _in_one_unit(rate, other)
    if rooms is None:
        return None
    (low, high), (least, most) = rooms
    ratio = max(low / most if most else 1.0, least / high if high else 1.0)
    return Hit("rate", ratio, rate, other) if ratio > COUNTED_ALIKE else None


Room = tuple[float, float]


def _in_one_unit(rate: Figure, other: Figure) -> tuple[Room, Room] | None:
    """Both a day when both are rates; else both as the total of the window they share."""
    if rate.rate is None:
        return None
    if other.rate is not None:
        return rate.rate, other.rate
    window = other.window
    if window is None or other.claim.measure == "stock" or not same_window(rate, other):
        return None
    days = (window[1] - window[0]).days + 1
    return (rate.rate[0] * days, rate.rate[1] * days), other.room


def _part(one: Figure, two: Figure) -> Hit | None:
    """A part, of the people or of the country, that is larger than the whole."""
    for part, whole in ((one, two), (two, one)):
        if part.room[0] > whole.room[1] and _is_part(part, whole):
            return Hit("part", apart(part, whole), part, whole)
    return None


def _is_part(part: Figure, whole: Figure) -> bool:
    if whole.claim.scope != "total" or whole.claim.unit == "money" or not inside(part, whole):
        return False
    if "stock" in (part.claim.measure, whole.claim.measure) and not same_window(part, whole):
        return False
    if part.claim.scope == "part":
        # Only beside each other is it certain that the one is a part of the other.
        return part.entry.document == whole.entry.document and part.place == whole.place
    alike = part.claim.scope == "total" and part.population == whole.population and same_branch(part, whole)
    return alike and part.place != "" and whole.place == ""


def _disjoint(one: Figure, two: Figure) -> Hit | None:
    """Figures of different sources on the same subject that no number fits; or less in the longer time than in the shorter."""
    if not independent(one, two) or not same_subject(one, two) or not disjoint(one, two):
        return None
    small, large = sorted((one, two), key=lambda item: item.room[1])
    if same_window(one, two) or ("stock" not in (one.claim.measure, two.claim.measure) and inside(large, small)):
        return Hit("disjoint", apart(large, small), large, small)
    return None


def _tell(hit: Hit, more: int) -> Contradiction:
    words = _WORDS[hit.check](hit.one, hit.two)
    if more and hit.check != "duplicate":
        words += f" ({more} more of these two sources {'differ' if more > 1 else 'differs'} less.)"
    return finding(hit.check, hit.ratio, (hit.one, hit.two), words)


def _tell_rate(rate: Figure, other: Figure) -> str:
    rooms = _in_one_unit(rate, other)
    assert rooms is not None
    unit = "a day" if other.rate is not None else "in all"
    return f"Compare: {say(rate)} is {_span(rooms[0])} {unit}, where {say(other)} is {_span(rooms[1])} {unit}."


def _span(room: Room) -> str:
    """A room in words, to three digits."""
    low, high = (f"{end:,.3g}" if end < 1000 else f"{end:,.0f}" for end in room)
    if low == high:
        return low
    return f"{low} or more" if isinf(room[1]) else f"{low} to {high}"


def _tell_disjoint(large: Figure, small: Figure) -> str:
    what = ", of the same people and time." if same_window(large, small) else " of a longer time that holds it."
    return f"Compare: {who(large)} says {say(large)}, {who(small)} says {say(small)}{what}"


_WORDS: dict[str, Callable[[Figure, Figure], str]] = {
    "duplicate": lambda one, two: "The same figure stands twice in what goes back to one origin: merge?",
    "falls": lambda first, later: (
        f"Compare: a running total of {who(first)} falls from {say(first)} to {say(later)}, and such a total cannot fall."
    ),
    "part": lambda part, whole: f"Compare: the part, {say(part)}, is above the whole, {say(whole)}.",
    "rate": _tell_rate,
    "disjoint": _tell_disjoint,
}
