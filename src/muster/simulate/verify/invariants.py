"""What must hold of every state, whatever the case: nobody is lost or counted twice, and no quantity leaves its range."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from muster.core.draws import name_key, uniform
from muster.core.vocabulary import BRANCHES, FATES, VOLUNTARY
from muster.model.mechanisms.programme import MONTH
from muster.model.state import LISTED, NONE, VETTING, Table
from muster.model.tally import DEFECTED
from muster.simulate.run import Simulation

_JOIN, _STAY = name_key("programme.join"), name_key("programme.stay")
_FATES_GONE = [FATES.index(name) - 1 for name in VOLUNTARY]
_ROUNDING = 1e-6  # of money and motives, which are sums of many fractions


def broken(of: Simulation) -> list[str]:
    """The laws of book-keeping that a simulation breaks today, in words; an empty list if it is sound."""
    people = of.state.persons[: int(of.state.regime["people"])]
    step = round(of.day / of.dt)
    checks = (_persons(of, people), _units(of, people), _groups(of, people), _programme(of, people, step), _ranges(of, step))
    return [problem for check in checks for problem, holds in check if not holds]


def _persons(of: Simulation, people: Table) -> Iterator[tuple[str, bool]]:
    state, record = of.state, of.record
    serving = people["status"] == 0
    intake, first = int(record.region["intake"].sum()), int(state.units["n0"].sum())
    yield "persons are not those of the start and the intake", len(people) == first + intake
    yield "in service is miscounted", int(state.regime["service"]) == int(serving.sum()) == int(state.units["n"].sum())
    by_fate = np.bincount(people["status"], minlength=len(FATES))
    exits = record.region["exits"].sum(axis=(0, 1, 2), dtype=np.int64)
    yield "exits by fate are miscounted", bool((by_fate[1:] == exits).all())
    by_unit = np.zeros_like(record.units)
    np.add.at(by_unit, (people["unit0"], people["status"]), 1)
    yield "exits by unit are miscounted", bool((by_unit[:, 1:] == record.units[:, 1:]).all())
    heads = np.zeros_like(state.regions["heads"])
    unit = people["unit"][serving]
    np.add.at(heads, (state.units["region"][unit], state.units["branch"][unit]), 1)
    yield "heads by region and branch are miscounted", bool((heads == state.regions["heads"]).all())
    yield "a person left on no day, or serves and has left", bool(((people["left"] >= 0) == ~serving).all())
    yield "two persons share their luck", len(np.unique(people["key"])) == len(people)


def _units(of: Simulation, people: Table) -> Iterator[tuple[str, bool]]:
    units, roll = of.state.units, of.state.roll
    ordered = (units["sure"] >= 0) & (units["sure"] <= units["prefix"]) & (units["prefix"] <= units["unhardened"])
    yield "pointers of a unit are out of order", bool((ordered & (units["unhardened"] <= units["n"])).all())
    yield "a unit has more members than places", bool((units["n"] <= units["cap"]).all())
    yield "a closed unit has members", bool((units["n"][units["closed"] != 0] == 0).all())
    sizes = units["n"].astype(np.int64)
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    of_unit = np.repeat(np.arange(len(units)), sizes)
    key, harden_at, theta, due, who, ties = (column[units["first"][of_unit] + within] for column in roll)
    open_ = within < units["unhardened"][of_unit]
    listed = bool(((who >= 0) & (who < len(people))).all())
    yield "the roll names nobody", listed
    if not listed:
        return
    members = people[who]
    yield "a person stands on the roll twice", len(np.unique(who)) == len(who)
    yield "somebody on the roll has left", bool((members["status"] == 0).all())
    yield "somebody stands on the roll of another unit", bool((members["unit"] == of_unit).all())
    yield "the open part of a roll is not sorted", bool(_sorted(theta, of_unit, open_))
    yield "the roll has another threshold than the person", bool((theta == members["theta"])[open_].all())
    yield "the roll has another luck than the person", bool((key == members["key"]).all())
    yield "the roll has another day of discharge than the person", bool((due == members["discharge"]).all())
    yield "the roll has other ties than the person", bool((ties == members["home"] + 256 * members["cohort"].astype(int)).all())
    yield "the ranks of a unit are not closed", bool(((units["marked"] == 0) & (units["vacant"] == 0)).all())
    soonest, clock = units["soonest"][of_unit], units["clock"][of_unit]
    yield "a hardening clock strikes before the unit looks", bool((harden_at >= soonest)[open_].all())
    yield "a hardening clock struck unheard", bool((harden_at > clock).all())
    yield "the hardened are not where they belong", bool((open_ == (members["hardened"] == 0)).all())
    yield "a hardened person has a threshold on the roll", bool(np.isinf(theta[~open_]).all())


def _sorted(theta: np.ndarray, unit: np.ndarray, open_: np.ndarray) -> bool:
    together = open_[1:] & open_[:-1] & (unit[1:] == unit[:-1])
    return bool((theta[1:] >= theta[:-1])[together].all())


def _groups(of: Simulation, people: Table) -> Iterator[tuple[str, bool]]:
    state, record = of.state, of.record
    for name, groups in (("home", state.homes), ("cohort", state.cohorts)):
        ever = np.bincount(people[name], minlength=len(groups))
        yield f"persons ever of a {name} are miscounted", bool((ever == groups["ever"]).all())
    went = record.region["exits"][..., _FATES_GONE].sum(axis=(1, 3))
    motives = record.nation["motives"].sum(axis=2)
    yield "motives do not add up to voluntary exits", bool(np.abs(went - motives).max() < _ROUNDING)
    flows = record.region[["militia_joined", "militia_killed", "militia_left"]]
    joined = int(flows["militia_joined"].sum()) + int(record.nation["joined_militia"].sum())
    lost = int(flows["militia_killed"].sum()) + int(flows["militia_left"].sum())
    yield "militia is miscounted", int(state.regions["militia"].sum()) == joined - lost
    yield "militia is below nobody", bool((state.regions["militia"] >= 0).all())


def _programme(of: Simulation, people: Table, step: int) -> Iterator[tuple[str, bool]]:
    programme, nation = of.state.programme, of.record.nation
    serving = people["status"] == 0
    yield "somebody who left is still in the programme's hands", bool((people["stage"][~serving] == NONE).all())
    yield "those vetted are miscounted", int(programme["vetting"]) == int((people["stage"] == VETTING).sum())
    yield "those waiting are miscounted", int(programme["waiting"]) == int((people["stage"] == LISTED).sum())
    paid = nation["stipend_paid"].sum() + nation["cash_paid"].sum()
    slack = _ROUNDING * (1.0 + float(nation["income"].sum()))
    yield "the money does not add up", bool(abs(nation["income"].sum() - paid - programme["balance"]) < slack)
    yield "the programme is in debt", float(programme["balance"]) > -slack
    yield from _households(of, people[people["status"] == DEFECTED], step)


def _households(of: Simulation, taken: Table, step: int) -> Iterator[tuple[str, bool]]:
    """Everybody the programme took in, followed again from their own luck (as long as its parameters have not changed)."""
    programme, p = of.state.programme, of.parameters.programme
    luck = [[uniform(key, stream, 0, 0) for stream in (_JOIN, _STAY)] for key in taken["key"]]
    joins, stays = np.array(luck).reshape(-1, 2).T
    joined = joins < p.joiner_share
    yield "those who joined the militia are miscounted", int(joined.sum()) == int(of.record.nation["joined_militia"].sum())
    out = taken["left"] + np.maximum(1, np.ceil(-np.log(stays) * p.stay_days / of.dt))
    end = out + max(1, math.ceil(p.stipend_months * MONTH / of.dt))
    housed, settled = ~joined & (out > step), ~joined & (out <= step) & (end > step)
    need = np.where(taken["dependants"] != 0, int(p.family_size), 1)
    yield "places do not add up", int(need[housed].sum()) == int(programme["places_used"])
    yield "households do not add up", int(housed.sum()) == int(programme["housed"])
    yield "settled households do not add up", int(settled.sum()) == int(programme["settled"])


def _ranges(of: Simulation, step: int) -> Iterator[tuple[str, bool]]:
    state, nation = of.state, of.record.nation[: step + 1]
    shares = {
        **{f"units.{name}": state.units[name] for name in ("injury", "loss")},
        **{f"regions.{name}": of.record.region[name][: step + 1] for name in ("support", "control", "threat")},
        **{name: nation[name] for name in ("security", "information", "arrest_risk", "mean_control", "credibility")},
    }
    for name, values in shares.items():
        yield f"{name} is not between 0 and 1", bool(((values >= 0.0) & (values <= 1.0)).all())
    yield "remembered exits are below nobody", bool((state.units["gone"] >= 0.0).all())
    yield "somebody exposed is not counted", bool(np.isfinite(state.regions["exposure"]).all())
    yield "a drive is not a number", bool(np.isfinite(state.units["terms"]).all())
    strength = of.record.region["strength"][step].sum(axis=0)
    by_branch = np.bincount(state.units["branch"], weights=state.units["n"], minlength=len(BRANCHES))
    yield "strength recorded is not that of the units", bool((strength == by_branch).all())
