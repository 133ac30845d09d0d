"""A figure over seeds: its median and range, and how it is written."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

# More digits than this would claim a precision that the model does not have.
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, lowest and highest value over the seeds of an ensemble."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        array = np.fromiter(values, float)
        return cls(float(np.median(array)), float(array.min()), float(array.max()))

    def text(self, *, digits: int = DIGITS) -> str:
        """``12,300 [11,900–12,800]``; the range is left out where it shows nothing."""
        low, high = say(self.low, digits=digits), say(self.high, digits=digits)
        return say(self.median, digits=digits) if low == high else f"{say(self.median, digits=digits)} [{low}–{high}]"


def say(value: float, *, digits: int = DIGITS) -> str:
    """A number to three significant digits with thousands separators: 12,300; 0.42; 7."""
    if value == 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    if places <= 0 or rounded == int(rounded):
        return f"{rounded:,.0f}"
    return f"{rounded:,.{min(places, 2)}f}"


def say_exactly(value: float) -> str:
    """A stated number as stated: 13,771; 0.5."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
