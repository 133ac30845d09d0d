"""Which parameters an answer hangs on, ranked, beside what the evidence says of each.

Every point is simulated with the same seed, so that two points differ by their parameters and not by luck. What a seed alone
would do is measured apart: some points are simulated once more with another seed, and ``noise`` is the share of the variance
over all points that luck makes up. Influence much below it is not told from nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from muster.calibrate.draws import led_by
from muster.calibrate.posterior import Posterior
from muster.case import Case
from muster.compare.factor import Factor, Over, find_factors
from muster.compare.morris import draw_trajectories, read_effects
from muster.compare.outcome import Outcome, find_outcome
from muster.compare.part import Part, sum_up, tabulate
from muster.compare.sobol import read_indices
from muster.core.errors import MusterError
from muster.core.pool import Progress, map_pieces
from muster.simulate.change import parameters_by_name
from muster.simulate.monthly import months_of, read_monthly
from muster.simulate.run import simulate
from muster.simulate.scenario import Scenario, find_scenario

Method = Literal["morris", "sobol"]
_SMALL = 0.5
_REPEATED = 16  # points simulated with a second seed
_USUAL: dict[Method, int] = {"morris": 316, "sobol": 2064}  # histories, unless a budget is given
_MORE: dict[Method, int] = {"morris": 1, "sobol": 2}  # points of a trajectory, or of an index, beside one an input
_SLACK = 0.005  # of a share: less than is shown
_WIDE = 0.4  # a 90 % interval of a share, that is a standard error of an eighth
_LEAST: dict[Method, int] = {"morris": 2, "sobol": 4}  # trajectories, or points an index


@dataclass(frozen=True, slots=True)
class Influence:
    """One parameter. ``size`` with its 90 % interval ranks it: the mean absolute effect (Morris) or total-order index (Sobol).

    ``further``: mean effect and spread (``mu``, ``sigma``), or the first-order index and its interval (``first``, ...).
    """

    factor: Factor
    size: float
    low: float
    high: float
    further: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The parameters by influence, largest first. ``noise``: share of the variance over the points that luck makes up."""

    case: str
    scenario: str
    outcome: Outcome
    method: Method
    over: Over
    logarithm: bool
    runs: int
    noise: float
    rows: tuple[Influence, ...]

    @property
    def uncertain(self) -> bool:
        """Whether shares want more histories: one is above 1, or higher alone than in total, or has a wide interval."""
        if self.method == "morris":
            return False
        return any(
            row.size > 1.0 + _SLACK or row.further["first"] > row.size + _SLACK or row.high - row.low > _WIDE for row in self.rows
        )


def sensitivity(
    case: Case,
    posterior: Posterior | None,
    *,
    quantity: str = "left",
    method: Method = "morris",
    over: Over | None = None,
    parameters: tuple[str, ...] | None = None,
    scenario: str | Scenario = "baseline",
    part: Part | None = None,
    budget: int | None = None,
    logarithm: bool = False,
    seed: int = 1,
    workers: int = 2,
    progress: Progress | None = None,
) -> Sensitivity:
    """Rank parameters by how much an outcome moves when they move over the prior or posterior (default: where there is one).

    ``budget`` is the most histories simulated (default 316 for Morris, 2,064 for Sobol), those that measure luck among them.
    ``logarithm`` asks about ratios rather than differences. Parameters that are not moved stay at the fit's medians, without a
    fit at the pack's values.
    Raises MusterError for unknown names and a budget that is too small.
    """
    outcome, whole = find_outcome(quantity), part or Part()
    ranges: Over = over or ("posterior" if posterior is not None else "prior")
    factors = find_factors(posterior, over=ranges, names=parameters)
    base = find_scenario(case, scenario)
    ask = _Ask(case, outcome, whole, base, _standing(case, posterior), factors, logarithm)
    count = _afford(method, len(factors), budget)
    runs = count * (len(factors) + _MORE[method])
    runner = _Runner(ask, runs + min(runs, _REPEATED), workers, progress)
    rows = (_morris if method == "morris" else _sobol)(runner, factors, count, seed)
    noise = runner.noise(seed)
    ranked = tuple(sorted(rows, key=lambda row: -row.size))
    return Sensitivity(case.name, base.name, outcome, method, ranges, logarithm, runner.done, noise, ranked)


@dataclass(frozen=True, slots=True)
class _Ask:
    """The figure that is asked for, as a function of quantiles of the factors and a seed."""

    case: Case
    outcome: Outcome
    part: Part
    scenario: Scenario
    standing: Mapping[str, float]
    factors: tuple[Factor, ...]
    logarithm: bool

    def figure(self, u: np.ndarray, seed: int) -> float:
        values = {**self.standing, **{one.name: float(one.value(u[place])) for place, one in enumerate(self.factors)}}
        last = self.part.within(self.case)
        monthly = read_monthly(simulate(self.case, seed=seed, scenario=led_by(values, self.scenario), until=last))
        months = months_of(self.case.start, last)
        found = float(sum_up(self.outcome, tabulate(self.case, self.outcome, monthly, months, self.part)))
        return float(np.log(max(found, _SMALL))) if self.logarithm else found


class _Runner:
    """Simulates points and remembers them, for one bar of progress over all and for the measure of luck."""

    def __init__(self, ask: _Ask, total: int, workers: int, progress: Progress | None) -> None:
        self.ask, self.total, self.workers, self.progress = ask, total, workers, progress
        self.done = 0
        self.points: list[np.ndarray] = []
        self.values: list[np.ndarray] = []

    def run(self, points: np.ndarray, seed: int) -> np.ndarray:
        """The figures of (points, factors)."""
        before = self.done

        def tell(done: int, _: int, what: str) -> None:
            if self.progress:
                self.progress(before + done, self.total, what)

        found = map_pieces(
            lambda place: self.ask.figure(points[place], seed), len(points), workers=self.workers, progress=tell, what="histories"
        )
        self.done += len(points)
        self.points.append(points)
        self.values.append(np.array(found))
        return self.values[-1]

    def noise(self, seed: int) -> float:
        """Half the mean square between two seeds at the same point, over the variance of the points."""
        points, values = np.concatenate(self.points), np.concatenate(self.values)
        chosen = np.linspace(0, len(points) - 1, min(_REPEATED, len(points))).astype(int)
        again = self.run(points[chosen], seed + 1)
        variance = float(values.var())
        return min(1.0, float(((again - values[chosen]) ** 2).mean()) / 2.0 / variance) if variance > 0 else 0.0


def _standing(case: Case, posterior: Posterior | None) -> Mapping[str, float]:
    """Where parameters stand that are not moved: with a fit at its medians, what it leaves alone at the model's default."""
    if posterior is None:
        return {}
    medians = dict(zip(posterior.parameters, np.median(posterior.values, axis=0).tolist(), strict=True))
    return {name: parameters_by_name()[name].default for name in case.parameters} | medians


def _afford(method: Method, inputs: int, budget: int | None) -> int:
    """Trajectories, or points an index (a power of two), so that with the points repeated the budget is kept."""
    runs = _USUAL[method] if budget is None else budget
    each = inputs + _MORE[method]
    count, least = (runs - min(_REPEATED, -(-runs // 2))) // each, _LEAST[method]
    if count < least:
        needed = each * least + min(_REPEATED, each * least)
        raise MusterError(f"{runs} histories are too few for {inputs} parameters: give {needed}, or name fewer parameters.")
    return count if method == "morris" else 1 << (count.bit_length() - 1)


def _morris(runner: _Runner, factors: tuple[Factor, ...], count: int, seed: int) -> list[Influence]:
    points = draw_trajectories(len(factors), count, seed=seed)
    values = runner.run(points.reshape(-1, len(factors)), seed).reshape(points.shape[:2])
    found = read_effects(points, values, seed=seed)
    table = np.stack([found.mu_star, found.low, found.high, found.mu, found.sigma], axis=1).tolist()
    return [
        Influence(one, size, low, high, {"mu": mu, "sigma": sigma})
        for one, (size, low, high, mu, sigma) in zip(factors, table, strict=True)
    ]


def _sobol(runner: _Runner, factors: tuple[Factor, ...], count: int, seed: int) -> list[Influence]:
    found = read_indices(partial(runner.run, seed=seed), len(factors), count, seed=seed)
    rows = (found.total, found.total_low, found.total_high, found.first, found.first_low, found.first_high)
    return [
        Influence(one, total, low, high, {"first": first, "first_low": first_low, "first_high": first_high})
        for one, (total, low, high, first, first_low, first_high) in zip(factors, np.stack(rows, axis=1).tolist(), strict=True)
    ]
