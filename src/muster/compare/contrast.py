"""What a scenario changes: differences within pairs of histories that share draw, seed and luck.

A difference is taken member by member and then summarised. Medians of two scenarios may differ by less or more than the median
difference; the pairs are what says how sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from muster.compare.ensemble import Ensemble
from muster.compare.outcome import Axis, Outcome, find_outcome
from muster.compare.part import Part, group_names, sum_up, tabulate
from muster.core.errors import MusterError

By = Literal["region", "branch", "month"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One row: medians under both scenarios, and the paired difference over members with its 50 and 90 % intervals.

    ``up`` and ``down``: the shares of members whose difference is above and below nought.
    """

    label: str
    before: float
    after: float
    median: float
    low50: float
    high50: float
    low90: float
    high90: float
    up: float
    down: float


@dataclass(frozen=True, slots=True)
class Contrast:
    """Scenario ``second`` less scenario ``first`` over ``members`` pairs. ``regional``: a row is of one region."""

    case: str
    first: str
    second: str
    outcome: Outcome
    part: Part
    by: By | None
    cumulative: bool
    members: int
    rows: tuple[Difference, ...]

    @property
    def regional(self) -> bool:
        return self.by == "region" or self.part.region is not None


def contrast(
    ensemble: Ensemble,
    first: str,
    second: str,
    *,
    quantity: str = "left",
    by: By | None = None,
    part: Part | None = None,
    cumulative: bool = False,
) -> Contrast:
    """How ``second`` differs from ``first`` in an outcome: in all, or a row for each region, branch or month.

    Flows are summed over the months of ``part``, states taken at its end; ``cumulative`` sums months up as they go by.
    Two names of the same changes give differences of exactly 0. Raises MusterError for what the ensemble or outcome has not.
    """
    outcome, whole = find_outcome(quantity), part or Part()
    if cumulative and (by != "month" or not outcome.flow):
        raise MusterError(f'Only a flow by month can be summed up as it goes, not "{quantity}" by {by or "nothing"}.')
    before, after = (_values(ensemble, name, outcome, whole, by, cumulative=cumulative) for name in (first, second))
    names = _labels(ensemble, whole, by)
    rows = tuple(summarise(name, *pair) for name, *pair in zip(names, before.T, after.T, strict=True))
    return Contrast(ensemble.case.name, first, second, outcome, whole, by, cumulative, len(ensemble.members), rows)


def paired(ensemble: Ensemble, first: str, second: str, *, quantity: str = "left", part: Part | None = None) -> np.ndarray:
    """The differences themselves, (members,)."""
    outcome, whole = find_outcome(quantity), part or Part()
    before, after = (_values(ensemble, name, outcome, whole, None, cumulative=False)[:, 0] for name in (first, second))
    return np.asarray(after - before)


def summarise(label: str, before: np.ndarray, after: np.ndarray) -> Difference:
    """One row from the members' values under both scenarios."""
    change = after - before
    low90, low50, median, high50, high90 = np.quantile(change, (0.05, 0.25, 0.5, 0.75, 0.95)).tolist()
    signs = float((change > 0).mean()), float((change < 0).mean())
    return Difference(label, float(np.median(before)), float(np.median(after)), median, low50, high50, low90, high90, *signs)


def _values(ensemble: Ensemble, name: str, outcome: Outcome, part: Part, by: By | None, *, cumulative: bool) -> np.ndarray:
    """(member, row) values of one scenario."""
    place = ensemble.place(name)
    data = {key: array[place] for key, array in ensemble.data.items()}
    axis: Axis | None = None if by == "month" else by
    values = tabulate(ensemble.case, outcome, data, ensemble.months, part, by=axis)
    if by == "month":
        return np.cumsum(values, axis=-1) if cumulative else values
    found = sum_up(outcome, values)
    return found if by else found[:, None]


def _labels(ensemble: Ensemble, part: Part, by: By | None) -> tuple[str, ...]:
    if by == "month":
        return tuple(f"{last:%Y-%m}" for last in ensemble.months[part.months(ensemble.months)])
    return ("in all",) if by is None else group_names(ensemble.case, part, by)
