"""Threshold exit in Mesa: soldiers and units are agents, a day is `AgentSet.do`, who leaves is removed."""

from __future__ import annotations

import mesa
from reference import REFERENCE as R
from reference import units_of

PACKAGES = ("mesa", "numpy")


class Unit(mesa.Agent):
    """A unit: its drive and how many serve."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.shift = R.base + R.unit_sd * self.random.gauss(0.0, 1.0)
        self.n, self.smooth, self.left, self.drive = R.size, 0.0, 0, 0.0

    def begin_day(self) -> None:
        self.drive = self.shift + R.gain * self.smooth
        self.left = 0

    def end_day(self) -> None:
        self.smooth += (self.left / R.size - self.smooth) * R.smoothing


class Soldier(mesa.Agent):
    """A soldier: a threshold and a unit."""

    def __init__(self, model: mesa.Model, unit: Unit) -> None:
        super().__init__(model)
        self.unit = unit
        self.theta = self.random.gauss(R.threshold_mean, R.threshold_sd)

    def step(self) -> None:
        luck = self.model.random.random()  # `self.random` is a property and costs a call more
        if luck < R.discharge:
            self.go()
        elif self.theta <= self.unit.drive and luck < GONE:
            self.unit.left += 1
            self.go()

    def go(self) -> None:
        self.unit.n -= 1
        self.model.gone += 1
        self.remove()


GONE = R.gone


class Force(mesa.Model):
    """The force."""

    def __init__(self, persons: int, seed: int) -> None:
        super().__init__(seed=seed)
        self.gone = 0
        self.units = Unit.create_agents(self, units_of(persons))
        Soldier.create_agents(self, persons, [unit for unit in self.units for _ in range(R.size)])

    def step(self) -> None:
        self.gone = 0
        self.units.do("begin_day")
        self.agents_by_type[Soldier].do("step")
        self.units.do("end_day")
        units = list(self.units)
        recruits = int(self.rng.poisson(R.recruits * len(units)))
        for unit in self.random.choices(units, [R.places - unit.n for unit in units], k=recruits):
            Soldier(self, unit)
            unit.n += 1


def begin(persons: int, days: int, seed: int) -> tuple[Force, int]:
    """The force at rest."""
    return Force(persons, seed), days


def go(model: tuple[Force, int]) -> list[int]:
    """All days; soldiers gone by day."""
    force, days = model
    gone = [0]
    for _ in range(days):
        force.step()
        gone.append(force.gone)
    return gone
