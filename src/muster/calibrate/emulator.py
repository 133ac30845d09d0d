"""A stand-in for the simulator between the runs that were made: each answer, as it is learned, a quadratic of ``z``.

Ridge regression on all linear, square and product terms; how strongly it is held back is chosen for each answer by
generalised cross-validation. What the quadratic misses, and the luck of a single run, is its ``sd``: it enters the
likelihood, so that the posterior is no surer than the emulator.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_RIDGES = np.geomspace(1e-3, 1e4, 15)


@dataclass(frozen=True, slots=True)
class Emulator:
    """Coefficients (features, answers) about a centre, and the standard deviation of what is left (answers,)."""

    centre: np.ndarray
    spread: np.ndarray
    coefficients: np.ndarray
    sd: np.ndarray

    def predict(self, z: np.ndarray) -> np.ndarray:
        """Expected answers at ``z`` (n, parameters): (n, answers), on the scale they were learned on."""
        return features((z - self.centre) / self.spread) @ self.coefficients


def features(z: np.ndarray) -> np.ndarray:
    """1, each coordinate, each square (less 1), each product: (n, (d + 1)(d + 2) / 2)."""
    rows, columns = np.triu_indices(z.shape[1], 1)
    return np.hstack([np.ones((len(z), 1)), z, z**2 - 1.0, z[:, rows] * z[:, columns]])


def fit_emulator(z: np.ndarray, target: np.ndarray, *, weights: np.ndarray | None = None) -> Emulator:
    """Learn from runs: ``z`` (runs, parameters), ``target`` (runs, answers), optional weights (runs,)."""
    weight = np.ones(len(z)) if weights is None else weights / weights.mean()
    share = weight / weight.sum()
    centre = share @ z
    spread = np.sqrt(share @ (z - centre) ** 2)
    mean = share @ target
    root = np.sqrt(weight)[:, None]
    basis = features((z - centre) / spread)
    left, singular, right = np.linalg.svd(root * basis, full_matrices=False)
    projected = left.T @ (root * (target - mean))
    total = (root * (target - mean)) ** 2
    best = np.full(target.shape[1], np.inf)
    coefficients = np.zeros((basis.shape[1], target.shape[1]))
    variance = np.zeros(target.shape[1])
    for ridge in _RIDGES:
        shrink = singular**2 / (singular**2 + ridge)
        freedom = max(1.0 - shrink.sum() / len(z), 1e-3)
        residual = total.sum(axis=0) - ((2 * shrink - shrink**2)[:, None] * projected**2).sum(axis=0)
        criterion = np.maximum(residual, 0.0) / len(z) / freedom**2
        better = criterion < best
        best = np.where(better, criterion, best)
        variance = np.where(better, criterion, variance)
        coefficients[:, better] = right.T @ ((shrink / np.maximum(singular, 1e-12))[:, None] * projected[:, better])
    coefficients[0] += mean
    return Emulator(centre, spread, coefficients, np.sqrt(variance))
