"""In which order a reviewer should look: what is uncertain and would change the result first.

The order is (1 - confidence) x influence. Influence grows with what a figure is used for and, slowly, with its size. A
window or a population that was only guessed counts as uncertainty of its own: it biases a calibration more than a wrong
digit does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from muster.evidence.ledger.entry import Entry
from muster.evidence.record import Claim

# How much a kind of figure bears on a calibration; kinds not named count a quarter.
INFLUENCE: Mapping[str, float] = {
    "defected": 1.0,
    "deserted": 1.0,
    "strength": 1.0,
    "attrition": 0.8,
    "surrendered": 0.8,
    "recruited": 0.8,
    "killed": 0.7,
    "casualties": 0.6,
    "captured": 0.6,
    "desertion_cases": 0.5,
    "defector_contacts": 0.5,
    "refusals": 0.5,
    "militia_strength": 0.5,
    "unclassified": 0.05,
}
OTHER_KINDS = 0.25
# A direction, a testimony and a date of an event are never added up alone.
OTHER_TYPES = {"trend": 0.2, "testimony": 0.15, "event_date": 0.02}
_SCOPES = {"total": 1.0, "part": 0.6, "increment": 0.8, "denominator": 0.3}
_GUESSED = ("default", "inherited", "none")
_UNSAID = 0.15
# Of proposals the rules are surest of one in five still needs an edit, so none is taken as read.
_LEAST = 0.15


def review_order(
    entries: Iterable[Entry], *, weight: Callable[[Entry], float] | Mapping[str, float] | None = None
) -> list[Entry]:
    """Entries, the most uncertain and influential first; equal ones stay in the order they came in.

    ``weight`` is the influence by kind (others count a quarter), or a function of the entry that replaces it altogether.
    """
    find = weight if callable(weight) else influence(INFLUENCE if weight is None else weight)
    return sorted(entries, key=lambda entry: -uncertainty(entry) * find(entry))


def influence(kinds: Mapping[str, float]) -> Callable[[Entry], float]:
    """The influence of an entry from a table of kinds."""

    def of(entry: Entry) -> float:
        if not isinstance(entry.record, Claim):
            return OTHER_TYPES[entry.type]
        claim = entry.record
        stated = [abs(value) for value in (claim.point, claim.lo, claim.hi) if value is not None]
        # 1 counts half, a million counts full.
        size = 0.5 + min(math.log10(1.0 + max(stated, default=0.0)), 6.0) / 12.0
        return kinds.get(claim.kind, OTHER_KINDS) * _SCOPES[claim.scope] * size

    return of


def uncertainty(entry: Entry) -> float:
    """How little can be taken as read, 0 to 1."""
    if not isinstance(entry.record, Claim):
        return 0.5
    claim = entry.record
    guessed = (claim.date_basis in _GUESSED) + (claim.population in ("", "persons", "people"))
    return min(1.0, max(_LEAST, 1.0 - claim.confidence) + _UNSAID * guessed)
