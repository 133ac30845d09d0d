"""Quantities that forget: exact steps, so that no step size can carry them out of their range."""

from __future__ import annotations

import math

from muster.core.compile import kernel


@kernel
def approach(value: float, target: float, time: float, dt: float) -> float:
    """Where ``value`` is after ``dt`` days on its way to ``target`` with time constant ``time``."""
    return target + (value - target) * math.exp(-dt / time)


@kernel
def fade(time: float, dt: float) -> float:
    """The factor by which a memory of ``time`` days has shrunk after ``dt`` days."""
    return math.exp(-dt / time)


@kernel
def chance(hazard: float, dt: float) -> float:
    """The probability that an event of constant hazard per day happens within ``dt`` days."""
    return -math.expm1(-hazard * dt)
