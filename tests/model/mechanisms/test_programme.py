"""The programme, worked by hand."""

import pytest

from muster.model.mechanisms import programme

near = pytest.approx


def test_credibility():
    assert programme.credibility(0.0, 0.0) == 1.0
    assert programme.credibility(99.0, 100.0) == near(0.5)  # 100/200
    assert programme.credibility(0.0, 9.0) == near(0.1)


def test_steps():
    assert programme.steps(0.2, 1.0) == 1
    assert programme.steps(3.0, 1.0) == 3
    assert programme.steps(3.01, 1.0) == 4
    assert programme.steps(3.0, 0.5) == 6
