"""Value of information: which further report would narrow a forecast most, before anybody has made it.

A report today on quantity ``X`` by a kind of source tells ``log X`` with the error of its scatter and of the prior of its bias.
How much of the variance of the forecast ``T`` it would take away follows from how ``log X`` and ``log T`` go together over the
draws (a linear-Gaussian preposterior analysis): ``corr(X, T)^2 var(X) / (var(X) + error^2)``. It is an expectation under the
model: a report that contradicts the model may widen the forecast instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from muster.core.vocabulary import SIDES
from muster.forecast.predict import Forecast, refuse_few
from muster.observe.bias import prior_bias, scatter_of, subject_of

_SMALL = 0.5


@dataclass(frozen=True, slots=True)
class Report:
    """A report that could be sought: on what, by which side, and the share of the forecast's variance it would take away."""

    quantity: str
    side: str
    narrows: float


def rank_reports(forecast: Forecast, quantity: str) -> tuple[Report, ...]:
    """Reports about the cut, by every kind of source on every quantity, the most informative on ``quantity`` first.

    Errors: a :class:`MusterError` when the forecast has no such quantity, or fewer than ten draws.
    """
    refuse_few(forecast)
    target = np.log(np.maximum(forecast.series(quantity)[:, -1], _SMALL))
    day = max(place for place, when in enumerate(forecast.days) if when <= forecast.posterior.until)
    rows = []
    for name in forecast.quantities:
        subject = subject_of(name)
        if subject is None:
            continue
        seen = np.log(np.maximum(forecast.series(name)[:, day], _SMALL))
        for side in SIDES:
            error = math.hypot(scatter_of(subject), prior_bias(side, subject).sd)
            rows.append(Report(name, side, narrowed(target, seen, error)))
    return tuple(sorted(rows, key=lambda row: -row.narrows))


def narrowed(target: np.ndarray, seen: np.ndarray, error: float) -> float:
    """Expected share of the variance of ``target`` that an observation of ``seen`` with this error takes away.

    Draws with no spread in either give 0. The correlation is shrunk for the number of draws, so that chance shows nothing.
    """
    variance = float(seen.var())
    if variance == 0 or target.std() == 0:
        return 0.0
    squared = float(np.corrcoef(seen, target)[0, 1]) ** 2
    shrunk = max(0.0, 1.0 - (1.0 - squared) * (len(seen) - 1) / (len(seen) - 2))
    return shrunk * variance / (variance + error**2)
