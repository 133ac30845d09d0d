"""Recruitment: who comes in, where they are posted, and units too small to go on.

Before the crisis the force replaces its wastage from the regions it always recruited in. As support for the resistance grows
and control shrinks there, volunteers dry up, most in number where the army used to find most. The regime answers with lower
standards, veterans recalled, and conscripts. Recruits are posted to units below strength, often in their own region; a unit
that has shrunk below use is merged into another of its branch and region.

    volunteers_r ~ Poisson(w0 N_0 history_r multiplier min(surge, ((1 - s)/(1 - b0))^elasticity) A/A0)   w0 = exit.wastage
    conscripts_r ~ Poisson((quota + quota_planned A_mean/A_mean at the first draft) A Y / sum A Y)
    recalled_r ~ Poisson(recall history A / sum history A),   police ~ Poisson(police_intake pop / sum pop)
    threshold = mean of the class (conscripts, lowered standard) or branch + sqrt(unit_share) z + sqrt(1 - unit_share) e
    posted with probability in proportion to a unit's shortfall, in the own region w.p. own_region

Left out: the youth pool running dry (0.1 to 0.5 % of it); training time; transfers between regions.
Sources: Irrawaddy, September 2021 (academy applicants 12,000 to about 100); Janes 2021 (schooling lowered); ISP-Myanmar 2024.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import numpy as np

from muster.core.compile import kernel, loop
from muster.core.draws import derive, name_key, poisson, uniform
from muster.model.driver import Drivers
from muster.model.enlistment import enlist
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.roll import insert, resume
from muster.model.state import NONE, State
from muster.model.tally import CONSCRIPT, LOWERED_STANDARD, RECALLED, VOLUNTEER, Record

_COUNT = name_key("recruitment.count")
_PERSON = name_key("recruitment.person")
_POST = name_key("recruitment.post")
_BRANCH = name_key("recruitment.branch")
_STANDARD = name_key("recruitment.standard")
_POLICE = 4  # stream ordinal of police intake, after the four classes of entry
GROUND, AIR, SEA, LAW = range(4)  # posting groups: branches among which a recruit may land


class Params(NamedTuple):
    """Parameters of recruitment; multiplier, quotas, recalls and police intake are drivers."""

    elasticity: Annotated[
        float, About("1", "LogN(3, 0.5)", "how volunteers follow the share that does not back the resistance", "judgement", "P")
    ] = 3.0
    surge: Annotated[
        float,
        About("times before", "U(1, 4)", "most that volunteers rise to where support for the resistance falls", "judgement", "F"),
    ] = 2.0
    own_region: Annotated[
        float, About("probability", "U(0.2, 0.8)", "a recruit is posted in the own region", "judgement", "F")
    ] = 0.5
    smallest_unit: Annotated[float, About("persons", "U(0, 60)", "units below this are merged; 0 never", "judgement", "F")] = 20.0


@kernel
def volunteers(
    replacement: float, history: float, multiplier: float, opening: float, elasticity: float, surge: float, hold: float
) -> float:
    """Volunteers per day of a region: its part of the replacement of wastage before the crisis, times what is left of it.

    ``opening`` is (1 - s)/(1 - b0), ``hold`` is A/A0. Where support for the resistance falls below what it was before, the power
    law alone would fill the barracks without bound; ``surge`` bounds it.
    """
    return replacement * history * multiplier * min(surge, max(0.0, opening) ** elasticity) * hold


@loop
def _free_before(state: State, u: int) -> float:
    """Free places of all units before ``u``, which may be one beyond the last."""
    return state.units[u].free if u < len(state.units) else state.regime.free


@loop
def _post(state: State, group: int, home: int, own: float, key: np.uint64) -> int:
    """A unit for a recruit, in proportion to shortfall; -1 if none of the group has a free place."""
    units, regions = state.units, state.regions
    first, last = regions[0].post_first[group], regions[len(regions) - 1].post_last[group]
    if uniform(key, _POST, 0, 0) < own:
        near, far = regions[home].post_first[group], regions[home].post_last[group]
        if _free_before(state, far) > _free_before(state, near):
            first, last = near, far
    free = _free_before(state, last) - _free_before(state, first)
    if free <= 0.0:
        return -1
    target = units[first].free + uniform(key, _POST, 0, 1) * free
    low, high = first, last  # the last unit with no more than `target` free places before it
    while high - low > 1:
        middle = (low + high) // 2
        if units[middle].free <= target:
            low = middle
        else:
            high = middle
    u = low
    for _ in range(last - first):  # the day's earlier recruits may have filled it: on to the next with a place
        u = u if u < last else first
        if units[u].closed == 0 and units[u].n < units[u].cap:
            return u
        u += 1
    return -1


@loop
def _count_shortfall(state: State) -> None:
    """Free places, cumulative over the units, at the start of the step."""
    units = state.units
    total = 0.0
    for u in range(len(units)):
        units[u].free = total
        if units[u].closed == 0:
            total += max(0, units[u].cap - units[u].n)
    state.regime.free = total


@loop
def _group(state: State, entry: int, police: bool, key: np.uint64) -> int:
    """The posting group of a recruit: volunteers alone are chosen for the air force and the navy."""
    regime = state.regime
    if police:
        return LAW
    if entry == VOLUNTEER:
        u = uniform(key, _BRANCH, 0, 0)
        if u < regime.air_share:
            return AIR
        if u < regime.air_share + regime.navy_share:
            return SEA
    return GROUND


@loop
def _take(
    state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float, r: int, entry: int, kind: int, mean: float
) -> None:
    """The day's recruits of one kind from region ``r``."""
    regions = state.regions
    for ordinal in range(poisson(uniform(regions[r].key, _COUNT, t, kind), mean * dt)):
        key = derive(derive(derive(regions[r].key ^ _PERSON, kind), t), ordinal)
        group = _group(state, entry, kind == _POLICE, key)
        entered = entry
        if entry == VOLUNTEER and uniform(key, _STANDARD, 0, 0) < drivers.nation[t].lowered_share:
            entered = LOWERED_STANDARD
        u = _post(state, group, r, parameters.recruitment.own_region, key)
        if u < 0:
            record.nation[t].turned_away += 1.0
        else:
            enlist(state, parameters, t, dt, u, r, entered, key, drivers.nation[t].age_floor)
            record.region[t, r].intake[entered] += 1


@loop
def _drafted(state: State, drivers: Drivers, t: int) -> float:
    """Conscripts per day nationwide: realised as the data say, or planned and realised as far as control reaches."""
    regime = state.regime
    if drivers.nation[t].quota_planned <= 0.0:
        return drivers.nation[t].quota
    if np.isnan(regime.draft_control):
        regime.draft_control = regime.mean_control
    return drivers.nation[t].quota + drivers.nation[t].quota_planned * regime.mean_control / regime.draft_control


@loop
def step(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Volunteers, conscripts, veterans and police of the day, region by region."""
    regions, regime, p = state.regions, state.regime, parameters.recruitment
    _count_shortfall(state)
    replacement = parameters.exit.wastage * regime.military0
    reach, veterans, people = 0.0, 0.0, 0.0
    for r in range(len(regions)):
        reach += regions[r].control * regions[r].youth
        veterans += regions[r].control * regions[r].history
        people += regions[r].population
    drafted = _drafted(state, drivers, t)
    for r in range(len(regions)):
        opening = (1.0 - regions[r].support) / (1.0 - regions[r].baseline0)
        hold = regions[r].control / regions[r].control0
        multiplier = drivers.nation[t].volunteer_multiplier
        free = volunteers(replacement, regions[r].history, multiplier, opening, p.elasticity, p.surge, hold)
        _take(state, parameters, drivers, record, t, dt, r, VOLUNTEER, VOLUNTEER, free)
        pressed = drafted * regions[r].control * regions[r].youth / reach if reach > 0.0 else 0.0
        _take(state, parameters, drivers, record, t, dt, r, CONSCRIPT, CONSCRIPT, pressed)
        back = drivers.nation[t].recall * regions[r].control * regions[r].history / veterans if veterans > 0.0 else 0.0
        _take(state, parameters, drivers, record, t, dt, r, RECALLED, RECALLED, back)
        police = drivers.nation[t].police_intake * regions[r].population / people
        _take(state, parameters, drivers, record, t, dt, r, VOLUNTEER, _POLICE, police)


@loop
def _receiver(state: State, u: int) -> int:
    """The unit of the same branch and region with most room for all of unit ``u``; -1 if none has it."""
    units = state.units
    best = -1
    for v in range(len(units)):
        same = units[v].branch == units[u].branch and units[v].region == units[u].region
        if v == u or not same or units[v].closed != 0 or units[v].cap - units[v].n < units[u].n:
            continue
        if best < 0 or units[v].cap - units[v].n > units[best].cap - units[best].n:
            best = v
    return best


@loop
def _merge(state: State, u: int, v: int) -> None:
    """All members of unit ``u`` to unit ``v``; what units remember of injury and loss is averaged over heads."""
    persons, units, roll = state.persons, state.units, state.roll
    n, m = units[u].n, units[v].n
    units[v].injury = (n * units[u].injury + m * units[v].injury) / (n + m)
    units[v].loss = (n * units[u].loss + m * units[v].loss) / (n + m)
    for j in range(n):
        i = roll.who[units[u].first + j]
        if persons[i].hardened == 0 and persons[i].stage == NONE:
            resume(state, u, j)  # the willing of one unit may not be willing in the other: tomorrow decides
        insert(state, v, i, roll.harden_at[units[u].first + j] - units[u].clock + units[v].clock)
    units[u].n, units[u].unhardened, units[u].prefix, units[u].sure = 0, 0, 0, 0
    units[u].closed = 1


@loop
def close_units(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """End of the day: units below use are merged where another can take all of them."""
    units = state.units
    for u in range(len(units)):
        if units[u].closed == 0 and 0 < units[u].n < parameters.recruitment.smallest_unit:
            v = _receiver(state, u)
            if v >= 0:
                _merge(state, u, v)


MECHANISM = Mechanism(
    name="recruitment",
    params=Params,
    reads=(
        "regions.key", "regions.population", "regions.youth", "regions.history", "regions.support", "regions.baseline0",
        "regions.control", "regions.control0", "regime.military0", "regime.mean_control", "regime.draft_control",
        "units.n", "units.cap", "units.closed", "units.branch", "units.region", "units.injury", "units.loss", "units.first",
        "units.clock", "units.free", "persons.hardened", "persons.stage", "regions.post_first",
        "regions.post_last", "regime.air_share", "regime.navy_share", "regime.free", "roll.who", "roll.harden_at",
    ),
    writes=(
        "regime.draft_control", "regime.free", "units.free", "units.injury", "units.loss", "units.n",
        "units.unhardened", "units.prefix", "units.sure", "units.closed",
    ),
    drivers=(
        "volunteer_multiplier", "lowered_share", "age_floor", "quota", "quota_planned", "recall", "police_intake",
    ),
    streams=("recruitment.count", "recruitment.person", "recruitment.post", "recruitment.branch", "recruitment.standard"),
    formulas=(volunteers,),
)  # fmt: skip
