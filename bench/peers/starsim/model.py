"""Threshold exit in Starsim: soldiers are people, the rule is a demographics module, gone is removed, recruits are grown.

Everything as a new user finds it: common random numbers are on. `starsim-fast` is the same with them off.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import starsim as ss
from reference import REFERENCE as R
from reference import units_of

PACKAGES = ("starsim", "numba", "numpy")


class ThresholdExit(ss.Demographics):
    """Who leaves, who is discharged, who comes in."""

    def __init__(self, persons: int, seed: int) -> None:
        super().__init__()
        self.define_states(ss.FloatArr("unit_of"), ss.FloatArr("theta"))
        self.luck = ss.random()
        self.thresholds = ss.normal(loc=R.threshold_mean, scale=R.threshold_sd)
        self.persons, self.units = persons, units_of(persons)
        self.rng = np.random.default_rng(seed)  # of the units, which are no people
        self.curve: list[int] = [0]

    def init_post(self) -> None:
        super().init_post()
        uids = self.sim.people.auids
        self.unit_of[uids] = np.arange(self.persons) // R.size
        self.theta[uids] = self.thresholds.rvs(uids)
        self.shift = R.base + R.unit_sd * self.rng.standard_normal(self.units)
        self.smooth, self.n = np.zeros(self.units), np.full(self.units, R.size)

    def step(self) -> None:
        uids = self.sim.people.auids
        luck, unit = self.luck.rvs(uids), self.unit_of[uids].astype(np.int64)
        drive = self.shift + R.gain * self.smooth
        discharged = luck < R.discharge
        left = ~discharged & (luck < R.gone) & (self.theta[uids] <= drive[unit])
        out = discharged | left
        self.sim.people.request_removal(uids[out])
        self.n -= np.bincount(unit[out], minlength=self.units)
        self.smooth += (np.bincount(unit[left], minlength=self.units) / R.size - self.smooth) * R.smoothing
        self.curve.append(int(out.sum()))
        self.recruit()

    def recruit(self) -> None:
        free = R.places - self.n
        posts = self.rng.choice(self.units, self.rng.poisson(R.recruits * self.units), p=free / free.sum())
        uids = self.sim.people.grow(len(posts))
        if len(posts):
            self.unit_of[uids] = posts
            self.theta[uids] = self.thresholds.rvs(uids)
            np.add.at(self.n, posts, 1)


def begin(persons: int, days: int, seed: int) -> SimpleNamespace:
    """The force at rest."""
    return start(persons, days, seed, crn=True)


def start(persons: int, days: int, seed: int, *, crn: bool) -> SimpleNamespace:
    """The same, with common random numbers or without."""
    ss.options(crn=crn, verbose=0)
    rule = ThresholdExit(persons, seed)
    sim = ss.Sim(
        n_agents=persons,
        start=0,
        stop=days - 1,
        dt=ss.days(1),
        use_aging=False,
        rand_seed=seed,
        demographics=rule,
        copy_inputs=False,
    )
    sim.init()
    return SimpleNamespace(sim=sim, rule=rule, days=days)


def go(model: SimpleNamespace) -> Any:
    """All days; soldiers gone by day."""
    model.sim.run()
    return model.rule.curve
