"""Ordinary wastage as a clock: each person's day of discharge is known on entry and stands in a calendar.

A person's clock is exponential with mean 1; the force's hazard runs it down. So nobody is asked daily whether they retire,
and a scenario that changes the hazard only moves the days of those still in service.
"""

from __future__ import annotations

import math

from muster.core.compile import kernel, loop
from muster.core.draws import exponential, name_key
from muster.model.state import State

_WASTE = name_key("exit.waste")
NEVER = 1_000_000_000


@kernel
def discharge_day(entered: int, clock: float, wastage: float, dt: float) -> int:
    """The day on which ordinary wastage takes a person whose clock is ``clock`` (mean 1); far ahead if it never does."""
    if wastage <= 0.0 or clock / (wastage * dt) > 1e9:
        return NEVER
    return entered + max(1, int(math.ceil(clock / (wastage * dt))))


@loop
def schedule(state: State, i: int, day: int) -> None:
    """Enter person ``i`` in the calendar of discharges; a day beyond the run is no day."""
    persons, days = state.persons, state.days
    persons[i].discharge = day
    persons[i].next_discharge = -1
    if day < len(days):
        persons[i].next_discharge = days[day].discharge
        days[day].discharge = i


@loop
def begin(state: State, i: int, day: int, wastage: float, dt: float) -> None:
    """Start the clock of a person who enters on ``day``."""
    clock = exponential(state.persons[i].key, _WASTE, 0)
    schedule(state, i, discharge_day(day, clock, wastage, dt))


@kernel
def reschedule(state: State, wastage: float, t: int, dt: float) -> None:
    """After a change of the hazard at the end of day ``t``: new days from what is left on each clock."""
    persons, units, roll, days = state.persons, state.units, state.roll, state.days
    for day in range(t + 1, len(days)):
        days[day].discharge = -1
    for i in range(state.regime.people):
        if persons[i].status == 0:
            spent = days[t].hazard - days[max(persons[i].entered, 0)].hazard
            left = max(0.0, exponential(persons[i].key, _WASTE, 0) - spent)
            schedule(state, i, discharge_day(t, left, wastage, dt))
    for u in range(len(units)):
        for place in range(units[u].first, units[u].first + units[u].n):
            roll.due[place] = persons[roll.who[place]].discharge
