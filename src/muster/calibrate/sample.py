"""Tempered sequential Monte Carlo: from the prior to the posterior by small steps, every particle at once.

Particles start as draws of the prior N(0, I). At each stage the likelihood is raised to a larger power, chosen so that half
of the particles would survive; they are resampled systematically and moved by random-walk Metropolis steps whose shape is
the particles' own covariance (Del Moral, Doucet & Jasra 2006). One seed, one answer, whatever the number of cores.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

LogLikelihood = Callable[[np.ndarray], np.ndarray]
_ACCEPT = 0.25
_MOST_STAGES = 200


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

    ``log_likelihood`` takes (n, dimensions) and returns (n,). The last stage moves four times as often, so that draws that
    were copied part from each other.
    """
    rng = np.random.Generator(np.random.Philox(seed))
    z = rng.standard_normal((draws, dimensions))
    value = log_likelihood(z)
    power, log_evidence, scale, accepted, stages = 0.0, 0.0, 1.0, 0.0, 0
    roots = np.arange(draws)
    while power < 1.0 and stages < _MOST_STAGES:
        stages += 1
        step = _next_step(value, 1.0 - power)
        log_weight = step * value
        log_evidence += float(np.logaddexp.reduce(log_weight) - np.log(draws))
        chosen = _resample(log_weight, rng)
        z, value, power, roots = z[chosen], value[chosen], power + step, roots[chosen]
        rounds = moves * 4 if power >= 1.0 else moves
        z, value, scale, accepted = _move(z, value, power, log_likelihood, rng, scale=scale, rounds=rounds)
    return Sampled(z, value, log_evidence, stages, accepted, len(np.unique(roots)) / draws)


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


def _move(
    z: np.ndarray,
    value: np.ndarray,
    power: float,
    log_likelihood: LogLikelihood,
    rng: np.random.Generator,
    *,
    scale: float,
    rounds: int,
) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Metropolis steps of all particles, in the shape of their cloud; the scale learns from what is accepted."""
    draws, dimensions = z.shape
    root = np.linalg.cholesky(np.cov(z, rowvar=False).reshape(dimensions, dimensions) + 1e-9 * np.eye(dimensions))
    rate = 0.0
    for _ in range(rounds):
        proposal = z + scale * 2.38 / np.sqrt(dimensions) * rng.standard_normal((draws, dimensions)) @ root.T
        proposed = log_likelihood(proposal)
        gain = power * (proposed - value) - 0.5 * ((proposal**2).sum(axis=1) - (z**2).sum(axis=1))
        accept = np.log(rng.random(draws)) < gain
        z, value = np.where(accept[:, None], proposal, z), np.where(accept, proposed, value)
        rate = float(accept.mean())
        scale = float(np.clip(scale * np.exp(rate - _ACCEPT), 1e-3, 3.0))
    return z, value, scale, rate
