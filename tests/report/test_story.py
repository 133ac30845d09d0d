"""The checks must be able to fail: each is shown a course that contradicts its statement."""

from __future__ import annotations

import copy
from types import SimpleNamespace

import numpy as np
import pytest

from muster.core.vocabulary import BRANCHES, EXITS, FATES
from muster.report.story import check_story, rank_correlation


def _verdicts(case, runs, truce=None):
    return {check.id: check.ok for check in check_story(case, runs, truce)}


def _changed(run, **data):
    other = copy.copy(run)
    other.data = {**run.data, **data}
    return other


def test_the_made_up_course_tells_the_story(case, runs):
    verdicts = _verdicts(case, runs)
    assert "ceasefire" not in verdicts
    assert verdicts == dict.fromkeys(verdicts, True)


def test_every_check_carries_its_numbers(case, runs):
    for check in check_story(case, runs):
        assert any(digit in check.figure for digit in "0123456789")
        assert check.statement


@pytest.mark.parametrize(
    "name", ["support-rises", "support-harm", "recruits", "control-erodes", "air", "police-first", "silent-leavers"]
)
def test_a_contrary_course_fails(case, runs, name):
    run = runs[0]
    exits = run.data["exits"].copy()
    backward = {name: run.data[name][::-1] for name in ("support", "control", "militia", "strikes")}
    if name == "support-harm":
        backward = {"support": run.data["support"][:, ::-1]}
    elif name == "police-first":
        exits[:, :, BRANCHES.index("police")] = exits[::-1, :, BRANCHES.index("police")]
        backward = {"exits": exits}
    elif name == "silent-leavers":
        exits[..., EXITS.index("defected")] += 1
        backward = {"exits": exits}
    assert _verdicts(case, [run])[name]
    assert not _verdicts(case, [_changed(run, **backward)])[name]


def test_units_that_lose_many_fail(case, runs):
    crowded = copy.copy(runs[0])
    ends = runs[0].units["unit_exits"].copy()
    ends[:, FATES.index("defected")] += 2
    crowded.units = {**runs[0].units, "unit_exits": ends}
    assert not _verdicts(case, [crowded])["alone-in-unit"]


@pytest.mark.parametrize(("moved", "holds"), [(0.0, True), (0.005, True), (0.2, False), (-0.99, False)])
def test_a_ceasefire_freezes_the_front(case, runs, moved, holds):
    """From day 200 on the organisations of region 0 are at truce; control there then drifts by ``moved``."""
    truces = []
    for run in runs:
        control = run.data["control"].copy()
        control[200:, 0] = control[200, 0] + 1e-9 + moved * np.linspace(0, 1, len(control) - 200)
        truces.append(_at_truce(_changed(run, control=control), region=0))
    assert _verdicts(case, runs, truces)["ceasefire"] is holds


def _at_truce(run, *, region):
    truce = copy.copy(run)
    change = SimpleNamespace(driver="engagement", region=region)
    truce.scenario = SimpleNamespace(name="truce", changes=(change,))
    return truce


def test_a_ceasefire_of_other_seeds_is_no_pair(case, runs, make_run):
    assert not _verdicts(case, runs, [make_run(case, seed=99)])["ceasefire"]


def test_rank_correlation_with_ties():
    assert rank_correlation(np.array([1, 2, 3]), np.array([10, 20, 90])) == pytest.approx(1)
    assert rank_correlation(np.array([1, 2, 3]), np.array([3, 2, 1])) == pytest.approx(-1)
    assert rank_correlation(np.array([1, 1, 1]), np.array([3, 2, 1])) == 0
    assert rank_correlation(np.array([1, 2, 2, 4]), np.array([1, 2, 2, 4])) == pytest.approx(1)
