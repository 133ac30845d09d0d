"""How wide a forecast should be, learned from forecasts that have been judged.

A fit says how unsure its parameters are, not how wrong the model is. That shows when forecasts come true or not: each judged
forecast leaves a surprise ``z``, the place of the reported figure in the predictive distribution as a standard normal
deviate. Were forecasts as wide as they ought to be, ``z^2`` would be 1 on average. So the next forecast of the kind is
stretched about its median by

    s^2 = (n0 + sum z^2) / (n0 + n)                       the mean of a conjugate posterior of the variance

with ``n0`` forecasts' worth of trust in the model as it is. Only figures published by the cut of the next forecast count, and
of several forecasts of one figure the last. The idea is that of statistical post-processing of weather ensembles
(Gneiting, Raftery, Westveld & Goldman 2005).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import numpy as np
from scipy import special

from muster.observe.reported import Term
from muster.observe.window import NATIONAL

Kind = Literal["region", "total", "flow", "level"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Widths = Mapping[str, float]
# Trust in the model before any forecast was judged, counted in forecasts. Judgement.
_TRUST = 10.0
# A figure beyond all draws says "far out", not how far.
_FARTHEST = 3.0


def kind_of(term: Term, *, anchored: bool) -> Kind:
    """Kinds that err alike: a region's figures, running totals that go on from a last figure, flows, levels."""
    if term.claim.region != NATIONAL:
        return "region"
    if term.definition.kind == "cumulative":
        return "total" if anchored else "flow"
    return "flow" if term.definition.kind == "flow" else "level"


def surprise(draws: np.ndarray, figure: float) -> float:
    """Where a figure fell in predictive draws (n,), as a standard normal deviate within 3."""
    below = (float((draws < figure).sum()) + 0.5) / (len(draws) + 1.0)
    return float(np.clip(special.ndtri(below), -_FARTHEST, _FARTHEST))


def stretched(draws: np.ndarray, width: float) -> np.ndarray:
    """Draws (n,) made wider about their median by a factor."""
    middle = np.median(draws)
    return middle + width * (draws - middle)


def learn_widths(judged: Iterable[tuple[str, str, float]]) -> dict[str, float]:
    """A factor a kind from judged forecasts, in the order they were made: (claim, kind, surprise)."""
    last = {claim: (kind, z) for claim, kind, z in judged}
    return {kind: _factor([z for other, z in last.values() if other == kind]) for kind in KINDS}


def _factor(surprises: list[float]) -> float:
    return math.sqrt((_TRUST + sum(z * z for z in surprises)) / (_TRUST + len(surprises)))
