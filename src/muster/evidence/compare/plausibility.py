"""Figures that cannot be, whatever others say: shares over 100, exits above strength, sums that do not add up."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from muster.evidence.compare.comparable import Figure, same_window
from muster.evidence.compare.findings import finding, number, say, who
from muster.evidence.record import Contradiction

EXITS = ("defected", "deserted", "surrendered", "captured", "attrition", "killed", "casualties", "missing")


def share_faults(figures: Iterable[Figure]) -> list[Contradiction]:
    """Shares above 100, and shares of one whole, told by one source of one day, that add up to more."""
    found = []
    wholes: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for item in figures:
        claim = item.claim
        if claim.unit != "share" or claim.measure == "change":
            continue
        if item.room[0] > 100:
            words = f"{who(item)} says {number(item)} percent of {claim.population or claim.kind}: no share is above 100."
            found.append(finding("share", item.room[0] / 100, (item,), words))
        elif claim.kind in ("territory", "composition"):
            wholes[claim.kind, item.voice, item.entry.document, item.place, item.population, item.day].append(item)
    for items in wholes.values():
        # The same side told twice is not two parts.
        parts = list({item.claim.side: item for item in items}.values())
        total = sum(item.room[0] for item in parts)
        if len(parts) > 1 and total > 100 + len(parts):
            words = f"Compare: the shares {who(parts[0])} gives add up to {total:,.4g} percent."
            found.append(finding("sum", total / 100, parts, words))
    return found


def strength_faults(figures: Sequence[Figure], strength: float | None) -> list[Contradiction]:
    """More people gone than there were. ``strength`` is that of the state; else the largest total claimed of each side."""
    limits: dict[str, float] = {} if strength is None else {"state": strength}
    claimed: dict[str, float] = defaultdict(float)
    for item in figures:
        claim = item.claim
        if claim.kind == "strength" and claim.unit == "persons" and claim.scope == "total" and math.isfinite(item.room[1]):
            claimed[claim.side] = max(claimed[claim.side], item.room[1])
    limits = {**claimed, **limits}
    found = []
    for item in figures:
        limit = limits.get(item.claim.side)
        if limit and item.claim.kind in EXITS and item.claim.unit == "persons" and item.room[0] > limit:
            words = f"{who(item)} says {say(item)}: more than the {limit:,.12g} the force has."
            found.append(finding("strength", item.room[0] / limit, (item,), words))
    return found


def sum_faults(items: Sequence[Figure]) -> list[Contradiction]:
    """Parts one source gives beside the whole that do not add up to it; ``items`` count the same kind and side.

    The parts of "soldiers+police" are soldiers and police. Regions are only held to be no more than the country together,
    for seldom are all of them told.
    """
    by_voice: dict[str, list[Figure]] = defaultdict(list)
    for item in items:
        if item.claim.per is None and item.claim.scope in ("total", "part"):
            by_voice[item.voice].append(item)
    found = []
    for told in by_voice.values():
        for whole in (item for item in told if item.claim.scope == "total"):
            beside = [item for item in told if item is not whole and same_window(item, whole)]
            here = [item for item in beside if item.place == whole.place]
            found += _people(whole, here) or _branches(whole, here)
            found += _regions(whole, [item for item in beside if item.place and item.population == whole.population])
    return found


def _people(whole: Figure, beside: Sequence[Figure]) -> list[Contradiction]:
    names = whole.population.split("+")
    parts = [next((item for item in beside if item.population == name), None) for name in names]
    if len(names) < 2 or None in parts:
        return []
    told = [item for item in parts if item is not None]
    low, high = sum(item.room[0] for item in told), sum(item.room[1] for item in told)
    if low <= whole.room[1] and whole.room[0] <= high:
        return []
    ratio = max(low / max(whole.room[1], 1.0), whole.room[0] / max(high, 1.0))
    words = f"Compare: {' and '.join(number(item) for item in told)} do not add up to the whole, {say(whole)}."
    return [finding("sum", ratio, (whole, *told), words)]


def _branches(whole: Figure, beside: Sequence[Figure]) -> list[Contradiction]:
    """Army, police and others beside the force they belong to, in one document: together they are no more than it."""
    if whole.claim.branch not in (None, "mixed"):
        return []
    near = [item for item in beside if item.entry.document == whole.entry.document and item.claim.scope == "total"]
    by_branch = {item.claim.branch: item for item in near if item.claim.branch not in (None, "mixed")}
    low = sum(item.room[0] for item in by_branch.values())
    if len(by_branch) < 2 or low <= whole.room[1]:
        return []
    told = list(by_branch.values())
    words = f"Compare: {' and '.join(number(item) for item in told)} add up to more than the whole, {say(whole)}."
    return [finding("sum", low / max(whole.room[1], 1.0), (whole, *told), words)]


def _regions(whole: Figure, parts: Sequence[Figure]) -> list[Contradiction]:
    # A place told twice is one region; places that are several regions together would count double.
    by_place = {item.place: item for item in parts if ";" not in (item.claim.place or "")}
    low = sum(item.room[0] for item in by_place.values())
    if whole.place or len(by_place) < 2 or low <= whole.room[1]:
        return []
    told = list(by_place.values())
    words = f"Compare: the {len(told)} regions {who(whole)} gives add up to {low:,.12g} or more, above the whole, {say(whole)}."
    return [finding("sum", low / max(whole.room[1], 1.0), (whole, *told), words)]
