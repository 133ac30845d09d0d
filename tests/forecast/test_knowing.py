"""What moves an answer, and what would narrow it: cases with a known result."""

import numpy as np
import pytest

from muster.forecast.assumed import explained, list_assumptions
from muster.forecast.predict import forecast
from muster.forecast.worth import narrowed, rank_reports


def test_variance_is_shared_out_over_what_moves_it():
    rng = np.random.default_rng(1)
    z = rng.standard_normal((4_000, 3))
    share = explained(z, 2.0 * z[:, 0] + 1.0 * z[:, 1] + np.sqrt(5) * rng.standard_normal(4_000))
    np.testing.assert_allclose(share, [0.4, 0.1, 0.0], atol=0.04)
    assert (explained(z, np.ones(4_000)) == 0).all()


def test_what_an_observation_takes_away():
    rng = np.random.default_rng(2)
    seen = rng.standard_normal(20_000)
    target = 0.8 * seen + 0.6 * rng.standard_normal(20_000)
    assert narrowed(target, seen, 0.0) == pytest.approx(0.64, abs=0.02)
    assert narrowed(target, seen, 1.0) == pytest.approx(0.32, abs=0.02)
    assert narrowed(target, rng.standard_normal(20_000), 0.0) < 0.001
    assert narrowed(target, np.ones(20_000), 0.1) == 0.0


def test_of_a_forecast(tiny, guess):
    made = forecast(guess, tiny, months=2, draws=12)
    rows = list_assumptions(made)
    assert {row.name for row in rows} == set(guess.parameters)
    assert all(row.assumed for row in rows), "the prior has learned nothing"
    reports = rank_reports(made, "cumulative_defections_and_desertions")
    assert [row.narrows for row in reports] == sorted((row.narrows for row in reports), reverse=True)
    assert {row.side for row in reports} == {"regime", "resistance", "independent"}
