"""Control, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model.mechanisms import control

share = st.floats(0.0, 1.0)
near = pytest.approx


def test_pull():
    assert control.pull(0.2, 0.1) == near(0.6)  # 1 - 2 x .2
    assert control.pull(0.9, 0.8) == near(-0.6)  # -(2 x .8 - 1)
    assert control.pull(0.7, 0.4) == 0.0  # ground held against the regime, few attack: frozen
    assert control.pull(0.0, 0.0) == 1.0
    assert control.pull(1.0, 1.0) == -1.0
    assert control.pull(0.5, 0.5) == 0.0


@given(p=share)
def test_where_all_who_hold_also_attack_the_pull_is_straight(p):
    assert control.pull(p, p) == near(1.0 - 2.0 * p, abs=1e-12)
