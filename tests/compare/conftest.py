"""Small ensembles of the invented case, and plans of some."""

from __future__ import annotations

import pytest

import muster
from muster.compare.ensemble import Ensemble, simulate_ensemble
from muster.compare.plan import Plan

NULL, FEWER = "null", "fewer-places"


@pytest.fixture(scope="session")
def tiny():
    return muster.load_case("tinyland")


@pytest.fixture(scope="session")
def case(tiny):
    return tiny


@pytest.fixture(scope="session")
def fewer(tiny):
    """A tenth of the places in the second year."""
    return muster.scenario(tiny, FEWER, {"driver.places": 0.1}, start="2032-01-01")


@pytest.fixture(scope="session")
def trio(tiny, fewer) -> Ensemble:
    """The baseline, a tenth of the places in the second year, and a scenario that changes nothing."""
    null = muster.scenario(tiny, NULL, {"driver.cash": 1.0})
    return simulate_ensemble(tiny, None, ["baseline", fewer, null], draws=4)


@pytest.fixture(scope="session")
def plan(case) -> Plan:
    return muster.plan_ensemble(case, None, ["baseline", "early-cash"], draws=3, until="2031-09-30")
