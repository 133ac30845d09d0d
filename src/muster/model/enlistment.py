"""Enlistment: what a new member of the force is given on entry, at the start of the run and on any day after."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from muster.core.compile import kernel, loop
from muster.core.draws import exponential, name_key, normal, uniform
from muster.model.roll import insert
from muster.model.state import Floats, State
from muster.model.tally import AIR_FORCE, CONSCRIPT, LOWERED_STANDARD, NAVY, OFFICER, POLICE, RECALLED
from muster.model.wastage import begin

_THETA = name_key("entry.threshold")
_HARDEN = name_key("orders.harden")
_AGE = name_key("entry.age")
_DEPENDANTS = name_key("entry.dependants")
_OLDEST, _YOUNGEST_RECALLED, _RECALLED_MEAN, _RECALLED_SD = 60.0, 35.0, 45.0, 5.0


@kernel
def mean_threshold(parameters: Any, branch: int, entry: int, rank: int) -> float:
    """Mean threshold of a class: that of the branch, or of those who came in otherwise, and the officers' offset."""
    p = parameters.resolve
    mean = p.threshold_army
    if entry == CONSCRIPT or entry == LOWERED_STANDARD:
        mean = p.threshold_conscript
    elif branch == POLICE:
        mean = p.threshold_police
    elif branch == AIR_FORCE or branch == NAVY:
        mean = p.threshold_air_navy
    return mean + p.officer_offset if rank == OFFICER else mean


@kernel
def threshold(key: np.uint64, mean: float, shift: float, unit_share: float) -> np.float32:
    """A person's threshold, sd: class mean, the unit's shift (its sd is the root of ``unit_share``), the person's own part."""
    return np.float32(mean + shift + math.sqrt(1.0 - unit_share) * normal(key, _THETA))


@kernel
def pick(cumulative: Floats, u: float) -> int:
    """The class in which quantile ``u`` falls: the first whose cumulative share is at least ``u``."""
    below = 0
    for k in range(len(cumulative) - 1):  # all are compared, many at a time: quicker than halving, whose branches are a guess
        below += 1 if cumulative[k] < u else 0
    return below


@kernel
def age_at_entry(key: np.uint64, ages: np.ndarray, entry: int, floor: float) -> int:
    """Years at entry: from the pack's table at or above the floor of the day; veterans around 45."""
    if entry == RECALLED:
        return int(min(_OLDEST, max(_YOUNGEST_RECALLED, _RECALLED_MEAN + _RECALLED_SD * normal(key, _AGE))))
    below = ages[max(0, min(len(ages) - 1, int(floor) - 1))]
    if below >= 1.0:
        return int(floor)
    u = below + uniform(key, _AGE, 0, 0) * (1.0 - below)
    return pick(ages, u)


@loop
def hardening_clock(key: np.uint64) -> float:
    """What exposure a person bears before they harden: exponential with mean 1, in units of the hazard."""
    return exponential(key, _HARDEN, 0)


@loop
def enlist(
    state: State, parameters: Any, day: int, dt: float, u: int, home: int, entry: int, key: np.uint64, age_floor: float
) -> None:
    """A recruit joins unit ``u``: an other rank whose attributes follow from the key. They meet their first hazard tomorrow."""
    persons, units, homes, cohorts, regime = state.persons, state.units, state.homes, state.cohorts, state.regime
    i = state.regime.people
    state.regime.people += 1
    branch = units[u].branch
    cohort = state.days[day].cohort
    if branch == POLICE:
        cohort += len(cohorts) // 2
    persons[i].key, persons[i].unit0, persons[i].home, persons[i].cohort = key, u, home, cohort
    persons[i].rank, persons[i].entry, persons[i].status, persons[i].stage = 0, entry, 0, 0
    persons[i].age = age_at_entry(key, state.ages, entry, age_floor)
    persons[i].dependants = 1 if uniform(key, _DEPENDANTS, 0, 0) < regime.dependants_share else 0
    persons[i].in_barracks, persons[i].hardened = 0, 0
    persons[i].entered, persons[i].left, persons[i].service = day, -1, 0.0
    persons[i].next_release, persons[i].harden_left = -1, 0.0
    mean = mean_threshold(parameters, branch, entry, 0)
    persons[i].theta = threshold(key, mean, units[u].shift, parameters.resolve.unit_share)
    begin(state, i, day, parameters.exit.wastage, dt)
    insert(state, u, i, units[u].clock + hardening_clock(key))
    homes[home].ever += 1
    cohorts[cohort].ever += 1
    regime.service += 1
    state.regions[units[u].region].heads[branch] += 1
