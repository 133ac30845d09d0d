"""What a parameter is: a number with a unit, a prior, a meaning and a source, declared where it is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_type_hints

import numpy as np

# C calibrated, P prior only (updated if evidence comes), F fixed by literature or judgement and varied in sensitivity
# analysis, D data of the case.
Standing = Literal["C", "P", "F", "D"]


@dataclass(frozen=True, slots=True)
class About:
    """The annotation of a parameter: unit, prior (as text, ``LogN(median, sd of the log)``), meaning, source, standing."""

    unit: str
    prior: str
    meaning: str
    source: str
    standing: Standing


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


def declared(mechanism: str, params: type) -> Iterator[Parameter]:
    """The parameters of a ``Params`` tuple, read from its annotations."""
    hints = get_type_hints(params, include_extras=True)
    defaults: dict[str, Any] = params._field_defaults  # type: ignore[attr-defined]
    for field, hint in hints.items():
        about: About = hint.__metadata__[0]
        text = (about.unit, about.prior, about.meaning, about.source, about.standing)
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
