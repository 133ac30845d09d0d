"""The roll under any sequence of departures, hardenings, entries and mergers: order, uniqueness, counts, pointers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.core.compile import kernel
from muster.core.vocabulary import EXITS
from muster.model import roll as ranks
from muster.model import state as tables
from muster.model.mechanisms.recruitment import _merge
from muster.model.roll import attribute, find, insert, pause, resume, strike_off, tidy
from muster.model.state import State, one
from muster.model.tally import DEFECTED, DESERTED, KILLED, SURRENDERED, empty_record

UNITS, CAP, SPARE = 3, 40, 12


mark_hardened = ranks.harden


@kernel
def leave(state, record, day, people, fate, u):
    for i in people:
        strike_off(state, record, day, u, find(state, i), fate)
    tidy(state, u)


@kernel
def harden(state, places, u):
    for j in places:
        if state.persons[state.roll.who[state.units[u].first + j]].hardened == 0:
            mark_hardened(state, u, j)
    tidy(state, u)


@kernel
def enter(state, u, i):
    insert(state, u, i, 50.0)


@kernel
def merge(state, u, v):
    _merge(state, u, v)


@kernel
def stop_clock(state, i):
    pause(state, state.persons[i].unit, find(state, i))


@kernel
def run_clock(state, i):
    resume(state, state.persons[i].unit, find(state, i))


@kernel
def share_out(state, record, i):
    attribute(state, record, 0, i)


def small_state(thetas):
    """One region, infantry units with members of these thresholds, and a few persons outside to come in."""
    count = sum(map(len, thetas))
    persons = np.zeros(count + SPARE, tables.PERSON)
    persons["left"] = -1
    units = np.zeros(UNITS, tables.UNIT)
    units["cap"], units["first"], units["reference"], units["soonest"] = CAP, np.arange(UNITS) * CAP, 30.0, 50.0
    roll = tables.empty_roll(UNITS * CAP)
    i = 0
    for u, members in enumerate(thetas):
        ordered = np.sort(np.asarray(members, np.float32))
        for j, theta in enumerate(ordered):
            persons[i]["theta"], persons[i]["unit"], persons[i]["unit0"] = theta, u, u
            for column, value in zip(roll, (i, 50.0, theta, i, i, 0), strict=True):  # luck and discharge are the number
                column[u * CAP + j] = value
            i += 1
        units[u]["n"] = units[u]["unhardened"] = len(ordered)
        units[u]["prefix"] = int((ordered <= 0.5).sum())
        units[u]["sure"] = int((ordered <= 0.0).sum())
    persons["key"] = persons["discharge"] = np.arange(len(persons))
    persons["theta"][count:] = np.linspace(-1.0, 2.0, SPARE, dtype=np.float32)
    regions = np.zeros(1, tables.REGION)
    regions["heads"][0, 0] = count
    regime = one(tables.REGIME)
    regime["service"] = regime["people"] = count
    return State(
        persons, units, roll, regions, np.zeros(0, np.int32), np.zeros(1, tables.GROUP), np.zeros(1, tables.GROUP),
        np.zeros(3, tables.DAY), regime, one(tables.PROGRAMME), np.full(count + SPARE, -1, np.int32),
        np.zeros(3, tables.CLASH), np.ones(3), np.zeros(CAP),
    )  # fmt: skip


def members(state, u, upto="n"):
    first = int(state.units[u]["first"])
    return state.roll.who[first : first + int(state.units[u][upto])].tolist()


def assert_in_order(state):
    seen = []
    for u, unit in enumerate(state.units):
        first, n, unhardened = int(unit["first"]), int(unit["n"]), int(unit["unhardened"])
        assert 0 <= unit["sure"] <= unit["prefix"] <= unhardened <= n <= unit["cap"]
        who, theta = members(state, u), state.roll.theta[first : first + n]
        people = state.persons[who]
        assert (people["status"] == 0).all()
        assert (people["unit"] == u).all()
        assert (np.diff(theta[:unhardened]) >= 0).all()
        assert (theta[:unhardened] == people["theta"][:unhardened]).all()
        assert (people["hardened"][:unhardened] == 0).all()
        assert np.isinf(theta[unhardened:]).all()
        assert (people["hardened"][unhardened:] == 1).all()
        due = state.roll.harden_at[first : first + unhardened]
        assert (state.roll.key[first : first + n] == people["key"]).all()
        assert (state.roll.due[first : first + n] == people["discharge"]).all()
        assert np.isinf(state.roll.harden_at[first + unhardened : first + n]).all()
        assert unit["soonest"] <= due.min(initial=np.inf)
        seen += who
    assert len(seen) == len(set(seen)) == int(state.regime["service"])


thresholds = st.lists(st.floats(-2.0, 3.0, width=32), min_size=0, max_size=9)
steps = st.lists(
    st.tuples(
        st.sampled_from(["leave", "harden", "enter", "merge"]),
        st.integers(0, UNITS - 1),
        st.lists(st.integers(0, 99), max_size=4),
    ),
    max_size=12,
)


@settings(max_examples=150)
@given(st.tuples(thresholds, thresholds, thresholds), steps)
def test_any_sequence_of_events_leaves_the_roll_in_order(thetas, events):
    state, record = small_state(thetas), empty_record(2, 1, UNITS)
    waiting = list(range(len(state.persons) - SPARE, len(state.persons)))
    gone = 0
    for what, u, picks in events:
        everybody, prefix, sure = members(state, u), members(state, u, "prefix"), members(state, u, "sure")
        chosen = list(dict.fromkeys(everybody[pick % len(everybody)] for pick in picks)) if everybody else []
        if what == "leave":
            leave(state, record, 1, np.array(chosen, np.int64), KILLED, u)
            gone += len(chosen)
        elif what == "harden":
            harden(state, np.array([everybody.index(i) for i in chosen], np.int64), u)
        elif what == "enter" and waiting:
            i = waiting.pop(0)  # the lowest threshold first: these pass the pointers
            state.regime["service"] += 1
            enter(state, u, i)
            place = members(state, u).index(i)
            assert sum(state.persons["theta"][one] == state.persons["theta"][i] for one in members(state, u)[place + 1 :]) == 0
            prefix = [*prefix, i] if place < len(prefix) else prefix
            sure = members(state, u)[: min(len(sure), place)]
        elif what == "merge":
            v = (u + 1) % UNITS
            if len(everybody) + state.units[v]["n"] > CAP or not everybody:
                continue
            everybody += members(state, v)
            merge(state, u, v)
            assert members(state, u) == []
            assert state.units[u]["closed"] == 1
            assert sorted(members(state, v)) == sorted(everybody)
            assert_in_order(state)
            continue
        assert_in_order(state)
        out = set(chosen) if what in ("leave", "harden") else set()
        assert set(members(state, u, "prefix")) == set(prefix) - out
        assert set(members(state, u, "sure")) == set(sure) - out
    assert record.region["exits"].sum() == gone == record.units.sum()


def test_a_departure_is_booked_everywhere():
    state, record = small_state([[-1.0, 0.2], [0.3], []]), empty_record(2, 1, UNITS)
    state.persons["stage"][0] = tables.LISTED
    state.programme["waiting"] = 1
    leave(state, record, 2, np.array([0]), DEFECTED, 0)
    person = state.persons[0]
    assert (person["status"], person["left"], person["stage"]) == (DEFECTED, 2, tables.NONE)
    assert (int(state.regime["service"]), int(state.regions["heads"][0, 0])) == (2, 2)
    assert (float(state.regime["exits"]), float(state.units["gone"][0]), float(state.homes["gone"][0])) == (1.0, 1.0, 1.0)
    assert int(state.programme["waiting"]) == 0
    assert record.nation["lost_waiting"][2] == 1
    assert record.region["exits"][2, 0, 0, EXITS.index("defected")] == 1
    assert record.units[0, DEFECTED] == 1


@pytest.mark.parametrize(("fate", "counted"), [(DEFECTED, 1), (DESERTED, 1), (SURRENDERED, 1), (KILLED, 0)])
def test_only_who_leaves_of_their_own_will_is_an_example(fate, counted):
    state, record = small_state([[0.2, 0.4], [], []]), empty_record(2, 1, UNITS)
    leave(state, record, 1, np.array([0]), fate, 0)
    assert float(state.units["gone"][0]) == float(state.cohorts["gone"][0]) == float(state.regime["exits"]) == counted
    assert record.nation["motives"].sum() == counted


def test_a_paused_clock_keeps_what_was_left():
    state = small_state([[0.2], [], []])
    state.units["clock"][0] = 20.0
    stop_clock(state, 0)
    stop_clock(state, 0)
    assert math.isinf(state.roll.harden_at[0])
    assert state.persons["harden_left"][0] == 30.0  # 50 - 20
    state.units["clock"][0], state.units["soonest"][0] = 100.0, np.inf
    run_clock(state, 0)
    run_clock(state, 0)
    assert state.roll.harden_at[0] == 130.0
    assert state.units["soonest"][0] == 130.0


def test_a_merger_carries_the_rest_of_the_clock_and_averages_injury_over_heads():
    state = small_state([[0.2], [0.3, 0.4, 0.5], []])
    state.units["clock"][:2] = 10.0, 25.0
    state.units["injury"][:2], state.units["loss"][:2] = (0.8, 0.4), (0.0, 0.2)
    merge(state, 0, 1)
    assert state.roll.harden_at[CAP] == 65.0  # 50 - 10 left, on a clock that reads 25
    assert state.units["injury"][1] == pytest.approx(0.5)  # (1 x .8 + 3 x .4)/4
    assert state.units["loss"][1] == pytest.approx(0.15)  # 3 x .2/4


def test_motives_share_out_one_exit_by_the_positive_terms():
    state, record = small_state([[-0.1, 0.9], [], []]), empty_record(1, 1, UNITS)
    state.units["terms"][0] = 0.4, 0.2, 0.1, 0.0, -0.3, 0.2  # injury, shaming, losing, offer, risk, peers
    state.homes["tie"], state.cohorts["tie"] = 0.05, 0.05
    share_out(state, record, 0)  # willing at rest
    assert record.nation["motives"][0, 0].tolist() == [1, 0, 0, 0, 0, 0]
    share_out(state, record, 1)  # parts .4 .2 .1 0 and peers .2 + .1, of 1.0
    assert record.nation["motives"][0, 0] == pytest.approx([1, 0.4, 0.2, 0.1, 0, 0.3])
