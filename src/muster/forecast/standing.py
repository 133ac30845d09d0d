"""What the model has wrong at the cut, as all sources of a figure together tell it.

If every source of a figure stands above the model, the model is more likely wrong than all of them bent the same way. With
``r_j = log y_j - log X_j`` the gap of each claimant's last figure, its bias ``N(m_j, s_j)``, its scatter, and an error of the
model ``d ~ N(0, D)`` common to all,

    d | r  ~  N( V sum_j (r_j - m_j) / v_j,  V ),    1 / V = 1 / D^2 + sum_j 1 / v_j,    v_j = s_j^2 + scatter_j^2

With no source at all the error is its prior: the model alone is trusted no further than ``D``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from muster.observe.reported import Term
from muster.observe.wording import stated_figure

_SMALL = 0.5


@dataclass(frozen=True, slots=True)
class StandingError:
    """The error of the model's logarithm: a mean for each history, (histories,), and one sd.

    ``seen`` is the simulated truth at the newest figure it was learned from, (histories,): 0 where there was none.
    """

    mean: np.ndarray
    sd: float
    seen: np.ndarray

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
        """Draws of the error, (copies, histories)."""
        return self.mean + self.sd * rng.standard_normal(shape)


def standing_error(term: Term, past: Sequence[Term], past_truth: np.ndarray, *, sd: float) -> StandingError:
    """The error under a term's figure, from the last figure of each claimant on the same quantity and region.

    ``past_truth`` (histories, past) is what the histories say to the past terms, ``sd`` the prior of the error.
    """
    last: dict[str, int] = {}
    for place in sorted(range(len(past)), key=lambda index: past[index].day):
        other = past[place].claim
        if (other.quantity, other.region) == (term.claim.quantity, term.claim.region):
            last[past[place].group[0]] = place
    precision, pull = 1.0 / sd**2, np.zeros(past_truth.shape[0])
    for place in last.values():
        heard = past[place]
        gap = math.log(max(stated_figure(heard.claim), _SMALL)) - np.log(np.maximum(past_truth[:, place], _SMALL))
        weight = 1.0 / (heard.bias.sd**2 + heard.scatter**2)
        pull += weight * (gap - heard.bias.mean)
        precision += weight
    newest = max(last.values(), key=lambda place: past[place].day, default=None)
    seen = np.zeros(len(pull)) if newest is None else past_truth[:, newest]
    return StandingError(pull / precision, math.sqrt(1.0 / precision), seen)
