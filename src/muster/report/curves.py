"""Curves over time taken from runs, and their band over seeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from muster.core.dates import day_date
from muster.core.vocabulary import BRANCHES, ENTRIES, EXITS, FATES
from muster.observe.definition import REGISTERED_SHARE

if TYPE_CHECKING:
    from muster.simulate.result import Run

WEEK, MONTH = 7, 28
LEFT = ("defected", "deserted")


@dataclass(frozen=True, slots=True)
class Band:
    """Median, lowest and highest of a curve over seeds, at the days of ``dates``."""

    dates: tuple[date, ...]
    median: np.ndarray
    low: np.ndarray
    high: np.ndarray


def band(runs: Sequence[Run], curve: Callable[[Run], np.ndarray]) -> Band:
    """The band of ``curve`` (a day axis 0..T) read once a week and on the last day."""
    stack = np.stack([curve(run) for run in runs])
    days = sorted({*range(0, stack.shape[1], WEEK), stack.shape[1] - 1})
    return _band(runs[0], stack[:, days], days)


def rate_band(runs: Sequence[Run], flow: Callable[[Run], np.ndarray]) -> Band:
    """The band of a daily flow summed over whole spans of four weeks, dated at their middle."""
    stack = np.stack([flow(run) for run in runs])
    whole = (stack.shape[1] - 1) // MONTH
    sums = stack[:, 1 : 1 + whole * MONTH].reshape(len(stack), whole, MONTH).sum(2)
    return _band(runs[0], sums, [1 + k * MONTH + MONTH // 2 for k in range(whole)])


def _band(run: Run, stack: np.ndarray, days: Sequence[int]) -> Band:
    dates = tuple(day_date(day, run.case.start) for day in days)
    return Band(dates, np.median(stack, axis=0), stack.min(0), stack.max(0))


def median_array(runs: Sequence[Run], array: Callable[[Run], np.ndarray]) -> np.ndarray:
    """The median over seeds of any array."""
    return np.median(np.stack([array(run) for run in runs]), axis=0)


def columns(branches: Sequence[str]) -> list[int]:
    """Positions of branches on the branch axis."""
    return [BRANCHES.index(name) for name in branches]


def strength(run: Run, branches: Sequence[str]) -> np.ndarray:
    """Persons in service per day."""
    return np.asarray(run.data["strength"][:, :, columns(branches)].sum((1, 2)), float)


def exit_flow(run: Run, fates: Sequence[str], branches: Sequence[str]) -> np.ndarray:
    """Persons per day who met one of ``fates``."""
    chosen = run.data["exits"][:, :, columns(branches)][..., [EXITS.index(fate) for fate in fates]]
    return np.asarray(chosen.sum((1, 2, 3)), float)


def registered(run: Run, branches: Sequence[str]) -> np.ndarray:
    """Cumulative persons a register would hold: defected plus the registered share of deserters."""
    flow = exit_flow(run, ("defected",), branches)
    flow = flow + sum(REGISTERED_SHARE[branch] * exit_flow(run, ("deserted",), (branch,)) for branch in branches)
    return flow.cumsum()


def intake_flow(run: Run, entries: Sequence[str]) -> np.ndarray:
    """Persons per day who entered in one of the classes ``entries``."""
    return np.asarray(run.data["intake"][:, :, [ENTRIES.index(entry) for entry in entries]].sum((1, 2)), float)


def drive(run: Run, branch: str, term: int) -> np.ndarray:
    """The mean of one term of the drive over a branch, per day."""
    return np.asarray(run.data["drive"][:, BRANCHES.index(branch), term], float)


def national(run: Run, counter: str) -> np.ndarray:
    """A counter per day, summed over regions where it is kept by region."""
    values = np.asarray(run.data[counter], float)
    return values if values.ndim == 1 else values.sum(1)


def weighted(run: Run, counter: str, weights: np.ndarray) -> np.ndarray:
    """A regional level per day as a mean over regions."""
    return np.asarray(np.average(run.data[counter], axis=1, weights=weights), float)


def civilian_harm(run: Run) -> np.ndarray:
    """Civilians killed per day by the regime's forces, dims (day, region)."""
    return np.asarray(run.data["harm_ground"] + run.data["harm_air"] + run.data["harm_crackdown"], float)


def left_from(run: Run) -> np.ndarray:
    """Persons who defected or deserted in all, dims (region, branch)."""
    return np.asarray(run.data["exits"][..., [EXITS.index(fate) for fate in LEFT]].sum((0, 3)))


def left_units(run: Run, fates: Sequence[str] = LEFT) -> np.ndarray:
    """Persons who met one of ``fates``, per unit."""
    return np.asarray(run.units["unit_exits"][:, [FATES.index(fate) for fate in fates]].sum(1))
