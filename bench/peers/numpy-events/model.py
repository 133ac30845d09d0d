"""Threshold exit in NumPy along the events, as Muster's engine goes: thresholds stand sorted, so the willing of a unit are a
prefix; how many of them leave is one binomial a unit, and nobody else is asked. An algorithm open to every user of NumPy.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from reference import REFERENCE as R
from reference import units_of

PACKAGES = ("numpy",)


def begin(persons: int, days: int, seed: int) -> SimpleNamespace:
    """Sorted thresholds by unit; free places stand last."""
    rng, units = np.random.default_rng(seed), units_of(persons)
    theta = np.full((units, R.places + 1), np.inf, np.float32)
    theta[:, : R.size] = np.sort(rng.normal(R.threshold_mean, R.threshold_sd, (units, R.size)), axis=1)
    shift = R.base + R.unit_sd * rng.standard_normal(units)
    return SimpleNamespace(rng=rng, days=days, theta=theta, shift=shift)


def _move_pointers(theta: np.ndarray, willing: np.ndarray, drive: np.ndarray) -> None:
    """Let the number of willing follow the drive, all units a step at a time."""
    rows = np.arange(len(theta))
    while (up := theta[rows, willing] <= drive).any():
        willing += up
    while (down := (willing > 0) & (theta[rows, willing - 1] > drive)).any():
        willing -= down


def _strike_off(theta: np.ndarray, unit: int, places: np.ndarray) -> None:
    """Close the ranks of a unit."""
    row = theta[unit]
    kept = np.delete(row, places)
    row[: len(kept)], row[len(kept) :] = kept, np.inf


def go(model: SimpleNamespace) -> np.ndarray:
    """All days; soldiers gone by day."""
    rng, theta = model.rng, model.theta
    units = len(theta)
    smooth, n, willing = np.zeros(units), np.full(units, R.size), np.zeros(units, np.int64)
    gone = np.zeros(model.days + 1, np.int64)
    for day in range(1, model.days + 1):
        discharged = rng.binomial(n, R.discharge)
        for unit in np.flatnonzero(discharged):
            places = rng.choice(n[unit], discharged[unit], replace=False)
            _strike_off(theta, unit, places)
            willing[unit] -= (places < willing[unit]).sum()
        n -= discharged
        _move_pointers(theta, willing, (model.shift + R.gain * smooth).astype(np.float32))
        left = rng.binomial(willing, R.leave)
        for unit in np.flatnonzero(left):
            _strike_off(theta, unit, rng.choice(willing[unit], left[unit], replace=False))
        willing -= left
        n -= left
        smooth += (left / R.size - smooth) * R.smoothing
        gone[day] = left.sum() + discharged.sum()
        free = R.places - n
        for unit in rng.choice(units, rng.poisson(R.recruits * units), p=free / free.sum()):
            value = np.float32(rng.normal(R.threshold_mean, R.threshold_sd))
            place = int(np.searchsorted(theta[unit], value))
            theta[unit, place + 1 :] = theta[unit, place:-1].copy()
            theta[unit, place] = value
            willing[unit] += place < willing[unit]
            n[unit] += 1
    return gone
