"""Exit, worked by hand."""

import pytest

from muster.model.mechanisms import exit

near = pytest.approx


def test_attempt_hazard():
    assert exit.attempt_hazard(0.006, 1.0, 0.25, 0.8) == near(0.0096)  # .006 (1 + .75 x .8)
    assert exit.attempt_hazard(0.006, 1.0, 1.0, 0.8) == near(0.006)
    assert exit.attempt_hazard(0.006, 1.0, 0.0, 0.0) == near(0.006)  # no villagers, no refuge
