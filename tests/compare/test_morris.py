"""Elementary effects: a linear function by hand, and SALib's answers for the same points."""

import numpy as np
import pytest

from muster.compare.morris import draw_trajectories, read_effects


def ishigami(points):
    z = (np.asarray(points) * 2 - 1) * np.pi
    return np.sin(z[:, 0]) + 7.0 * np.sin(z[:, 1]) ** 2 + 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0])


def effects_of(function, inputs, count, seed):
    points = draw_trajectories(inputs, count, seed=seed)
    values = function(points.reshape(-1, inputs)).reshape(count, inputs + 1)
    return points, values, read_effects(points, values, seed=1)


def test_a_trajectory_moves_one_input_after_the_other_over_the_grid():
    points = draw_trajectories(5, 40, seed=1)
    assert set(np.round(points.ravel() * 3, 9)) == {0.0, 1.0, 2.0, 3.0}
    moved = np.abs(np.diff(points, axis=1))
    np.testing.assert_allclose(moved.max(axis=2), 2 / 3)
    assert ((moved > 0).sum(axis=2) == 1).all()
    assert ((moved > 0).sum(axis=1) == 1).all()


def test_effects_of_a_linear_function_are_its_slopes():
    slopes = np.array([3.0, -2.0, 0.0])
    _, _, found = effects_of(lambda x: x @ slopes, 3, 6, seed=2)
    np.testing.assert_allclose(found.mu, slopes)
    np.testing.assert_allclose(found.mu_star, np.abs(slopes))
    np.testing.assert_allclose(found.sigma, 0, atol=1e-12)
    np.testing.assert_allclose(found.low, found.high)


def test_effects_are_those_salib_found():
    """SALib 1.6 on these points: mu, mu_star, sigma."""
    _, _, found = effects_of(ishigami, 3, 20, seed=4)
    np.testing.assert_allclose(found.mu, [8.328933721926418, 0.0, -1.2497592206666237], atol=1e-9)
    np.testing.assert_allclose(found.mu_star, [8.328933721926418, 7.875, 8.748314544666366])
    np.testing.assert_allclose(found.sigma, [6.37899334, 8.07957952, 10.65096831])
    assert (found.low <= found.mu_star).all()
    assert (found.mu_star <= found.high).all()


def test_salib_finds_the_same_where_it_is_installed():
    morris = pytest.importorskip("SALib.analyze.morris")
    points, values, found = effects_of(ishigami, 3, 20, seed=5)
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    theirs = morris.analyze(problem, points.reshape(-1, 3), values.ravel(), num_levels=4)
    for name in ("mu", "mu_star", "sigma"):
        np.testing.assert_allclose(getattr(found, name), np.array(theirs[name]), atol=1e-9)
