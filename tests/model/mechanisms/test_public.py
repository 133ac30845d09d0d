"""The public, worked by hand: opinion and shaming."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model.mechanisms import public

share = st.floats(0.0, 1.0)
near = pytest.approx


def test_pressure():
    assert public.pressure(0.1, 5.0, 1e6) == near(0.05)  # .1 x 5 x 1e5/1e6
    assert public.pressure(0.1, 0.0, 1e6) == 0.0


def test_opinion():
    # towards .01 a day, memory 90: k = .0211111, rest (.01 + .6/90)/k = .789474
    rest = public.opinion(0.6, 0.01, 0.0, 0.6, 90.0, 1e6)
    assert rest == near(0.789474, abs=1e-6)
    # after 30 days: .789474 - .189474 exp(-.633333) = .688902
    assert public.opinion(0.6, 0.01, 0.0, 0.6, 90.0, 30.0) == near(0.688902, abs=1e-5)
    # both: towards .01, away .005: k = .0261111, rest .0166667/.0261111 = .638298
    assert public.opinion(0.6, 0.01, 0.005, 0.6, 90.0, 1e6) == near(0.638298, abs=1e-6)
    assert public.opinion(0.6, 0.0, 0.0, 0.6, 90.0, 1.0) == near(0.6)


@given(
    s=share, towards=st.floats(0.0, 1e4), away=st.floats(0.0, 1e4), b=share, memory=st.floats(0.5, 1e4), dt=st.floats(0.1, 10.0)
)
def test_opinion_stays_a_share(s, towards, away, b, memory, dt):
    assert -1e-12 <= public.opinion(s, towards, away, b, memory, dt) <= 1.0 + 1e-12


def test_hostility():
    assert public.hostility(0.9, 0.8) == near(0.5)  # .1 of the .2 there was to grow
    assert public.hostility(0.7, 0.8) == 0.0
    assert public.hostility(1.0, 0.8) == near(1.0)
