"""Simulation-based calibration on a case small enough for every day: the sampler, the likelihood and the reports agree."""

from datetime import date

import numpy as np
import pytest

from muster.calibrate.check import Calibration, check_calibration, reported_on
from muster.calibrate.emulator import fit_emulator
from muster.case import Claim
from muster.core.dates import Interval
from muster.observe.reported import likelihood_terms


def told(name, day, claimant, side, quantity="cumulative_defections_total"):
    when = date.fromisoformat(day)
    return Claim(
        name, quantity, 1000.0, None, None, "persons", None, Interval(when, when), "national", claimant, side, None, "", "", ""
    )


TERMS = likelihood_terms(
    [
        told("A", "2021-06-30", "movement", "resistance"),
        told("B", "2022-06-30", "movement", "resistance"),
        told("C", "2022-01-31", "institute", "independent"),
        told("D", "2022-12-31", "another institute", "independent"),
        told("E", "2022-06-30", "ministry", "regime", "military_deaths_cumulative"),
        told("F", "2022-07-31", "institute", "independent", "military_deaths_cumulative"),
    ]
)


def answers(z):
    """Logarithms of a world with two parameters: how many leave, and how many fall."""
    base = np.log([1500.0, 2600.0, 2100.0, 3300.0, 5000.0, 5500.0])
    leave = np.array([1.0, 0.8, 0.9, 0.7, 0.0, 0.1])
    fall = np.array([0.0, 0.1, 0.0, 0.2, 0.8, 0.9])
    return base + 0.6 * z[:, :1] * leave + 0.5 * z[:, 1:] * fall


@pytest.fixture(scope="module")
def checked():
    rng = np.random.default_rng(11)
    z = rng.standard_normal((300, 2))
    emulator = fit_emulator(z, answers(z) + 0.02 * rng.standard_normal((300, 6)))
    truths = rng.standard_normal((80, 2))
    natural = np.exp(answers(truths) + 0.02 * rng.standard_normal((80, 6)))
    return check_calibration(emulator, TERMS, truths, natural, parameters=["leave", "fall"], draws=150, moves=8)


def test_intervals_cover_as_often_as_they_say(checked):
    assert ((0.80 <= checked.coverage90) & (checked.coverage90 <= 0.98)).all()
    assert ((0.36 <= checked.covered50.mean(axis=0)) & (checked.covered50.mean(axis=0) <= 0.64)).all()


def test_ranks_are_uniform(checked):
    assert (checked.uniformity(bins=5) > 0.01).all()


def test_the_test_sees_a_posterior_that_is_too_sure():
    rng = np.random.default_rng(1)
    ranks = np.clip(rng.normal(50, 40, (200, 1)), 0, 100) // 50 * 100
    sure = Calibration(("x",), 100, ranks, np.zeros((200, 1), bool), np.zeros((200, 1), bool))
    assert sure.uniformity(bins=5)[0] < 0.01
    assert sure.coverage90[0] == 0.0


def test_reports_lean_on_each_other_and_are_rounded():
    rng = np.random.default_rng(5)
    made = [reported_on(TERMS, np.full(6, 2000.0), rng) for _ in range(400)]
    values = np.log([[term.claim.value for term in one] for one in made])
    assert np.corrcoef(values[:, 0], values[:, 1])[0, 1] > 0.8, "one claimant has one bias"
    assert abs(np.corrcoef(values[:, 0], values[:, 2])[0, 1]) < 0.15
    assert values[:, 2].std() == pytest.approx(np.hypot(0.25, 0.1), rel=0.12)
    assert all(len(f"{one[0].claim.value:.0f}".rstrip("0")) <= 2 for one in made)
