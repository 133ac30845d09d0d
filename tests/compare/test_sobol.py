"""Sobol's indices: the closed form, SALib's estimate, and an output that does not vary."""

import numpy as np
import pytest

from muster.compare.sobol import read_indices

# Ishigami's function on the unit cube, whose indices are known in closed form.
A, B = 7.0, 0.1
_V1, _V2, _V13 = 0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8, B**2 * np.pi**8 * (1 / 18 - 1 / 50)
FIRST = np.array([_V1, _V2, 0.0]) / (_V1 + _V2 + _V13)
TOTAL = np.array([_V1 + _V13, _V2, _V13]) / (_V1 + _V2 + _V13)


def ishigami(points):
    z = (np.asarray(points) * 2 - 1) * np.pi
    return np.sin(z[:, 0]) + A * np.sin(z[:, 1]) ** 2 + B * z[:, 2] ** 4 * np.sin(z[:, 0])


def test_indices_are_those_of_the_closed_form_and_of_salib():
    """SALib 1.6 with 2,048 points: S1 .3145 .4383 .0005, ST .5579 .4424 .2455."""
    found = read_indices(ishigami, 3, 2048, seed=1)
    np.testing.assert_allclose(found.first, FIRST, atol=0.03)
    np.testing.assert_allclose(found.total, TOTAL, atol=0.03)
    np.testing.assert_allclose(found.first, [0.31450343, 0.43828515, 0.00047481], atol=0.04)
    np.testing.assert_allclose(found.total, [0.55788291, 0.44239925, 0.24550357], atol=0.04)
    assert (found.first_low < FIRST).all()
    assert (found.first_high > FIRST).all()
    assert (found.total_low < TOTAL).all()
    assert (found.total_high > TOTAL).all()


def test_salib_finds_the_same_where_it_is_installed():
    sobol, sample = pytest.importorskip("SALib.analyze.sobol"), pytest.importorskip("SALib.sample.sobol")
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    points = sample.sample(problem, 2048, calc_second_order=False, seed=1)
    theirs = sobol.analyze(problem, ishigami(points), calc_second_order=False, seed=1)
    found = read_indices(ishigami, 3, 2048, seed=2)
    np.testing.assert_allclose(found.first, theirs["S1"], atol=0.04)
    np.testing.assert_allclose(found.total, theirs["ST"], atol=0.04)


def test_values_that_were_handed_over_are_left_as_they_were():
    kept = []

    def function(points):
        kept.append(ishigami(points) + 5.0)
        return kept[-1]

    read_indices(function, 3, 64, seed=1)
    assert np.concatenate(kept).min() > -7.0
    assert abs(np.concatenate(kept).mean() - 8.5) < 1.0  # 5 and Ishigami's mean of 3.5


def test_what_does_not_vary_has_indices_of_nought_and_points_are_left_as_they_were():
    kept = []

    def function(points):
        kept.append(points)
        return np.full(len(points), 3.0)

    found = read_indices(function, 2, 16, seed=1)
    assert found.first.tolist() == found.total.tolist() == [0.0, 0.0]
    assert sum(map(len, kept)) == 16 * 4
    assert all(((points >= 0) & (points <= 1)).all() for points in kept)
