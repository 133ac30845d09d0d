"""The fast engine: a day touches the willing, the clocks that are due, and nobody else.

Members stand sorted by threshold, so the willing are a prefix. Its bound uses the strongest weak ties of anybody (``prefix``),
its certain part the weakest (``sure``); who stands between the two is asked one by one. Nothing here is an approximation:
every person's coin depends on the person and the day alone, and `plain` asks everybody with the same coins.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from muster.core.beside import compile_beside
from muster.core.compile import kernel, loop
from muster.core.draws import salt, salted
from muster.model.driver import Drivers
from muster.model.mechanisms.exit import ARREST, FATE, act, attempt_hazard
from muster.model.order import close_day, regions_day, units_day
from muster.model.roll import fence, find, harden, pause, resume, strike_off, tidy
from muster.model.state import NONE, State, Table
from muster.model.tally import DISCHARGED, Record
from muster.model.tie import drive_of, drive_with, strongest_tie, weakest_tie
from muster.simulate.recorder import close_record

_BLOCK = 32  # deadlines looked at together
_SLACK = 1.0 + 1e-12  # the quick bound must not fall below an exact probability by a rounding


@loop
def discharges(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
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
def _is_out_of_place(units: Table, u: int, ceiling: np.float32, base: np.float32) -> bool:
    """Whether a pointer has to move: on most days of most units none has."""
    unit = units[u]
    return ceiling >= unit.prefix_roof or ceiling < unit.prefix_floor or base >= unit.sure_roof or base < unit.sure_floor


@loop
def _move_prefix(state: State, u: int, ceiling: np.float32, base: np.float32) -> None:
    """Let the two pointers follow the drive; clocks pause for who becomes willing and run on for who no longer is."""
    persons, units, roll = state.persons, state.units, state.roll
    first = units[u].first
    while units[u].prefix < units[u].unhardened and roll.theta[first + units[u].prefix] <= ceiling:
        units[u].prefix += 1
    while units[u].prefix > 0 and roll.theta[first + units[u].prefix - 1] > ceiling:
        units[u].prefix -= 1
        if persons[roll.who[first + units[u].prefix]].stage == NONE:
            resume(state, u, units[u].prefix)
    units[u].sure = min(units[u].sure, units[u].prefix)
    while units[u].sure < units[u].prefix and roll.theta[first + units[u].sure] <= base:
        pause(state, u, units[u].sure)
        units[u].sure += 1
    while units[u].sure > 0 and roll.theta[first + units[u].sure - 1] > base:
        units[u].sure -= 1
    fence(state, u)


@loop
def _ask_between(state: State, u: int) -> int:
    """Between the pointers each is asked by their own ties; returns how many are willing."""
    units, roll, homes, cohorts = state.units, state.roll, state.homes, state.cohorts
    willing, first, drive = 0, units[u].first, units[u].drive
    for j in range(units[u].sure, units[u].prefix):
        ties, paused = roll.ties[first + j], roll.harden_at[first + j] == np.inf
        if roll.theta[first + j] <= drive_with(drive, homes[ties & 255].tie, cohorts[ties >> 8].tie):
            willing += 1
            if not paused:
                pause(state, u, j)
        elif paused and state.persons[roll.who[first + j]].stage == NONE:
            resume(state, u, j)
    return willing


@loop
def _soonest(clocks: Any) -> float:
    """The earliest of deadlines: the least of four interleaved, for one alone would wait for itself at every step."""
    a, b, c, d = np.inf, np.inf, np.inf, np.inf
    whole = len(clocks) // 4 * 4
    for j in range(0, whole, 4):
        a, b, c, d = min(a, clocks[j]), min(b, clocks[j + 1]), min(c, clocks[j + 2]), min(d, clocks[j + 3])
    for j in range(whole, len(clocks)):
        a = min(a, clocks[j])
    return min(min(a, b), min(c, d))


@loop
def _harden(state: State, u: int) -> bool:
    """Those whose hardening clock has struck; the unit's next deadline is found on the way. True if anybody did."""
    units = state.units
    clocks = state.roll.harden_at[units[u].first : units[u].first + units[u].unhardened]
    struck, soonest, clock = False, np.inf, units[u].clock
    for start in range(0, len(clocks), _BLOCK):
        least = _soonest(clocks[start : start + _BLOCK])
        if least <= clock:
            for j in range(start, min(start + _BLOCK, len(clocks))):
                if clocks[j] <= clock:
                    harden(state, u, j)
                    struck = True
            least = _soonest(clocks[start : start + _BLOCK])
        soonest = min(soonest, least)
    units[u].soonest = soonest
    return struck


@loop
def members(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Who is willing, who hardens, who acts: unit by unit."""
    persons, units, roll, regions, homes, cohorts = (
        state.persons, state.units, state.roll, state.regions, state.homes, state.cohorts
    )  # fmt: skip
    p = parameters.exit
    ceiling_tie = strongest_tie(homes) + strongest_tie(cohorts)
    base_tie = weakest_tie(homes) + weakest_tie(cohorts)
    reach = parameters.programme.contact_rate * state.regime.information * drivers.nation[t].outreach
    coin, arrest = salt(FATE, t, 0), salt(ARREST, t, 0)
    for r in range(len(regions)):
        regions[r].attempt = attempt_hazard(p.attempt_rate, p.refuge, regions[r].control, regions[r].support)
        regions[r].most = -math.expm1(-(regions[r].attempt + reach) * dt) * _SLACK
    for u in range(len(units)):
        if units[u].n == 0:
            continue
        r, first = units[u].region, units[u].first
        ceiling, base = np.float32(units[u].drive + ceiling_tie), np.float32(units[u].drive + base_tie)
        if _is_out_of_place(units, u, ceiling, base):
            _move_prefix(state, u, ceiling, base)
        willing = units[u].sure
        if units[u].sure < units[u].prefix:
            willing += _ask_between(state, u)
        units[u].clock += units[u].advance
        changed = _harden(state, u) if units[u].clock >= units[u].soonest else False
        record.region[t, r].willing[units[u].branch] += willing
        for j in range(units[u].prefix):
            luck = salted(roll.key[first + j], coin)
            if luck >= regions[r].most:
                continue
            i = roll.who[first + j]
            if j >= units[u].sure and (persons[i].hardened != 0 or persons[i].theta > drive_of(state, i)):
                continue
            if act(state, parameters, record, t, dt, u, j, luck, regions[r].attempt, reach, arrest):
                changed = True
        if changed:
            tidy(state, u)


def compile_parts(state: State, parameters: Any, drivers: Drivers, record: Record) -> None:
    """Compile the parts of a day on two cores, before `advance` puts them together."""
    today = (state, parameters, drivers, record, 1, 1.0)
    compile_beside((regions_day, discharges, members), (close_day, units_day, close_record), today)


@kernel
def advance(state: State, parameters: Any, drivers: Drivers, record: Record, start: int, stop: int, dt: float, room: int) -> int:
    """Days ``start`` up to and without ``stop``. Ends earlier, with the next day, where fewer than ``room`` places are free."""
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
