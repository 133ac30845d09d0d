"""The sampler finds posteriors that are known in closed form."""

import numpy as np
import pytest

from muster.calibrate.sample import sample


def test_a_gaussian_posterior_its_width_and_its_evidence():
    # prior N(0, 1), one measurement of 2 with sd 0.5: posterior N(1.6, 0.2), evidence N(2; 0, 1.25)
    drawn = sample(lambda z: -0.5 * ((z[:, 0] - 2.0) / 0.5) ** 2 - np.log(0.5 * np.sqrt(2 * np.pi)), 1, draws=4_000, moves=10)
    assert drawn.z.mean() == pytest.approx(1.6, abs=0.03)
    assert drawn.z.std() == pytest.approx(np.sqrt(0.2), abs=0.03)
    exact = -0.5 * 4 / 1.25 - 0.5 * np.log(2 * np.pi * 1.25)
    assert drawn.log_evidence == pytest.approx(exact, abs=0.1)


def test_a_narrow_ridge_in_six_dimensions():
    # the sum of six standard normals, measured as 3 with sd 0.1
    drawn = sample(lambda z: -0.5 * ((z.sum(axis=1) - 3.0) / 0.1) ** 2, 6, draws=2_000, moves=20)
    assert drawn.z.sum(axis=1).mean() == pytest.approx(3.0, abs=0.03)
    assert np.allclose(drawn.z.mean(axis=0), 0.5, atol=0.12)
    assert np.allclose(drawn.z.std(axis=0), np.sqrt(5 / 6), atol=0.12)


def test_one_seed_one_answer_and_another_seed_another():
    def bowl(z):
        return -0.5 * ((z - 1.0) ** 2).sum(axis=1) * 9

    first, again, other = (sample(bowl, 3, draws=200, moves=4, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.z, again.z)
    assert not np.array_equal(first.z, other.z)


def test_nothing_learned_leaves_the_prior():
    drawn = sample(lambda z: np.zeros(len(z)), 2, draws=4_000, moves=3)
    assert drawn.stages == 1
    assert np.allclose(drawn.z.mean(axis=0), 0.0, atol=0.06)
    assert np.allclose(drawn.z.std(axis=0), 1.0, atol=0.06)
