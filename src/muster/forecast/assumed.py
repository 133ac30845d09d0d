"""The assumption ledger: parameters the evidence says little about, ranked by how much they move each answer.

An answer is a forecast quantity on the last day. Its spread over the draws is shared out over the parameters by a linear
regression of its logarithm on them (squared standardised coefficients); what luck, drivers ahead and curvature do is left.
A parameter of which the evidence took away less than a fifth of the prior's variance is labelled assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from muster.calibrate.posterior import ASSUMED_BELOW
from muster.calibrate.prior import fitted_priors
from muster.forecast.predict import Forecast, refuse_few

_RIDGE = 1.0
_SMALL = 0.5


@dataclass(frozen=True, slots=True)
class Assumption:
    """One parameter: what it means, where its prior comes from, what was learned, and the share of each answer it moves."""

    name: str
    meaning: str
    source: str
    learned: float
    moves: dict[str, float]

    @property
    def assumed(self) -> bool:
        return self.learned < ASSUMED_BELOW

    @property
    def most(self) -> float:
        """The largest share it has in any answer."""
        return max(self.moves.values(), default=0.0)


def list_assumptions(forecast: Forecast, *, quantities: tuple[str, ...] | None = None) -> tuple[Assumption, ...]:
    """All fitted parameters, assumed ones first, each group by how much it moves the answers (default: all of them)."""
    refuse_few(forecast)
    posterior = forecast.posterior
    count = len(forecast.truth)
    z = posterior.z[np.arange(count) % posterior.draws]
    wanted = quantities or forecast.quantities
    shares = {name: explained(z, np.log(np.maximum(forecast.series(name)[:, -1], _SMALL))) for name in wanted}
    rows = [
        Assumption(
            prior.name,
            prior.parameter.meaning,
            prior.parameter.source,
            float(posterior.learned[place]),
            {name: float(share[place]) for name, share in shares.items()},
        )
        for place, prior in enumerate(fitted_priors(posterior.parameters))
    ]
    return tuple(sorted(rows, key=lambda row: (not row.assumed, -row.most)))


def explained(z: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """Share of the variance of ``answer`` (draws,) that each column of ``z`` (draws, parameters) accounts for, linearly."""
    spread = answer.std()
    if spread == 0:
        return np.zeros(z.shape[1])
    scaled = (z - z.mean(axis=0)) / np.maximum(z.std(axis=0), 1e-12)
    standard = (answer - answer.mean()) / spread
    slopes = np.linalg.solve(scaled.T @ scaled + _RIDGE * np.eye(z.shape[1]), scaled.T @ standard)
    fitted = float((scaled @ slopes).var())
    squares = slopes**2
    return squares / squares.sum() * min(fitted, 1.0) if squares.sum() > 0 else squares
