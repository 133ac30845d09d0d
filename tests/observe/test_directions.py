"""Directional claims: probabilities by hand, laws, and indices of a run that can be worked out in the head."""

import math
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.case import Direction, load_case
from muster.core.dates import parse_interval
from muster.core.vocabulary import BRANCHES, ENTRIES, TERMS, TRENDS
from muster.observe.directions import (
    WRONG,
    DirectionTerm,
    direction_names,
    direction_terms,
    log_likelihood_directions,
    probability_told,
    read_directions,
)
from muster.observe.trend import INDICES, NOT_READ

REST = (date(2029, 1, 1), date(2030, 1, 31))


def said(observable, sign, *, period=("2030-02-21", "2030-03-12"), baseline=("2030-02-01", "2030-02-20"), side="independent",
         region=None, title="A report", name="D1"):  # fmt: skip
    span = [date.fromisoformat(day) if isinstance(day, str) else day for day in (*period, *baseline)]
    return Direction(name, observable, sign, region, *span, "X", side, parse_interval("2030-12"), title, "", "")


def term(direction):
    return DirectionTerm(direction, 1.0, WRONG[direction.claimant_side])


def test_probability_by_hand():
    assert probability_told(np.array([0.0]), 1)[0] == 0.5
    assert probability_told(np.array([1.0]), 1)[0] == pytest.approx(0.8413, abs=1e-4)
    assert probability_told(np.array([1.0]), -1)[0] == pytest.approx(0.1587, abs=1e-4)
    assert probability_told(np.array([0.0]), 0)[0] == pytest.approx(0.6827, abs=1e-4)
    assert probability_told(np.array([1.0]), 1, sd=2.0)[0] == pytest.approx(0.6915, abs=1e-4)


def test_however_clear_the_change_a_report_may_be_wrong():
    up, partisan = term(said("exit_rate", 1)), term(said("exit_rate", 1, side="regime"))
    assert np.exp(log_likelihood_directions([[50.0], [-50.0]], [up])) == pytest.approx([0.9, 0.1])
    assert np.exp(log_likelihood_directions([[50.0], [-50.0]], [partisan])) == pytest.approx([0.75, 0.25])


def test_contradictions_stay_in_and_are_best_met_by_no_change():
    both = [term(said("exit_rate", 1)), term(said("exit_rate", -1))]
    changes = np.linspace(-3, 3, 61)
    log = log_likelihood_directions(np.column_stack([changes, changes]), both)
    assert changes[log.argmax()] == pytest.approx(0.0, abs=1e-9)


@given(change=st.floats(-30, 30), more=st.floats(0, 5), sd=st.floats(1, 5))
def test_laws(change, more, sd):
    here, further = np.array([change]), np.array([change + more])
    assert probability_told(further, 1, sd=sd) >= probability_told(here, 1, sd=sd)
    assert probability_told(here, 1, sd=sd) + probability_told(here, -1, sd=sd) == pytest.approx(1.0)
    assert probability_told(here, 0, sd=sd) == pytest.approx(probability_told(-here, 0, sd=sd))


def test_uncertainty_of_the_run_flattens_the_constraint():
    one = term(said("exit_rate", 1))
    sure, unsure = (log_likelihood_directions([[2.0], [-2.0]], [one], process_sd=sd) for sd in (0.0, 3.0))
    assert sure[0] - sure[1] > unsure[0] - unsure[1] > 0


def test_weights_of_reports_that_lean_on_each_other():
    def weights(*directions):
        case = SimpleNamespace(directions=directions, start=date(2030, 1, 31), until=date(2030, 12, 31))
        return [one.weight for one in direction_terms(case)]

    first = said("exit_rate", 1)
    assert weights(first) == [1.0]
    assert weights(first, said("exit_rate", -1, title="Another", name="D2")) == [1 / 1.5] * 2
    assert weights(first, said("recruitment", -1)) == [1.0, 1.0]
    assert weights(first, said("exit_rate", 1, region=0, title="Another")) == [1.0, 1.0]
    assert weights(first, said("exit_rate", 1, region=0)) == [1 / 1.5] * 2  # one publication
    later = said("exit_rate", 1, period=("2030-04-01", "2030-05-01"))
    assert weights(first, later) == [1.0, 1.0]


def test_what_lies_beyond_the_case_or_has_no_index_gives_no_term():
    case = SimpleNamespace(
        start=date(2030, 1, 31), until=date(2030, 3, 1), directions=(said("exit_rate", 1), said("cohesion", 1))
    )
    assert direction_terms(case) == ()


def test_every_observable_is_read_or_named_as_not_read():
    assert sorted([*INDICES, *NOT_READ]) == sorted(TRENDS)


@pytest.fixture
def changing(run):
    """Day 1 to 20, then day 21 to 40: twice the volunteers and strikes, a tenth of the soldiers gone, control halved."""
    late = np.arange(41) >= 21
    run.data["intake"][:, :, :] = 0
    run.data["intake"][1:, 0, ENTRIES.index("volunteer")] = np.where(late, 8, 4)[1:]
    run.data["strikes"][late] *= 2
    run.data["strength"] = np.where(late[:, None, None], 360, 400) * np.ones((41, 2, len(BRANCHES)), int)
    run.data["control"] = np.where(late[:, None], 0.2, 0.4) * np.ones((41, 2))
    run.data["willing"] = np.full((41, 2, len(BRANCHES)), 4)
    run.data["willing"][0] = 0
    run.data["drive"] = np.zeros((41, len(BRANCHES), len(TERMS)))
    run.data["drive"][late, :, TERMS.index("moral_injury")] = 0.3
    run.data["arrest_risk"] = np.where(late, 0.3, 0.2)
    return run


def test_changes_by_hand(changing):
    told = [
        said(name, 1) for name in ("recruitment", "air_substitution", "manpower", "territory_state", "moral_injury", "exit_cost")
    ]
    seen = read_directions(changing, [term(one) for one in told])
    notices = [INDICES[one.observable].notice for one in told]
    wanted = [math.log(2), math.log(2), math.log(0.9), -0.2, 0.3, 0.1]
    np.testing.assert_allclose(seen * notices, wanted, rtol=0.02)


def test_a_change_since_the_state_of_rest(changing):
    # At rest volunteers replace wastage: 5 discharged a day and region of 400 x 2 x 4 soldiers in service.
    told = [said(name, -1, baseline=REST) for name in ("recruitment", "manpower", "morale")]
    recruits, manpower, morale = read_directions(changing, [term(one) for one in told])
    assert recruits * 0.2 == pytest.approx(math.log(8 / 10), abs=0.06)
    assert manpower * 0.05 == pytest.approx(math.log(0.9), abs=1e-3)
    assert morale * 0.3 == pytest.approx(math.log(0.9), abs=0.01)  # as many willing among fewer; day 0 knows of none


def test_where_there_is_no_answer(changing):
    nothing = [
        said("air_substitution", 1, baseline=REST),  # no strikes at rest to compare with
        said("exit_cost", 1, region=0),  # kept for the nation only
        said("exit_rate", 1, period=("2030-03-01", "2030-06-01")),  # beyond the run
    ]
    assert np.isnan(read_directions(changing, [term(one) for one in nothing])).all()


def test_names_and_the_directions_of_a_shipped_case():
    terms = direction_terms(load_case("myanmar"))
    assert len(terms) == 25
    assert direction_names(terms)[0] == "direction MD01"
    assert min(one.weight for one in terms) < 1.0
