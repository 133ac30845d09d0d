"""The state of rest on day 0: everybody in the force, made from the order of battle of a case."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from muster.case import Case
from muster.core.compile import kernel
from muster.core.draws import derive, name_key, uniform
from muster.core.vocabulary import BRANCHES, RANKS
from muster.model.enlistment import age_at_entry, hardening_clock, mean_threshold, pick, threshold
from muster.model.parameter import packed
from muster.model.roll import take_place
from muster.model.roster import lay_out_units, post_places
from muster.model.state import (
    CLASH,
    DAY,
    GROUP,
    PERSON,
    PROGRAMME,
    REGIME,
    REGION,
    Floats,
    State,
    Table,
    empty_roll,
    one,
)
from muster.model.tally import AIR_FORCE, NCO, OFFICER, OTHER_RANK, POLICE, VOLUNTEER
from muster.model.wastage import begin

_YEARS = 31  # intakes told apart before the run, 0 to 30 years of service
_LARGEST_CLASH = 2000  # members beyond which the clash-size law is not truncated further
_RANK, _FAMILY, _BARRACKS, _HOME, _SERVICE, _ORDINAL = (
    name_key(f"entry.{name}") for name in ("rank", "dependants", "barracks", "home", "service", "ordinal")
)


def _cumulative(shares: list[float]) -> Floats:
    """Cumulative shares, scaled so that the last is exactly 1."""
    total = np.cumsum(np.asarray(shares, dtype=np.float64))
    return total / total[-1] if total[-1] > 0 else np.ones(len(shares))


def empty_persons(count: int) -> Table:
    """Room for ``count`` persons. Whoever enters writes their whole row, so rows not yet used cost no memory."""
    return np.zeros(count, PERSON)


@kernel
def _rank(key: np.uint64, ncos: float, officers: float) -> int:
    """Rank from a person's luck."""
    draw = uniform(key, _RANK, 0, 0)
    return OFFICER if draw < officers else (NCO if draw < officers + ncos else OTHER_RANK)


@kernel
def _draw_thresholds(keys: Any, thetas: Any, sorting: Any, units: Table, parameters: Any, ncos: float, officers: float) -> None:
    """Luck and thresholds of everybody, unit by unit, and whole numbers that sort the members of a unit by threshold.

    Floats sort like integers once the sign is folded in; the ordinal below tells equals apart and remembers who it was.
    """
    bits = thetas.view(np.uint32)
    i = 0
    for u in range(len(units)):
        for ordinal in range(units[u].n):
            key = derive(units[u].key ^ _ORDINAL, ordinal)
            mean = mean_threshold(parameters, units[u].branch, VOLUNTEER, _rank(key, ncos, officers))
            keys[i], thetas[i] = key, threshold(key, mean, units[u].shift, parameters.resolve.unit_share)
            folded = ~bits[i] if bits[i] >> np.uint32(31) else bits[i] | np.uint32(0x80000000)
            sorting[i] = (np.uint64(folded) << np.uint64(32)) | np.uint64(ordinal)
            i += 1


@kernel
def _fill_persons(persons: Table, units: Table, groups: Any, drawn: Any, tables: Any, shares: Any) -> None:
    """Attributes of everybody, the members of a unit in the order of ``sorting``; counts heads by home and by intake."""
    homes, cohorts = groups
    keys, thetas, sorting = drawn
    home_shares, police_shares, service, ages = tables
    ncos, officers, dependants, barracks = shares
    i, years = 0, len(cohorts) // 2
    for u in range(len(units)):
        branch, first = units[u].branch, i
        for _ in range(units[u].n):
            drawn_as = first + (sorting[i] & np.uint64(0xFFFFFFFF))
            key = keys[drawn_as]
            rank, served = _rank(key, ncos, officers), pick(service, uniform(key, _SERVICE, 0, 0))
            home = pick(police_shares if branch == POLICE else home_shares, uniform(key, _HOME, 0, 0))
            cohort = (years if branch == POLICE else 0) + _YEARS - served
            family = uniform(key, _FAMILY, 0, 0) < dependants[rank]
            persons[i].key, persons[i].unit, persons[i].unit0, persons[i].theta = key, u, u, thetas[drawn_as]
            persons[i].home, persons[i].cohort, persons[i].rank, persons[i].entry = home, cohort, rank, VOLUNTEER
            persons[i].left, persons[i].next_release = -1, -1
            persons[i].service = served + uniform(key, _SERVICE, 0, 1)
            persons[i].age = age_at_entry(key, ages, VOLUNTEER, 0.0)
            persons[i].dependants = 1 if family else 0
            persons[i].in_barracks = 1 if family and uniform(key, _BARRACKS, 0, 0) < barracks[branch] else 0
            homes[home].ever += 1
            cohorts[cohort].ever += 1
            i += 1


def _draw_persons(case: Case, parameters: Any, units: Table, ages: Floats, groups: tuple[Table, Table]) -> Table:
    """Everybody, sorted within their unit by threshold: the willing of a unit lie side by side in memory too."""
    composition = case.composition
    tables = (
        _cumulative([region.history for region in case.regions]),
        _cumulative([region.population for region in case.regions]),
        _cumulative([math.exp(-365.25 * parameters.exit.wastage * a) for a in range(_YEARS)]),
        ages,
    )
    officers, ncos = composition.officer_share, composition.nco_share
    dependants = np.array([composition.dependants_share[rank] for rank in RANKS])
    barracks = np.array([composition.in_barracks_share[branch] for branch in BRANCHES])
    count = int(units["n"].sum())
    drawn = (np.empty(count, np.uint64), np.empty(count, np.float32), np.empty(count, np.uint64))
    _draw_thresholds(*drawn, units, packed(parameters), ncos, officers)
    for members in np.split(drawn[2], np.cumsum(units["n"])[:-1]):
        members.sort()
    persons = empty_persons(count + count // 8 + 1000)  # with room for recruits
    _fill_persons(persons, units, groups, drawn, tables, (ncos, officers, dependants, barracks))
    return persons


def lay_out_regions(case: Case, seed: int) -> tuple[Table, np.ndarray]:
    """Regions at rest (support and control as before the crisis, no militia, nobody harmed) and the list of neighbours."""
    regions = np.zeros(len(case.regions), REGION)
    regions["key"] = [name_key("region", seed, region.id) for region in case.regions]
    for name in ("population", "youth", "history", "fighters", "support", "control"):
        regions[name] = [getattr(region, name) for region in case.regions]
    regions["baseline0"], regions["control0"] = regions["support"], regions["control"]
    regions["log_odds"] = np.clip(np.log(regions["control"] / (1.0 - regions["control"])), -7.0, 7.0)
    neighbours: list[list[int]] = [[] for _ in case.regions]
    for a, b in case.adjacency:
        neighbours[a].append(b)
        neighbours[b].append(a)
    ends = np.cumsum([len(row) for row in neighbours])
    regions["neighbour_first"], regions["neighbour_last"] = ends - [len(row) for row in neighbours], ends
    return regions, np.array([b for row in neighbours for b in sorted(row)], dtype=np.int32)


def clash_tables(exponent: float, largest: int) -> Table:
    """Cumulative sums of the power law of clash sizes, for units up to ``largest``."""
    k = np.arange(1.0, min(largest, _LARGEST_CLASH) + 1.0)
    table = np.zeros(len(k) + 1, CLASH)
    table["mass"][1:], table["moment"][1:] = np.cumsum(k**-exponent), np.cumsum(k ** (1.0 - exponent))
    return table


def _lay_out_days(case: Case, steps: int, dt: float) -> tuple[Table, int]:
    """Empty calendars, and the number of intake classes of a service."""
    dates = np.datetime64(case.start) + np.ceil(np.arange(steps + 1) * dt).astype(int)
    years = dates.astype("datetime64[Y]").astype(int) + 1970 - case.start.year
    days = np.zeros(steps + 1, DAY)
    days["discharge"], days["release"] = -1, -1
    days["cohort"] = _YEARS + years
    return days, _YEARS + 1 + int(years.max())


def _regime(case: Case, units: Table, regions: Table, parameters: Any) -> Any:
    """The regime at rest."""
    regime, composition = one(REGIME), case.composition
    share = regions["population"] / regions["population"].sum()
    regime["people"] = regime["service"] = units["n"].sum()
    regime["military0"] = units["n"][units["branch"] != POLICE].sum()
    regime["air0"] = units["n"][units["branch"] == AIR_FORCE].sum()
    regime["information"] = 1.0
    regime["arrest_risk"] = parameters.security.arrest_low
    regime["mean_control"] = regime["mean_control0"] = (share * regions["control"]).sum()
    regime["draft_control"] = np.nan
    regime["air_share"] = composition.air_volunteer_share
    regime["navy_share"] = composition.navy_volunteer_share
    regime["dependants_share"] = composition.recruit_dependants_share
    return regime


@kernel
def _start_all_clocks(state: State, parameters: Any, dt: float) -> None:
    """Clocks of wastage and of hardening of everybody on the roll."""
    units, roll = state.units, state.roll
    for u in range(len(units)):
        for place in range(units[u].first, units[u].first + units[u].n):
            i = roll.who[place]
            roll.harden_at[place] = units[u].clock + hardening_clock(state.persons[i].key)
            units[u].soonest = min(units[u].soonest, roll.harden_at[place])
            begin(state, i, 0, parameters.exit.wastage, dt)
            roll.due[place] = state.persons[i].discharge


@kernel
def fill_roll(state: State) -> None:
    """Write everybody, sorted by unit and threshold, into the slices of their units."""
    persons, units, roll = state.persons, state.units, state.roll
    i = 0
    for u in range(len(units)):
        for place in range(units[u].first, units[u].first + units[u].n):
            roll.theta[place] = persons[i].theta
            take_place(state, place, i)
            i += 1


def enrol(state: State, parameters: Any, dt: float) -> None:
    """Fill the roll from the persons (sorted by unit and threshold), count heads, start everybody's clocks."""
    units = state.units
    fill_roll(state)
    np.add.at(state.regions["heads"], (units["region"], units["branch"]), units["n"])
    _start_all_clocks(state, parameters, dt)


def populate(case: Case, *, seed: int, parameters: Any, steps: int, dt: float = 1.0) -> State:
    """The state of rest of a case with one seed's luck, with calendars for ``steps`` steps of ``dt`` days.

    ``parameters`` is a tuple of the mechanisms' ``Params``, as `order.Parameters`.
    """
    units = lay_out_units(case, seed, math.sqrt(parameters.resolve.unit_share))
    regions, neighbours = lay_out_regions(case, seed)
    post_places(units, regions)
    days, years = _lay_out_days(case, steps, dt)
    shares = case.composition.entry_ages
    ages = _cumulative([shares.get(age, 0.0) for age in range(100)])
    groups = (np.zeros(len(regions), GROUP), np.zeros(2 * years, GROUP))
    persons = _draw_persons(case, parameters, units, ages, groups)
    programme = one(PROGRAMME)
    programme["paid_share"] = programme["credibility"] = 1.0
    largest = int(units["cap"].max())
    state = State(
        persons=persons,
        units=units,
        roll=empty_roll(int(units["cap"].sum())),
        regions=regions,
        neighbours=neighbours,
        homes=groups[0],
        cohorts=groups[1],
        days=days,
        regime=_regime(case, units, regions, parameters),
        programme=programme,
        queue=np.full(len(persons), -1, np.int32),
        clashes=clash_tables(parameters.combat.clash_exponent, max(200, largest)),
        ages=ages,
        scratch=np.zeros(largest),
    )
    enrol(state, packed(parameters), dt)
    return state
