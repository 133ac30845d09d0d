"""Air power, worked by hand."""

import pytest

from muster.model.mechanisms import airpower

near = pytest.approx


def test_expected_strikes():
    assert airpower.expected_strikes(0.25, 0.8, 10.0, 0.5) == near(1.0)  # .25 x .8 x 10 x .5
    assert airpower.expected_strikes(0.25, 0.8, 10.0, 0.0) == 0.0
