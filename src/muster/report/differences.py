"""Differences as they may be shown: regional counts of persons rounded, small ones hidden, figures to three digits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from muster.report.spread import say
from muster.report.suppress import HIDDEN, SMALLEST, is_small, suppress, to_tens

if TYPE_CHECKING:
    from muster.compare.contrast import Contrast, Difference
    from muster.compare.outcome import Outcome
    from muster.compare.why import Explanation, Share

_FIGURES = ("before", "after", "median", "low50", "high50", "low90", "high90")
HIDDEN_CHANGE = f"within {SMALLEST}"


def plotted(outcome: Outcome) -> tuple[float, str]:
    """What a difference is multiplied by in a figure, and its unit there: shares differ by percentage points."""
    return (100.0, "percentage points") if outcome.unit == "share" else (1.0, outcome.unit)


def guards(found: Contrast) -> bool:
    """Whether rows are regional counts of persons, whose small cells must be hidden."""
    return found.regional and found.outcome.persons


def tell_row(found: Contrast, row: Difference) -> tuple[str, ...]:
    """One row as text: label, both levels, the difference, its 50 and 90 % intervals, the shares of pairs that rise and fall."""
    signs = f"{row.up:.0%}", f"{row.down:.0%}"
    if guards(found) and hides(row):
        return (row.label, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, *signs)
    level, change = (suppress, _change) if guards(found) else (say, say)
    spans = (f"{change(low)} to {change(high)}" for low, high in ((row.low50, row.high50), (row.low90, row.high90)))
    return (row.label, level(row.before), level(row.after), change(row.median), *spans, *signs)


def list_row(found: Contrast, row: Difference) -> dict[str, Any]:
    """One row as numbers; None where a number must not be shown."""
    numbers: dict[str, float | None] = {name: getattr(row, name) for name in _FIGURES}
    if guards(found):
        numbers = {name: None if hides(row) else float(to_tens(getattr(row, name))) for name in _FIGURES}
    return {"label": row.label, **numbers, "up": row.up, "down": row.down}


def hides(row: Difference) -> bool:
    """Whether a regional count on either side is too small to show."""
    return is_small(abs(row.before)) or is_small(abs(row.after))


def _change(value: float) -> str:
    """A difference of regional counts, to the nearest ten."""
    return HIDDEN_CHANGE if is_small(abs(value)) else f"{to_tens(value):,}"


def tell_share(found: Explanation, share: Share) -> dict[str, str]:
    """One part of a difference as text."""
    tell = _change if _guards_shares(found) else say
    figures = {name: getattr(share, name) for name in ("mean", "error", "low90", "high90")}
    return {"name": share.name, **{name: "unknown" if value != value else tell(value) for name, value in figures.items()}}


def list_share(found: Explanation, share: Share) -> dict[str, Any]:
    """One part of a difference as numbers; of a region to the nearest ten, None where it is unknown."""
    figures = {name: getattr(share, name) for name in ("mean", "error", "low90", "high90")}
    if _guards_shares(found):
        figures = {name: float(to_tens(value)) if value == value else value for name, value in figures.items()}
    return {"name": share.name, **{name: None if value != value else value for name, value in figures.items()}}


def _guards_shares(found: Explanation) -> bool:
    return found.outcome.persons and found.regional
