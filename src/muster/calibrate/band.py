"""Median and central 90 per cent of draws: how an uncertain number is told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Band:
    """Median and central 90 per cent."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: np.ndarray) -> Band:
        low, median, high = np.quantile(values, [0.05, 0.5, 0.95])
        return cls(float(low), float(median), float(high))

    def told(self) -> tuple[str, str]:
        """Median and range as whole numbers: ``("11,591", "9,369 to 13,653")``."""
        return f"{round(self.median):,}", f"{round(self.low):,} to {round(self.high):,}"
