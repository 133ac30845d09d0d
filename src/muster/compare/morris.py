"""Morris's elementary effects: which inputs matter at all, for a few runs an input (Morris 1991; Campolongo et al. 2007).

A trajectory starts at a random point of a grid and moves one input after the other by half the range. The mean absolute effect
(``mu_star``) ranks the inputs, the mean with its sign (``mu``) says in which direction, the spread (``sigma``) how far the
effect hangs on the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_LEVELS = 4
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Effects:
    """(inputs,) each: mean, mean absolute value (with its 90 % interval) and spread of the effects over the whole range."""

    mu: np.ndarray
    mu_star: np.ndarray
    sigma: np.ndarray
    low: np.ndarray
    high: np.ndarray


def draw_trajectories(inputs: int, count: int, *, seed: int) -> np.ndarray:
    """(count, inputs + 1, inputs) points of the grid 0, 1/3, 2/3, 1; neighbours differ in one input, by 2/3 of the range."""
    luck = np.random.default_rng(seed)
    step = _LEVELS / (2 * (_LEVELS - 1))
    low = luck.integers(0, _LEVELS // 2, (count, inputs)) / (_LEVELS - 1)
    start = np.where(luck.random((count, inputs)) < 0.5, low, low + step)
    points = np.repeat(start[:, None, :], inputs + 1, axis=1)
    for trajectory in points:
        for move, which in enumerate(luck.permutation(inputs), start=1):
            trajectory[move:, which] = trajectory[0, which] + (step if trajectory[0, which] < 0.5 else -step)
    return points


def read_effects(points: np.ndarray, values: np.ndarray, *, seed: int) -> Effects:
    """The effects from (count, inputs + 1, inputs) points and (count, inputs + 1) values."""
    moved = np.diff(points, axis=1)
    which = np.abs(moved).argmax(axis=2)
    steps = np.take_along_axis(moved, which[..., None], axis=2)[..., 0]
    effects = np.empty((len(points), points.shape[2]))
    np.put_along_axis(effects, which, np.diff(values, axis=1) / steps, axis=1)
    picks = np.random.default_rng(seed).integers(0, len(effects), (_RESAMPLES, len(effects)))
    low, high = np.quantile(np.abs(effects)[picks].mean(axis=1), (0.05, 0.95), axis=0)
    sigma = effects.std(axis=0, ddof=1) if len(effects) > 1 else np.full(effects.shape[1], np.nan)
    return Effects(effects.mean(axis=0), np.abs(effects).mean(axis=0), sigma, low, high)
