"""What an analyst asks of a history: named outcomes, read from its monthly arrays.

Arrays may have any axes before the month (scenario, member), so that one function reads one history or a whole ensemble.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote
from muster.core.vocabulary import EXITS, VOLUNTARY

Axis = Literal["region", "branch"]
Monthly = Mapping[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome. ``flow``: a sum over months, else a state at a month's end. ``axes``: what it can be told apart by.

    ``read`` gives (..., month, *axes). ``shares``: a share of people, averaged over regions by population and not summed.
    ``persons``: counts persons, so that small regional cells must not be shown.
    """

    name: str
    unit: str
    meaning: str
    flow: bool
    axes: tuple[Axis, ...]
    read: Callable[[Monthly], np.ndarray]
    shares: bool = False
    persons: bool = False


def _fates(*fates: str) -> Callable[[Monthly], np.ndarray]:
    places = [EXITS.index(fate) for fate in fates]
    return lambda data: data["exits"][..., places].sum(axis=-1).astype(float)


def _safe(data: Monthly) -> np.ndarray:
    return _fates(*VOLUNTARY)(data) - _fates("arrested", "killed")(data)


def _sum(*names: str) -> Callable[[Monthly], np.ndarray]:
    return lambda data: sum((data[name].astype(float) for name in names[1:]), data[names[0]].astype(float))


def _exits(name: str, meaning: str, *fates: str) -> Outcome:
    return Outcome(name, "persons", meaning, True, ("region", "branch"), _fates(*fates), persons=True)


_BOTH: tuple[Axis, ...] = ("region", "branch")
_OUTCOMES = (
    _exits("left", "left of their own will: defected, deserted or surrendered", *VOLUNTARY),
    _exits("defected", "defected: taken out by the programme", "defected"),
    _exits("deserted", "deserted: left alone", "deserted"),
    _exits("surrendered", "surrendered in battle", "surrendered"),
    _exits("caught", "caught leaving", "arrested"),
    _exits("killed", "killed", "killed"),
    _exits("taken", "taken prisoner in battle", "prisoner"),
    Outcome("safe_exits", "persons", "left of their own will, less those caught and killed", True, _BOTH, _safe, persons=True),
    Outcome("strength", "persons", "in service", False, _BOTH, _sum("strength"), persons=True),
    Outcome("willing", "persons", "willing to leave and in service", False, _BOTH, _sum("willing"), persons=True),
    Outcome("control", "share", "under stable control of the regime", False, ("region",), _sum("control"), shares=True),
    Outcome("support", "share", "support for the resistance", False, ("region",), _sum("support"), shares=True),
    Outcome("militia", "persons", "local militia", False, ("region",), _sum("militia"), persons=True),
    Outcome("strikes", "strikes", "air strikes", True, ("region",), _sum("strikes")),
    Outcome("breaks", "breaks", "units that broke in a clash", True, ("region",), _sum("breaks")),
    Outcome(
        "civilians_killed",
        "persons",
        "civilians killed by the regime",
        True,
        ("region",),
        _sum("harm_ground", "harm_air", "harm_crackdown"),
        persons=True,
    ),
    Outcome("joined", "persons", "joined the force", True, (), lambda data: data["intake"].sum(axis=-1).astype(float)),
    Outcome("waiting", "persons", "on the programme's list", False, (), _sum("waiting")),
    Outcome("housed", "places", "places taken in the programme's houses", False, (), _sum("places_used")),
    Outcome("admitted", "persons", "taken out by the programme", True, (), _sum("admitted")),
    Outcome("spent", "months of pay", "paid by the programme in cash and stipends", True, (), _sum("cash_paid", "stipend_paid")),
)
OUTCOMES: dict[str, Outcome] = {outcome.name: outcome for outcome in _OUTCOMES}


def find_outcome(name: str) -> Outcome:
    """The outcome of a name. Raises MusterError, naming those there are."""
    if name not in OUTCOMES:
        raise MusterError(f"{quote(name)} is not an outcome. {did_you_mean(name, OUTCOMES)}Write {one_of(list(OUTCOMES))}.")
    return OUTCOMES[name]
