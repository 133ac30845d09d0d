"""Threshold exit in Vivarium: one component; draws from its hashed common random numbers, who leaves is no longer tracked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from reference import REFERENCE as R
from reference import units_of
from scipy.special import ndtri
from vivarium import Component, InteractiveContext

PACKAGES = ("vivarium", "pandas", "numpy")


class ThresholdExit(Component):
    """Who leaves, who is discharged, who comes in."""

    def __init__(self, persons: int, seed: int) -> None:
        super().__init__()
        self.persons, self.units = persons, units_of(persons)
        self.rng = np.random.default_rng(seed)  # of the units and of the number of recruits
        self.shift = R.base + R.unit_sd * self.rng.standard_normal(self.units)
        self.smooth, self.n = np.zeros(self.units), np.full(self.units, R.size)
        self.curve = [0]

    def setup(self, builder: Any) -> None:
        self.luck = builder.randomness.get_stream("luck")
        self.thresholds = builder.randomness.get_stream("thresholds")
        self.create = builder.population.get_simulant_creator()
        builder.population.register_initializer(
            initializer=self.enter, columns=["serves", "unit", "theta"], required_resources=[self.thresholds]
        )
        builder.population.register_tracked_query("serves == True")

    def enter(self, arriving: Any) -> None:
        posts = arriving.user_data.get("posts")
        if posts is None:
            posts = np.arange(len(arriving.index)) // R.size
        theta = R.threshold_mean + R.threshold_sd * ndtri(self.thresholds.get_draw(arriving.index).to_numpy())
        self.population_view.initialize(pd.DataFrame({"serves": True, "unit": posts, "theta": theta}, index=arriving.index))

    def on_time_step(self, event: Any) -> None:
        soldiers = self.population_view.get(event.index, ["unit", "theta"])
        luck = self.luck.get_draw(soldiers.index).to_numpy()
        unit = soldiers["unit"].to_numpy()
        drive = self.shift + R.gain * self.smooth
        discharged = luck < R.discharge
        left = ~discharged & (luck < R.gone) & (soldiers["theta"].to_numpy() <= drive[unit])
        out = discharged | left
        if out.any():
            self.population_view.update("serves", lambda _: pd.Series(False, index=soldiers.index[out]))
        self.n -= np.bincount(unit[out], minlength=self.units)
        self.smooth += (np.bincount(unit[left], minlength=self.units) / R.size - self.smooth) * R.smoothing
        self.curve.append(int(out.sum()))
        free = R.places - self.n
        posts = self.rng.choice(self.units, self.rng.poisson(R.recruits * self.units), p=free / free.sum())
        if len(posts):
            self.create(len(posts), {"posts": posts})
            np.add.at(self.n, posts, 1)


def begin(persons: int, days: int, seed: int) -> tuple[InteractiveContext, ThresholdExit, int]:
    """The force at rest."""
    rule = ThresholdExit(persons, seed)
    configuration = {
        "population": {"population_size": persons},
        "randomness": {"random_seed": seed, "map_size": 4 * persons + 1_000_000},
        "time": {"start": {"year": 2001, "month": 1, "day": 1}, "step_size": 1},
    }
    return InteractiveContext(components=[rule], configuration=configuration, logging_verbosity=0), rule, days


def go(model: tuple[InteractiveContext, ThresholdExit, int]) -> list[int]:
    """All days; soldiers gone by day."""
    context, rule, days = model
    context.take_steps(days, with_logging=False)
    return rule.curve
