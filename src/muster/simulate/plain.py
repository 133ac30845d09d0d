"""The plain engine: every person, every day, asked in turn. The oracle for `engine`, and the place to try new terms.

Same formulas, same state, same coins; what it does not use are the pointers into the roll, the calendar of discharges and
the units' next deadlines. Any term may enter a person's drive here.
"""

from __future__ import annotations

from typing import Any

from muster.core.compile import kernel, loop
from muster.core.draws import salt, salted
from muster.model.driver import Drivers
from muster.model.mechanisms.exit import ARREST, FATE, act, attempt_hazard
from muster.model.order import close_day, regions_day, units_day
from muster.model.roll import drive_of, harden, pause, resume, strike_off, tidy
from muster.model.state import NONE, State
from muster.model.tally import DISCHARGED, Record
from muster.simulate.recorder import close_record


@loop
def discharges(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Everybody in service whose day of discharge is today."""
    persons, units, roll = state.persons, state.units, state.roll
    for u in range(len(units)):
        left = False
        for j in range(units[u].n):
            i = roll.who[units[u].first + j]
            if persons[i].discharge == t:
                strike_off(state, record, t, u, j, DISCHARGED)
                left = True
        if left:
            tidy(state, u)


@loop
def members(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Who is willing, who hardens, who acts: everybody."""
    persons, units, roll, regions = state.persons, state.units, state.roll, state.regions
    p = parameters.exit
    reach = parameters.programme.contact_rate * state.regime.information * drivers.nation[t].outreach
    coin, arrest = salt(FATE, t, 0), salt(ARREST, t, 0)
    for u in range(len(units)):
        r, first, n = units[u].region, units[u].first, units[u].n
        attempt = attempt_hazard(p.attempt_rate, p.refuge, regions[r].control, regions[r].support)
        before = units[u].clock
        changed = False
        for j in range(n):
            i = roll.who[first + j]
            if persons[i].hardened != 0:
                continue
            units[u].clock = before
            willing = persons[i].theta <= drive_of(state, i)
            if willing:
                pause(state, u, j)
                record.region[t, r].willing[units[u].branch] += 1
            elif persons[i].stage == NONE:
                resume(state, u, j)
            units[u].clock = before + units[u].advance
            if roll.harden_at[first + j] <= units[u].clock:
                harden(state, u, j)
                changed = True
            elif willing and act(state, parameters, record, t, dt, u, j, salted(persons[i].key, coin), attempt, reach, arrest):
                changed = True
        if n > 0:
            units[u].clock = before + units[u].advance
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
