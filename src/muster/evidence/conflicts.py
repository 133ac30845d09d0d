"""Reviewed claims that should be compared, because they cannot all be right, and claims that are one claim twice.

Both claims always stay: a contradiction is a finding about the sources, not a fault to be removed. Naive comparison drowns
the reader (75 flags, 3 of them true, on 56 articles), so only reviewed claims are looked at, figures must speak of the
same thing (``evidence.comparable``), and of many pairs of the same two sources only the worst is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from muster.evidence.comparable import (
    Figure,
    apart,
    disjoint,
    figure,
    independent,
    inside,
    is_comparable,
    overlap,
    same_branch,
    same_subject,
    same_window,
)
from muster.evidence.findings import MEDIUM, finding, say, who
from muster.evidence.ledger.entry import Entry
from muster.evidence.ledger.ledger import Ledger
from muster.evidence.plausibility import share_faults, strength_faults, sum_faults
from muster.evidence.record import Contradiction
from muster.evidence.reliability import SourceRegistry

# Checks a claim fails by itself, and those that show its source at odds with itself.
IMPOSSIBLE = ("share", "strength")
AT_ODDS = ("falls", "part", "sum")
_ORDER = ("strength", "share", "part", "sum", "disjoint", "falls", "rate", "duplicate")


def find_conflicts(
    claims: Iterable[Entry],
    *,
    strength: float | None = None,
    country: str | None = None,
    registry: SourceRegistry | None = None,
) -> list[Contradiction]:
    """What should be compared, worst first. Only claims a reviewer kept are looked at, and only asserted ones.

    ``strength`` is the size of the state's force, from the case (else the largest total claimed serves). ``country`` is a
    name that as a place means everywhere. ``registry`` knows which names are one source.
    """
    figures = [figure(entry, registry=registry, country=country) for entry in claims if is_comparable(entry)]
    by_topic: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for item in figures:
        by_topic[item.topic].append(item)
    found = share_faults(figures) + strength_faults(figures, strength)
    for items in by_topic.values():
        found += _pairs(items) + sum_faults(items)
    return sorted(found, key=lambda one: (("high", "medium", "low").index(one.severity), _ORDER.index(one.check), one.claims))


def _pairs(items: Sequence[Figure]) -> list[Contradiction]:
    """Checks of two figures. Of the same two sources on the same subject only the worst pair of a check is kept."""
    worst: dict[tuple[object, ...], tuple[float, Contradiction, int]] = {}
    for one, two in combinations(items, 2):
        for check in (_duplicate, _falling, _rate, _part, _disjoint):
            hit = check(one, two)
            if hit is None:
                continue
            weight, conflict = hit
            key: tuple[object, ...] = (
                conflict.check,
                *sorted((one.voice, two.voice)),
                one.population,
                one.place,
                one.claim.scope,
            )
            if conflict.check == "duplicate":
                key = (conflict.check, *conflict.claims)
            before = worst.get(key)
            count = 1 if before is None else before[2] + 1
            worst[key] = (weight, conflict, count) if before is None or weight > before[0] else (*before[:2], count)
            break
    return [_and_more(conflict, count - 1) for _, conflict, count in worst.values()]


def _and_more(conflict: Contradiction, more: int) -> Contradiction:
    if not more:
        return conflict
    words = f"{conflict.explanation} ({more} more of these two sources {'differ' if more > 1 else 'differs'} less.)"
    return Contradiction(conflict.check, conflict.severity, conflict.quotes, conflict.spans, words, conflict.claims)


Hit = tuple[float, Contradiction] | None


def _duplicate(one: Figure, two: Figure) -> Hit:
    """The same number of the same people in the same time, from one origin: one claim read twice."""
    a, b = one.claim, two.claim
    same = (a.lo, a.hi, a.point) == (b.lo, b.hi, b.point) and a.scope == b.scope and one.place == two.place
    near = one.population == two.population and same_branch(one, two) and (one.window == two.window or overlap(one, two))
    if one.entry.origin != two.entry.origin or not same or not near or one.voice != two.voice or a.per != b.per:
        return None
    return 1.0, finding("duplicate", 1.0, (one, two), "The same figure stands twice in what goes back to one origin: merge?")


def _falling(one: Figure, two: Figure) -> Hit:
    """A count from one beginning, told by one source, that is smaller at the later date."""
    if one.voice != two.voice or not same_subject(one, two) or one.window is None or two.window is None:
        return None
    if {one.claim.measure, two.claim.measure} != {"cumulative"} or abs((one.window[0] - two.window[0]).days) > 31:
        return None
    first, later = (one, two) if one.window[1] <= two.window[1] else (two, one)
    if first.window == later.window or first.room[0] <= later.room[1]:
        return None
    ratio = first.room[0] / max(later.room[1], 1.0)
    words = f"Compare: a running total of {who(first)} falls from {say(first)} to {say(later)}, and such a total cannot fall."
    return ratio, finding("falls", ratio, (first, later), words)


def _rate(one: Figure, two: Figure) -> Hit:
    """Two rates in different units of time, or a rate against a total of the same window."""
    if not same_subject(one, two) or not overlap(one, two) or (one.claim.per == two.claim.per):
        return None
    rate, other = (one, two) if one.rate is not None else (two, one)
    if rate.rate is None:
        return None
    if other.rate is not None:
        implied, told = rate.rate, other.rate
    else:
        window, point = other.window, other.claim.point
        if window is None or not point or other.claim.measure == "stock" or not same_window(rate, other):
            return None
        implied, told = rate.rate * ((window[1] - window[0]).days + 1), point
    if not implied or not told:
        return None
    ratio = max(implied, told) / min(implied, told)
    if ratio <= MEDIUM:
        return None
    unit = "a day" if other.rate is not None else "in all"
    words = f"Compare: {say(rate)} is {implied:,.3g} {unit}, where {say(other)} is {told:,.3g} {unit}."
    return ratio, finding("rate", ratio, (rate, other), words)


def _part(one: Figure, two: Figure) -> Hit:
    """A part, of the people or of the country, that is larger than the whole."""
    for part, whole in ((one, two), (two, one)):
        if _is_part(part, whole) and part.room[0] > whole.room[1]:
            ratio = apart(part, whole)
            words = f"Compare: the part, {say(part)}, is above the whole, {say(whole)}."
            return ratio, finding("part", ratio, (part, whole), words)
    return None


def _is_part(part: Figure, whole: Figure) -> bool:
    if whole.claim.scope != "total" or whole.claim.unit == "money" or part.claim.per != whole.claim.per:
        return False
    if not inside(part, whole) or ("stock" in (part.claim.measure, whole.claim.measure) and not same_window(part, whole)):
        return False
    if part.claim.scope == "part":
        # Only beside each other is it certain that the one is a part of the other.
        return part.entry.document == whole.entry.document and part.place == whole.place
    alike = part.claim.scope == "total" and part.population == whole.population and same_branch(part, whole)
    return alike and part.place != "" and whole.place == ""


def _disjoint(one: Figure, two: Figure) -> Hit:
    """Figures of different sources on the same subject that no number fits; or less in the longer time than in the shorter."""
    if not independent(one, two) or not same_subject(one, two) or one.claim.per != two.claim.per:
        return None
    if same_window(one, two):
        if not disjoint(one, two):
            return None
        small, large = sorted((one, two), key=lambda item: item.room[1])
        words = f"Compare: {who(large)} says {say(large)}, {who(small)} says {say(small)}, of the same people and time."
    else:
        pair = _nested(one, two)
        if pair is None:
            return None
        large, small = pair
        words = f"Compare: {who(large)} says {say(large)}, {who(small)} says {say(small)} of a longer time that holds it."
    ratio = apart(large, small)
    return ratio, finding("disjoint", ratio, (large, small), words)


def _nested(one: Figure, two: Figure) -> tuple[Figure, Figure] | None:
    """(inner, outer) when the count of the shorter time is above that of the longer time around it."""
    if "stock" in (one.claim.measure, two.claim.measure):
        return None
    for inner, outer in ((one, two), (two, one)):
        if inside(inner, outer) and inner.room[0] > outer.room[1] and disjoint(inner, outer):
            return inner, outer
    return None


def link_conflicts(ledger: Ledger, conflicts: Iterable[Contradiction], *, reviewer: str) -> int:
    """Tie the claims of each finding to each other in the ledger, with its words as the reason; all of them stay.

    Returns how many ties there are now; the same findings linked again add none. Claims that should be merged are not
    tied: merging is a decision.
    """
    ties = 0
    for conflict in conflicts:
        if conflict.check != "duplicate":
            first, *others = conflict.claims
            for other in others:
                ledger.link(first, other, relation="compare", reviewer=reviewer, reason=conflict.explanation)
                ties += 1
    return ties
