"""Claims to forecast, and a posterior without a fit: draws of the prior."""

from datetime import timedelta

import numpy as np
import pytest

import muster
from muster.calibrate.plan import Plan
from muster.calibrate.posterior import Posterior, Wave
from muster.calibrate.prior import fitted_priors
from muster.case import Claim
from muster.core.dates import Interval

NAMES = ("exit.attempt_rate", "resolve.threshold_army")


@pytest.fixture(scope="session")
def tiny():
    return muster.load_case("tinyland")


@pytest.fixture(scope="session")
def cut(tiny):
    return tiny.start + timedelta(days=400)


@pytest.fixture(scope="session")
def guess(tiny, cut):
    """A posterior that is the prior of two parameters."""
    priors = fitted_priors(NAMES)
    z = np.random.default_rng(5).standard_normal((30, 2))
    values = np.column_stack([prior.value(z[:, place]) for place, prior in enumerate(priors)])
    wave = Wave(0, z.mean(axis=0), z.std(axis=0), 0.1, np.inf, 0.0)
    empty = np.zeros((30, 0))
    found = (z, values, (), empty, (), empty, np.zeros(0), (wave,), 0, 0.25, 1.0)
    return Posterior(tiny.name, tiny.name, tiny.sha256, tiny.strength, cut, 1, Plan(), NAMES, *found)


@pytest.fixture
def claim(cut):
    """Make a claim about a day some time after the cut (or before)."""

    def make(name, value, days, *, quantity="cumulative_defections_military", claimant="Network", begun=None, **changes):
        when = cut + timedelta(days=days)
        start = None if begun is None else Interval(*(2 * [cut + timedelta(days=begun)]))
        fields = dict(low=None, high=None, unit="persons", region="national", side="resistance") | changes
        return Claim(
            name, quantity, value, fields["low"], fields["high"], fields["unit"], start, Interval(when, when), fields["region"],
            claimant, fields["side"], Interval(when, when), "invented", "", "",
        )  # fmt: skip

    return make
