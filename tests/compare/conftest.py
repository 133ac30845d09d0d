"""Small ensembles of the invented case."""

from __future__ import annotations

import pytest

import muster
from muster.compare.ensemble import Ensemble, simulate_ensemble

NULL, FEWER = "null", "fewer-places"


@pytest.fixture(scope="session")
def tiny():
    return muster.load_case("tinyland")


@pytest.fixture(scope="session")
def fewer(tiny):
    """A tenth of the places in the second year."""
    return muster.scenario(tiny, FEWER, {"driver.places": 0.1}, start="2032-01-01")


@pytest.fixture(scope="session")
def trio(tiny, fewer) -> Ensemble:
    """The baseline, a tenth of the places in the second year, and a scenario that changes nothing."""
    null = muster.scenario(tiny, NULL, {"driver.cash": 1.0})
    return simulate_ensemble(tiny, None, ["baseline", fewer, null], draws=4)
