"""Sobol's indices: the share of an output's variance that an input accounts for, alone and with all it interacts with.

scipy draws the points, estimates and resamples (Saltelli et al. 2010). Inputs are taken to be independent.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_RESAMPLES = 500


@dataclass(frozen=True, slots=True)
class Indices:
    """(inputs,) each: first-order and total-order index, each with a 90 % bootstrap interval. Noise may push any below nought."""

    first: np.ndarray
    first_low: np.ndarray
    first_high: np.ndarray
    total: np.ndarray
    total_low: np.ndarray
    total_high: np.ndarray


def read_indices(function: Callable[[np.ndarray], np.ndarray], inputs: int, count: int, *, seed: int) -> Indices:
    """The indices of ``function`` of (points, inputs) in the unit cube, from ``count * (inputs + 2)`` points.

    ``count`` is a power of two. An output that does not vary at all has indices of nought.
    """
    from scipy.stats import sobol_indices, uniform

    seen: list[np.ndarray] = []

    def row_of(x: np.ndarray) -> np.ndarray:
        seen.append(function(np.ascontiguousarray(x.T)))
        return seen[-1][None, :].copy()  # scipy takes the mean off in place

    with np.errstate(invalid="ignore", divide="ignore"):
        found = sobol_indices(func=row_of, n=count, dists=[uniform()] * inputs, rng=np.random.default_rng(seed))
    if np.ptp(np.concatenate(seen)) == 0.0:
        return Indices(*(np.zeros(inputs) for _ in range(6)))
    with warnings.catch_warnings(), np.errstate(invalid="ignore", divide="ignore"):
        warnings.simplefilter("ignore")  # an input that moves nothing has nothing to resample
        band = found.bootstrap(confidence_level=0.9, n_resamples=_RESAMPLES)
    rows = []
    for index, ends in ((found.first_order, band.first_order), (found.total_order, band.total_order)):
        flat = np.reshape(index, inputs)
        low, high = (np.reshape(end, inputs) for end in (ends.confidence_interval.low, ends.confidence_interval.high))
        rows += [flat, np.where(np.isnan(low), flat, low), np.where(np.isnan(high), flat, high)]
    return Indices(*rows)
