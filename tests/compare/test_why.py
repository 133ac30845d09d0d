"""Why: parts and direct effect sum to the difference; a pathway that carries nothing gets exactly 0."""

import numpy as np
import pytest

import muster
from muster.compare.contrast import paired
from muster.compare.part import Part, read_period
from muster.compare.pathway import PATHWAYS, find_pathways, without
from muster.compare.why import why
from muster.simulate.run import simulate
from muster.simulate.scenario import Change, Scenario, Trigger
from muster.simulate.settings import parameters_on, value_of

UNTIL = Part(until=read_period("2031-01..2031-12").until)


def test_what_a_trigger_does_to_a_pathway_is_taken_out_too():
    changes = (Change("resolve.weight_peers", "multiply", 9.0), Change("driver.cash", "multiply", 2.0))
    armed = Scenario("armed", triggers=(Trigger("mean_control", "below", 0.5, changes),))
    (trigger,) = without(armed, frozenset({"peers"})).triggers
    assert trigger.changes == changes[1:]


@pytest.mark.parametrize("name", PATHWAYS)
def test_a_pathway_is_taken_out_after_all_that_a_scenario_changes(tiny, name):
    pulled = Scenario("pulled", changes=tuple(Change(target, "multiply", 1.5) for target in PATHWAYS[name].neutral))
    parameters = parameters_on(tiny, without(pulled, frozenset({name})), tiny.until)
    assert {target: value_of(parameters, target) for target in PATHWAYS[name].neutral} == PATHWAYS[name].neutral


def test_neutral_pathways_carry_nothing(tiny):
    run = simulate(tiny, scenario=without(Scenario(), frozenset(PATHWAYS)), until="2031-12-31")
    drive, terms = run.data["drive"], {"moral_injury": 0, "shaming": 1, "losing": 2, "offer": 3, "risk": 4, "peers": 5}
    assert all((drive[..., place] == 0).all() for place in terms.values())
    assert run.data["security"].max() < 1e-6
    assert run.data["contacts"].sum() == run.data["clashes"].sum() == run.data["strikes"].sum() == 0
    assert run.data["militia_joined"].sum() == 0
    assert np.ptp(run.data["control"], axis=0).max() < 1e-12


def test_parts_sum_to_the_paired_difference(tiny, fewer, trio):
    found = why(tiny, None, fewer, quantity="defected", draws=3)
    np.testing.assert_array_equal(found.values["whole"], paired(trio, "baseline", "fewer-places", quantity="defected")[:3])
    total = found.direct.mean + sum(share.mean for share in found.shares)
    assert found.whole.mean != 0
    assert total == pytest.approx(found.whole.mean, abs=1e-9)
    carried = {share.name: share for share in found.shares}
    assert carried["programme"].mean < 0 < carried["programme"].error
    assert found.direct.mean == 0  # places do nothing where nobody is contacted
    assert [abs(share.mean) for share in found.shares] == sorted((abs(share.mean) for share in found.shares), reverse=True)


def test_a_pathway_known_to_be_off_gets_exactly_nothing(tiny):
    first = without(Scenario("quiet"), frozenset({"shaming", "peers"}))
    second = Scenario("quiet with fire", changes=(*first.changes, Change("combat.fire_rate", "multiply", 3.0)))
    found = why(tiny, None, second, against=first, part=UNTIL, draws=2)
    assert found.whole.mean != 0
    for name in ("shaming", "peers"):
        np.testing.assert_array_equal(found.values[name], np.zeros(2))


def test_a_null_scenario_has_no_parts(tiny):
    found = why(tiny, None, "baseline", against=muster.scenario(tiny, "null"), part=UNTIL, draws=2, pathways=("peers", "offer"))
    assert all((values == 0).all() for values in found.values.values())


def test_two_periods_of_one_history(tiny):
    spans = read_period("2031-04..2031-06"), read_period("2031-10..2031-12")
    found = why(tiny, None, "baseline", periods=spans, draws=2, pathways=("moral injury", "peers"))
    run = simulate(tiny, seed=1, until="2031-12-31")
    from muster.simulate.monthly import read_monthly

    left = read_monthly(run)["exits"].sum(axis=(1, 2))[:, [0, 1, 4]].sum(axis=1)
    assert found.monthly
    assert found.values["whole"][0] == pytest.approx(left[7:10].mean() - left[1:4].mean())
    assert found.direct.mean + sum(share.mean for share in found.shares) == pytest.approx(found.whole.mean)


def test_workers_change_nothing(tiny):
    one, two = (
        why(tiny, None, "early-cash", part=UNTIL, draws=1, pathways=("offer", "peers"), workers=workers) for workers in (1, 2)
    )
    assert {name: values.tolist() for name, values in one.values.items()} == {
        name: values.tolist() for name, values in two.values.items()
    }


def test_wrong_questions_are_refused(tiny):
    with pytest.raises(muster.MusterError, match="Did you mean"):
        find_pathways(("shamin",))
    with pytest.raises(muster.MusterError, match="Give 1 or more"):
        why(tiny, None, "early-cash", pairs=0)
