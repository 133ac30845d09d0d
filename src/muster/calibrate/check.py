"""Simulation-based calibration: does the fit find parameters that are known, and is it as sure as it should be?

Parameters are drawn from their priors, a history is simulated, sources report on it with biases and scatter drawn as the
observation model says, and the posterior of those reports is sampled. If everything is right, the rank of the true value
among the draws is uniform (Talts et al. 2018), and intervals of 90 per cent cover in 90 per cent of the replicates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from muster.calibrate.emulator import Emulator
from muster.calibrate.fit import posterior_of
from muster.calibrate.sample import sample
from muster.core.pool import Progress
from muster.observe.evidence import Evidence
from muster.observe.reported import MONTHLY_CORRELATION, Term
from muster.observe.wording import readings

_SMALL = 0.5
_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Calibration:
    """Ranks of the truth among ``draws`` posterior draws, (replicates, parameters), and whether intervals covered it."""

    parameters: tuple[str, ...]
    draws: int
    ranks: np.ndarray
    covered50: np.ndarray
    covered90: np.ndarray

    @property
    def coverage90(self) -> np.ndarray:
        """Share of replicates whose 90 per cent interval holds the truth, (parameters,)."""
        return self.covered90.mean(axis=0)

    def uniformity(self, *, bins: int = 10) -> np.ndarray:
        """p-value of a chi-squared test of uniform ranks for each parameter."""
        from scipy import stats

        edges = np.linspace(0, self.draws + 1, bins + 1)
        counts = np.array([np.histogram(column, edges)[0] for column in self.ranks.T])
        return np.array([float(stats.chisquare(row).pvalue) for row in counts])


def reported_on(terms: Sequence[Term], truth: np.ndarray, rng: np.random.Generator) -> tuple[Term, ...]:
    """The same terms as if their sources had reported on ``truth`` (terms,): new biases, AR(1) scatter, the same rounding."""
    biases: dict[tuple[str, str], float] = {}
    errors: dict[tuple[object, ...], tuple[float, float]] = {}
    told: dict[int, Term] = {}
    for place in sorted(range(len(terms)), key=lambda index: terms[index].day):
        term = terms[place]
        bias = biases.setdefault(term.group, term.bias.mean + term.bias.sd * rng.standard_normal())
        series = (*term.group, term.claim.quantity, term.claim.region)
        day = float(term.day.toordinal())
        error = rng.standard_normal()
        if series in errors:
            before, last = errors[series]
            memory = MONTHLY_CORRELATION ** ((day - last) / _MONTH)
            error = memory * before + math.sqrt(1.0 - memory**2) * error
        errors[series] = (error, day)
        count = max(float(truth[place]), _SMALL) * math.exp(bias + term.scatter * error)
        told[place] = _told(term, count)
    return tuple(told[place] for place in range(len(terms)))


def _told(term: Term, count: float) -> Term:
    """A count told to two digits, as figures of this kind are."""
    digits = 10.0 ** (math.floor(math.log10(count)) - 1)
    figure = max(round(count / digits), 1) * digits
    claim = replace(term.claim, value=figure, low=None, high=None)
    return replace(term, claim=claim, readings=readings(claim))


def check_calibration(
    emulator: Emulator,
    terms: Sequence[Term],
    truths: np.ndarray,
    answers: np.ndarray,
    *,
    parameters: Sequence[str],
    draws: int = 300,
    moves: int = 10,
    seed: int = 1,
    first: int = 0,
    progress: Progress | None = None,
) -> Calibration:
    """Ranks and coverage for known truths: ``truths`` (replicates, parameters) as ``z``, ``answers`` (replicates, terms).

    ``first`` is the number of the first replicate: a check done in parts says what it says in one go.
    """
    ranks, covered50, covered90 = [], [], []
    for place, (truth, answer) in enumerate(zip(truths, answers, strict=True), start=first):
        rng = np.random.Generator(np.random.Philox(seed * 100_003 + place))
        told = reported_on(terms, answer, rng)
        drawn = sample(
            posterior_of(emulator, Evidence(told)), len(parameters), draws=draws, moves=moves, seed=seed * 1_009 + place
        ).z
        ranks.append((drawn < truth).sum(axis=0))
        low90, low50, high50, high90 = np.quantile(drawn, [0.05, 0.25, 0.75, 0.95], axis=0)
        covered50.append((low50 <= truth) & (truth <= high50))
        covered90.append((low90 <= truth) & (truth <= high90))
        if progress:
            progress(place - first + 1, len(truths), "replicates")
    return Calibration(tuple(parameters), draws, np.array(ranks), np.array(covered50), np.array(covered90))
