"""Small cells: no regional count of persons below ten is shown, so that nobody can be picked out of it."""

from __future__ import annotations

import numpy as np

SMALLEST = 10
HIDDEN = f"<{SMALLEST}"


def is_small(count: float) -> bool:
    """Whether a regional count must not be shown. Nought is no person and may be."""
    return 0 < count < SMALLEST


def to_tens(count: float) -> int:
    """A regional count to the nearest ten, so that differences give nothing away."""
    return round(count / 10) * 10


def suppress(count: float) -> str:
    """A regional count as text: ``0``, ``<10``, or rounded to the nearest ten."""
    return HIDDEN if is_small(count) else f"{to_tens(count):,}"


def suppress_array(counts: np.ndarray) -> np.ndarray:
    """Regional counts for a figure: small cells become NaN, others are rounded to the nearest ten."""
    rounded = np.round(np.asarray(counts, float) / 10) * 10
    return np.where((counts > 0) & (counts < SMALLEST), np.nan, rounded)
