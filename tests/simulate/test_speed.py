"""The fast engine stays fast: against the plain one in the same process, by CPU time, so that no machine is too slow to pass."""

import time
from dataclasses import replace

import pytest

import muster
from muster.simulate.run import Simulation

PERSONS = 20  # times those of the smallest case: enough that persons weigh more than the day itself
LEAST = 2.2  # times the plain engine's person-days per CPU second; 3.4 when this was written


@pytest.fixture(scope="module")
def case():
    small = muster.load_case("tinyland")
    return replace(small, formations=tuple(replace(row, persons=PERSONS * row.persons) for row in small.formations))


def seconds(case, engine, times):
    """CPU seconds of all days of a run, the best of several; set-up and compilation are not counted."""
    Simulation(case, seed=1, engine=engine, until=case.start.replace(month=3, day=2)).advance()
    best = float("inf")
    for _ in range(times):
        simulation = Simulation(case, seed=1, engine=engine)
        began = time.process_time()
        simulation.advance()
        best = min(best, time.process_time() - began)
    return best


def test_the_fast_engine_does_many_times_the_person_days_of_the_plain_one(case):
    plain, fast = seconds(case, "plain", 2), seconds(case, "fast", 5)
    assert plain > LEAST * fast, f"{plain / fast:.1f} times"
