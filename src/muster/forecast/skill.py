"""Scores of forecasts, all on the natural logarithm of the figure, so that a factor counts the same for large and small.

CRPS (Gneiting & Raftery 2007), lower is better; the log score is the log of the predictive density, higher is better;
coverage says whether the figure fell within the central 50 and 90 per cent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

_ROOT_TWO_PI = math.sqrt(2.0 * math.pi)


@dataclass(frozen=True, slots=True)
class Skill:
    """How a predictive distribution did on one figure."""

    crps: float
    log_score: float
    in50: bool
    in90: bool


def skill_of_draws(draws: np.ndarray, figure: float) -> Skill:
    """Scores of equally likely draws (n,) of the log of the figure. Log score: a Gaussian kernel of Silverman's width."""
    ordered = np.sort(draws)
    count = len(ordered)
    weights = 2.0 * np.arange(1, count + 1) - count - 1.0
    crps = float(np.abs(ordered - figure).mean() - (weights * ordered).sum() / count**2)
    quartiles = np.quantile(ordered, [0.25, 0.75])
    width = 0.9 * min(float(ordered.std()), float(np.diff(quartiles)[0]) / 1.34 or math.inf) * count**-0.2
    width = max(width, 1e-3)
    kernel = -0.5 * ((ordered - figure) / width) ** 2
    log_score = float(np.logaddexp.reduce(kernel) - math.log(count * width * _ROOT_TWO_PI))
    low90, low50, high50, high90 = np.quantile(ordered, [0.05, 0.25, 0.75, 0.95])
    return Skill(crps, log_score, bool(low50 <= figure <= high50), bool(low90 <= figure <= high90))


def skill_of_normal(mean: float, sd: float, figure: float) -> Skill:
    """Scores of a normal distribution, in closed form."""
    z = (figure - mean) / sd
    density = math.exp(-0.5 * z * z) / _ROOT_TWO_PI
    crps = sd * (z * (2.0 * float(special.ndtr(z)) - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi))
    log_score = -0.5 * z * z - math.log(sd * _ROOT_TWO_PI)
    return Skill(crps, log_score, abs(z) <= 0.6744897501960817, abs(z) <= 1.6448536269514722)
