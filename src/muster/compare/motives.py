"""The motives of those who left of their own will, as each history recorded them at the moment of each exit.

An exit is shared out over the positive parts of the drive its person felt on that day; who was willing before the crisis is
dormant. This says what moved those who left, and not how many would have left without a motive: that is `muster.compare.why`.
Risk holds people back, so it is never a motive; its effect is found there too, as tightening.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from muster.case import Case
from muster.compare.ensemble import Ensemble
from muster.compare.part import Part, place_of
from muster.core.errors import MusterError
from muster.core.vocabulary import MOTIVES


@dataclass(frozen=True, slots=True)
class Motive:
    """One motive: persons (median and 90 % interval over members) and its share of all exits of the part."""

    name: str
    persons: float
    low90: float
    high90: float
    share: float
    share_low90: float
    share_high90: float


def motives(ensemble: Ensemble, scenario: str, *, part: Part | None = None) -> tuple[Motive, ...]:
    """Voluntary exits of a part of the histories by motive, in the order of `MOTIVES`.

    Raises MusterError for a region, which is not recorded, and where nobody left.
    """
    persons = count_motives(ensemble.case, {"motives": ensemble.data["motives"][ensemble.place(scenario)]}, ensemble.months, part)
    total = persons.sum(axis=-1, keepdims=True)
    if not total.any():
        raise MusterError("Nobody left in this part of the histories. Choose a longer period or another branch.")
    shares = np.divide(persons, total, out=np.zeros_like(persons), where=total > 0)
    bands = np.quantile(persons, (0.5, 0.05, 0.95), axis=0), np.quantile(shares, (0.5, 0.05, 0.95), axis=0)
    return tuple(Motive(name, *bands[0][:, place].tolist(), *bands[1][:, place].tolist()) for place, name in enumerate(MOTIVES))


def count_motives(case: Case, data: dict[str, np.ndarray], months: tuple[date, ...], part: Part | None = None) -> np.ndarray:
    """Persons by motive, (..., motive)."""
    whole = part or Part()
    if whole.region is not None:
        raise MusterError("Motives are recorded by month and branch for the whole country: leave the region out.")
    values = data["motives"][..., whole.months(months), :, :].astype(float).sum(axis=-3)
    branch = place_of(case, whole, "branch")
    return values.sum(axis=-2) if branch is None else values[..., branch, :]
