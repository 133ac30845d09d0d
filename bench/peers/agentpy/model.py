"""Threshold exit in AgentPy: an AgentList of soldiers, each called once a day; the list is made anew when somebody has left."""

from __future__ import annotations

import agentpy as ap
from reference import REFERENCE as R
from reference import units_of

PACKAGES = ("agentpy", "numpy")
GONE = R.gone


class Unit(ap.Agent):
    """A unit: its drive and how many serve."""

    def setup(self) -> None:
        self.shift = R.base + R.unit_sd * self.model.random.gauss(0.0, 1.0)
        self.n, self.smooth, self.left, self.drive = R.size, 0.0, 0, 0.0

    def begin_day(self) -> None:
        self.drive = self.shift + R.gain * self.smooth
        self.left = 0

    def end_day(self) -> None:
        self.smooth += (self.left / R.size - self.smooth) * R.smoothing


class Soldier(ap.Agent):
    """A soldier: a threshold and a unit."""

    def setup(self, unit: Unit) -> None:
        self.unit, self.serves = unit, True
        self.theta = self.model.random.gauss(R.threshold_mean, R.threshold_sd)

    def step(self) -> None:
        luck = self.model.random.random()
        if luck < R.discharge:
            self.go()
        elif self.theta <= self.unit.drive and luck < GONE:
            self.unit.left += 1
            self.go()

    def go(self) -> None:
        self.serves = False
        self.unit.n -= 1
        self.model.gone += 1


class Force(ap.Model):
    """The force."""

    def setup(self) -> None:
        self.gone, self.curve = 0, [0]
        self.units = ap.AgentList(self, units_of(self.p.persons), Unit)
        posts = [unit for unit in self.units for _ in range(R.size)]
        self.soldiers = ap.AgentList(self, self.p.persons, Soldier, unit=ap.AttrIter(posts))

    def step(self) -> None:
        self.gone = 0
        self.units.begin_day()
        self.soldiers.step()
        self.units.end_day()
        if self.gone:
            self.soldiers = ap.AgentList(self, [soldier for soldier in self.soldiers if soldier.serves])
        recruits = int(self.nprandom.poisson(R.recruits * len(self.units)))
        free = [R.places - unit.n for unit in self.units]
        for unit in self.random.choices(list(self.units), free, k=recruits):
            self.soldiers.append(Soldier(self, unit=unit))
            unit.n += 1
        self.curve.append(self.gone)


def begin(persons: int, days: int, seed: int) -> Force:
    """The force at rest."""
    model = Force({"persons": persons})
    model.sim_setup(steps=days, seed=seed)
    return model


def go(model: Force) -> list[int]:
    """All days; soldiers gone by day."""
    while model.running:
        model.sim_step()
    return model.curve
