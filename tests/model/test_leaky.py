"""Exact steps of what forgets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model.leaky import approach, chance, fade


def test_approach():
    assert approach(0.0, 1.0, 200.0, 200.0) == pytest.approx(0.632121, abs=1e-6)  # 1 - exp(-1)
    assert approach(0.4, 0.4, 10.0, 5.0) == pytest.approx(0.4)
    assert approach(1.0, 0.0, 1.0, 1e6) == 0.0


def test_fade():
    assert fade(90.0, 90.0) == pytest.approx(0.367879, abs=1e-6)
    assert fade(90.0, 0.0) == 1.0
    assert fade(0.0, 1.0) == 0.0  # no memory at all


def test_chance():
    assert chance(0.01, 1.0) == pytest.approx(0.00995017, abs=1e-8)  # 1 - exp(-.01)
    assert chance(0.0, 1.0) == 0.0
    assert chance(1e-20, 1.0) == pytest.approx(1e-20)  # small ones keep their digits
    assert chance(1e9, 1.0) == 1.0


@given(value=st.floats(0, 1), target=st.floats(0, 1), time=st.floats(0.01, 1e4), dt=st.floats(0.01, 100))
def test_two_half_steps_are_one_step_and_nothing_overshoots(value, target, time, dt):
    once = approach(value, target, time, dt)
    assert approach(approach(value, target, time, dt / 2), target, time, dt / 2) == pytest.approx(once, abs=1e-12)
    assert min(value, target) - 1e-12 <= once <= max(value, target) + 1e-12
    assert fade(time, dt / 2) ** 2 == pytest.approx(fade(time, dt), abs=1e-12)
