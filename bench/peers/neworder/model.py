"""Threshold exit in neworder: a data frame of soldiers, chances by vector, coins from the model's Monte Carlo engine."""

from __future__ import annotations

import neworder as no
import numpy as np
import pandas as pd
from reference import REFERENCE as R
from reference import units_of

PACKAGES = ("neworder", "pandas", "numpy")


class Force(no.Model):
    """The force: soldiers in a data frame, units in arrays."""

    def __init__(self, persons: int, days: int, seed: int) -> None:
        super().__init__(no.LinearTimeline(0, days, days), lambda *_: seed)
        units = units_of(persons)
        self.soldiers = pd.DataFrame({"unit": np.arange(persons, dtype=np.int32) // R.size, "theta": self.thresholds(persons)})
        self.shift = R.base + R.unit_sd * self.normals(units)
        self.smooth, self.n = np.zeros(units), np.full(units, R.size)
        self.gone = [0]

    def normals(self, count: int) -> np.ndarray:
        """Standard normals, by Box and Muller, from the engine's uniforms."""
        radius = np.sqrt(-2.0 * np.log1p(-self.mc.ustream(count)))
        return radius * np.cos(2.0 * np.pi * self.mc.ustream(count))

    def thresholds(self, count: int) -> np.ndarray:
        return R.threshold_mean + R.threshold_sd * self.normals(count)

    def step(self) -> None:
        unit = self.soldiers["unit"].to_numpy()
        drive = self.shift + R.gain * self.smooth
        luck = self.mc.ustream(len(unit))
        discharged = luck < R.discharge
        left = ~discharged & (luck < R.gone) & (self.soldiers["theta"].to_numpy() <= drive[unit])
        out = discharged | left
        units = len(self.n)
        self.smooth += (np.bincount(unit[left], minlength=units) / R.size - self.smooth) * R.smoothing
        self.n -= np.bincount(unit[out], minlength=units)
        self.gone.append(int(out.sum()))
        self.soldiers = pd.concat([self.soldiers[~out], self.recruits()], ignore_index=True)

    def recruits(self) -> pd.DataFrame:
        free = (R.places - self.n).astype(float)
        count = int(self.mc.counts(np.array([R.recruits * len(self.n)]), 1.0)[0])
        posts = self.mc.sample(count, free / free.sum()).astype(np.int32)
        np.add.at(self.n, posts, 1)
        return pd.DataFrame({"unit": posts, "theta": self.thresholds(count)})


def begin(persons: int, days: int, seed: int) -> Force:
    """The force at rest."""
    return Force(persons, days, seed)


def go(model: Force) -> list[int]:
    """All days; soldiers gone by day."""
    no.run(model)
    return model.gone
