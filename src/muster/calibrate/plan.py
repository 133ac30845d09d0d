"""How much work a fit does. It is counted in runs, not minutes, so that the same plan gives the same posterior."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Runs of the first wave and of each further one, waves at most, draws that are kept, and how hard the sampler works."""

    first: int = 1024
    further: int = 512
    waves: int = 6
    draws: int = 500
    particles: int = 600
    moves: int = 24
