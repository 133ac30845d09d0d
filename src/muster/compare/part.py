"""A part of a history: some months, perhaps one region or branch, and an outcome tabulated over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from muster.case import Case
from muster.compare.outcome import Axis, Monthly, Outcome
from muster.core.dates import parse_interval
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote
from muster.core.vocabulary import BRANCHES


@dataclass(frozen=True, slots=True)
class Part:
    """The months that ``since`` to ``until`` touch (None: from the first, to the last), one region, one branch (None: all)."""

    since: date | None = None
    until: date | None = None
    region: str | None = None
    branch: str | None = None

    def within(self, case: Case) -> date:
        """The last day that has to be simulated for it."""
        return case.until if self.until is None else min(self.until, case.until)

    def months(self, last_days: tuple[date, ...]) -> slice:
        """The places of its months among those that end on ``last_days``. Raises MusterError if there is none."""
        inside = [
            place
            for place, last in enumerate(last_days)
            if (self.since is None or last >= self.since) and (self.until is None or last.replace(day=1) <= self.until)
        ]
        if not inside:
            begin, end = self.since or "the start", self.until or "the end"
            raise MusterError(f"No simulated month lies between {begin} and {end}. The histories end on {last_days[-1]}.")
        return slice(inside[0], inside[-1] + 1)


def read_period(text: str) -> Part:
    """A period as in ``2022-01..2022-12``, of days, months or years. Raises MusterError."""
    first, dots, last = text.partition("..")
    if not dots:
        raise MusterError(f"{quote(text)} is not a period. Write two months, as in 2022-01..2022-12.")
    begin, end = parse_interval(first.strip()).first, parse_interval(last.strip()).last
    if end < begin:
        raise MusterError(f"The period {quote(text)} ends before it starts. Swap the two.")
    return Part(begin, end)


def tabulate(
    case: Case, outcome: Outcome, data: Monthly, months: tuple[date, ...], part: Part, *, by: Axis | None = None
) -> np.ndarray:
    """An outcome over the months of a part: (..., month), or (..., group, month) told apart ``by`` region or branch.

    Raises MusterError where the outcome is not told apart so, and for an unknown region or branch.
    """
    for axis, wanted in (("region", part.region), ("branch", part.branch)):
        if axis not in outcome.axes and (by == axis or wanted is not None):
            raise MusterError(f'"{outcome.name}" is not told apart by {axis}: leave the {axis} out.')
    count = len(outcome.axes)
    values = np.moveaxis(outcome.read(data), -1 - count, -1)[..., part.months(months)]
    for place, axis in enumerate(outcome.axes):
        at = place - count - 1
        chosen = place_of(case, part, axis)
        if chosen is not None:
            values = values.take([chosen], at)
        elif axis != by:
            values = values.sum(axis=at, keepdims=True) if not outcome.shares else _mean_over_people(case, values, at)
    return values.squeeze(tuple(place - count - 1 for place, axis in enumerate(outcome.axes) if axis != by))


def sum_up(outcome: Outcome, values: np.ndarray) -> np.ndarray:
    """The months of `tabulate` as one figure: flows summed, a state as it is at the end."""
    return np.asarray(values.sum(axis=-1) if outcome.flow else values[..., -1])


def place_of(case: Case, part: Part, axis: Axis) -> int | None:
    """The position of the region or branch a part is confined to. Raises MusterError if there is none of that name."""
    if axis == "region":
        return None if part.region is None else case.region_index(part.region)
    if part.branch is not None and part.branch not in BRANCHES:
        near = did_you_mean(part.branch, BRANCHES)
        raise MusterError(f"{quote(part.branch)} is not a branch. {near}Write {one_of(BRANCHES)}.")
    return None if part.branch is None else BRANCHES.index(part.branch)


def group_names(case: Case, part: Part, by: Axis) -> tuple[str, ...]:
    """The names of the groups that `tabulate` tells apart."""
    names = tuple(region.name for region in case.regions) if by == "region" else BRANCHES
    chosen = place_of(case, part, by)
    return names if chosen is None else (names[chosen],)


def _mean_over_people(case: Case, values: np.ndarray, at: int) -> np.ndarray:
    """A share of the people: the mean over the regions, which lie along ``at``, by population."""
    population = np.array([region.population for region in case.regions])
    return np.expand_dims(np.moveaxis(values, at, -1) @ (population / population.sum()), at)
