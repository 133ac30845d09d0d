"""A person's drive: that of their unit and their weak ties, to those from the same home and of the same intake who have left."""

from __future__ import annotations

import numpy as np

from muster.core.compile import kernel, loop
from muster.model.state import State, Table


@kernel
def drive_with(drive: float, home: float, cohort: float) -> np.float32:
    """The drive of a person of a unit with ``drive`` whose ties are as strong as ``home`` and ``cohort``."""
    return np.float32(drive + (home + cohort))


@loop
def strongest_tie(groups: Table) -> float:
    """The strongest weak tie of any group."""
    found = groups[0].tie
    for g in range(1, len(groups)):
        found = max(found, groups[g].tie)
    return found


@loop
def weakest_tie(groups: Table) -> float:
    """The weakest."""
    found = groups[0].tie
    for g in range(1, len(groups)):
        found = min(found, groups[g].tie)
    return found


@loop
def drive_of(state: State, i: int) -> np.float32:
    """The drive of person ``i``: their unit's, and their weak ties'. In float32, as thresholds are."""
    persons, homes, cohorts = state.persons, state.homes, state.cohorts
    return drive_with(state.units[persons[i].unit].drive, homes[persons[i].home].tie, cohorts[persons[i].cohort].tie)
