"""The clock of ordinary wastage."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.draws import exponential, name_key
from muster.model.wastage import NEVER, discharge_day


def test_discharge_day():
    assert discharge_day(0, 0.3, 1e-3, 1.0) == 300
    assert discharge_day(100, 0.3, 1e-3, 1.0) == 400
    assert discharge_day(0, 0.3004, 1e-3, 1.0) == 301  # a started day is a day
    assert discharge_day(0, 0.3, 1e-3, 0.5) == 600  # half days
    assert discharge_day(7, 1e-9, 1e-3, 1.0) == 8  # never on the day of entry
    assert discharge_day(0, 0.3, 0.0, 1.0) == NEVER
    assert discharge_day(0, 50.0, 1e-12, 1.0) == NEVER  # would not fit a day's number


def test_the_share_discharged_is_that_of_a_constant_hazard():
    clocks = [exponential(name_key("clock", i), name_key("exit.waste"), 0) for i in range(5000)]
    gone = np.mean([discharge_day(0, clock, 1e-3, 1.0) <= 500 for clock in clocks])
    assert gone == pytest.approx(1 - math.exp(-0.5), abs=5 * math.sqrt(0.24 / 5000))


@given(clock=st.floats(1e-6, 40.0), wastage=st.floats(1e-6, 0.1), more=st.floats(0.0, 0.1))
def test_a_higher_hazard_never_discharges_later(clock, wastage, more):
    assert discharge_day(0, clock, wastage + more, 1.0) <= discharge_day(0, clock, wastage, 1.0)
