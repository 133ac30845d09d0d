"""Security, worked by hand."""

import pytest

from muster.model.mechanisms import security

near = pytest.approx


def test_alarm_level():
    # 425 exits of 250,000 = 1.7 per 1,000, at alarm 1.7: 1 - exp(-1) = .63212
    assert security.alarm_level(425.0, 250_000.0, 1.7) == near(0.632121, abs=1e-6)
    assert security.alarm_level(0.0, 250_000.0, 1.7) == 0.0
    # 2 exits of 1 left: 1 - exp(-2000/1.7) = 1; nobody in service counts as one
    assert security.alarm_level(2.0, 0.0, 1.7) == near(1.0)


def test_information():
    assert security.information(0.5, 0.7, 0.0) == near(0.65)  # 1 - .7 x .5
    assert security.information(0.5, 0.7, 0.2) == near(0.52)  # .65 x .8
    assert security.information(1.0, 1.0, 0.0) == 0.0
    assert security.information(0.0, 0.7, 1.0) == 0.0
