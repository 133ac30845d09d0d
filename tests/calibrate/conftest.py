"""Tinyland with claims that a known history would have given rise to."""

from dataclasses import replace
from datetime import timedelta

import pytest

import muster
from muster.calibrate.answer import simulate_with
from muster.case import Claim
from muster.core.dates import Interval
from muster.observe.series import explain

TRUTH = {"exit.attempt_rate": 0.012, "resolve.threshold_army": 1.9}
QUANTITIES = {
    "cumulative_defections_military": ("persons", "resistance"),
    "cumulative_defections_and_desertions": ("persons", "independent"),
    "military_personnel_total": ("persons", "independent"),
    "military_deaths_cumulative": ("persons", "independent"),
}


def claims_of(run, *, every=120):
    """What sources without bias or error would have said of a run, published ten days later."""
    claims = []
    days = range(every, (run.case.until - run.case.start).days, every)
    for quantity, (unit, side) in QUANTITIES.items():
        for day in days:
            when, out = (run.case.start + timedelta(days=lag) for lag in (day, day + 10))
            asked = Claim(
                f"{quantity}-{day}", quantity, None, None, None, unit, None, Interval(when, when), "national",
                f"source of {quantity}", side, Interval(out, out), "invented", "", "",
            )  # fmt: skip
            value = explain(run, asked).value
            if value:
                claims.append(replace(asked, value=float(round(value))))
    return tuple(claims)


@pytest.fixture(scope="session")
def told():
    """Tinyland, and the claims a history with TRUTH gave rise to."""
    case = muster.load_case("tinyland")
    return replace(case, claims=claims_of(simulate_with(case, TRUTH, seed=77)), parameters={})


@pytest.fixture(scope="session")
def truth():
    """The parameters behind the claims."""
    return TRUTH
