"""Histories under draws of a posterior are those of the fit, and can be repeated."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

import muster
from muster.calibrate.answer import simulate_with
from muster.calibrate.draws import simulate_draws
from muster.calibrate.plan import Plan
from muster.calibrate.posterior import Posterior, Wave
from muster.calibrate.prior import fitted_priors


@pytest.fixture(scope="module")
def prior_draws():
    case = muster.load_case("tinyland")
    priors = fitted_priors()
    z = np.random.default_rng(8).standard_normal((4, len(priors)))
    values = np.column_stack([prior.value(z[:, place]) for place, prior in enumerate(priors)])
    names = tuple(prior.name for prior in priors)
    wave = Wave(0, z[0], z[0], 0.1, np.inf, 0.0)
    found = (z, values, (), np.zeros((4, 0)), (), np.zeros((4, 0)), np.zeros(0), (wave,), 0, 0.25, 1.0)
    return case, Posterior(case.name, case.name, case.sha256, case.strength, case.until, 1, Plan(), names, *found)


def test_a_draw_is_the_history_the_fit_would_make(prior_draws):
    case, posterior = prior_draws
    until = case.start + timedelta(days=200)
    runs = simulate_draws(case, posterior, 3, until=until)
    for index, run in enumerate(runs):
        bare = replace(case, parameters={}, until=until)
        assert run.result_hash == simulate_with(bare, posterior.draw(index), seed=index + 1).result_hash


def test_a_saved_draw_can_be_repeated(prior_draws, tmp_path):
    case, posterior = prior_draws
    (run,) = simulate_draws(case, posterior, 1, until=case.start + timedelta(days=90))
    run.save(tmp_path)
    assert muster.rerun(tmp_path).same
