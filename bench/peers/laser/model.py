"""Threshold exit in LASER: two LaserFrames (soldiers, units) and a compiled step over all soldiers, one draw each."""

from __future__ import annotations

from types import SimpleNamespace

import numba as nb
import numpy as np
from laser.core import LaserFrame
from laser.core.random import seed as seed_all
from reference import REFERENCE as R
from reference import units_of

PACKAGES = ("laser-core", "numba", "numpy")
P_DISCHARGE, P_GONE = R.discharge, R.gone
SQUASH_EVERY = 14  # days between two clearings of those who have gone


@nb.njit(nogil=True, cache=True)
def ask(count: int, serves: np.ndarray, theta: np.ndarray, unit: np.ndarray, drive: np.ndarray, out: np.ndarray) -> None:
    """One draw for everybody in service; ``out`` counts by unit the discharged and those who left. One core, as all peers."""
    for i in range(count):
        if serves[i]:
            luck = np.random.random()
            if luck < P_DISCHARGE:
                serves[i] = 0
                out[0, unit[i]] += 1
            elif luck < P_GONE and theta[i] <= drive[unit[i]]:
                serves[i] = 0
                out[1, unit[i]] += 1


def begin(persons: int, days: int, seed: int) -> SimpleNamespace:
    """The force at rest."""
    rng, units = seed_all(seed), units_of(persons)
    soldiers = LaserFrame(persons + persons // 5 + 100, initial_count=persons)
    soldiers.add_scalar_property("serves", np.uint8, default=1)
    soldiers.add_scalar_property("unit", np.int32)
    soldiers.add_scalar_property("theta", np.float32)
    soldiers.unit[:persons] = np.arange(persons) // R.size
    soldiers.theta[:persons] = rng.normal(R.threshold_mean, R.threshold_sd, persons)
    force = LaserFrame(units)
    for name in ("shift", "smooth", "drive"):
        force.add_scalar_property(name, np.float32)
    force.add_scalar_property("n", np.int32, default=R.size)
    force.shift[:] = R.base + R.unit_sd * rng.standard_normal(units)
    return SimpleNamespace(rng=rng, days=days, soldiers=soldiers, force=force)


def go(model: SimpleNamespace) -> np.ndarray:
    """All days; soldiers gone by day."""
    soldiers, force = model.soldiers, model.force
    gone = np.zeros(model.days + 1, np.int64)
    out = np.zeros((2, len(force)), np.int32)
    for day in range(1, model.days + 1):
        force.drive[:] = force.shift + R.gain * force.smooth
        out[:] = 0
        ask(soldiers.count, soldiers.serves, soldiers.theta, soldiers.unit, force.drive, out)
        force.n[:] -= out[0] + out[1]
        force.smooth[:] += (out[1] / R.size - force.smooth) * R.smoothing
        gone[day] = out.sum()
        recruit(model)
        if day % SQUASH_EVERY == 0:
            soldiers.squash(soldiers.serves[: soldiers.count] == 1)
    return gone


def recruit(model: SimpleNamespace) -> None:
    """Recruits of the day, each to a unit in proportion to its free places."""
    soldiers, force, rng = model.soldiers, model.force, model.rng
    free = R.places - force.n
    posts = rng.choice(len(force), rng.poisson(R.recruits * len(force)), p=free / free.sum())
    start, end = soldiers.add(len(posts))
    soldiers.unit[start:end], soldiers.serves[start:end] = posts, 1
    soldiers.theta[start:end] = rng.normal(R.threshold_mean, R.threshold_sd, end - start)
    np.add.at(force.n, posts, 1)
