"""Recruitment, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model.mechanisms import recruitment

near = pytest.approx


def test_volunteers():
    # 25 a day nationwide, a fifth of history, support from .6 to .8: (.2/.4)^3 = .125; control .9 of .9
    assert recruitment.volunteers(25.0, 0.2, 1.0, 0.5, 3.0, 2.0, 1.0) == near(0.625)
    assert recruitment.volunteers(25.0, 0.2, 1.5, 0.5, 3.0, 2.0, 0.5) == near(0.46875)
    assert recruitment.volunteers(25.0, 0.2, 1.0, 1.0, 3.0, 2.0, 1.0) == near(5.0)  # at rest: history's share
    assert recruitment.volunteers(25.0, 0.2, 1.0, -0.1, 3.0, 2.0, 1.0) == 0.0
    assert recruitment.volunteers(25.0, 0.2, 1.0, 1.5, 30.0, 2.0, 1.0) == near(10.0)  # 1.5^30 = 191,751, bounded at 2


@given(lower=st.floats(0.0, 1.0), more=st.floats(0.0, 1.0), elasticity=st.floats(0.1, 6.0))
def test_volunteers_fall_as_support_for_the_resistance_grows(lower, more, elasticity):
    few = recruitment.volunteers(25.0, 0.2, 1.0, lower, elasticity, 2.0, 1.0)
    assert few <= recruitment.volunteers(25.0, 0.2, 1.0, lower + more, elasticity, 2.0, 1.0) + 1e-12
