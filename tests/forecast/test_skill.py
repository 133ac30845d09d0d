"""Scores against a scoring library, by hand, and in the limit."""

import math

import numpy as np
import pytest
from scipy import stats

from muster.forecast.skill import skill_of_draws, skill_of_normal


@pytest.fixture(scope="module")
def library():
    """Imported once: it is slow to load."""
    return pytest.importorskip("scoringrules")


@pytest.mark.parametrize(("mean", "sd", "figure"), [(0.0, 1.0, 0.0), (2.0, 0.5, 3.7), (-1.0, 3.0, 0.4), (9.0, 0.05, 9.1)])
def test_a_normal_scores_as_in_the_library(library, mean, sd, figure):
    skill = skill_of_normal(mean, sd, figure)
    assert skill.crps == pytest.approx(float(library.crps_normal(figure, mean, sd)), rel=1e-9)
    assert skill.log_score == pytest.approx(stats.norm(mean, sd).logpdf(figure), rel=1e-9)


@pytest.mark.parametrize("figure", [-2.0, 0.1, 0.9, 5.0])
def test_draws_score_as_in_the_library(library, figure):
    draws = np.random.default_rng(1).gamma(2.0, 0.5, 700)
    assert skill_of_draws(draws, figure).crps == pytest.approx(float(library.crps_ensemble(figure, draws)), rel=1e-9)


def test_crps_of_two_draws_by_hand():
    # mean |x - y| = (1 + 3) / 2 = 2; mean |x - x'| over all pairs = (0 + 2 + 2 + 0) / 4 = 1; CRPS = 2 - 1 / 2
    assert skill_of_draws(np.array([1.0, 3.0]), 0.0).crps == pytest.approx(1.5)


def test_many_draws_of_a_normal_score_as_the_normal():
    draws = np.random.default_rng(2).normal(1.0, 0.4, 40_000)
    by_draws, exact = skill_of_draws(draws, 1.5), skill_of_normal(1.0, 0.4, 1.5)
    assert by_draws.crps == pytest.approx(exact.crps, abs=0.005)
    assert by_draws.log_score == pytest.approx(exact.log_score, abs=0.05)


@pytest.mark.parametrize(("figure", "in50", "in90"), [(0.0, True, True), (0.7, False, True), (1.7, False, False)])
def test_coverage(figure, in50, in90):
    draws = stats.norm.ppf((np.arange(2_000) + 0.5) / 2_000)
    for skill in (skill_of_draws(draws, figure), skill_of_normal(0.0, 1.0, figure)):
        assert (skill.in50, skill.in90) == (in50, in90)


def test_draws_that_agree_still_have_a_score():
    skill = skill_of_draws(np.full(50, 2.0), 2.5)
    assert skill.crps == pytest.approx(0.5)
    assert math.isfinite(skill.log_score)
