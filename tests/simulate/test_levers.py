"""Nothing the model names is a switch that does nothing: every parameter and every driver moves the history of Tinyland."""

import numpy as np
import pytest

import muster
from muster.case import DRIVERS
from muster.model.order import mechanisms
from muster.simulate.scenario import Scenario

# How far to move what twice as much, or half of it, hardly moves in a case of 2,000 persons and two years.
FURTHER = {
    "programme.joiner_share": ("set", 0.5),  # of some 40 taken out
    "recruitment.surge": ("set", 0.3),  # support never falls below what it was, so the bound must come down to it
    "programme.stipend_months": ("set", 3.0),  # the default ends after the run
    "driver.blackout": ("set", 0.9),
    "driver.cash": ("multiply", 5.0),
    "driver.income": ("multiply", 0.3),
    "driver.age_floor": ("add", 2.0),
}
# Money matters where it is short: these are moved in a Tinyland whose programme has little of it.
POOR = {"programme.stipend_months", "driver.income", "driver.cash", "driver.stipend"}
# What is for reporting alone: it shows in columns of those who left and in nothing that happens.
REPORTING = {"driver.age_floor"}
PARAMETERS = {parameter.name: parameter for mechanism in mechanisms() for parameter in mechanism.parameters}
TARGETS = [*PARAMETERS, *(f"driver.{driver.name}" for driver in DRIVERS)]
WHAT_HAPPENS = ("exits", "intake", "control", "support", "militia", "strength")


def moved(case, target=None, *, poor=False):
    """The history with ``target`` moved, in a poor or a normal Tinyland."""
    changes = muster.scenario(case, "poor", {"driver.income": 0.02}).changes if poor else ()
    if target is not None:
        if target in FURTHER:
            operation, value = FURTHER[target]
        elif target in PARAMETERS:
            operation, value = "multiply", 2.0 if PARAMETERS[target].admits(2.0 * PARAMETERS[target].default) else 0.5
        else:
            operation, value = "multiply", 0.5
        changes += muster.scenario(case, "moved", {target: value}, operation=operation).changes
    return muster.simulate(case, seed=1, scenario=Scenario("moved", changes=changes))


@pytest.fixture(scope="module")
def poor(case):
    return moved(case, poor=True)


@pytest.mark.parametrize("target", TARGETS)
def test_it_does_something(case, base, poor, target):
    before, run = poor if target in POOR else base, moved(case, target, poor=target in POOR)
    assert run.result_hash != before.result_hash
    happens = any((run.data[name] != before.data[name]).any() for name in WHAT_HAPPENS)
    assert happens is not (target in REPORTING)


def test_an_age_floor_shows_in_the_ages_of_those_who_left_alone(case, base):
    run = moved(case, "driver.age_floor")
    assert all((run.data[name] == base.data[name]).all() for name in run.data)
    changed = {name for name in run.leavers if (run.leavers[name] != base.leavers[name]).any()}
    assert changed == {"age", "age_at_entry"}
    assert (run.leavers["age_at_entry"] >= base.leavers["age_at_entry"]).all()


def test_everything_a_run_can_record_happens_in_tinyland(base):
    """Else the tests above would say little of it."""
    empty = {name for name, array in base.data.items() if not np.any(array)}
    assert empty <= {"changed_mind", "turned_away", "blocked_family"}
