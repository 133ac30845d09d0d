"""Combat: who threatens whom on the ground, what clashes cost, and when units break.

Threat is the share of local strength that stands against the regime. The armed opponents kill in proportion to their number
and to the villagers' support, which is their intelligence; fire back follows threat, and what the regime does not know where
to aim at falls on the people the opponents hide among. Losses come in clashes of very unequal size. A unit that loses much of
itself in one clash breaks: the willing may surrender on contact, and where the land around is lost it may be overrun.

    G = infantry + police_worth front police                 armed opponents R as gathered by the militia mechanism
    threat p = x R / (G + x R),  x = soldiers_per_fighter
    lethality L = losses_per_fighter skill s R               regime killed per day
    hits = fire_rate G p (m + (1 - m) min(1, R/pop)),        m = tip_quality (1 - s)
    civilians killed by fire = civilians_per_hit fire_rate G p (1 - m)(1 - min(1, R/pop))
    civilians killed by the resistance = civilians_per_fighter armed militia
    clashes of a unit ~ Poisson(L w/(G m_n)),  P(K = k) ~ k^-clash_exponent, 1 <= k <= n, m_n its mean
    own-loss belief l <- l + (1 - l) min(1, K/(break_share n))
    break if K >= max(2, ceil(break_share n)): willing surrender w.p. surrender (1 - A), overrun w.p. overrun (1 - A) p

The specification charges the killing of civilians by the resistance to all armed opponents. Here it is the militia's: the
counts it rests on are of officials and alleged informers killed where militias operate, and charging organisations with it
made support fall most in the border regions where the regime did most harm.
Left out: the wounded; movement between regions; tactics of any kind; losses of ethnic armed organisations (counted, not taken).
Sources: Deitchman 1962 and Schaffer 1968 (ambush asymmetry), Kress and Szechtman 2009 (intelligence mixture), Bohorquez et al.
2009 (sizes), McQuie 1987 (casualties alone explain few breaks).
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from muster.core.compile import kernel, loop
from muster.core.draws import name_key, poisson, salt, salted, uniform
from muster.model.driver import Drivers
from muster.model.force_ratio import share_against
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.roll import strike_off, tidy
from muster.model.state import State, Table
from muster.model.tally import INFANTRY, KILLED, POLICE, PRISONER, SURRENDERED, Record
from muster.model.tie import drive_of

_CLASH = name_key("combat.clash")
_SIZE = name_key("combat.size")
_VICTIM = name_key("combat.victim")
_INITIATIVE = name_key("combat.initiative")
_SURRENDER = name_key("combat.surrender")
_OVERRUN = name_key("combat.overrun")


class Params(NamedTuple):
    """Parameters of combat."""

    losses_per_fighter: Annotated[
        float,
        About(
            "killed per fighter-day", "LogN(9e-4, 0.4)", "regime killed at full support", "13,000 killed to May 2023, USIP", "C"
        ),
    ] = 9e-4
    fire_rate: Annotated[
        float,
        About("hits per soldier-day", "LogN(6e-3, 0.7)", "fire at full threat, all aimed", "militia losses, poorly known", "P"),
    ] = 6e-3
    tip_quality: Annotated[
        float,
        About("share", "U(0.1, 0.5)", "best intelligence of the regime, where nobody backs the other side", "judgement", "F"),
    ] = 0.3
    civilians_per_hit: Annotated[
        float,
        About(
            "killed per stray hit", "LogN(0.01, 0.5)", "civilians killed by unaimed fire", "3,003 by the regime, PRIO 2023", "C"
        ),
    ] = 0.01
    civilians_per_fighter: Annotated[
        float,
        About(
            "killed per militia-day",
            "LogN(2.4e-4, 0.4)",
            "civilians killed by armed militia",
            "2,152 in 20 months, PRIO 2023",
            "D",
        ),
    ] = 2.4e-4
    soldiers_per_fighter: Annotated[
        float,
        About("soldiers", "LogN(8, 0.5)", "soldiers one armed opponent ties down", "10:1 folklore rejected, Friedman 2011", "C"),
    ] = 8.4
    break_share: Annotated[
        float, About("share killed", "U(0.03, 0.1)", "killed in one clash that break a unit", "McQuie 1987; judgement", "F")
    ] = 0.05
    clash_exponent: Annotated[
        float, About("1", "U(2.4, 2.6)", "exponent of clash sizes", "54,679 events, Bohorquez et al. 2009", "F")
    ] = 2.5
    surrender: Annotated[
        float,
        About("probability", "Beta(3, 7)", "a willing member surrenders at a break where no control is left", "judgement", "P"),
    ] = 0.3
    overrun: Annotated[
        float, About("probability", "Beta(2, 18)", "a broken unit is overrun at full threat, no control left", "judgement", "P")
    ] = 0.1
    police_worth: Annotated[
        float, About("soldiers", "U(0.1, 0.5)", "fighting worth of a police officer at the front", "judgement", "F")
    ] = 0.3


@kernel
def lethality(losses_per_fighter: float, skill: float, support: float, armed: float) -> float:
    """Expected regime killed per day: fire aimed by the villagers' tips."""
    return losses_per_fighter * skill * support * armed


@kernel
def fire_hits(fire: float, tips: float, hidden: float) -> float:
    """Hits per day on armed opponents: aimed where there are tips, else by the chance of meeting them."""
    return fire * (tips + (1.0 - tips) * hidden)


@kernel
def stray_harm(civilians_per_hit: float, fire: float, tips: float, hidden: float) -> float:
    """Civilians killed per day by fire that was not aimed."""
    return civilians_per_hit * fire * (1.0 - tips) * (1.0 - hidden)


@kernel
def mean_size(clashes: Table, n: int) -> float:
    """Mean killed in a clash of a unit of ``n``."""
    n = min(max(n, 1), len(clashes) - 1)
    return clashes[n].moment / clashes[n].mass


@kernel
def clash_size(clashes: Table, u: float, n: int) -> int:
    """Killed in a clash at quantile ``u``: power law from 1 to ``n``."""
    n = min(max(n, 1), len(clashes) - 1)
    k = 1
    while k < n and clashes[k].mass < u * clashes[n].mass:
        k += 1
    return k


@kernel
def break_point(n: int, break_share: float) -> int:
    """Killed in one clash from which a unit of ``n`` breaks; never a single loss."""
    return max(2, int(math.ceil(break_share * n - 1e-9)))


@loop
def assess(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Start of the day: heads, fighting strength, threat, lethality and tips by region."""
    units, regions, p = state.units, state.regions, parameters.combat
    for u in range(len(units)):
        units[u].n_start = units[u].n
    for r in range(len(regions)):
        for b in range(len(regions[r].heads)):
            regions[r].heads_start[b] = regions[r].heads[b]
        police = p.police_worth * drivers.nation[t].front * regions[r].heads[POLICE]
        regions[r].ground = regions[r].heads[INFANTRY] + police
        regions[r].threat = share_against(regions[r].armed, regions[r].ground, p.soldiers_per_fighter)
        regions[r].tips = p.tip_quality * (1.0 - regions[r].support)
        regions[r].lethality = lethality(p.losses_per_fighter, drivers.nation[t].skill, regions[r].support, regions[r].armed)


@loop
def exchange_fire(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Ground fire: hits on opponents and harm to civilians, both sides'."""
    regions, p = state.regions, parameters.combat
    for r in range(len(regions)):
        fire = p.fire_rate * regions[r].ground * regions[r].threat
        hidden = min(1.0, regions[r].armed / regions[r].population)
        regions[r].hits += fire_hits(fire, regions[r].tips, hidden) * dt
        regions[r].harm_ground = stray_harm(p.civilians_per_hit, fire, regions[r].tips, hidden)
        regions[r].harm_resistance = p.civilians_per_fighter * regions[r].local


@loop
def _kill(state: State, record: Record, t: int, u: int, clash: int, killed: int) -> None:
    """The killed are the members with the smallest luck under this clash's salt."""
    units, roll = state.units, state.roll
    first, n, salt_ = units[u].first, units[u].n, salt(_VICTIM, t, clash)
    keys, luck = roll.key[first : first + n], state.scratch[:n]
    for j in range(n):
        luck[j] = salted(keys[j], salt_)
    for _ in range(killed):
        next_ = 0
        for j in range(n):
            next_ = j if luck[j] < luck[next_] else next_
        luck[next_] = 2.0
        strike_off(state, record, t, u, next_, KILLED)
    tidy(state, u)


@loop
def _rout(state: State, parameters: Any, record: Record, t: int, u: int, clash: int) -> None:
    """A broken unit: the willing may surrender on contact, all are taken if it is overrun."""
    persons, units, roll, regions, p = state.persons, state.units, state.roll, state.regions, parameters.combat
    r, first = units[u].region, units[u].first
    lost = 1.0 - regions[r].control
    overrun = uniform(units[u].key, _OVERRUN, t, clash) < p.overrun * lost * regions[r].threat
    salt_ = salt(_SURRENDER, t, clash)
    for j in range(units[u].n):
        i = roll.who[first + j]
        willing = persons[i].hardened == 0 and persons[i].theta <= drive_of(state, i)
        if willing and (overrun or salted(roll.key[first + j], salt_) < p.surrender * lost):
            strike_off(state, record, t, u, j, SURRENDERED)
        elif overrun:
            strike_off(state, record, t, u, j, PRISONER)
    tidy(state, u)
    record.region[t, r].breaks += 1.0
    if overrun:
        units[u].closed = 1
        record.region[t, r].overrun += 1.0


@loop
def _fight(state: State, parameters: Any, record: Record, t: int, u: int, clash: int) -> None:
    """One clash of one unit."""
    units, regions, p = state.units, state.regions, parameters.combat
    r, n = units[u].region, units[u].n_start
    size = clash_size(state.clashes, uniform(units[u].key, _SIZE, t, clash), n)
    _kill(state, record, t, u, clash, min(size, units[u].n))
    units[u].loss += (1.0 - units[u].loss) * min(1.0, size / (p.break_share * n))
    record.region[t, r].clashes += 1.0
    if uniform(units[u].key, _INITIATIVE, t, clash) < 1.0 - regions[r].threat:
        record.region[t, r].own_initiative += 1.0
    if size >= break_point(n, p.break_share):
        _rout(state, parameters, record, t, u, clash)


@loop
def clash(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Clashes of every fighting unit, each with its share of the region's lethality."""
    units, regions, p = state.units, state.regions, parameters.combat
    at_front = p.police_worth * drivers.nation[t].front
    for u in range(len(units)):
        r, branch = units[u].region, units[u].branch
        worth = 1.0 if branch == INFANTRY else (at_front if branch == POLICE else 0.0)
        if worth <= 0.0 or units[u].n_start == 0 or regions[r].lethality <= 0.0:
            continue
        share = worth * units[u].n_start / regions[r].ground
        mean = dt * regions[r].lethality * share / mean_size(state.clashes, units[u].n_start)
        for number in range(poisson(uniform(units[u].key, _CLASH, t, 0), mean)):
            if units[u].n > 0:
                _fight(state, parameters, record, t, u, number)


MECHANISM = Mechanism(
    name="combat",
    params=Params,
    reads=(
        "units.n", "units.n_start", "units.region", "units.branch", "units.key", "units.first", "units.loss",
        "persons.hardened", "persons.theta", "roll.who", "roll.key",
        "regions.population", "regions.heads", "regions.support", "regions.control", "regions.armed", "regions.ground",
        "regions.threat", "regions.tips", "regions.lethality", "regions.hits", "regions.local", "clashes.mass", "clashes.moment",
    ),
    writes=(
        "units.n_start", "units.loss", "units.closed", "regions.heads_start", "regions.ground", "regions.threat", "regions.tips",
        "regions.lethality", "regions.hits", "regions.harm_ground", "regions.harm_resistance",
    ),
    drivers=("front", "skill"),
    streams=("combat.clash", "combat.size", "combat.victim", "combat.initiative", "combat.surrender", "combat.overrun"),
    formulas=(share_against, lethality, fire_hits, stray_harm, mean_size, clash_size, break_point),
)  # fmt: skip
