"""Rounding and wording: the counts a source may have had in mind when it wrote a figure.

A figure is told to the place of its last digit that is not zero: 13,000 stands for [12,500, 13,500), 13,771 for itself.
"Over 13,000" means [13,000, 14,000); "at least" sometimes means much more; "nearly 20,000" stops short of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from muster.case import Claim

# A claim with a lower bound alone is "over" or "at least", which a table of claims does not tell apart: mostly the
# next round figure was not reached, sometimes the count is anything up to double. Judgement.
_FAR_SHARE = 0.2
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """One reading of a figure: between ``low`` and ``high`` (in the claim's unit), with the weight of this reading."""

    weight: float
    low: float
    high: float


def place_value(figure: float) -> float:
    """Place of the last digit that is not zero: 1,000 for 13,000; 1 for 13,771; 0.1 for 14.5.

    >>> place_value(13000), place_value(13771), place_value(14.5)
    (1000.0, 1.0, 0.1)
    """
    if figure == 0:
        return 1.0
    digits = f"{abs(figure):.{_DIGITS}g}"
    if "e" in digits:
        mantissa, exponent = digits.split("e")
        return place_value(float(mantissa)) * 10.0 ** int(exponent)
    whole, _, decimals = digits.partition(".")
    if decimals:
        return 10.0 ** -len(decimals)
    return 10.0 ** (len(whole) - len(whole.rstrip("0")))


def stated_figure(claim: Claim) -> float:
    """The figure a claim states; of a range without one, its middle on the log scale. The claim must state one above zero."""
    if claim.value is not None:
        return claim.value
    if claim.low is not None and claim.high is not None:
        return math.sqrt(claim.low * claim.high)
    stated = claim.low if claim.low is not None else claim.high
    assert stated is not None
    return stated


def readings(claim: Claim) -> tuple[Stretch, ...]:
    """What the source may have counted; empty when the claim states no figure above zero."""
    low, high = claim.low, claim.high
    if low is not None and high is not None:
        if not 0 < low <= high:
            return ()
        if low < high:
            return (Stretch(1.0, low, high),)
    figure = claim.value if claim.value is not None else low if low is not None else high
    if figure is None or not math.isfinite(figure) or figure <= 0:
        return ()
    step = place_value(figure)
    if low is not None and high is None:
        return (
            Stretch(1.0 - _FAR_SHARE, figure, figure + step),
            Stretch(_FAR_SHARE, figure + step, max(2 * figure, figure + 2 * step)),
        )
    if high is not None and low is None:
        return (Stretch(1.0, max(figure - step / 2, figure / 2), figure),)
    return (Stretch(1.0, figure - min(step, figure) / 2, figure + step / 2),)
