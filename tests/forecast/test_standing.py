"""The model's error at the cut: worked by hand, and its limits."""

import math

import numpy as np
import pytest

from muster.forecast.standing import standing_error
from muster.observe.reported import likelihood_terms


@pytest.fixture
def asked(claim):
    return likelihood_terms([claim("Q", 90, 30, claimant="New")])[0]


def test_without_sources_the_model_is_trusted_as_far_as_its_prior(asked):
    error = standing_error(asked, (), np.empty((3, 0)), sd=0.7)
    np.testing.assert_array_equal(error.mean, np.zeros(3))
    assert error.sd == pytest.approx(0.7)
    np.testing.assert_array_equal(error.seen, np.zeros(3))


def test_two_sources_by_hand(asked, claim):
    past = likelihood_terms([claim("A", 80, -200, claimant="One"), claim("B", 40, -100, claimant="Two", side="independent")])
    truth = np.array([[40.0, 40.0]])
    one, two = (1.0 / (term.bias.sd**2 + term.scatter**2) for term in past)
    precision = 1.0 / 0.49 + one + two
    mean = (one * (math.log(2) - past[0].bias.mean) + two * (0.0 - past[1].bias.mean)) / precision
    error = standing_error(asked, past, truth, sd=0.7)
    assert error.mean[0] == pytest.approx(mean)
    assert error.sd == pytest.approx(precision**-0.5)
    assert error.seen[0] == 40.0


def test_only_the_last_figure_of_a_claimant_about_the_same_thing_counts(asked, claim):
    rows = [
        claim("A", 4_000, -300, claimant="One"),
        claim("B", 40, -100, claimant="One"),
        claim("C", 9_000, -100, claimant="Two", quantity="cumulative_defections_police"),
        claim("D", 9_000, -100, claimant="Three", region="Nowhere"),
    ]
    past = likelihood_terms(rows)
    truth = np.full((2, len(past)), 40.0)
    alone = standing_error(asked, (past[1],), truth[:, 1:2], sd=0.7)
    together = standing_error(asked, past, truth, sd=0.7)
    np.testing.assert_array_equal(together.mean, alone.mean)
    assert together.sd == alone.sd
