"""Ensembles: who is simulated, on what luck, and that workers change nothing."""

from __future__ import annotations

import numpy as np
import pytest

import muster
from muster.compare.ensemble import simulate_ensemble
from muster.compare.plan import choose_members
from muster.simulate.monthly import read_monthly

UNTIL = "2031-12-31"


@pytest.fixture(scope="module")
def pair(case):
    return simulate_ensemble(case, None, ["baseline", "early-cash"], draws=3, until=UNTIL)


def test_members_share_their_luck_over_scenarios():
    assert choose_members(2, seeds=2, seed=5) == ((0, 5), (1, 6), (0, 7), (1, 8))
    assert choose_members(2, fitted=False) == ((0, 1), (0, 2))


def test_each_cell_is_the_run_it_names(case, pair):
    lone = read_monthly(muster.simulate(case, seed=3, scenario=muster.load_scenario(case, "early-cash"), until=UNTIL))
    assert pair.members[2] == (0, 3)
    for name, values in lone.items():
        np.testing.assert_array_equal(pair.data[name][pair.place("early-cash"), 2], values)
        assert pair.data[name].shape == (2, 3, len(pair.months), *values.shape[1:])


def test_the_number_of_workers_changes_nothing(case, pair):
    again = simulate_ensemble(case, None, ["baseline", "early-cash"], draws=3, until=UNTIL, workers=1)
    for name, values in pair.data.items():
        np.testing.assert_array_equal(again.data[name], values)


def test_a_scenario_that_changes_nothing_differs_by_nothing(case):
    null = muster.scenario(case, "null", {"driver.cash": 1.0}, operation="multiply")
    found = simulate_ensemble(case, None, ["baseline", null], draws=2, until=UNTIL)
    assert all((values[0] == values[1]).all() for values in found.data.values())


def test_wrong_questions_are_refused(case, pair):
    with pytest.raises(muster.MusterError, match="not a scenario of tinyland"):
        simulate_ensemble(case, None, ["early-csh"], draws=1)
    with pytest.raises(muster.MusterError, match="no history"):
        simulate_ensemble(case, None, ["baseline"], draws=0)
    with pytest.raises(muster.MusterError, match="Two scenarios are called"):
        simulate_ensemble(case, None, ["baseline", "baseline"], draws=1)
    with pytest.raises(muster.MusterError, match="holds no scenario"):
        pair.place("no-such")
