"""A kind a number may be of, with what it costs to believe it and the words that say so."""

from __future__ import annotations

from dataclasses import dataclass

from muster.evidence.extract.reading import Found


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind with what it costs to believe it, and the words that say so."""

    kind: str
    cost: float
    rule: str
    trigger: Found | None = None
    passive: str = "no"
