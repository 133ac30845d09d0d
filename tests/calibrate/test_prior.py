"""Priors are read as declared, and standard normals become values of them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import special, stats

from muster.calibrate.prior import fitted_priors, read_prior, values_of
from muster.core.errors import MusterError
from muster.model.order import mechanisms

DECLARED = {one.name: one for mechanism in mechanisms() for one in mechanism.parameters}


def prior(text):
    return read_prior(replace(DECLARED["exit.attempt_rate"], prior=text))


@pytest.mark.parametrize(
    ("text", "distribution"),
    [
        ("N(2.4, 0.5)", stats.norm(2.4, 0.5)),
        ("LogN(0.005, 0.6)", stats.lognorm(0.6, scale=0.005)),
        ("Beta(4, 16)", stats.beta(4, 16)),
        ("U(0.1, 0.5)", stats.uniform(0.1, 0.4)),
    ],
)
def test_quantiles_are_those_of_the_distribution(text, distribution):
    shares = np.array([0.02, 0.3, 0.5, 0.8, 0.99])
    np.testing.assert_allclose(prior(text).value(special.ndtri(shares)), distribution.ppf(shares), rtol=1e-9)


@pytest.mark.parametrize("one", fitted_priors(), ids=lambda one: one.name)
def test_every_fitted_parameter_has_a_prior_that_can_be_drawn_from_and_inverted(one):
    z = np.linspace(-2.5, 2.5, 11)
    values = one.value(z)
    assert (np.diff(values) > 0).all()
    np.testing.assert_allclose(one.standard(values), z, atol=1e-6)


def test_at_least_twelve_parameters_are_fitted():
    assert len(fitted_priors()) >= 12


def test_values_stay_within_the_bounds_of_the_parameters():
    priors = fitted_priors()
    for z in (-9.0, 9.0):
        values = values_of(priors, np.full(len(priors), z))
        assert all(DECLARED[name].admits(value) for name, value in values.items())


def test_what_is_no_prior_is_refused():
    with pytest.raises(MusterError, match="no prior to draw from"):
        prior("fixed")
    with pytest.raises(MusterError, match="not a parameter"):
        fitted_priors(["exit.attempts"])
