"""From simulated truth to what will be reported: the same bias and scatter as in the fit, and memory of the last report.

    log Y = log X + b + e,   e = r e' + sqrt(1 - r^2) s n,   r = 0.9 per month,   e' the error of the source's last report

A source that stood above the truth last month will stand above it next month. What a source has reported before the cut
therefore anchors what it is expected to report after it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from muster.calibrate.posterior import Posterior
from muster.observe.reported import MONTHLY_CORRELATION, Term

_SMALL = 0.5
_MONTH = 30.44
COPIES = 20  # reports drawn for each history


@dataclass(frozen=True, slots=True)
class Expected:
    """What a source is expected to report: ``draws`` of the log of its count (many), and the anchor that was used."""

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
    count = len(truth)
    log_truth = np.log(np.maximum(truth, _SMALL))
    bias = _bias(term, posterior, count, rng)
    place = _anchor(term, past)
    error = np.zeros(count)
    memory = 0.0
    if place is not None:
        told = np.mean([math.log(max((one.low * one.high) ** 0.5, _SMALL)) for one in past[place].readings[:1]])
        error = told - np.log(np.maximum(past_truth[:, place], _SMALL)) - bias
        months = max((term.day - past[place].day).days, 0) / _MONTH
        memory = MONTHLY_CORRELATION**months
    spread = term.scatter * math.sqrt(1.0 - memory**2)
    noise = spread * rng.standard_normal((COPIES, count))
    return Expected((log_truth + bias + memory * error + noise).ravel(), None if place is None else past[place].claim.id)


def _bias(term: Term, posterior: Posterior, count: int, rng: np.random.Generator) -> np.ndarray:
    """The bias of the claimant in each history: as learned, or from the prior when it was not heard before."""
    if term.group in posterior.groups:
        column = posterior.biases[:, posterior.groups.index(term.group)]
        return column[np.arange(count) % len(column)]
    return term.bias.mean + term.bias.sd * rng.standard_normal(count)


def _anchor(term: Term, past: Sequence[Term]) -> int | None:
    """The last report of the same claimant on the same series, if its quantity is one that goes on (not a flow)."""
    if term.definition.kind == "flow":
        return None
    same = [
        place
        for place, one in enumerate(past)
        if one.group == term.group and one.claim.quantity == term.claim.quantity and one.claim.region == term.claim.region
    ]
    return max(same, key=lambda place: past[place].day) if same else None
