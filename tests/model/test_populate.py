"""The state of rest: everybody is there, laid out as the case says, and nobody has a new reason to leave."""

import math

import numpy as np
import pytest

from muster.case import load_case
from muster.core.vocabulary import BRANCHES, RANKS
from muster.model.order import Parameters
from muster.model.populate import clash_tables, lay_out_regions, populate
from muster.model.roster import lay_out_units

PARAMETERS = Parameters()


@pytest.fixture(scope="module")
def case():
    return load_case("tinyland", strength="high")


def trimmed(state):
    """The state without the room for recruits."""
    return state._replace(persons=state.persons[: int(state.regime["people"])])


@pytest.fixture(scope="module")
def state(case):
    return trimmed(populate(case, seed=3, parameters=PARAMETERS, steps=100))


def test_everybody_of_the_order_of_battle_is_there(case, state):
    for branch, name in enumerate(BRANCHES):
        wanted = sum(formation.persons for formation in case.formations if formation.branch == name)
        assert state.units["n"][state.units["branch"] == branch].sum() == wanted
        assert state.regions["heads"][:, branch].sum() == wanted
    for formation in case.formations:
        there = (state.units["branch"] == BRANCHES.index(formation.branch)) & (state.units["region"] == formation.region)
        assert state.units["n"][there].sum() >= formation.persons
    assert (
        int(state.regime["people"])
        == int(state.regime["service"])
        == len(state.persons)
        == sum(f.persons for f in case.formations)
    )


def test_members_stand_in_the_order_of_their_thresholds(state):
    for unit in state.units:
        first, n = int(unit["first"]), int(unit["n"])
        assert (np.diff(state.roll.theta[first : first + n]) >= 0).all()
        assert unit["prefix"] == unit["sure"] == 0  # the pointers walk on the first day
        assert unit["cap"] == math.ceil(1.25 * n) + 10


def test_persons_of_a_formation_are_spread_over_its_units_to_within_one(case):
    units = lay_out_units(case, 1, 0.3)
    for branch, region in {(unit["branch"], unit["region"]) for unit in units}:
        sizes = units["n"][(units["branch"] == branch) & (units["region"] == region)]
        assert sizes.max() - sizes.min() <= 1


def test_attributes_have_the_shares_of_the_pack(case, state):
    persons, composition = state.persons, case.composition
    count = len(persons)
    officers = persons["rank"] == RANKS.index("officer")
    assert officers.mean() == pytest.approx(composition.officer_share, abs=4 * math.sqrt(0.07 * 0.93 / count))
    other = persons["rank"] == 0
    share = composition.dependants_share["other_rank"]
    assert persons["dependants"][other].mean() == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / other.sum()))
    assert (persons["in_barracks"] <= persons["dependants"]).all()
    soldiers = state.units["branch"][persons["unit"]] != BRANCHES.index("police")
    north = (persons["home"][soldiers] == 0).mean()
    assert north == pytest.approx(case.regions[0].history, abs=4 * math.sqrt(0.24 / soldiers.sum()))
    assert set(np.unique(persons["age"])) <= set(composition.entry_ages)


def test_thresholds_have_the_mean_of_their_class(state):
    officers = state.persons["rank"] == RANKS.index("officer")
    branch = state.units["branch"][state.persons["unit"]]
    for code, mean in ((0, PARAMETERS.resolve.threshold_army), (4, PARAMETERS.resolve.threshold_police)):
        thetas = (
            state.persons["theta"][(branch == code) & ~officers]
            - state.units["shift"][state.persons["unit"]][(branch == code) & ~officers]
        )
        assert thetas.mean() == pytest.approx(mean, abs=5 / math.sqrt(len(thetas)))


def test_nothing_has_happened(state):
    assert (state.units["injury"] == 0).all()
    assert (state.units["loss"] == 0).all()
    assert (state.units["drive"] == 0).all()
    assert (state.regions["militia"] == 0).all()
    assert float(state.regime["security"]) == 0.0
    assert float(state.regime["information"]) == 1.0
    assert float(state.regime["arrest_risk"]) == PARAMETERS.security.arrest_low
    assert (state.regions["support"] == state.regions["baseline0"]).all()


def test_everybody_has_a_day_of_discharge_and_stands_in_the_calendar_if_it_comes(state):
    due = state.persons["discharge"]
    assert (due >= 1).all()
    listed = []
    for day in range(len(state.days)):
        i = int(state.days["discharge"][day])
        while i >= 0:
            assert due[i] == day
            listed.append(i)
            i = int(state.persons["next_discharge"][i])
    assert sorted(listed) == np.flatnonzero(due < len(state.days)).tolist()


def test_another_seed_draws_other_people_and_the_same_seed_the_same(case, state):
    again = trimmed(populate(case, seed=3, parameters=PARAMETERS, steps=100))
    for one, two in zip((*again[:2], *again.roll, again.regions), (*state[:2], *state.roll, state.regions), strict=True):
        assert (one == two).all()
    other = trimmed(populate(case, seed=4, parameters=PARAMETERS, steps=100))
    assert len(set(other.persons["key"].tolist()) & set(state.persons["key"].tolist())) == 0


def test_a_persons_luck_does_not_depend_on_other_formations(case, state):
    from dataclasses import replace

    fewer = replace(case, formations=case.formations[1:])
    there = trimmed(populate(fewer, seed=3, parameters=PARAMETERS, steps=100)).persons
    before = dict(zip(state.persons["key"].tolist(), state.persons["theta"].tolist(), strict=True))
    assert all(before[key] == theta for key, theta in zip(there["key"].tolist(), there["theta"].tolist(), strict=True))


def test_regions_know_their_neighbours_both_ways(case):
    regions, neighbours = lay_out_regions(case, 1)
    pairs = {
        (a, int(b))
        for a, region in enumerate(regions)
        for b in neighbours[int(region["neighbour_first"]) : int(region["neighbour_last"])]
    }
    assert pairs == {pair for a, b in case.adjacency for pair in ((a, b), (b, a))}
    odds = regions["control"] / (1 - regions["control"])
    assert np.exp(regions["log_odds"]) == pytest.approx(odds)


def test_the_table_of_clash_sizes():
    table = clash_tables(2.0, 3)  # 1, 1/4, 1/9; moments 1, 1/2, 1/3
    assert table["mass"] == pytest.approx([0, 1, 1.25, 1.361111], abs=1e-6)
    assert table["moment"] == pytest.approx([0, 1, 1.5, 1.833333], abs=1e-6)
    assert len(clash_tables(2.5, 1_000_000)) == 2001
