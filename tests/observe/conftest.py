"""A run of forty days, two regions and round numbers, so that every sum can be done in the head."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from muster.core.dates import parse_interval
from muster.core.errors import MusterError
from muster.core.vocabulary import BRANCHES, ENTRIES, EXITS

DAYS = 40  # day 0 is 31 January 2030, day 40 is 12 March


def _square(west: float, south: float, size: float) -> list:
    return [[west, south], [west, south + size], [west + size, south + size], [west + size, south], [west, south]]


@pytest.fixture
def case():
    regions = tuple(SimpleNamespace(id=f"R{i}", name=name, youth=100.0, history=0.5) for i, name in enumerate(("North", "South")))
    formations = tuple(SimpleNamespace(branch="infantry", region=r, units=4) for r in (0, 1))
    features = [
        {"properties": {"id": "R0"}, "geometry": {"type": "Polygon", "coordinates": [_square(0, 0, 1)]}},
        {"properties": {"id": "R1"}, "geometry": {"type": "Polygon", "coordinates": [_square(1, 0, 0.5)]}},
    ]

    def region_index(name: str) -> int:
        names = [region.name for region in regions]
        if name not in names:
            raise MusterError(f"{name} is no region")
        return names.index(name)

    return SimpleNamespace(
        start=date(2030, 1, 31),
        regions=regions,
        formations=formations,
        outlines={"features": features},
        region_index=region_index,
    )


@pytest.fixture
def run(case):
    """Each day and region: of the infantry 1 defects, 2 desert, 1 is killed; 3 police desert; 2 strikes, which kill 3."""
    exits = np.zeros((DAYS + 1, 2, len(BRANCHES), len(EXITS)), int)
    infantry, police = BRANCHES.index("infantry"), BRANCHES.index("police")
    for branch, fate, each in (
        (infantry, "defected", 1),
        (infantry, "deserted", 2),
        (police, "deserted", 3),
        (infantry, "killed", 1),
    ):
        exits[1:, :, branch, EXITS.index(fate)] = each
    exits[1:, :, infantry, EXITS.index("discharged")] = 5
    intake = np.zeros((DAYS + 1, 2, len(ENTRIES)), int)
    intake[1:, 0, ENTRIES.index("volunteer")] = 4
    intake[20:, 1, ENTRIES.index("conscript")] = 10
    flow = np.ones((DAYS + 1, 2))
    flow[0] = 0
    data = {
        "exits": exits,
        "intake": intake,
        "strength": np.full((DAYS + 1, 2, len(BRANCHES)), 400),
        "control": np.full((DAYS + 1, 2), [0.5, 0.9]),
        "militia": np.full((DAYS + 1, 2), 70),
        "strikes": 2 * flow,
        "harm_air": 3 * flow,
        "harm_ground": flow,
        "harm_crackdown": flow,
        "harm_resistance": flow,
        "militia_killed": flow,
        "fighters_lost": flow,
        "joined_militia": np.ones(DAYS + 1),
    }
    people = {"fate": [1, 2, 1], "day": [3, 5, 39], "branch": [0, 0, 0], "region": [0, 1, 0], "rank": [2, 2, 2]}
    return SimpleNamespace(case=case, data=data, leavers={name: np.array(values) for name, values in people.items()})


@pytest.fixture
def claim():
    def make(
        quantity: str, *, as_of: str | None = "2030-02-20", since: str | None = None, region="national", unit="persons", note=""
    ):
        return SimpleNamespace(
            quantity=quantity,
            unit=unit,
            note=note,
            region=region,
            as_of=parse_interval(as_of) if as_of else None,
            period_start=parse_interval(since) if since else None,
        )

    return make
