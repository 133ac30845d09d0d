"""The invented case, and its history as it stands."""

from __future__ import annotations

import pytest

import muster
from muster.case import Case
from muster.simulate.result import Run


@pytest.fixture(scope="session")
def case() -> Case:
    return muster.load_case("tinyland")


@pytest.fixture(scope="session")
def base(case: Case) -> Run:
    return muster.simulate(case, seed=1)
