"""Threshold exit in SimPy: a process a soldier, awake at every noon; a process for the force, awake at every midnight."""

from __future__ import annotations

import random
from collections.abc import Iterator
from types import SimpleNamespace

import simpy
from reference import REFERENCE as R
from reference import units_of

PACKAGES = ("simpy",)
GONE = R.gone
HALF = 0.5


def poisson(rng: random.Random, mean: float) -> int:
    """A count: arrivals at unit rate before ``mean``."""
    count, passed = 0, rng.expovariate(1.0)
    while passed < mean:
        count, passed = count + 1, passed + rng.expovariate(1.0)
    return count


def soldier(env: simpy.Environment, force: SimpleNamespace, unit: SimpleNamespace) -> Iterator[simpy.Event]:
    """A soldier's life: asked at every noon until gone."""
    theta, draw = force.rng.gauss(R.threshold_mean, R.threshold_sd), force.rng.random
    yield env.timeout(HALF)
    while True:
        luck = draw()
        if luck < R.discharge:
            break
        if theta <= unit.drive and luck < GONE:
            unit.left += 1
            break
        yield env.timeout(1.0)
    unit.n -= 1
    force.gone[-1] += 1


def midnights(env: simpy.Environment, force: SimpleNamespace) -> Iterator[simpy.Event]:
    """Units look back on the day, recruits come in, a new day begins."""
    while True:
        yield env.timeout(1.0)
        for unit in force.units:
            unit.smooth += (unit.left / R.size - unit.smooth) * R.smoothing
            unit.drive, unit.left = unit.shift + R.gain * unit.smooth, 0
        free = [R.places - unit.n for unit in force.units]
        for unit in force.rng.choices(force.units, free, k=poisson(force.rng, R.recruits * len(force.units))):
            unit.n += 1
            env.process(soldier(env, force, unit))
        force.gone.append(0)


def begin(persons: int, days: int, seed: int) -> SimpleNamespace:
    """The force at rest, at the midnight before the first day."""
    rng, env = random.Random(seed), simpy.Environment()
    shifts = [R.base + R.unit_sd * rng.gauss(0.0, 1.0) for _ in range(units_of(persons))]
    units = [SimpleNamespace(shift=shift, drive=shift, smooth=0.0, left=0, n=R.size) for shift in shifts]
    force = SimpleNamespace(rng=rng, env=env, days=days, units=units, gone=[0])
    env.process(midnights(env, force))
    for unit in units:
        for _ in range(R.size):
            env.process(soldier(env, force, unit))
    return force


def go(model: SimpleNamespace) -> list[int]:
    """All days; soldiers gone by day."""
    model.env.run(until=model.days + 0.25)
    return [0, *model.gone[: model.days]]
