"""What a sensitivity analysis moves: parameters, each over its prior or over what a fit left of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from muster.calibrate.posterior import ASSUMED_BELOW, Posterior
from muster.calibrate.prior import Prior, fitted_priors
from muster.core.errors import MusterError

Over = Literal["prior", "posterior"]
_EDGE = 0.05  # quantiles run from here to its complement: the tails of a prior are judged by nobody


@dataclass(frozen=True, slots=True)
class Factor:
    """A parameter: its meaning, where its prior comes from, the share of its variance a fit took away (None: there is no fit).

    ``value`` maps quantiles in [0, 1] to values.
    """

    name: str
    meaning: str
    source: str
    learned: float | None
    value: Callable[[np.ndarray], np.ndarray]

    @property
    def assumed(self) -> bool:
        """Whether its value rests on judgement rather than on evidence: the label of the assumption ledger."""
        return self.learned is None or self.learned < ASSUMED_BELOW


def find_factors(posterior: Posterior | None, *, over: Over, names: tuple[str, ...] | None = None) -> tuple[Factor, ...]:
    """The parameters to move, all fitted ones by default, between the 5th and 95th percentile of their prior or posterior.

    Over a posterior each goes by its own marginal: how draws of two hang together is left out, because indices need
    independent inputs. Raises MusterError for an unknown parameter, or one that the fit has not moved.
    """
    if over == "posterior" and posterior is None:
        raise MusterError("There is no fit of this case to take ranges from. Ask over the prior, or fit it first.")
    fitted = posterior.parameters if posterior is not None else None
    chosen = fitted_priors(names or fitted)
    found = []
    for prior in chosen:
        place = fitted.index(prior.name) if fitted is not None and prior.name in fitted else None
        draws = posterior.values[:, place] if posterior is not None and place is not None else None
        if over == "posterior" and draws is None:
            raise MusterError(f"{prior.name} is not moved by the fit, so that it has no posterior. Ask over the prior.")
        learned = float(posterior.learned[place]) if posterior is not None and place is not None else None
        value = _of_draws(draws) if over == "posterior" and draws is not None else _of_prior(prior)
        found.append(Factor(prior.name, prior.parameter.meaning, prior.parameter.source, learned, value))
    return tuple(found)


def _within(u: np.ndarray) -> np.ndarray:
    return _EDGE + (1.0 - 2.0 * _EDGE) * u


def _of_prior(prior: Prior) -> Callable[[np.ndarray], np.ndarray]:
    low, high = prior.parameter.low, prior.parameter.high
    return lambda u: np.clip(prior.value(special.ndtri(_within(u))), low, high)


def _of_draws(draws: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    return lambda u: np.quantile(draws, _within(u))
