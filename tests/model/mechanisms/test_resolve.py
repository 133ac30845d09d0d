"""Resolve, worked by hand: the terms of the drive."""

import pytest

from muster.model.mechanisms import resolve

near = pytest.approx


def test_losing():
    assert resolve.losing(0.0, 1.0, 0.8, 0.8) == 0.0  # no losses, no land lost
    assert resolve.losing(0.5, 1.0, 0.4, 0.8) == near(0.75)  # 1 - .5 x .5
    assert resolve.losing(0.0, 0.5, 0.4, 0.8) == near(0.25)  # half of it is heard of
    assert resolve.losing(0.0, 1.0, 0.9, 0.8) == 0.0  # land gained consoles nobody further
    assert resolve.losing(1.0, 0.0, 0.1, 0.8) == near(1.0)


def test_offer():
    # cash 6, stipend .5: (6 + 6)/12 = 1 year, 1/(1 + 1) = .5; x .8 x .9 x 1 = .36
    assert resolve.offer(6.0, 0.5, 0.8, 0.9, 1.0) == near(0.36)
    assert resolve.offer(0.0, 0.0, 1.0, 1.0, 1.0) == 0.0
    assert resolve.offer(6.0, 0.5, 1.0, 1.0, 0.0) == 0.0
    assert resolve.offer(1e9, 0.0, 1.0, 1.0, 1.0) == near(1.0, abs=1e-6)


def test_example():
    assert resolve.example(20.0, 200.0, 0.0, 0.5) == near(0.1)
    assert resolve.example(20.0, 200.0, 0.4, 0.5) == near(0.08)  # .1 (1 - .5 x .4)
    assert resolve.example(500.0, 200.0, 0.0, 0.5) == 1.0  # more than there ever were counts as all
    assert resolve.example(20.0, 200.0, 1.0, 1.0) == 0.0
