"""The fast engine: a day touches the willing, the clocks that are due, and nobody else.

Members stand sorted by threshold, so the willing are a prefix. Its bound uses the strongest weak ties of anybody (``prefix``),
its certain part the weakest (``sure``); who stands between the two is asked one by one. Nothing here is an approximation:
every person's coin depends on the person and the day alone, and `plain` asks everybody with the same coins.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from muster.core.compile import kernel, loop
from muster.core.draws import salt, salted
from muster.model.driver import Drivers
from muster.model.mechanisms.exit import ARREST, FATE, act, attempt_hazard
from muster.model.order import close_day, regions_day, units_day
from muster.model.roll import drive_of, find, harden, pause, resume, strike_off, tidy
from muster.model.state import NONE, State, Table
from muster.model.tally import DISCHARGED, Record
from muster.simulate.recorder import close_record

_SLACK = 1.0 + 1e-12  # the quick bound must not fall below an exact probability by a rounding


@loop
def discharges(state: State, record: Record, t: int) -> None:
    """Ordinary wastage whose day has come."""
    persons = state.persons
    i = state.days[t].discharge
    while i >= 0:
        if persons[i].status == 0 and persons[i].discharge == t:
            u = persons[i].unit
            strike_off(state, record, t, u, find(state, i), DISCHARGED)
            tidy(state, u)
        i = persons[i].next_discharge


@loop
def _is_out_of_place(units: Table, roll: Table, u: int, ceiling: np.float32, base: np.float32) -> bool:
    """Whether a pointer has to move: on most days of most units none has. (A call with the whole state costs more than this.)"""
    unit = units[u]
    first, prefix, sure = unit.first, unit.prefix, unit.sure
    if prefix < unit.unhardened and roll[first + prefix].theta <= ceiling:
        return True
    if prefix > 0 and roll[first + prefix - 1].theta > ceiling:
        return True
    if sure < prefix and roll[first + sure].theta <= base:
        return True
    return sure > prefix or (sure > 0 and roll[first + sure - 1].theta > base)


@loop
def _move_prefix(state: State, u: int, ceiling: np.float32, base: np.float32) -> None:
    """Let the two pointers follow the drive; clocks pause for who becomes willing and run on for who no longer is."""
    persons, units, roll = state.persons, state.units, state.roll
    first = units[u].first
    while units[u].prefix < units[u].unhardened and roll[first + units[u].prefix].theta <= ceiling:
        units[u].prefix += 1
    while units[u].prefix > 0 and roll[first + units[u].prefix - 1].theta > ceiling:
        units[u].prefix -= 1
        if persons[roll[first + units[u].prefix].who].stage == NONE:
            resume(state, u, units[u].prefix)
    units[u].sure = min(units[u].sure, units[u].prefix)
    while units[u].sure < units[u].prefix and roll[first + units[u].sure].theta <= base:
        pause(state, u, units[u].sure)
        units[u].sure += 1
    while units[u].sure > 0 and roll[first + units[u].sure - 1].theta > base:
        units[u].sure -= 1


@loop
def _ask_between(state: State, u: int) -> int:
    """Between the pointers each is asked by their own ties; returns how many are willing."""
    persons, units, roll = state.persons, state.units, state.roll
    willing = 0
    for j in range(units[u].sure, units[u].prefix):
        i = roll[units[u].first + j].who
        if persons[i].theta <= drive_of(state, i):
            willing += 1
            pause(state, u, j)
        elif persons[i].stage == NONE:
            resume(state, u, j)
    return willing


@loop
def _harden(state: State, u: int) -> bool:
    """Those whose hardening clock has struck; the unit's next deadline is found on the way. True if anybody did."""
    units, roll = state.units, state.roll
    struck, soonest = False, np.inf
    for j in range(units[u].unhardened):
        harden_at = roll[units[u].first + j].harden_at
        if harden_at <= units[u].clock:
            harden(state, u, j)
            struck = True
        else:
            soonest = min(soonest, harden_at)
    units[u].soonest = soonest
    return struck


@loop
def members(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Who is willing, who hardens, who acts: unit by unit."""
    persons, units, roll, regions, homes, cohorts = (
        state.persons, state.units, state.roll, state.regions, state.homes, state.cohorts
    )  # fmt: skip
    p = parameters.exit
    ceiling_tie = homes["tie"].max() + cohorts["tie"].max()
    base_tie = homes["tie"].min() + cohorts["tie"].min()
    reach = parameters.programme.contact_rate * state.regime.information * drivers.nation[t].outreach
    coin, arrest = salt(FATE, t, 0), salt(ARREST, t, 0)
    attempts, most = np.empty(len(regions)), np.empty(len(regions))
    for r in range(len(regions)):
        attempts[r] = attempt_hazard(p.attempt_rate, p.refuge, regions[r].control, regions[r].support)
        most[r] = -math.expm1(-(attempts[r] + reach) * dt) * _SLACK
    for u in range(len(units)):
        if units[u].n == 0:
            continue
        r, first = units[u].region, units[u].first
        ceiling, base = np.float32(units[u].drive + ceiling_tie), np.float32(units[u].drive + base_tie)
        if _is_out_of_place(units, roll, u, ceiling, base):
            _move_prefix(state, u, ceiling, base)
        willing = units[u].sure
        if units[u].sure < units[u].prefix:
            willing += _ask_between(state, u)
        units[u].clock += units[u].advance
        changed = _harden(state, u) if units[u].clock >= units[u].soonest else False
        record.region[t, r].willing[units[u].branch] += willing
        for j in range(units[u].prefix):
            luck = salted(roll[first + j].key, coin)
            if luck >= most[r]:
                continue
            i = roll[first + j].who
            if j >= units[u].sure and (persons[i].hardened != 0 or persons[i].theta > drive_of(state, i)):
                continue
            if act(state, parameters, record, t, dt, u, j, luck, attempts[r], reach, arrest):
                changed = True
        if changed:
            tidy(state, u)


@kernel
def advance(state: State, parameters: Any, drivers: Drivers, record: Record, start: int, stop: int, dt: float, room: int) -> int:
    """Days ``start`` up to and without ``stop``. Ends earlier, with the next day, where fewer than ``room`` places are free."""
    for t in range(start, stop):
        if len(state.persons) - state.regime.people < room:
            return t
        regions_day(state, parameters, drivers, record, t, dt)
        discharges(state, record, t)
        units_day(state, parameters, drivers, record, t, dt)
        members(state, parameters, drivers, record, t, dt)
        close_day(state, parameters, drivers, record, t, dt)
        close_record(state, parameters, drivers, record, t, dt)
    return stop
