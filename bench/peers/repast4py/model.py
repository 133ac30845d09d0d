"""Threshold exit in Repast4Py, one MPI rank: soldiers are agents of a shared context, the schedule runs a day a tick."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
from mpi4py import MPI
from reference import REFERENCE as R
from reference import units_of
from repast4py import context, core, random, schedule

PACKAGES = ("repast4py", "mpi4py", "numpy")
GONE = R.gone
SOLDIER = 0  # type of agent


class Soldier(core.Agent):
    """A soldier: a threshold and a unit."""

    def __init__(self, number: int, rank: int, unit: SimpleNamespace, theta: float) -> None:
        super().__init__(id=number, type=SOLDIER, rank=rank)
        self.unit, self.theta = unit, theta

    def leaves(self, luck: float) -> bool:
        if luck < R.discharge:
            return True
        if luck < GONE and self.theta <= self.unit.drive:
            self.unit.left += 1
            return True
        return False


class Force:
    """The force: a context of soldiers, its units and its schedule."""

    def __init__(self, persons: int, days: int, seed: int) -> None:
        random.init(seed)
        self.rng, comm = random.default_rng, MPI.COMM_WORLD
        self.context, self.rank, self.number, self.curve = context.SharedContext(comm), comm.Get_rank(), 0, [0]
        shifts = R.base + R.unit_sd * self.rng.standard_normal(units_of(persons))
        self.units = [SimpleNamespace(shift=float(shift), drive=0.0, smooth=0.0, left=0, n=R.size) for shift in shifts]
        self.enter([unit for unit in self.units for _ in range(R.size)])
        self.runner = schedule.init_schedule_runner(comm)
        self.runner.schedule_repeating_event(1, 1, self.step)
        self.runner.schedule_stop(days + 0.5)

    def enter(self, posts: list[SimpleNamespace]) -> None:
        for unit, theta in zip(posts, self.rng.normal(R.threshold_mean, R.threshold_sd, len(posts)).tolist(), strict=True):
            self.context.add(Soldier(self.number, self.rank, unit, theta))
            self.number += 1

    def step(self) -> None:
        draw = self.rng.random
        for unit in self.units:
            unit.drive, unit.left = unit.shift + R.gain * unit.smooth, 0
        out = [soldier for soldier in self.context.agents(SOLDIER) if soldier.leaves(draw())]
        for soldier in out:
            soldier.unit.n -= 1
            self.context.remove(soldier)
        for unit in self.units:
            unit.smooth += (unit.left / R.size - unit.smooth) * R.smoothing
        self.curve.append(len(out))
        free = np.array([R.places - unit.n for unit in self.units])
        posts = self.rng.choice(len(free), self.rng.poisson(R.recruits * len(free)), p=free / free.sum())
        self.enter([self.units[post] for post in posts])
        for post in posts:
            self.units[post].n += 1


def begin(persons: int, days: int, seed: int) -> Force:
    """The force at rest."""
    return Force(persons, days, seed)


def go(model: Force) -> list[int]:
    """All days; soldiers gone by day."""
    model.runner.execute()
    return model.curve
