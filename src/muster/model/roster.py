"""Units laid out from the order of battle."""

from __future__ import annotations

import numpy as np

from muster.case import Case
from muster.core.draws import name_key, normal
from muster.core.vocabulary import BRANCHES
from muster.model.state import UNIT, Table

_POSTING_GROUP = np.array([0, 0, 1, 2, 3])  # of each branch: ground, air, sea, law
_UNIT = name_key("entry.unit")
_SMALLEST_REFERENCE = 30  # members: below it one exit does not weigh more among peers


def lay_out_units(case: Case, seed: int, spread: float) -> Table:
    """All units in the order (posting group, region), their thresholds shifted with sd ``spread``, their slices of the roll."""
    rows = []
    for formation in case.formations:
        branch = BRANCHES.index(formation.branch)
        for j in range(formation.units):
            size = formation.persons * (j + 1) // formation.units - formation.persons * j // formation.units
            key = name_key("unit", seed, formation.id, j)
            rows.append((_POSTING_GROUP[branch], formation.region, branch, size, key))
    rows.sort(key=lambda row: row[:2])
    units = np.zeros(len(rows), UNIT)
    for name, column in (("region", 1), ("branch", 2), ("n", 3), ("key", 4)):
        units[name] = [row[column] for row in rows]
    units["n0"] = units["unhardened"] = units["n_start"] = units["n"]
    units["cap"] = np.ceil(1.25 * units["n"]).astype(np.int32) + 10
    units["first"] = np.cumsum(units["cap"], dtype=np.int64) - units["cap"]
    units["shift"] = [spread * normal(key, _UNIT) for key in units["key"]]
    units["reference"] = np.maximum(units["n"], _SMALLEST_REFERENCE)
    units["soonest"] = np.inf
    return units


def post_places(units: Table, regions: Table) -> None:
    """Write into the regions where the units of each posting group stand."""
    place = _POSTING_GROUP[units["branch"]] * len(regions) + units["region"]
    for group in range(4):
        slots = group * len(regions) + np.arange(len(regions))
        regions["post_first"][:, group] = np.searchsorted(place, slots, side="left")
        regions["post_last"][:, group] = np.searchsorted(place, slots, side="right")
