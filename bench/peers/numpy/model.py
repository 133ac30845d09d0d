"""Threshold exit in plain NumPy, dense: a row a unit, a column a place, one draw per place and day, in single precision."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from reference import REFERENCE as R
from reference import units_of

PACKAGES = ("numpy",)


def begin(persons: int, days: int, seed: int) -> SimpleNamespace:
    """Thresholds by unit and place; a free place is infinitely loyal and holds nobody."""
    rng, units = np.random.default_rng(seed), units_of(persons)
    theta = np.full((units, R.places), np.inf, np.float32)
    theta[:, : R.size] = rng.normal(R.threshold_mean, R.threshold_sd, (units, R.size))
    shift = R.base + R.unit_sd * rng.standard_normal(units)
    return SimpleNamespace(rng=rng, days=days, theta=theta, shift=shift, width=R.size)


def go(model: SimpleNamespace) -> np.ndarray:
    """All days; soldiers gone by day."""
    rng, theta, width = model.rng, model.theta, model.width
    units = len(theta)
    smooth, n = np.zeros(units), np.full(units, R.size)
    gone = np.zeros(model.days + 1, np.int64)
    luck = np.empty((units, R.places), np.float32)
    for day in range(1, model.days + 1):
        drive = (model.shift + R.gain * smooth).astype(np.float32)
        drawn = luck.reshape(-1)[: units * width]
        rng.random(out=drawn, dtype=np.float32)
        u, column = np.nonzero(drawn.reshape(units, width) < np.float32(R.gone))  # few: all else is settled by one comparison
        value, coin = theta[u, column], drawn.reshape(units, width)[u, column]
        out = np.isfinite(value) & ((coin < R.discharge) | (value <= drive[u]))
        left = out & (coin >= R.discharge)
        theta[u[out], column[out]] = np.inf
        n -= np.bincount(u[out], minlength=units)
        smooth += (np.bincount(u[left], minlength=units) / R.size - smooth) * R.smoothing
        gone[day] = out.sum()
        free = R.places - n
        for unit in rng.choice(units, rng.poisson(R.recruits * units), p=free / free.sum()):
            place = int(np.argmax(np.isinf(theta[unit])))
            theta[unit, place] = rng.normal(R.threshold_mean, R.threshold_sd)
            n[unit] += 1
            width = max(width, place + 1)
    return gone
