"""Threshold exit in Muster: a case and its parameters. All mechanisms of the model run; those without a part in it are neutral.

A threshold is N(1, 0.4) and the unit's part of the drive N(0, 0.1); Muster counts both in standard deviations of their sum,
of which the unit's share of the variance is `unit_share`. A discharge comes from a calendar, with the same law as a coin a day;
volunteers come as a multiple of the discharged whom they replace.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from reference import REFERENCE, units_of

from muster.simulate.run import Engine, Simulation
from muster.simulate.verify import bench

PACKAGES = ("muster", "numba", "numpy")
ENGINE: Engine = "fast"


def begin(persons: int, days: int, seed: int) -> Simulation:
    """The force at rest."""
    return start(persons, days, seed, ENGINE)


def start(persons: int, days: int, seed: int, engine: Engine) -> Simulation:
    """The same for either engine."""
    r, units = REFERENCE, units_of(persons)
    sd = math.hypot(r.threshold_sd, r.unit_sd)
    keep = 1.0 - r.smoothing  # what a day leaves of the memory of those who left; Muster lets a day pass before it looks back
    parameters = {
        "resolve.threshold_army": (r.threshold_mean - r.base) / sd,
        "resolve.unit_share": (r.unit_sd / sd) ** 2,
        "resolve.weight_peers": r.gain * r.smoothing / keep / sd,
        "resolve.memory": -1.0 / math.log(keep),
        "exit.attempt_rate": -math.log1p(-r.leave),
        "exit.wastage": -math.log1p(-r.discharge),
    }
    case = bench.case(
        [bench.formation(persons, units=units, branch="support")],
        drivers=[bench.level("volunteer_multiplier", r.recruits / (r.size * parameters["exit.wastage"]))],
        parameters=parameters,
        days=days,
    )
    return Simulation(case, seed=seed, engine=engine)


def go(model: Simulation) -> Any:
    """All days; soldiers gone by day."""
    model.advance()
    return np.asarray(model.record.region["exits"].sum(axis=(1, 2, 3)))
