"""Triggers: fire once, at the end of a day of their grid, on what the history shows; their changes begin on the day after."""

from datetime import date, timedelta

import numpy as np
import pytest

import muster
from muster.core.errors import InputError, MusterError
from muster.simulate.change import Change
from muster.simulate.scenario import Scenario, Trigger, load_scenario

PLACES = Change("driver.places", "multiply", 3.0)


def simulated(case, *triggers, seed=1, **more):
    return muster.simulate(case, seed=seed, scenario=Scenario("if", triggers=triggers), **more)


def test_it_fires_at_the_first_month_end_at_which_it_holds(case, base):
    control = base.data["mean_control"]
    ends = [day for day in range(1, base.days) if (case.start + timedelta(days=day + 1)).day == 1]
    level = float(np.sort(control[ends])[len(ends) // 2])
    wanted = next(day for day in ends if control[day] < level)
    run = simulated(case, Trigger("mean_control", "below", level, (PLACES,)))
    assert run.fired == (case.start + timedelta(days=wanted),)
    assert (run.data["places"][: wanted + 1] == base.data["places"][: wanted + 1]).all()
    assert (run.data["places"][wanted + 1 :] == 3.0 * base.data["places"][wanted + 1 :]).all()


def test_it_is_the_same_as_the_change_it_becomes(case):
    trigger = Trigger("strength", "above", 0.0, (Change("exit.attempt_rate", "multiply", 2.0),), every="week", days=60)
    run = simulated(case, trigger)
    first = case.start + timedelta(days=8)
    same = Scenario("dated", changes=(Change("exit.attempt_rate", "multiply", 2.0, first, first + timedelta(days=59)),))
    assert run.fired == (case.start + timedelta(days=7),)
    assert run.result_hash == muster.simulate(case, seed=1, scenario=same).result_hash


def test_one_that_never_holds_changes_nothing(case, base):
    run = simulated(case, Trigger("mean_control", "below", -1.0, (PLACES,)))
    assert run.fired == (None,)
    assert run.result_hash == base.result_hash


def test_it_is_not_looked_at_before_its_day_and_can_look_at_a_region(case):
    region = case.region_index("Hillmarch")
    trigger = Trigger("control", "above", 0.0, (PLACES,), region=region, after=date(2031, 8, 2))
    assert simulated(case, trigger).fired == (date(2031, 8, 31),)


def test_both_engines_progress_checkpoints_and_branches_agree(case, tmp_path):
    trigger = Trigger("strength", "above", 0.0, (Change("exit.attempt_rate", "multiply", 2.0),), after=date(2031, 6, 1))
    whole = simulated(case, trigger, until="2031-12-31")
    assert simulated(case, trigger, until="2031-12-31", engine="plain").data["exits"].tobytes() == whole.data["exits"].tobytes()
    assert simulated(case, trigger, until="2031-12-31", progress=lambda *_: None).result_hash == whole.result_hash
    for stop in ("2031-05-01", "2031-07-01"):
        half = muster.start(case, seed=1, scenario=whole.scenario, until="2031-12-31").advance(stop)
        muster.save_checkpoint(half, tmp_path / "half.npz")
        resumed = muster.resume(case, tmp_path / "half.npz").finish()
        assert (resumed.result_hash, resumed.fired) == (whole.result_hash, whole.fired)
        assert half.branch().finish().result_hash == whole.result_hash


def test_when_it_fired_is_kept_with_the_run(case, tmp_path):
    run = simulated(case, Trigger("strength", "above", 0.0, (PLACES,)), until="2031-06-30")
    run.save(tmp_path)
    assert muster.load_run(tmp_path).fired == run.fired == (date(2031, 3, 31),)
    assert muster.load_run(tmp_path).scenario == run.scenario
    assert muster.rerun(tmp_path).same
    assert run.summary_dict()["fired"] == ["2031-03-31"]


def test_a_change_out_of_bounds_is_refused_before_the_run(case):
    wrong = Trigger("waiting", "above", 1e9, (Change("driver.blackout", "add", 5.0),))
    with pytest.raises(MusterError, match="must stay within"):
        muster.start(case, scenario=Scenario("x", triggers=(wrong,)))


# ---- Files ----

GOOD = """name = "if"
[[trigger]]
when = "control"
region = "Hillmarch"
below = 0.2
after = 2031-06-01
every = "week"
days = 90
[[trigger.change]]
lever = "places"
multiply = 2
"""


def read(case, tmp_path, text):
    path = tmp_path / "if.toml"
    path.write_text(text, encoding="utf-8")
    return load_scenario(case, path)


def test_a_trigger_is_read_and_survives_the_manifest(case, tmp_path):
    found = read(case, tmp_path, GOOD)
    change, place = Change("driver.places", "multiply", 2.0), case.region_index("Hillmarch")
    assert found.triggers == (Trigger("control", "below", 0.2, (change,), place, date(2031, 6, 1), "week", 90),)
    assert Scenario.from_dict(found.to_dict()) == found


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('when = "control"', 'when = "exits"', "not a state"),
        ('when = "control"', 'when = "mean_control"', "is national"),
        ('region = "Hillmarch"\n', "", "share of each region"),
        ("below = 0.2", "", "has 0 of below, above"),
        ("below = 0.2", 'below = "low"', "not a number"),
        ('every = "week"', 'every = "year"', "how often"),
        ("days = 90", "days = 0", "number of days"),
        ("after = 2031-06-01", 'after = "June"', "not a date"),
        ("multiply = 2", "multiply = 2\nstart = 2031-06-01", "not a key of a change"),
        ('[[trigger.change]]\nlever = "places"\nmultiply = 2\n', "", "is missing"),
        ('lever = "places"', 'lever = "placs"', "not a lever"),
        ('lever = "places"', 'lever = "places"\ntarget = "cash"', "beside a target"),
        ('region = "Hillmarch"', 'region = "Hillmarch"\nwen = 1', "not a key of a trigger"),
    ],
)
def test_faults_of_a_trigger_are_sentences(case, tmp_path, before, after, sentence):
    assert before in GOOD
    with pytest.raises(InputError, match=sentence):
        read(case, tmp_path, GOOD.replace(before, after))


@pytest.mark.parametrize("text", ['name = "x"\ntrigger = "x"', 'name = "x"\ntrigger = [1]'])
def test_what_is_no_list_of_triggers_is_refused(case, tmp_path, text):
    with pytest.raises(InputError, match="not a list of tables"):
        read(case, tmp_path, text)
