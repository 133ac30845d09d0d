"""Scenarios: written in one line or a file, refused with all their faults at once, and changing nothing but what they say."""

from datetime import date, timedelta

import numpy as np
import pytest

import muster
from muster.core.errors import InputError, MusterError
from muster.simulate.scenario import Change, Scenario, load_scenario, resolve_target
from muster.simulate.settings import case_parameters


def written(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_scenario_in_one_line(case):
    made = muster.scenario(case, "more", {"programme.places": 2.0}, start="2031-06-01", until="2031-07-01")
    assert made.changes == (Change("driver.places", "multiply", 2.0, date(2031, 6, 1), date(2031, 7, 1), None),)
    north = muster.scenario(case, "quiet", {"driver.engagement": 0.0}, operation="set", region="Hillmarch")
    assert north.changes[0].region == case.region_index("Hillmarch")


def test_a_driver_may_be_named_by_the_mechanism_it_belongs_to():
    assert resolve_target("programme.places") == "driver.places"
    assert resolve_target("places") == "driver.places"
    assert resolve_target("combat.overrun") == "combat.overrun"
    with pytest.raises(
        MusterError, match=r'"combat\.overun" is neither a parameter nor a driver\. Did you mean "combat\.overrun"'
    ):
        resolve_target("combat.overun")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"changes": {"driver.cash": float("inf")}}, "not a finite number"),
        ({"changes": {"driver.cash": 1.0}, "region": "Hillmarch"}, "national and has no regions"),
        ({"changes": {"driver.cash": 1.0}, "operation": "double"}, "is not an operation"),
        ({"changes": {"driver.cash": 1.0}, "start": "2031-06-01", "until": "2031-05-01"}, "ends on 2031-05-01, before it starts"),
        ({"changes": {"driver.cash": 1.0}, "start": "June"}, "is not a date"),
        ({"changes": {"driver.engagement": 1.0}, "region": "Atlantis"}, "Atlantis"),
        ({"changes": {"exit.wastage": 1.0}, "region": "Hillmarch"}, "national and has no regions"),
    ],
)
def test_mistakes_are_answered_in_a_sentence(case, arguments, sentence):
    with pytest.raises(MusterError, match=sentence):
        muster.scenario(case, "wrong", **arguments)


def test_a_file_is_read(case, tmp_path):
    path = written(
        tmp_path,
        'name = "both"\ntitle = "Both"\n[[change]]\ntarget = "cash"\nset = 3\n'
        '[[change]]\ntarget = "driver.engagement"\nregion = "TL-4"\nstart = 2031-06-01\nuntil = 2031-06-30\nmultiply = 0.5\n',
    )
    found = load_scenario(case, path)
    assert (found.name, found.title, found.motive) == ("both", "Both", "")
    assert found.changes == (
        Change("driver.cash", "set", 3.0),
        Change("driver.engagement", "multiply", 0.5, date(2031, 6, 1), date(2031, 6, 30), 3),
    )


def test_all_faults_of_a_file_are_told_at_once(case, tmp_path):
    path = written(
        tmp_path,
        'name = 3\nmotif = "x"\n'
        '[[change]]\ntarget = "driver.csah"\nset = 1\n'
        '[[change]]\ntarget = "driver.cash"\nset = 1\nadd = 2\n'
        '[[change]]\ntarget = "driver.cash"\nset = "much"\n'
        '[[change]]\ntarget = "driver.cash"\nset = 1\nstart = "2031-06-01"\n'
        '[[change]]\ntarget = "driver.cash"\nregion = "Hillmarch"\nset = 1\n'
        '[[change]]\ntarget = "driver.engagement"\nregion = "Hilmarch"\nset = 1\n'
        '[[change]]\ntarget = "driver.cash"\nset = 1\nstart = 2031-06-02\nuntil = 2031-06-01\n'
        '[[change]]\ntarget = "driver.cash"\nsett = 1\n',
    )
    with pytest.raises(InputError) as caught:
        load_scenario(case, path)
    told = str(caught.value).splitlines()
    for place, words in [
        ("name", "is not a text"), ("motif", "Did you mean"), ("change 1", "driver.cash"), ("change 2", "has 2 of set"),
        ("change 3", "is not a number"), ("change 4", "is not a date"), ("change 5", "no regions"), ("change 6", "Hillmarch"),
        ("change 7", "before it starts"), ("change 8", "is not a key"), ("change 8", "has 0 of set"),
    ]:  # fmt: skip
        assert [line for line in told if place in line and words in line], (place, words, told)


@pytest.mark.parametrize("text", ["name = ", 'change = "x"\nname = "x"', 'name = "x"\nchange = [1]', "\x00", ""])
def test_a_file_that_is_no_scenario_is_refused(case, tmp_path, text):
    with pytest.raises(InputError):
        load_scenario(case, written(tmp_path, text))


def test_an_unknown_name_lists_what_is_shipped(case):
    with pytest.raises(MusterError, match=r"more-safehouse.*Did you mean .more-safehouses.*Shipped: .*baseline"):
        load_scenario(case, "more-safehouse")


def test_every_shipped_scenario_runs(case):
    for name in case.scenarios:
        assert muster.simulate(case, scenario=load_scenario(case, name), until="2031-04-01").days == 32


def test_a_scenario_survives_the_manifest(case):
    scenario = muster.scenario(case, "x", {"driver.engagement": 0.5}, start="2031-06-01", region="Hillmarch")
    assert Scenario.from_dict(scenario.to_dict()) == scenario


# ---- What they do ----


def test_a_scenario_with_only_a_name_changes_nothing(case, base):
    assert muster.simulate(case, seed=1, scenario=Scenario("nothing")).result_hash == base.result_hash
    assert muster.simulate(case, seed=1, scenario=load_scenario(case, "baseline")).result_hash == base.result_hash


@pytest.mark.parametrize("target", ["exit.wastage", "combat.clash_exponent", "resolve.memory", "driver.skill"])
def test_a_change_to_the_same_value_changes_nothing(case, base, target):
    same = muster.scenario(case, "same", {target: 1.0}, start="2031-08-01")
    assert muster.simulate(case, seed=1, scenario=same).result_hash == base.result_hash


@pytest.mark.parametrize("target", ["exit.wastage", "resolve.weight_peers", "combat.losses_per_fighter", "driver.skill"])
def test_nothing_changes_before_the_change(case, base, target):
    late = muster.simulate(case, seed=1, scenario=muster.scenario(case, "late", {target: 3.0}, start="2031-10-01"))
    day = (date(2031, 10, 1) - case.start).days
    for name, array in late.data.items():
        assert (array[:day] == base.data[name][:day]).all(), name
    assert late.result_hash != base.result_hash


def test_a_new_hazard_of_wastage_reschedules_discharges(case):
    """Everybody's hazard goes from w to 20 w for 100 days and back: as many are discharged as the sum of hazards says."""
    off = {"combat.losses_per_fighter": 0.0, "exit.attempt_rate": 0.0, "programme.contact_rate": 0.0}
    for name in ("volunteer_multiplier", "quota", "quota_planned", "recall", "police_intake"):
        off[f"driver.{name}"] = 0.0 if name != "volunteer_multiplier" else 1.0
    quiet = muster.scenario(case, "quiet", off, operation="set").changes
    start, until = case.start + timedelta(days=101), case.start + timedelta(days=200)
    wave = Scenario("wave", changes=(*quiet, Change("exit.wastage", "multiply", 20.0, start, until)))
    discharged = muster.simulate(case, seed=1, scenario=wave).data["exits"][..., 5].sum(axis=(1, 2))
    before = muster.simulate(case, seed=1, scenario=Scenario("quiet", changes=quiet)).data["exits"][..., 5].sum(axis=(1, 2))
    wastage = case_parameters(case).exit.wastage
    assert (discharged[:101] == before[:101]).all()
    # with 1.5e-4: of 2,010 about 1,980 are left, and 1 - exp(-20 x 1.5e-4 x 100) = .259 of them go
    expected = (2010 - before[:101].sum()) * (1 - np.exp(-20 * wastage * 100))
    assert discharged[101:201].sum() == pytest.approx(expected, abs=5 * np.sqrt(expected))
    assert discharged[201:].sum() < 0.5 * discharged[101:201].sum()
    assert discharged[201:].sum() > 0


# ---- Common random numbers ----


def people_of(case, scenario=None, days=400):
    """Everybody at the end of a history, by the key of their luck."""
    simulation = muster.start(case, seed=1, scenario=scenario).advance(case.start + timedelta(days=days))
    persons = simulation.state.persons[: int(simulation.state.regime["people"])]
    return {int(person["key"]): person for person in persons}


def test_a_change_in_one_region_leaves_everybodys_own_clock_alone(case):
    north = muster.scenario(case, "north", {"driver.crackdown_army": 6.0}, region="Northvale")
    one, two = people_of(case), people_of(case, north)
    initial = [key for key in one if one[key]["entered"] == 0]
    assert set(initial) <= set(two)
    assert all(one[key]["discharge"] == two[key]["discharge"] for key in initial)
    assert all(one[key]["theta"] == two[key]["theta"] for key in initial)
    fates = [(one[key]["status"], one[key]["left"]) == (two[key]["status"], two[key]["left"]) for key in initial]
    assert 0.9 < np.mean(fates) < 1.0  # most are not touched at all


def test_one_recruit_more_does_not_shift_the_luck_of_others(case):
    more = Scenario(
        "more", changes=(Change("driver.recall", "add", 3.0, case.start + timedelta(days=5), case.start + timedelta(days=5)),)
    )
    one, two = people_of(case, days=60), people_of(case, more, days=60)
    extra = two.keys() - one.keys()
    assert 0 < len(extra) < 10
    assert one.keys() <= two.keys()
    same = [
        all(one[key][name] == two[key][name] for name in ("theta", "age", "home", "discharge", "status", "left", "unit0"))
        for key in one
    ]
    assert np.mean(same) > 0.99  # a place taken may send a later recruit to another unit, and comrades' shares move a little
    assert sum(same) > len(one) - 12
