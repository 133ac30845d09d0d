"""Designs and fronts: what is dominated is not on it, the budget binds, costs are of pairs."""

from dataclasses import replace

import numpy as np
import pytest

import muster
from muster.compare.design import AS_IT_WAS, LEVERS, draw_designs, first_outreach
from muster.compare.frontier import frontier, judge_designs, on_front
from muster.simulate.settings import parameters_on, tabulate_drivers


@pytest.fixture(scope="module")
def searched(tiny):
    designs = draw_designs(("places", "cash", "contacts"), 6, most=4.0, seed=1)
    start = first_outreach(tiny)
    scenarios = [design.scenario(start) for design in designs]
    return designs, start, muster.simulate_ensemble(tiny, None, scenarios, draws=3)


def test_the_front_is_what_nothing_allowed_beats():
    scores = np.array([[1.0, 1.0], [2.0, 0.0], [0.5, 0.5], [9.0, 9.0], [1.0, 1.0]])
    assert on_front(scores, np.array([True, True, True, False, True])).tolist() == [True, True, False, False, True]


def test_designs_are_bounded_and_begin_with_the_programme_as_it_was():
    designs = draw_designs(LEVERS, 12, most=3.0, seed=2)
    assert len(designs) == 13
    assert designs[0].name == AS_IT_WAS
    assert set(designs[0].factors.values()) == {1.0}
    factors = np.array([list(design.factors.values()) for design in designs[1:]])
    assert factors.min() >= 1 / 3
    assert factors.max() <= 3
    assert np.log(factors).mean(axis=0) == pytest.approx(0.0, abs=0.25)


def test_a_design_pulls_its_levers_from_its_start_on(tiny):
    design = replace(draw_designs(LEVERS, 1, most=3.0, seed=2)[1], factors=dict.fromkeys(LEVERS, 2.0))
    start = first_outreach(tiny)
    none, pulled = muster.scenario(tiny, "none"), design.scenario(start)
    before, after = (tabulate_drivers(tiny, scenario, 400) for scenario in (none, pulled))
    day = (start - tiny.start).days
    for lever in ("places", "cash", "stipend", "income"):
        assert (after.nation[lever][:day] == before.nation[lever][:day]).all()
        np.testing.assert_allclose(after.nation[lever][day:], 2 * before.nation[lever][day:])
    rates = [parameters_on(tiny, scenario, tiny.until).programme.contact_rate for scenario in (none, pulled)]
    assert rates[1] == pytest.approx(2 * rates[0])


def test_designs_are_judged_in_pairs_under_the_budget(searched):
    designs, start, ensemble = searched
    found = judge_designs(ensemble, designs, start=start)
    rows = {row.design.name: row for row in found.designs}
    base = rows[AS_IT_WAS]
    assert (base.safe.median, base.safe.low, base.safe.high, base.cost) == (0, 0, 0, None)
    assert len(rows) == 7
    assert [row.front for row in found.designs] == sorted((row.front for row in found.designs), reverse=True)
    assert list(found.efficient) == [row for row in found.designs if row.front >= 0.5]
    assert found.efficient
    assert all(row.front <= row.affordable for row in found.designs)
    poor = judge_designs(ensemble, designs, start=start, budget=0.0)
    assert all(row.affordable == row.front == 0 for row in poor.designs)


def test_places_cost_what_the_user_says(searched):
    designs, start, ensemble = searched
    free, dear = (judge_designs(ensemble, designs, start=start, place_cost=price) for price in (0.0, 2.0))
    months = sum((last - start).days for last in ensemble.months[-1:]) / 30.44
    places = {row.design.name: row.design.factors["places"] for row in free.designs}
    for row in free.designs:
        other = next(one for one in dear.designs if one.design.name == row.design.name)
        assert other.spent.median - row.spent.median == pytest.approx(2.0 * 20 * places[row.design.name] * months, rel=0.1)


def test_more_goals_make_a_longer_front(searched):
    designs, start, ensemble = searched
    two = judge_designs(ensemble, designs, start=start)
    four = judge_designs(ensemble, designs, start=start, goals=("safe", "housed", "wait", "spent"))
    front = {row.design.name: row.front for row in two.designs}
    assert all(row.front >= front[row.design.name] for row in four.designs)


def test_the_whole_way_gives_the_same(tiny, searched):
    designs, start, ensemble = searched
    found = frontier(tiny, None, levers=("places", "cash", "contacts"), designs=6, most=4.0, draws=3)
    assert found == judge_designs(ensemble, designs, start=start)


def test_wrong_questions_are_refused(tiny, searched):
    designs, start, ensemble = searched
    with pytest.raises(muster.MusterError, match='Did you mean "places"'):
        draw_designs(("place",), 3, most=2.0, seed=1)
    with pytest.raises(muster.MusterError, match="needs a lever"):
        draw_designs(("places",), 3, most=1.0, seed=1)
    with pytest.raises(muster.MusterError, match="not a goal"):
        judge_designs(ensemble, designs, start=start, goals=("glory",))
    for budget in (-5.0, 0.0, float("nan")):
        with pytest.raises(muster.MusterError, match="above 0"):
            frontier(tiny, None, budget=budget)
    bare = replace(tiny, series=tuple(one for one in tiny.series if one.driver != "outreach"))
    with pytest.raises(muster.MusterError, match="no support programme"):
        first_outreach(bare)
