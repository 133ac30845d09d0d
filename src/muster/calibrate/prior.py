"""Priors as the mechanisms declare them, on a common scale: standard normal, one dimension a fitted parameter.

A draw ``z`` of N(0, 1) becomes a value of the parameter; so does a vector of them. Everything that samples works with ``z``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy import special

from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, quote
from muster.model.order import mechanisms
from muster.model.parameter import Parameter

Family = Literal["N", "LogN", "Beta", "U"]
_FORM = re.compile(r"(N|LogN|Beta|U)\(\s*([-+.\deE]+)\s*,\s*([-+.\deE]+)\s*\)")
# Calibrated, and prior-driven ones that are updated where evidence comes.
FITTED_STANDINGS = ("C", "P")


@dataclass(frozen=True, slots=True)
class Prior:
    """The prior of one parameter: N(mean, sd), LogN(median, sd of the log), Beta(a, b) or U(low, high)."""

    parameter: Parameter
    family: Family
    first: float
    second: float

    @property
    def name(self) -> str:
        return self.parameter.name

    def value(self, z: Any) -> Any:
        """The value at standard normal ``z``, a number or an array."""
        if self.family == "N":
            return self.first + self.second * z
        if self.family == "LogN":
            return self.first * np.exp(self.second * z)
        if self.family == "Beta":
            return special.betaincinv(self.first, self.second, special.ndtr(z))
        return self.first + (self.second - self.first) * special.ndtr(z)

    def standard(self, value: Any) -> Any:
        """The ``z`` of a value: the inverse of :meth:`value`."""
        if self.family == "N":
            return (value - self.first) / self.second
        if self.family == "LogN":
            return np.log(value / self.first) / self.second
        if self.family == "Beta":
            return special.ndtri(special.betainc(self.first, self.second, value))
        return special.ndtri((value - self.first) / (self.second - self.first))


def read_prior(parameter: Parameter) -> Prior:
    """The prior of a parameter from its declaration. Errors: a :class:`MusterError` when it is none that can be drawn from."""
    found = _FORM.fullmatch(parameter.prior.strip())
    if found is None:
        raise MusterError(f'{parameter.name}: "{parameter.prior}" is no prior to draw from. Write LogN(median, sd of the log).')
    family, first, second = found.groups()
    return Prior(parameter, family, float(first), float(second))  # type: ignore[arg-type]


def fitted_priors(names: Sequence[str] | None = None) -> tuple[Prior, ...]:
    """The priors of the parameters a fit moves: those named, else all that are calibrated or prior-driven."""
    declared = {one.name: one for mechanism in mechanisms() for one in mechanism.parameters}
    if names is None:
        return tuple(read_prior(one) for one in declared.values() if one.standing in FITTED_STANDINGS)
    unknown = [name for name in names if name not in declared]
    if unknown:
        near = did_you_mean(unknown[0], declared)
        raise MusterError(f"{quote(unknown[0])} is not a parameter of the model. {near}See `muster model params`.")
    return tuple(read_prior(declared[name]) for name in names)


def values_of(priors: Sequence[Prior], z: np.ndarray) -> Mapping[str, float]:
    """One draw, ``z`` (parameters,), as values by name, kept within the bounds of the parameters."""
    values = {}
    for prior, standard in zip(priors, z, strict=True):
        value = float(prior.value(standard))
        low, high = prior.parameter.low, prior.parameter.high
        values[prior.name] = min(max(value, low if low > 0 or not prior.parameter.divides else math.ulp(1.0)), high)
    return values
