"""Exit: what becomes of a person today.

Everybody serves under a clock of ordinary wastage (retirement, absence as before the crisis). Who is willing may try to leave
alone, sooner where the ground is lost and villagers give refuge, later where the family lives in barracks; the attempt is
caught or succeeds. Who is willing and not yet in touch may be reached by the programme, and then serves on until it takes them
out. Who is neither willing nor in touch may harden. Killed or taken in battle come first, then wastage, hardening, and the
coin of the day; the first that fires holds.

    discharge on day entered + ceil(Exp(1)/(wastage dt))
    hardens when the unit's clock has advanced by Exp(1) while eligible
    attempt hazard = attempt_rate (1 + refuge (1 - A) s) (family_factor if the family is in barracks)
    contact hazard = contact_rate c, while the programme reaches out (`programme`)
    P(act) = 1 - exp(-(attempt + contact) dt), an attempt with probability attempt/(attempt + contact)
    caught with probability q, else deserted

Left out: return of deserters; amnesties; a second attempt after arrest (arrest is final).
Sources: Albrecht and Koehler 2018 (opportunity alone predicts poorly); Myanmar Now, April 2021 (families as hostages).
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

import numpy as np

from muster.core.compile import kernel, loop
from muster.core.draws import exponential, name_key, salt, salted
from muster.model.driver import Drivers
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.roll import strike_off
from muster.model.state import NONE, VETTING, State
from muster.model.tally import ARRESTED, DESERTED, Record
from muster.model.wastage import discharge_day

FATE = name_key("exit.fate")
ARREST = name_key("exit.arrest")
_VET = name_key("exit.vetting")
_MOVE = name_key("exit.family")


class Params(NamedTuple):
    """Parameters of exit."""

    wastage: Annotated[
        float, About("per day", "LogN(1.5e-4, 0.3)", "discharge, 5.3 % a year", "strength series; 150,000 in 2023, USIP", "C")
    ] = 1.5e-4
    attempt_rate: Annotated[
        float, About("per willing person-day", "LogN(0.005, 0.6)", "attempts to leave alone", "delay from coup to exit", "C")
    ] = 0.006
    refuge: Annotated[
        float, About("1", "U(0, 3)", "extra opportunity where control is lost and villagers help", "McLauchlin 2011", "F")
    ] = 1.0
    family_factor: Annotated[
        float,
        About("1", "Beta(3, 7)", "attempts with the family in barracks, relative", "Myanmar Now, April 2021; Kyed 2022", "P"),
    ] = 0.3


@kernel
def attempt_hazard(rate: float, refuge: float, control: float, support: float) -> float:
    """Attempts per day of a willing person without a family in barracks."""
    return rate * (1.0 + refuge * (1.0 - control) * support)


@loop
def contact(state: State, parameters: Any, record: Record, t: int, dt: float, i: int) -> None:
    """The programme has reached person ``i``: vetting begins, its end goes into the calendar."""
    persons, programme, days = state.persons, state.programme, state.days
    persons[i].stage = VETTING
    programme.vetting += 1
    record.nation[t].contacts += 1.0
    wait = exponential(persons[i].key, _VET, t) * parameters.programme.vetting_days
    end = t + max(1, int(math.ceil(wait / dt)))
    if end < len(days):
        persons[i].next_release = days[end].release
        days[end].release = i


@loop
def act(
    state: State,
    parameters: Any,
    record: Record,
    t: int,
    dt: float,
    u: int,
    j: int,
    luck: float,
    attempt: float,
    reach: float,
    arrest: np.uint64,
) -> bool:
    """The coin ``luck`` of the willing member at place ``j``: hazards ``attempt`` (no family) and ``reach``. True if they leave.

    ``arrest`` is the salt of the arrest coin.
    """
    persons, i = state.persons, state.roll.who[state.units[u].first + j]
    tries = attempt * parameters.exit.family_factor if persons[i].in_barracks != 0 else attempt
    hazard = tries + reach if persons[i].stage == NONE else tries
    p = -math.expm1(-hazard * dt)
    if luck >= p:
        return False
    if luck * hazard < tries * p:
        caught = salted(persons[i].key, arrest) < state.regime.arrest_risk
        strike_off(state, record, t, u, j, ARRESTED if caught else DESERTED)
        return True
    contact(state, parameters, record, t, dt, i)
    return False


@loop
def order_families(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Families ordered into barracks (or, below zero, evacuated): a coin per person with dependants."""
    persons, share = state.persons, drivers.nation[t].families_ordered
    if share == 0.0:
        return
    salt_ = salt(_MOVE, t, 0)
    for i in range(state.regime.people):
        if persons[i].status == 0 and persons[i].dependants != 0:
            if share > 0.0 and persons[i].in_barracks == 0 and salted(persons[i].key, salt_) < share:
                persons[i].in_barracks = 1
            elif share < 0.0 and persons[i].in_barracks != 0 and salted(persons[i].key, salt_) < -share:
                persons[i].in_barracks = 0


MECHANISM = Mechanism(
    name="exit",
    params=Params,
    reads=(
        "roll.who", "units.first",
        "persons.key", "persons.in_barracks", "persons.stage", "persons.status", "persons.dependants",
        "regime.people", "regime.arrest_risk", "programme.vetting", "days.release",
    ),
    writes=(
        "persons.stage", "persons.in_barracks", "persons.next_release", "programme.vetting", "days.release",
    ),
    drivers=("families_ordered",),
    streams=("exit.fate", "exit.arrest", "exit.vetting", "exit.family"),
    formulas=(attempt_hazard, discharge_day),
)  # fmt: skip
