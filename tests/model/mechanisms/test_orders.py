"""Orders, worked by hand: exposure and injury."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model.mechanisms import orders

share = st.floats(0.0, 1.0)
near = pytest.approx


def test_exposure():
    assert orders.exposure(2.0, 500.0) == near(4.0)  # 1000 x 2/500
    assert orders.exposure(2.0, 20.0) == near(20.0)  # fewer than 100 count as 100
    assert orders.exposure(0.0, 0.0) == 0.0


def test_injury():
    assert orders.injury_at_rest(0.01, 0.01) == near(0.5)
    assert orders.injury_at_rest(0.03, 0.01) == near(0.75)
    assert orders.injury_at_rest(0.0, 0.01) == 0.0
    # x = half, memory 180: rest .5, rate 2/180; 90 days: .5 (1 - exp(-1)) = .316060
    assert orders.injured(0.0, 0.01, 0.01, 180.0, 90.0) == near(0.316060, abs=1e-6)
    # no exposure, 180 days: .5 exp(-1) = .183940
    assert orders.injured(0.5, 0.0, 0.01, 180.0, 180.0) == near(0.183940, abs=1e-6)


@given(m=share, x=st.floats(0.0, 1e3), dt=st.floats(0.1, 400.0))
def test_injury_stays_a_share_whatever_the_step(m, x, dt):
    assert 0.0 <= orders.injured(m, x, 0.002, 60.0, dt) <= 1.0
