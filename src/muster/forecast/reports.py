"""From simulated truth to what will be reported: bias and scatter as in the fit, memory of past reports, and discrepancy.

A source that stood above the truth last month will stand above it next month, so what it reported before the cut anchors
what it is expected to report after it:

* a running total grows from the source's own last figure: ``Y = Y' + exp(b + e) (X - X')``;
* a level or a flow keeps part of the error of its last report: ``log Y = log X + b + r e' + sqrt(1 - r^2) s n``, with
  ``r`` = 0.9 a month.

A source that never told this figure is read with the others: what all of them together say the model has wrong at the cut,
``d``, weighed against their biases (``forecast.standing``), is taken along: ``log Y = log X + b + d + s n``.

On top comes what the model gets wrong later: a normal discrepancy of the log of what is to come, growing with the square root
of time. The fit knows nothing of it, for it learns from the past; how large it is, is judged (and held against scores).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from muster.calibrate.posterior import Posterior
from muster.forecast.standing import StandingError, standing_error
from muster.observe.bias import Subject
from muster.observe.reported import MONTHLY_CORRELATION, Term
from muster.observe.wording import stated_figure

_SMALL = 0.5
_MONTH = 30.44
COPIES = 20  # reports drawn for each history
# Discrepancy after a year, sd of the log: of what is added to a running total, and of a flow; and of a level. Judgement:
# campaigns as large as those seen before double or halve the pace of a war within a year; forces and shares move slowly.
PACE, LEVEL = 0.7, 0.25
# A source's scatter on what it adds is wider than on its total: additions are small differences of large figures.
_SCATTER_OF_ADDITIONS = 0.3
_MOVES_FAST: tuple[Subject, ...] = ("control", "opposition")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a source is expected to report: ``log_draws`` of its count (many), and the claim it was anchored to."""

    log_draws: np.ndarray
    anchor: str | None


def expected_report(
    term: Term, truth: np.ndarray, posterior: Posterior, past: Sequence[Term], past_truth: np.ndarray, *, seed: int
) -> Expected:
    """Predictive draws of a report.

    ``truth`` (histories,) is the simulated truth of the term; ``past`` are the terms known at the cut and ``past_truth``
    (histories, past) what the same histories say to them.
    """
    rng = np.random.Generator(np.random.Philox(seed))
    noise = rng.standard_normal((2, COPIES, len(truth)))
    bias = _bias(term, posterior, len(truth), rng)
    years = max((term.day - posterior.until).days, 0) / 365.25
    place = _anchor(term, past)
    if place is None:
        error = standing_error(term, past, past_truth, sd=_discrepancy(term))
        draws = _unheard(term, truth, bias, error, years, noise, error.draw(rng, noise.shape[1:]))
    elif term.definition.kind == "cumulative":
        draws = _grown(term, truth, bias, past[place], past_truth[:, place], years, noise)
    else:
        draws = _remembered(term, truth, bias, past[place], past_truth[:, place], years, noise)
    return Expected(draws.ravel(), None if place is None else past[place].claim.id)


def _unheard(
    term: Term,
    truth: np.ndarray,
    bias: np.ndarray,
    error: StandingError,
    years: float,
    noise: np.ndarray,
    wrong: np.ndarray,
) -> np.ndarray:
    """A source that never told this: what the others say the model has wrong, and what is added to a running total since."""
    later = np.exp(_discrepancy(term) * math.sqrt(years) * noise[0])
    before = np.minimum(error.seen, truth) if term.definition.kind == "cumulative" else 0.0
    count = np.exp(wrong) * (before + (truth - before) * later)
    return np.log(np.maximum(count, _SMALL)) + bias + term.scatter * noise[1]


def _grown(
    term: Term, truth: np.ndarray, bias: np.ndarray, last: Term, last_truth: np.ndarray, years: float, noise: np.ndarray
) -> np.ndarray:
    """A running total: the source's last figure, and what has been added since as it would count it."""
    added = np.maximum(truth - last_truth, 0.0)
    spread = math.hypot(_SCATTER_OF_ADDITIONS, PACE * math.sqrt(years))
    return np.log(np.maximum(stated_figure(last.claim) + added * np.exp(bias + spread * noise[0]), _SMALL)) + 0.02 * noise[1]


def _remembered(
    term: Term, truth: np.ndarray, bias: np.ndarray, last: Term, last_truth: np.ndarray, years: float, noise: np.ndarray
) -> np.ndarray:
    """A level or a flow: part of the error of the last report stays."""
    error = math.log(max(stated_figure(last.claim), _SMALL)) - np.log(np.maximum(last_truth, _SMALL)) - bias
    memory = MONTHLY_CORRELATION ** (max((term.day - last.day).days, 0) / _MONTH)
    spread = term.scatter * math.sqrt(1.0 - memory**2)
    wrong = _discrepancy(term) * math.sqrt(years) * noise[0]
    return np.log(np.maximum(truth, _SMALL)) + bias + memory * error + wrong + spread * noise[1]


def _discrepancy(term: Term) -> float:
    slow = term.definition.kind in ("stock", "share") and term.subject not in _MOVES_FAST
    return LEVEL if slow else PACE


def _bias(term: Term, posterior: Posterior, count: int, rng: np.random.Generator) -> np.ndarray:
    """The bias of the claimant in each history: as learned, or from the prior when it was not heard before."""
    heard = posterior.bias(term.group)
    if heard is not None:
        return heard[np.arange(count) % len(heard)]
    return term.bias.mean + term.bias.sd * rng.standard_normal(count)


def _anchor(term: Term, past: Sequence[Term]) -> int | None:
    """The last report of the same claimant on the same series."""

    def series(one: Term) -> tuple[object, ...]:
        begun: date | None = (
            one.claim.period_start.first if one.claim.period_start and one.definition.kind == "cumulative" else None
        )
        return (one.group, one.claim.quantity, one.claim.region, begun)

    same = [place for place, one in enumerate(past) if series(one) == series(term)]
    return max(same, key=lambda place: past[place].day) if same else None
