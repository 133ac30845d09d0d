"""Sweeps: points one at a time or all together, paired with what is not turned."""

from __future__ import annotations

from datetime import date

import pytest

import muster
from muster.compare.sweep import Knob, far_from_prior, spaced
from muster.core.errors import MusterError

RATE, PLACES = Knob("exit.attempt_rate", (0.003, 0.012)), Knob("places", (0.5, 2.0), "multiply", date(2031, 5, 1))


def swept(case, *knobs, **more):
    return muster.sweep(case, None, knobs, draws=2, until="2031-09-30", **more)


def test_one_at_a_time_and_all_together(case):
    assert len(swept(case, RATE, PLACES)["outcome"]) == 5 * (1 + 2 + 2)
    assert len(swept(case, RATE, PLACES, design="grid")["outcome"]) == 5 * (1 + 4)


def test_a_point_is_the_run_it_names(case):
    table = swept(case, RATE)
    row = table[(table["exit.attempt_rate"] == 0.012) & (table.outcome == "exits.voluntary")].iloc[0]
    scenario = muster.scenario(case, "x", {"exit.attempt_rate": 0.012}, operation="set")
    found = muster.simulate_ensemble(case, None, ["baseline", scenario], draws=2, until="2031-09-30").data["exits"]
    voluntary = found[..., [0, 1, 4]].sum(axis=(2, 3, 4, 5))
    assert row["median"] == voluntary[1].mean()
    assert row["change"] == (voluntary[1] - voluntary[0]).mean()


def test_a_value_that_is_the_default_changes_nothing(case):
    table = swept(case, Knob("exit.attempt_rate", (0.006,)))
    assert (table[["change", "change_low90", "change_high90"]] == 0).all(axis=None)


def test_a_value_that_the_prior_does_not_know_is_told():
    (said,) = far_from_prior([Knob("exit.attempt_rate", (0.006, 5.0, 9.0)), PLACES, RATE])
    assert said.startswith("exit.attempt_rate: 5, 9 outside ")
    assert far_from_prior([Knob("exit.attempt_rate", (-1.0, 0.0))])


def test_wrong_sweeps_are_refused(case):
    with pytest.raises(MusterError, match="Nothing is to be turned"):
        swept(case)
    with pytest.raises(MusterError, match="given twice"):
        swept(case, RATE, RATE)
    with pytest.raises(MusterError, match="more than 500"):
        swept(case, Knob("exit.attempt_rate", spaced(0.001, 0.01, 501)))
    with pytest.raises(MusterError, match="are no values"):
        spaced(0.0, 1.0, 0)
    with pytest.raises(MusterError, match="runs failed"):
        swept(case, Knob("security.arrest_low", (2.0,)))
