"""A span of days and a set of regions of one run, and the sums that can be taken over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from muster.core.dates import day_index
from muster.core.errors import MusterError
from muster.core.vocabulary import BRANCHES, ENTRIES, EXITS

if TYPE_CHECKING:
    from muster.case import Case, Claim
    from muster.simulate.result import Run

NATIONAL = "national"
# A period may begin this share of its length before the run does (an annual count that starts on 1 January).
EARLY_SHARE = 0.1
# Below this a dated flow is one event (a garrison that surrendered on a day); the model dates no single event.
SHORTEST_FLOW = 7


class NotComparable(MusterError):
    """Why a claim has no simulated counterpart; the text is shown to the reader."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days ``first``..``last`` (both counted) in ``regions`` (indices) of one run.

    Flows sum over the days; stocks are read on ``last``.
    """

    run: Run
    first: int
    last: int
    regions: tuple[int, ...]

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    def exits(self, fates: Mapping[str, float], branches: Sequence[str]) -> float:
        """Persons who met ``fates`` (fate -> weight) in ``branches``."""
        part = self.run.data["exits"][self.first : self.last + 1]
        columns = [BRANCHES.index(name) for name in branches]
        by_fate = part.sum(axis=0)[list(self.regions)][:, columns].sum(axis=(0, 1))  # days first: nothing is copied
        return float(sum(weight * by_fate[EXITS.index(fate)] for fate, weight in fates.items()))

    def strength(self, branches: Sequence[str]) -> float:
        """Persons in service on the last day."""
        columns = [BRANCHES.index(name) for name in branches]
        return float(self.run.data["strength"][self.last][list(self.regions)][:, columns].sum())

    def intake(self, entries: Sequence[str]) -> float:
        """Persons of these home regions who entered in the window."""
        columns = [ENTRIES.index(name) for name in entries]
        return float(self.run.data["intake"][self.first : self.last + 1][:, list(self.regions)][:, :, columns].sum())

    def flow(self, counter: str) -> float:
        """Sum of a counter of dims (day, region), or (day,) when the window is the whole country."""
        values = self.run.data[counter][self.first : self.last + 1]
        if values.ndim == 1:
            if len(self.regions) != len(self.run.case.regions):
                raise NotComparable("the model keeps this count for the whole country only")
            return float(values.sum())
        return float(values[:, list(self.regions)].sum())

    def stock(self, counter: str) -> float:
        """Sum over the regions on the last day."""
        return float(self.run.data[counter][self.last][list(self.regions)].sum())

    def mean(self, counter: str, weights: np.ndarray) -> float:
        """Mean over the regions on the last day, ``weights`` per region of the case."""
        rows = list(self.regions)
        return float(np.average(self.run.data[counter][self.last][rows], weights=weights[rows]))


def claim_regions(case: Case, claim: Claim) -> tuple[int, ...]:
    """The regions a claim speaks of: all for ``national``, else exactly one."""
    if claim.region == NATIONAL:
        return tuple(range(len(case.regions)))
    try:
        return (case.region_index(claim.region),)
    except (MusterError, KeyError, ValueError) as error:
        raise NotComparable(f'"{claim.region}" is not one region of the case') from error


def claim_window(run: Run, claim: Claim, *, flow: bool) -> Window:
    """The days and regions of ``run`` that a claim covers.

    Raises ``NotComparable`` when the claim has no date, lies outside the run or covers an area of no single region.
    A date known only to a month or a year is taken at its middle.
    """
    regions = claim_regions(run.case, claim)
    if claim.as_of is None:
        raise NotComparable("the claim has no date")
    last = day_index(claim.as_of.middle, run.case.start)
    final = len(run.data["strength"]) - 1
    if last > final:
        raise NotComparable("later than the end of the run")
    if last < 0:
        raise NotComparable("earlier than the start of the run")
    if not flow:
        return Window(run, last, last, regions)
    first = 1 if claim.period_start is None else day_index(claim.period_start.first, run.case.start)
    if first > last:
        raise NotComparable("the period ends before it begins")
    if 1 - first > EARLY_SHARE * (last - first + 1):
        raise NotComparable("the period begins before the run does")
    return Window(run, max(first, 1), last, regions)
