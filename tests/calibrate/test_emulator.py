"""The emulator learns a quadratic exactly, says how far it errs, and leans on near runs."""

import numpy as np
import pytest

from muster.calibrate.emulator import features, fit_emulator


def runs(count=400, noise=0.0, seed=3):
    rng = np.random.default_rng(seed)
    z = rng.standard_normal((count, 3))
    log = 8 + z[:, 0] - 0.5 * z[:, 1] ** 2 + 0.3 * z[:, 0] * z[:, 2]
    return z, (log + noise * rng.standard_normal(count))[:, None]


def test_a_quadratic_is_learned():
    z, answers = runs()
    emulator = fit_emulator(z, answers)
    fresh, wanted = runs(seed=4)
    np.testing.assert_allclose(emulator.predict(fresh), wanted, atol=0.02)
    assert emulator.sd[0] < 0.02


def test_what_it_cannot_know_is_in_its_sd():
    z, answers = runs(noise=0.3)
    emulator = fit_emulator(z, answers)
    fresh, wanted = runs(noise=0.3, seed=5)
    assert emulator.sd[0] == pytest.approx(0.3, abs=0.04)
    assert np.std(emulator.predict(fresh) - wanted) == pytest.approx(emulator.sd[0], abs=0.05)


def test_near_runs_count_more():
    rng = np.random.default_rng(6)
    z = rng.standard_normal((600, 1)) * 3
    answers = np.abs(z)  # no quadratic far away, straight near 2
    near = 1.0 / (1.0 + ((z[:, 0] - 2.0) / 0.5) ** 4)
    at = np.array([[1.5], [2.0], [2.5]])
    local, everywhere = fit_emulator(z, answers, weights=near), fit_emulator(z, answers)
    error = [np.abs(one.predict(at) - np.abs(at)).max() for one in (local, everywhere)]
    assert error[0] < 0.5 * error[1]


def test_number_of_features():
    assert features(np.zeros((2, 4))).shape == (2, 15)
