"""The support programme: a service with a queue and a budget.

Outreach contacts the willing; they are vetted, wait in order of arrival, are taken out when there is a place for them and
theirs and money for the reward, live in a house, and are settled with a stipend. What the programme cannot carry makes it less
credible, and that returns to the offer soldiers hear of.

    contact hazard = contact_rate c while it reaches out;  vetting Exp(vetting_days), rounded up to whole steps
    the head of the list is admitted while places_used + need <= places and balance >= cash;  need = family_size or 1
    at the head: gone -> dropped; no longer willing -> back to service; caught w.p. q (1 - protection); else defected
    balance += income dt - paid - cash admissions;  owed = stipend (housed + settled) dt/30.44;  paid share = paid/owed
    credibility = (a + 1)/(a + 1 + list),  a = admissions remembered over 90 days

Left out: rejections by vetting and infiltrators (no rate is published); what a house costs beyond the stipend.
Sources: RFA, September 2021 (33 contacts a day, about 400 waiting); BBC 2023 (a house of about 100); Than Lwin Times 2023
(1,000 baht a month; about 500 of 15,000 serve with organisations); Nigeria 2016-22 for capacity as the bottleneck.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from muster.core.compile import kernel, loop
from muster.core.draws import exponential, name_key, uniform
from muster.model.driver import Drivers
from muster.model.leaky import fade
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.roll import find, resume, strike_off, tidy
from muster.model.state import LISTED, NONE, VETTING, State
from muster.model.tally import ARRESTED, DEFECTED, Record
from muster.model.tie import drive_of

_STAY = name_key("programme.stay")
_JOIN = name_key("programme.join")
_EXTRACT = name_key("programme.extraction")
MEMORY = 90.0  # days over which admissions are remembered, as exits are in security
MONTH = 30.44  # days


class Params(NamedTuple):
    """Parameters of the programme; places, cash, stipend, income and outreach are drivers."""

    contact_rate: Annotated[
        float, About("per willing person-day", "LogN(0.004, 0.8)", "contacts made", "33 a day, RFA September 2021", "C")
    ] = 0.002
    vetting_days: Annotated[float, About("days", "U(7, 30)", "mean time of vetting", "judgement", "F")] = 14.0
    stay_days: Annotated[float, About("days", "U(30, 180)", "mean stay in a house", "judgement", "F")] = 45.0
    protection: Annotated[float, About("share", "U(0.4, 0.9)", "risk of arrest that extraction takes away", "judgement", "F")] = (
        0.7
    )
    family_size: Annotated[float, About("places", "fixed", "places a family takes", "judgement", "F")] = 3.0
    joiner_share: Annotated[
        float, About("share", "Beta(3, 97)", "defectors who join the militia", "about 500 of 15,000, Than Lwin 2023", "D")
    ] = 0.03
    stipend_months: Annotated[
        float, About("months", "U(12, 60)", "how long the stipend is drawn after the house", "judgement", "F")
    ] = 24.0


@kernel
def credibility(admitted: float, waiting: float) -> float:
    """How far the offer can be believed: those served against those who wait, 0-1."""
    return (admitted + 1.0) / (admitted + 1.0 + waiting)


@kernel
def steps(days: float, dt: float) -> int:
    """A waiting time in whole steps, at least one."""
    return max(1, int(math.ceil(days / dt)))


@loop
def _release(state: State, t: int) -> None:
    """Vetted persons join the list, those of one day in the order of their luck."""
    persons, programme, days = state.persons, state.programme, state.days
    room, first = len(state.queue), programme.tail
    i = days[t].release
    while i >= 0:
        if persons[i].stage == VETTING:
            persons[i].stage = LISTED
            at = programme.tail
            while at > first and persons[state.queue[(at - 1) % room]].key > persons[i].key:
                state.queue[at % room] = state.queue[(at - 1) % room]
                at -= 1
            state.queue[at % room] = i
            programme.tail += 1
            programme.vetting -= 1
            programme.waiting += 1
        i = persons[i].next_release


@loop
def _settle_accounts(state: State, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Places and stipends that end today; income, then stipends as far as the balance goes."""
    programme, days = state.programme, state.days
    programme.places_used -= days[t].places_back
    programme.housed -= days[t].stay_over
    programme.settled += days[t].stay_over - days[t].stipend_over
    programme.balance += drivers.nation[t].income * dt
    owed = drivers.nation[t].stipend * (programme.housed + programme.settled) * dt / MONTH
    paid = min(owed, programme.balance)
    programme.balance -= paid
    programme.paid_share = paid / owed if owed > 0.0 else 1.0
    record.nation[t].income += drivers.nation[t].income * dt
    record.nation[t].stipend_owed += owed
    record.nation[t].stipend_paid += paid


@loop
def _take_in(state: State, parameters: Any, record: Record, t: int, dt: float, i: int, need: int) -> None:
    """Person ``i`` has defected: to the militia of their home, or with theirs to a house and then a stipend."""
    persons, programme, days, p = state.persons, state.programme, state.days, parameters.programme
    if uniform(persons[i].key, _JOIN, 0, 0) < p.joiner_share:
        state.regions[persons[i].home].militia += 1
        record.nation[t].joined_militia += 1.0
        return
    programme.places_used += need
    programme.housed += 1
    out = t + steps(exponential(persons[i].key, _STAY, 0) * p.stay_days, dt)
    end = out + steps(p.stipend_months * MONTH, dt)
    if out < len(days):
        days[out].places_back += need
        days[out].stay_over += 1
    if end < len(days):
        days[end].stipend_over += 1


@loop
def _extract(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float, i: int, need: int) -> None:
    """There is a place for the head of the list: taken out, or caught on the way."""
    persons, programme, p = state.persons, state.programme, parameters.programme
    u, j = persons[i].unit, find(state, i)
    risk = state.regime.arrest_risk * (1.0 - p.protection)
    if uniform(persons[i].key, _EXTRACT, t, 0) < risk:
        strike_off(state, record, t, u, j, ARRESTED)
        record.nation[t].arrested_leaving += 1.0
    else:
        strike_off(state, record, t, u, j, DEFECTED)
        programme.balance -= drivers.nation[t].cash
        programme.admitted += 1.0
        record.nation[t].admitted += 1.0
        record.nation[t].cash_paid += drivers.nation[t].cash
        _take_in(state, parameters, record, t, dt, i, need)
    tidy(state, u)


@loop
def _call_head(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> bool:
    """Deal with the head of the list; False if it blocks, for want of money or of places for all of the family."""
    persons, programme = state.persons, state.programme
    i = state.queue[programme.head % len(state.queue)]
    if persons[i].stage != LISTED:
        return True
    if persons[i].theta > drive_of(state, i):
        persons[i].stage = NONE
        programme.waiting -= 1
        resume(state, persons[i].unit, find(state, i))
        record.nation[t].changed_mind += 1.0
        return True
    need = int(parameters.programme.family_size) if persons[i].dependants != 0 else 1
    free = drivers.nation[t].places - programme.places_used
    if programme.balance < drivers.nation[t].cash or need > free:
        record.nation[t].blocked_family += 1.0 if 1.0 <= free < need else 0.0
        return False
    persons[i].stage = NONE
    programme.waiting -= 1
    _extract(state, parameters, drivers, record, t, dt, i, need)
    return True


@loop
def step(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """A day of the programme."""
    programme = state.programme
    programme.admitted *= fade(MEMORY, dt)
    _release(state, t)
    _settle_accounts(state, drivers, record, t, dt)
    while programme.head < programme.tail and _call_head(state, parameters, drivers, record, t, dt):
        programme.head += 1
    programme.credibility = credibility(programme.admitted, float(programme.waiting))


MECHANISM = Mechanism(
    name="programme",
    params=Params,
    reads=(
        "persons.key", "persons.stage", "persons.dependants", "persons.theta", "persons.home", "persons.unit",
        "persons.next_release", "regions.militia", "regime.arrest_risk", "days.release", "state.queue", "programme.head",
        "programme.tail", "programme.places_used", "days.places_back", "days.stay_over", "days.stipend_over",
        "programme.housed", "programme.settled", "programme.balance", "programme.admitted", "programme.waiting",
        "programme.vetting",
    ),
    writes=(
        "persons.stage", "regions.militia", "state.queue", "programme.head", "programme.tail", "programme.vetting",
        "programme.waiting", "programme.places_used", "programme.housed", "programme.settled", "programme.balance",
        "programme.paid_share", "programme.admitted", "programme.credibility", "days.places_back", "days.stay_over",
        "days.stipend_over",
    ),
    drivers=("places", "cash", "stipend", "income"),
    streams=("programme.stay", "programme.join", "programme.extraction"),
    formulas=(credibility, steps),
)  # fmt: skip
