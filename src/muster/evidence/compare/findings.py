"""How a finding about figures is told: in one sentence, with the sentences and places it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from muster.evidence.compare.comparable import Figure
from muster.evidence.record import Contradiction

# This far apart, two figures cannot be one count read in two ways; below the second, a careful reader may shrug.
HIGH, MEDIUM = 2.0, 1.25


def finding(check: str, ratio: float, figures: Sequence[Figure], words: str) -> Contradiction:
    """A finding on figures, graded by how far they are apart."""
    return Contradiction(
        check=check,
        severity="high" if ratio >= HIGH else "medium" if ratio >= MEDIUM else "low",
        quotes=tuple(item.claim.quote for item in figures),
        spans=tuple((item.claim.start, item.claim.end) for item in figures),
        explanation=words,
        claims=tuple(item.entry.id for item in figures),
    )


def say(item: Figure) -> str:
    """A figure in few words: "at least 13,000 soldiers+police (defected) to 2023-05-31"."""
    claim = item.claim
    shown = number(item)
    per = f" a {claim.per}" if claim.per else ""
    what = claim.population or claim.unit
    until = f" {'on' if claim.measure == 'stock' else 'to'} {item.day}" if item.day else ""
    unit = " percent of" if claim.unit == "share" else ""
    return f"{shown}{unit} {what} ({claim.kind.replace('_', ' ')}){per}{until}"


def number(item: Figure) -> str:
    """The figure as it was worded."""
    claim = item.claim
    if claim.qualifier in ("range", "vague") and claim.lo is not None and claim.hi is not None:
        return f"{claim.lo:,.12g} to {claim.hi:,.12g}"
    words = {"at_least": "at least ", "at_most": "at most ", "about": "about ", "nearly": "nearly "}.get(claim.qualifier, "")
    stated = next((value for value in (claim.point, claim.lo, claim.hi) if value is not None), None)
    return "an unknown number of" if stated is None else f"{words}{stated:,.12g}"


def who(item: Figure) -> str:
    """Who says it."""
    return item.claim.claimant or "an unknown source"
