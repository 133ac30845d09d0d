"""The militia, worked by hand."""

import pytest

from muster.model.mechanisms import militia

near = pytest.approx


def test_stays():
    assert militia.stays(0.1, 3) == near(0.9)
    assert militia.stays(0.1, 0) == 1.0  # nobody to help


def test_killed_share():
    assert militia.killed_share(100.0, 1000.0) == near(0.0951626, abs=1e-7)  # 1 - exp(-.1)
    assert militia.killed_share(5.0, 0.0) == 0.0
    assert militia.killed_share(0.0, 100.0) == 0.0
    assert militia.killed_share(1e9, 1.0) == near(1.0)
