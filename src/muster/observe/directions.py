"""Claims that give a direction and no number, as constraints on the sign of a simulated change.

A reporter sees the change of an index ``d`` (in changes that are just noticed) with an error of sd 1, and says it rose if it
seems above 0. So "it rose" has the probability ``Phi(d)``, "it fell" ``Phi(-d)``, "it stayed" the probability that the change
seems smaller than 1 either way. One report in ten (one in four from a side that gains by it) is wrong whatever happened.
Reports of one observable and time lean on each other and are weighed down together; what contradicts stays in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from muster.core.dates import day_index
from muster.observe.trend import INDICES, Span

if TYPE_CHECKING:
    from datetime import date

    from muster.case import Case, Direction
    from muster.simulate.result import Run

# Judgement: how often a directional report is wrong, by the side of the claimant.
WRONG = {"independent": 0.1, "regime": 0.25, "resistance": 0.25}
# Correlation of reports of one observable whose periods overlap, about one region or from one publication. Judgement.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class DirectionTerm:
    """One directional claim as a term: its exponent, and how often such a report is wrong."""

    direction: Direction
    weight: float
    wrong: float


def direction_terms(case: Case) -> tuple[DirectionTerm, ...]:
    """The terms of the directional claims that a run of the case can answer, in the order of the claims."""
    used = [one for one in case.directions if one.observable in INDICES and case.start < one.period_end <= case.until]
    return tuple(
        DirectionTerm(one, 1.0 / (1.0 + ALIKE * (sum(_alike(one, other) for other in used) - 1)), WRONG[one.claimant_side])
        for one in used
    )


def _alike(one: Direction, other: Direction) -> bool:
    """Of one observable and time, and of one region or from one report."""
    same_time = one.period_start <= other.period_end and other.period_start <= one.period_end
    same_place = one.region == other.region or one.source_title == other.source_title
    return one.observable == other.observable and same_time and same_place


def direction_names(terms: Sequence[DirectionTerm]) -> tuple[str, ...]:
    """A name for each answer of ``read_directions``."""
    return tuple(f"direction {term.direction.id}" for term in terms)


def read_directions(run: Run, terms: Sequence[DirectionTerm]) -> np.ndarray:
    """The change of each index from baseline to period, in changes that are just noticed, (terms,). NaN where there is none."""
    return np.array([_change(run, term.direction) for term in terms], float)


def _change(run: Run, direction: Direction) -> float:
    index = INDICES[direction.observable]
    now = _span(run, direction.period_start, direction.period_end, direction.region)
    before = _span(run, direction.baseline_start, direction.baseline_end, direction.region)
    if now is None or before is None or now.rest:
        return np.nan
    return (index.read(now) - index.read(before)) / index.notice


def _span(run: Run, first: date, last: date, region: int | None) -> Span | None:
    """The days of a run, from the first after rest; a span that is over by day 0 is rest. Nothing beyond the run's end."""
    regions = tuple(range(len(run.case.regions))) if region is None else (region,)
    begin, end = day_index(first, run.case.start), day_index(last, run.case.start)
    if end <= 0:
        return Span(run, 0, 0, regions, rest=True)
    if end >= len(run.data["strength"]):
        return None
    return Span(run, max(begin, 1), end, regions, rest=False)


def log_likelihood_directions(simulated: Any, terms: Sequence[DirectionTerm], *, process_sd: Any = 0.0) -> np.ndarray:
    """Log-likelihood of the directions, one number a history.

    ``simulated``: (histories, terms) as ``read_directions`` gives them. ``process_sd``: sd in the same unit by which a history
    differs from the expectation it stands for, a number, (terms,) or (histories, terms).
    """
    values = np.atleast_2d(np.asarray(simulated, float))
    spread = np.broadcast_to(np.asarray(process_sd, float), values.shape)
    total = np.zeros(len(values))
    for place, term in enumerate(terms):
        right = probability_told(values[:, place], term.direction.sign, sd=np.hypot(1.0, spread[:, place]))
        total += term.weight * np.log(right + term.wrong * (1.0 - 2.0 * right))
    return total


def probability_told(change: np.ndarray, sign: int, *, sd: np.ndarray | float = 1.0) -> np.ndarray:
    """Probability that a change seems to go the way of ``sign`` when it is seen with an error of ``sd``."""
    from scipy.special import ndtr

    if sign == 0:
        return np.asarray(ndtr((1.0 - change) / sd) - ndtr((-1.0 - change) / sd))
    return np.asarray(ndtr(sign * change / sd))
