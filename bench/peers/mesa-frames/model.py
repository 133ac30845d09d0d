"""Threshold exit in mesa-frames: soldiers are a Polars data frame in an agent set, a day is a few expressions over it."""

from __future__ import annotations

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF
from reference import REFERENCE as R
from reference import units_of

PACKAGES = ("mesa-frames", "polars", "numpy")


class Soldiers(AgentSetPolars):
    """All soldiers: number, unit, threshold."""

    def __init__(self, model: Force, persons: int) -> None:
        super().__init__(model)
        self.next_id = 0
        self.enter(np.arange(persons) // R.size)

    def enter(self, posts: np.ndarray) -> None:
        ids = np.arange(self.next_id, self.next_id + len(posts))
        self.next_id += len(posts)
        theta = self.random.normal(R.threshold_mean, R.threshold_sd, len(posts))
        self.add(pl.DataFrame({"unique_id": ids, "unit": posts, "theta": theta}))

    def step(self) -> None:
        force = self.model
        luck = pl.Series("luck", self.random.random(len(self)))
        drive = pl.Series("drive", force.shift + R.gain * force.smooth)
        asked = self.agents.with_columns(luck, drive.gather(self.agents["unit"]))
        out = asked.filter((pl.col("luck") < R.discharge) | ((pl.col("luck") < R.gone) & (pl.col("theta") <= pl.col("drive"))))
        left = out.filter(pl.col("luck") >= R.discharge)
        force.count(out["unit"].to_numpy(), left["unit"].to_numpy())
        if len(out):
            self.discard(out["unique_id"])


class Force(ModelDF):
    """The force: an agent set of soldiers, and units in arrays."""

    def __init__(self, persons: int, seed: int) -> None:
        super().__init__(seed=seed)
        units = units_of(persons)
        self.shift = R.base + R.unit_sd * self.random.standard_normal(units)
        self.smooth, self.n = np.zeros(units), np.full(units, R.size)
        self.gone = [0]
        self.soldiers = Soldiers(self, persons)
        self.agents += self.soldiers

    def count(self, out: np.ndarray, left: np.ndarray) -> None:
        units = len(self.n)
        self.n -= np.bincount(out, minlength=units)
        self.smooth += (np.bincount(left, minlength=units) / R.size - self.smooth) * R.smoothing
        self.gone.append(len(out))

    def step(self) -> None:
        self.agents.step()
        free = R.places - self.n
        posts = self.random.choice(len(self.n), self.random.poisson(R.recruits * len(self.n)), p=free / free.sum())
        if len(posts):
            self.soldiers.enter(posts)
            np.add.at(self.n, posts, 1)


def begin(persons: int, days: int, seed: int) -> tuple[Force, int]:
    """The force at rest."""
    return Force(persons, seed), days


def go(model: tuple[Force, int]) -> list[int]:
    """All days; soldiers gone by day."""
    force, days = model
    for _ in range(days):
        force.step()
    return force.gone
