"""Tempered sequential Monte Carlo: from the prior to the posterior by small steps, every particle at once.

Particles start as draws of the prior N(0, I). At each stage the likelihood is raised to a larger power, chosen so that half
of the particles would survive; they are resampled systematically and moved by Metropolis steps (Del Moral, Doucet & Jasra
2006). Steps of two kinds take turns: random walks in the shape of the particles' cloud, and autoregressive steps that leave
the normal distribution of that shape unchanged (a Crank-Nicolson step with the cloud as its reference), which in thirty
dimensions travel ten times as far. One seed, one answer, whatever the number of cores.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

LogLikelihood = Callable[[np.ndarray], np.ndarray]
_ACCEPT = 0.25
_MOST_STAGES = 200
_LAST = 6  # the last stage moves this many times as often, so that draws that were copied part from each other


@dataclass(frozen=True, slots=True)
class Sampled:
    """Equally weighted draws ``z`` (draws, parameters) with their log-likelihoods, and how it went."""

    z: np.ndarray
    log_likelihood: np.ndarray
    log_evidence: float
    stages: int
    acceptance: float
    unique_share: float


def sample(log_likelihood: LogLikelihood, dimensions: int, *, draws: int = 2_000, moves: int = 20, seed: int = 1) -> Sampled:
    """Draw from the posterior of a log-likelihood over standard normal ``z``.

    ``log_likelihood`` takes (n, dimensions) and returns (n,).
    """
    rng = np.random.Generator(np.random.Philox(seed))
    z = rng.standard_normal((draws, dimensions))
    value = log_likelihood(z)
    power, log_evidence, stages = 0.0, 0.0, 0
    mover = _Mover(log_likelihood, rng)
    roots = np.arange(draws)
    while power < 1.0 and stages < _MOST_STAGES:
        stages += 1
        step = _next_step(value, 1.0 - power)
        log_weight = step * value
        log_evidence += float(np.logaddexp.reduce(log_weight) - np.log(draws))
        chosen = _resample(log_weight, rng)
        z, value, power, roots = z[chosen], value[chosen], power + step, roots[chosen]
        z, value = mover.move(z, value, power, rounds=moves * _LAST if power >= 1.0 else moves)
    return Sampled(z, value, log_evidence, stages, mover.accepted, len(np.unique(roots)) / draws)


def _next_step(value: np.ndarray, left: float) -> float:
    """The largest increase of the power that keeps the effective sample at half of the particles."""

    def effective(step: float) -> float:
        weight = np.exp(step * (value - value.max()))
        return float(weight.sum() ** 2 / (weight**2).sum())

    if effective(left) >= len(value) / 2:
        return left
    low, high = 0.0, left
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if effective(middle) >= len(value) / 2 else (low, middle)
    return max(low, 1e-9)


def _resample(log_weight: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Systematic resampling: indices of the particles that go on."""
    weight = np.exp(log_weight - log_weight.max())
    ladder = np.cumsum(weight) / weight.sum()
    return np.minimum(np.searchsorted(ladder, (rng.random() + np.arange(len(weight))) / len(weight)), len(weight) - 1)


class _Mover:
    """Moves all particles; how long its two kinds of steps are it learns from what is accepted."""

    def __init__(self, log_likelihood: LogLikelihood, rng: np.random.Generator) -> None:
        self.log_likelihood, self.rng = log_likelihood, rng
        self.walk, self.jump = 1.0, 0.5
        self.accepted = 0.0

    def move(self, z: np.ndarray, value: np.ndarray, power: float, *, rounds: int) -> tuple[np.ndarray, np.ndarray]:
        """``rounds`` steps of every particle towards the likelihood raised to ``power``, in the shape of their cloud."""
        draws, dimensions = z.shape
        centre = z.mean(axis=0)
        spread = np.cov(z, rowvar=False).reshape(dimensions, dimensions) + 1e-6 * np.eye(dimensions)
        root = np.linalg.cholesky(spread)
        inverse = np.linalg.inv(root)
        for turn in range(rounds):
            noise = self.rng.standard_normal((draws, dimensions)) @ root.T
            if turn % 2:
                proposal = z + self.walk * 2.38 / np.sqrt(dimensions) * noise
                gain = 0.0
            else:
                proposal = centre + np.sqrt(1.0 - self.jump**2) * (z - centre) + self.jump * noise
                gain = 0.5 * (_square((proposal - centre) @ inverse.T) - _square((z - centre) @ inverse.T))
            proposed = self.log_likelihood(proposal)
            gain = gain + power * (proposed - value) - 0.5 * (_square(proposal) - _square(z))
            accept = np.log(self.rng.random(draws)) < gain
            z, value = np.where(accept[:, None], proposal, z), np.where(accept, proposed, value)
            self.accepted = float(accept.mean())
            change = np.exp(self.accepted - _ACCEPT)
            if turn % 2:
                self.walk = float(np.clip(self.walk * change, 1e-3, 3.0))
            else:
                self.jump = float(np.clip(self.jump * change, 1e-2, 0.99))
        return z, value


def _square(z: np.ndarray) -> np.ndarray:
    return (z**2).sum(axis=1)
