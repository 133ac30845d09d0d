"""Simulations: started, advanced, branched, finished; one history whatever the engine, the steps or the company."""

from datetime import date, timedelta

import numpy as np
import pytest

import muster
from muster.core.errors import MusterError
from muster.simulate.run import Simulation, simulate, start

UNTIL = "2031-12-31"


@pytest.fixture(scope="module")
def short(case):
    return simulate(case, seed=5, until=UNTIL)


def test_the_same_seed_gives_the_same_bits_and_another_does_not(case, short):
    assert simulate(case, seed=5, until=UNTIL).result_hash == short.result_hash
    assert simulate(case, seed=6, until=UNTIL).result_hash != short.result_hash


def test_the_plain_engine_gives_the_same_bits(case, short):
    assert simulate(case, seed=5, until=UNTIL, engine="plain").result_hash == short.result_hash


def test_threads_change_nothing(case, short):
    assert simulate(case, seed=5, until=UNTIL, threads=2).result_hash == short.result_hash


def test_going_on_in_pieces_is_the_same_history(case, short):
    simulation = start(case, seed=5, until=UNTIL)
    for day in ("2031-03-01", "2031-03-02", "2031-05-01", "2031-09-30"):
        assert simulation.advance(day) is simulation
        assert simulation.day == (date.fromisoformat(day) - case.start).days
    assert simulation.finish().result_hash == short.result_hash


def test_a_result_may_be_looked_at_half_way(case, short):
    simulation = start(case, seed=5, until=UNTIL).advance("2031-06-01")
    half = simulation.result()
    assert half.days == simulation.day
    assert (half.data["strength"] == short.data["strength"][: half.days + 1]).all()
    assert simulation.finish().result_hash == short.result_hash


def test_a_branch_goes_its_own_way_and_leaves_the_trunk_alone(case, short):
    trunk = start(case, seed=5, until=UNTIL).advance("2031-06-01")
    other = trunk.branch(muster.scenario(case, "hard", {"combat.losses_per_fighter": 3.0, "driver.skill": 1.5}))
    same = trunk.branch()
    changed = other.finish()
    assert same.finish().result_hash == short.result_hash
    assert trunk.finish().result_hash == short.result_hash
    assert changed.result_hash != short.result_hash
    assert (changed.data["strength"][:94] == short.data["strength"][:94]).all()
    assert changed.scenario.name == "hard"


def test_a_branch_equals_a_scenario_that_starts_on_its_day(case):
    dated = muster.scenario(case, "x", {"exit.wastage": 4.0, "driver.skill": 1.5}, start="2031-06-02")
    at_once = muster.scenario(case, "x", {"exit.wastage": 4.0, "driver.skill": 1.5})
    branch = start(case, seed=5, until=UNTIL).advance("2031-06-01").branch(at_once).finish()
    assert branch.result_hash == simulate(case, seed=5, until=UNTIL, scenario=dated).result_hash


@pytest.mark.parametrize("scenario", [{"exit.wastage": 30.0}, {"combat.clash_exponent": 1.1}])
def test_dated_changes_agree_between_engines(case, scenario):
    dated = muster.scenario(case, "dated", scenario, start="2031-07-01", until="2031-09-01")
    runs = [simulate(case, seed=2, scenario=dated, until=UNTIL, engine=engine) for engine in ("fast", "plain")]
    assert runs[0].result_hash == runs[1].result_hash


def test_half_days_come_to_about_the_same(case):
    whole, half = (Simulation(case, seed=1, until=date(2031, 12, 31), dt=dt) for dt in (1.0, 0.5))
    whole.advance()
    half.advance()
    assert half.steps == 2 * whole.steps
    lost = [int(sim.record.region["exits"].sum()) for sim in (whole, half)]
    assert lost[1] == pytest.approx(lost[0], abs=6 * np.sqrt(lost[0]))


def test_more_recruits_than_there_was_room_for(case):
    """The table of persons grows on the way; the waiting list is carried over."""
    crowd = muster.scenario(case, "crowd", {"driver.quota": 40.0}, operation="set")
    runs = [simulate(case, seed=1, scenario=crowd, until=UNTIL, engine=engine) for engine in ("fast", "plain")]
    assert runs[0].result_hash == runs[1].result_hash
    data = runs[0].data
    assert data["turned_away"].sum() > 0
    assert data["strength"][-1].sum() == data["strength"][0].sum() + data["intake"].sum() - data["exits"].sum()


def test_progress_is_told(case):
    told = []
    simulate(case, until="2031-08-01", progress=lambda done, total, what: told.append((done, total, what)))
    days = (date(2031, 8, 1) - case.start).days
    assert told[0][:2] == (0, days)
    assert told[-1][:2] == (days, days)
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"until": "2031-02-28"}, "would end on 2031-02-28"),
        ({"engine": "quick"}, '"quick" is not an engine'),
        ({"threads": 0}, "0 threads"),
        ({"until": "soon"}, "is not a date"),
    ],
)
def test_mistakes_are_answered_in_a_sentence(case, arguments, sentence):
    with pytest.raises(MusterError, match=sentence):
        simulate(case, **arguments)


def test_beyond_its_end_a_simulation_does_not_go(case):
    with pytest.raises(MusterError, match="ends on 2031-06-01"):
        start(case, until="2031-06-01").advance(date(2031, 6, 1) + timedelta(days=1))


def test_after_the_packs_data_the_last_values_hold(case):
    assert simulate(case, until=case.until + timedelta(days=30)).days == (case.until - case.start).days + 30
