"""The drivers of a run, tabulated: what the pack imposes from outside, one record a step (and region)."""

from __future__ import annotations

from typing import NamedTuple

from muster.case.drivers import DRIVERS
from muster.model.state import Table, layout

REGIONAL = layout(**{driver.name: "f8" for driver in DRIVERS if driver.by_region})
NATIONAL = layout(**{driver.name: "f8" for driver in DRIVERS if not driver.by_region})


class Drivers(NamedTuple):
    """Meanings and units are declared in `muster.case.drivers`."""

    region: Table  # [step, region]
    nation: Table  # [step]
