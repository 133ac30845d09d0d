"""What the evidence cannot tell apart: pairs of parameters that a posterior knows together but not singly.

Where two parameters lie along a ridge, many pairs of values answer the evidence equally well: more of one and less of the
other. A scenario that moves only one of them then rests on the prior, however narrow the forecast of the totals is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from muster.calibrate.posterior import Posterior

# A correlation of 0.35 leaves an eighth of the variance of one parameter to be explained by the other. Judgement.
NOTED = 0.35
# From here a quarter of it is explained, and the pair is called a ridge: values along it answer about as well. Judgement.
RIDGE = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parameters and the correlation of their posterior draws, on the scale where priors are normal."""

    first: str
    second: str
    correlation: float

    @property
    def sentence(self) -> str:
        """What it means, in words."""
        way = "less" if self.correlation < 0 else "more"
        pair, size = f"more {self.first} with {way} {self.second}", f"(r = {self.correlation:.2f})"
        if abs(round(self.correlation, 2)) >= RIDGE:
            return f"{pair} answers the evidence about as well {size}"
        return f"{pair}: the evidence tells them apart in part {size}"


def entangled(posterior: Posterior, *, least: float = NOTED) -> tuple[Pair, ...]:
    """Pairs whose correlation is at least ``least`` in size, strongest first. Priors are independent, so it is all learned."""
    matrix = np.corrcoef(posterior.z, rowvar=False)
    names = posterior.parameters
    pairs = [Pair(names[a], names[b], float(matrix[a, b])) for a in range(len(names)) for b in range(a + 1, len(names))]
    return tuple(sorted((pair for pair in pairs if abs(pair.correlation) >= least), key=lambda pair: -abs(pair.correlation)))
