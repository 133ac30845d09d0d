"""Posterior predictive checks: had the fitted model made the reports, would they look like those that were made?

For each quantity, how many of the reported figures lie within the central 50 and 90 per cent of what the posterior expects
of their sources, and whether figures lie above or below it. Calibrated fits hold about half and nine tenths; these figures
were learned from, so a miss here is a fault of the model, and a hit is no proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from muster.calibrate.posterior import Posterior
from muster.core.errors import MusterError
from muster.observe.reported import Term
from muster.observe.wording import stated_figure

_COPIES = 20
_SMALL = 0.5


@dataclass(frozen=True, slots=True)
class Check:
    """One quantity: figures, share within 50 and 90 per cent, and the mean place of the figures in the predictive (0 to 1)."""

    quantity: str
    figures: int
    in50: float
    in90: float
    place: float


def check_predictive(posterior: Posterior, terms: Sequence[Term], *, seed: int = 1) -> tuple[Check, ...]:
    """One check a quantity, worst first. ``terms`` are those the posterior was fitted to (others are left out)."""
    rng = np.random.Generator(np.random.Philox(seed))
    places: dict[str, list[float]] = {}
    columns = {name: column for column, name in enumerate(posterior.terms)}
    for term in terms:
        if term.claim.id in columns:
            places.setdefault(term.claim.quantity, []).append(_place(posterior, term, columns[term.claim.id], rng))
    checks = [
        Check(
            quantity,
            len(found),
            float(np.mean([0.25 <= place <= 0.75 for place in found])),
            float(np.mean([0.05 <= place <= 0.95 for place in found])),
            float(np.mean(found)),
        )
        for quantity, found in places.items()
    ]
    return tuple(sorted(checks, key=lambda check: (check.in90, check.in50)))


def _place(posterior: Posterior, term: Term, column: int, rng: np.random.Generator) -> float:
    """Share of the predictive of a figure that lies below the figure reported."""
    truth = np.log(np.maximum(posterior.expected[:, column], _SMALL))
    bias = posterior.bias(term.group)
    if bias is None:
        raise MusterError(f"The fit knows nothing of {term.claim.claimant}: it was made by an older version. Fit again.")
    spread = np.hypot(term.scatter, posterior.emulator_sd[column])
    drawn = truth + bias + spread * rng.standard_normal((_COPIES, len(truth)))
    return float((drawn < np.log(stated_figure(term.claim))).mean())
