"""The plain engine: every person, every day, asked in turn. The oracle for `engine`, and the place to try new terms.

Same formulas, same state, same coins; what it does not use are the pointers into the roll, the calendar of discharges and
the units' next deadlines. The columns of the roll are read from end to end, a block of places at a time, and where somebody
stirs each of the block is looked at. A new term of a person's drive must raise the day's ceiling by the most it can add.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from muster.core.compile import kernel, loop
from muster.core.draws import salt, salted
from muster.model.driver import Drivers
from muster.model.mechanisms.exit import ARREST, FATE, act, attempt_hazard
from muster.model.order import close_day, regions_day, units_day
from muster.model.roll import harden, pause, resume, strike_off, tidy
from muster.model.state import NONE, State
from muster.model.tally import DISCHARGED, Record
from muster.model.tie import drive_of, drive_with, strongest_tie
from muster.simulate.recorder import close_record

BLOCK = 64  # places looked at in one go, few enough that one stirring member wakes few others


@kernel
def any_due(due: Any, t: int) -> bool:
    """Whether one of these days of discharge is today."""
    found = False
    for j in range(len(due)):
        found |= due[j] == t
    return found


@loop
def stirs(theta: np.float32, harden_at: float, ceiling: np.float32, clock: float) -> bool:
    """Whether a member may be willing, hardens today, or has a clock that stands still and may have to run."""
    return bool((theta <= ceiling) | (harden_at <= clock) | (harden_at == np.inf))


@kernel
def any_stirs(thetas: Any, harden_at: Any, ceiling: np.float32, clock: float) -> bool:
    """Whether one of these members does."""
    found = False
    for j in range(len(thetas)):
        found |= stirs(thetas[j], harden_at[j], ceiling, clock)
    return found


@loop
def discharges(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Everybody in service whose day of discharge is today."""
    units, roll = state.units, state.roll
    for u in range(len(units)):
        first, n = units[u].first, units[u].n
        if not any_due(roll.due[first : first + n], t):
            continue
        for j in range(n):
            if roll.due[first + j] == t:
                strike_off(state, record, t, u, j, DISCHARGED)
        tidy(state, u)


@loop
def ask(
    state: State,
    parameters: Any,
    record: Record,
    t: int,
    dt: float,
    u: int,
    j: int,
    attempt: float,
    reach: float,
    coin: np.uint64,
    arrest: np.uint64,
) -> bool:
    """One member's day: willing or not, hardened or not, gone or not. Whether they hardened or left."""
    persons, units, roll = state.persons, state.units, state.roll
    i, before = roll.who[units[u].first + j], units[u].clock
    if persons[i].hardened != 0:
        return False
    willing = persons[i].theta <= drive_of(state, i)
    if willing:
        pause(state, u, j)
        record.region[t, units[u].region].willing[units[u].branch] += 1
    elif persons[i].stage == NONE:
        resume(state, u, j)
    units[u].clock = before + units[u].advance
    hardens = roll.harden_at[units[u].first + j] <= units[u].clock
    if hardens:
        harden(state, u, j)
    luck = salted(persons[i].key, coin)
    leaves = not hardens and willing and act(state, parameters, record, t, dt, u, j, luck, attempt, reach, arrest)
    units[u].clock = before
    return hardens or leaves


@loop
def members(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Who is willing, who hardens, who acts: everybody."""
    units, roll, regions = state.units, state.roll, state.regions
    p = parameters.exit
    reach = parameters.programme.contact_rate * state.regime.information * drivers.nation[t].outreach
    coin, arrest = salt(FATE, t, 0), salt(ARREST, t, 0)
    home, cohort = strongest_tie(state.homes), strongest_tie(state.cohorts)
    for u in range(len(units)):
        r, first, n = units[u].region, units[u].first, units[u].n
        attempt = attempt_hazard(p.attempt_rate, p.refuge, regions[r].control, regions[r].support)
        ceiling, clock = drive_with(units[u].drive, home, cohort), units[u].clock + units[u].advance
        changed = False
        for start in range(0, n, BLOCK):
            stop = min(start + BLOCK, n)
            if any_stirs(roll.theta[first + start : first + stop], roll.harden_at[first + start : first + stop], ceiling, clock):
                for j in range(start, stop):
                    if stirs(roll.theta[first + j], roll.harden_at[first + j], ceiling, clock):
                        changed |= ask(state, parameters, record, t, dt, u, j, attempt, reach, coin, arrest)
        if n > 0:
            units[u].clock = clock
        if changed:
            tidy(state, u)


@kernel
def advance(state: State, parameters: Any, drivers: Drivers, record: Record, start: int, stop: int, dt: float, room: int) -> int:
    """Days ``start`` up to and without ``stop``, as in `engine`."""
    for t in range(start, stop):
        if len(state.persons) - state.regime.people < room:
            return t
        regions_day(state, parameters, drivers, record, t, dt)
        discharges(state, parameters, drivers, record, t, dt)
        units_day(state, parameters, drivers, record, t, dt)
        members(state, parameters, drivers, record, t, dt)
        close_day(state, parameters, drivers, record, t, dt)
        close_record(state, parameters, drivers, record, t, dt)
    return stop
