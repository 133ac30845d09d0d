"""Reported beside simulated: every claim of the case with its simulated counterpart, misses included."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from muster.core.dates import Interval
from muster.observe.series import explain
from muster.observe.window import NATIONAL
from muster.report.spread import Spread, say, say_exactly
from muster.report.suppress import is_small, suppress

if TYPE_CHECKING:
    from muster.case import Case, Claim
    from muster.observe.definition import Definition
    from muster.simulate.result import Run

Mark = Literal["near", "met", "above", "below", "none"]

# A simulated median this far (as a factor) from the stated figure or range counts as near it.
# It is a reading aid and no test: claims are not truths, and no bias of a claimant is modelled here.
NEAR = 1.25
# Endings of the quantities that count what happened within a period.
_OF_A_PERIOD = ("_period", "surrenders", "captured")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One claim, what it counts in the model, and the spread of the simulated counterpart over seeds."""

    claim: Claim
    definition: Definition | None
    simulated: Spread | None
    ratio: float | None
    mark: Mark
    reason: str

    @property
    def regional(self) -> bool:
        return self.claim.region != NATIONAL

    @property
    def reported(self) -> str:
        """The stated figure with its bound."""
        return say_reported(self.claim)

    @property
    def told(self) -> str:
        """The simulated spread, small regional cells hidden."""
        if self.simulated is None:
            return self.reason
        if not self.regional or self.definition is None or self.definition.kind in ("share", "index"):
            return self.simulated.text()
        low, high = suppress(self.simulated.low), suppress(self.simulated.high)
        return suppress(self.simulated.median) if low == high else f"{suppress(self.simulated.median)} [{low}–{high}]"

    @property
    def verdict(self) -> str:
        """``near``; ``met`` for a bound that holds; else simulated over stated (``×1.6``); empty where nothing can be said."""
        if self.mark == "none":
            return ""
        if self.mark in ("near", "met") or self.ratio is None:
            return self.mark
        hidden = self.regional and self.simulated is not None and is_small(self.simulated.median)
        return self.mark if hidden else f"×{say(self.ratio, digits=2)}"


def compare_claims(case: Case, runs: Sequence[Run]) -> tuple[Comparison, ...]:
    """Every claim of ``case`` beside the runs, in the order of the file."""
    return tuple(compare_claim(claim, runs) for claim in case.claims)


def compare_claim(claim: Claim, runs: Sequence[Run]) -> Comparison:
    """One claim beside its simulated counterpart over ``runs``."""
    seen = [explain(run, claim) for run in runs]
    values = [observation.value for observation in seen if observation.value is not None]
    definition = seen[0].definition
    if len(values) < len(seen) or definition is None:
        reason = next(observation.reason for observation in seen if observation.value is None)
        return Comparison(claim, definition, None, None, "none", reason)
    spread = Spread.of(values)
    if not definition.same_unit:
        return Comparison(claim, definition, spread, None, "none", "an index, not in the unit of the claim")
    ratio, mark = judge_distance(claim, spread.median)
    return Comparison(claim, definition, spread, ratio, mark, "")


def stated_figure(claim: Claim) -> float | None:
    """The number that stands for a claim: its figure, else the lower end, else the upper; None if it states none."""
    return next((number for number in (claim.value, claim.low, claim.high) if number is not None), None)


def say_reported(claim: Claim) -> str:
    """The stated figure with its bound: ``at least 13,000``, ``2,800 (2,600–3,000)``."""
    if claim.low is not None and claim.high is not None and claim.low != claim.high:
        between = f"{say_exactly(claim.low)}–{say_exactly(claim.high)}"
        return between if claim.value is None else f"{say_exactly(claim.value)} ({between})"
    stated = stated_figure(claim)
    if stated is None:
        return "not a number"
    if claim.low is not None and claim.high is None:
        return f"at least {say_exactly(stated)}"
    return f"up to {say_exactly(stated)}" if claim.high is not None and claim.low is None else say_exactly(stated)


def judge_distance(claim: Claim, median: float) -> tuple[float | None, Mark]:
    """How far ``median`` lies from what is stated, as a factor of the nearest end of the stated range.

    A bound alone ("at least 13,000") is a range with one end: on its right side it is met, however far away.
    """
    stated = stated_figure(claim)
    if stated is None:
        return None, "none"
    low = high = stated
    bounded = (claim.low is None) != (claim.high is None)
    if bounded:
        low, high = (-math.inf, stated) if claim.low is None else (stated, math.inf)
    elif claim.low is not None and claim.high is not None:
        low, high = claim.low, claim.high
    if bounded and low <= median <= high:
        return 1.0, "met"
    nearest = min(max(median, low), high)
    if nearest == 0:
        return None, "near" if median == 0 else "above"
    ratio = median / nearest
    return ratio, "above" if ratio > NEAR else "below" if ratio < 1 / NEAR else "near"


def say_date(claim: Claim) -> str:
    """What a claim is about in time: the period of a count of a period, else the day it holds for."""
    if claim.as_of is None:
        return "undated"
    if claim.period_start is not None and claim.quantity.endswith(_OF_A_PERIOD):
        first = claim.period_start.first
        return _say_interval(claim.as_of) if first == claim.as_of.first else f"{say_day(first)} – {say_day(claim.as_of.last)}"
    return _say_interval(claim.as_of)


def _say_interval(when: Interval) -> str:
    """A day, month or year, as precisely as it is known."""
    if when.first == when.last:
        return say_day(when.first)
    return f"{when.first:%b %Y}" if (when.last - when.first).days < 31 else f"{when.first:%Y}"


def say_day(day: date) -> str:
    """``30 Jun 2024``."""
    return f"{day.day} {day:%b %Y}"
