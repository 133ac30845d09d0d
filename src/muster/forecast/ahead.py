"""What moves the force from outside is unknown beyond the cut: paths of the drivers, drawn from a stated prior.

Persistence with shocks of the size seen before. Each driver starts from its value at the cut; from month to month it takes
up the change of a month drawn from the last twelve (the same month for all drivers and regions, so that what moved together
goes on doing so). In half of the paths the changes keep their sign (what was under way goes on), in the other half they
turn at random (nothing has a direction). Values stay within the bounds of the driver. No value dated after the cut is used.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from muster.case import DRIVERS, Case, Driver, Series, tabulate
from muster.core.dates import day_index

MONTH = 30
MEMORY = 12  # months whose changes are drawn from
# A pulse of single days, which has no level to persist; a figure kept for reporting only.
_LEFT_OUT = ("families_ordered", "age_floor")


def with_drivers_ahead(known: Case, *, cut: date, until: date, seed: int) -> Case:
    """A case whose drivers go on from ``cut`` to ``until`` along one drawn path. ``known`` must end at the cut."""
    months = -(-(until - cut).days // MONTH)
    # A stream for each kind of draw, so that a longer path begins with the shorter one.
    kept, which, turned = (np.random.Generator(np.random.Philox(key=[seed, stream])) for stream in range(3))
    drawn = which.integers(0, MEMORY, months)
    signs = np.ones(months) if kept.random() < 0.5 else turned.choice([-1.0, 1.0], months)
    rows: list[Series] = []
    for driver in DRIVERS:
        if driver.name not in _LEFT_OUT:
            rows += _path(known, driver, cut, drawn, signs)
    return replace(known, until=until, series=(*known.series, *rows))


def _path(known: Case, driver: Driver, cut: date, drawn: np.ndarray, signs: np.ndarray) -> list[Series]:
    """Monthly levels of one driver after the cut, one row a month and region; none where it has not moved for a year."""
    values = np.atleast_2d(tabulate(known, driver.name, day_index(cut, known.start) + 1).T).T
    blocks = min(MEMORY, len(values) // MONTH - 1)
    if blocks < 1:
        return []
    recent = values[-(blocks + 1) * MONTH :].reshape(blocks + 1, MONTH, -1).mean(axis=1)
    changes = np.diff(recent, axis=0)
    level = recent[-1].copy() if driver.name.startswith("crackdown") else values[-1].copy()
    rows = []
    for month, (which, sign) in enumerate(zip(drawn, signs, strict=True)):
        level = np.clip(level + sign * changes[which % blocks], driver.low, driver.high)
        start = cut + timedelta(days=1 + MONTH * month)
        for region in range(len(level)):
            if changes[:, region].any() or month == 0:
                place = region if driver.by_region else None
                rows.append(
                    Series(
                        driver.name,
                        place,
                        start,
                        None,
                        "level",
                        float(level[region]),
                        "derived",
                        "",
                        "drawn: persistence with shocks",
                    )
                )
    return rows
