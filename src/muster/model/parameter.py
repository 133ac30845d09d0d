"""What a parameter is: a number with a unit, a prior, a meaning and a source, declared where it is used."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_type_hints

import numpy as np

# C calibrated, P prior only (updated if evidence comes), F fixed by literature or judgement and varied in sensitivity
# analysis, D data of the case.
Standing = Literal["C", "P", "F", "D"]


@dataclass(frozen=True, slots=True)
class About:
    """The annotation of a parameter: unit, prior (as text, ``LogN(median, sd of the log)``), meaning, source, standing.

    ``divides``: a formula divides by it, so that zero has no meaning.
    """

    unit: str
    prior: str
    meaning: str
    source: str
    standing: Standing
    divides: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its full name, ``exit.attempt_rate``, and its default."""

    name: str
    default: float
    unit: str
    prior: str
    meaning: str
    source: str
    standing: Standing
    divides: bool = False

    @property
    def low(self) -> float:
        """The least value with a meaning: none for what has a normal prior, else zero (left out where a formula divides)."""
        return -math.inf if self.prior.startswith("N(") else 0.0

    @property
    def high(self) -> float:
        """The greatest value with a meaning: one for shares and probabilities."""
        return 1.0 if self.unit.partition(" ")[0] in ("share", "probability") else math.inf

    def admits(self, value: float) -> bool:
        """Whether a value has a meaning."""
        return math.isfinite(value) and self.low <= value <= self.high and not (self.divides and value == 0.0)


def declared(mechanism: str, params: type) -> Iterator[Parameter]:
    """The parameters of a ``Params`` tuple, read from its annotations."""
    hints = get_type_hints(params, include_extras=True)
    defaults: dict[str, Any] = params._field_defaults  # type: ignore[attr-defined]
    for field, hint in hints.items():
        about: About = hint.__metadata__[0]
        text = (about.unit, about.prior, about.meaning, about.source, about.standing, about.divides)
        yield Parameter(f"{mechanism}.{field}", float(defaults[field]), *text)


def packed(parameters: Any) -> Any:
    """A named tuple of ``Params`` as one record, which compiled loops take as a single argument: ``p.combat.overrun``."""
    kind = [
        (name, [(field, "f8") for field in group._fields]) for name, group in zip(parameters._fields, parameters, strict=True)
    ]
    record = np.zeros(1, np.dtype(kind))
    for name, group in zip(parameters._fields, parameters, strict=True):
        record[name] = tuple(group)
    return record[0]
