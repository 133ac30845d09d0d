"""A number on its way to a claim: what the rules think of it so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from muster.evidence.extract.guess import Guess
from muster.evidence.extract.nouns import Head
from muster.evidence.extract.reading import Reading, Slot

UNDERSTOOD = 2.4  # cost up to which a guess is a claim
SURE = 1.3  # cost up to which nothing else is asked


@dataclass(frozen=True, slots=True)
class Draft:
    """A number with its sentence, its noun, the best explanation and what follows from it."""

    index: int
    reading: Reading
    slot: Slot
    head: Head
    guess: Guess | None
    kind: str = "unclassified"
    side: str = "other"
    unit: str = "persons"
    rules: tuple[str, ...] = ()
    origin: str | None = None

    @property
    def cost(self) -> float:
        """What it costs to believe the explanation; beyond any bound when there is none."""
        return self.guess.cost if self.guess is not None else 9.0

    @property
    def understood(self) -> bool:
        """Whether the explanation is good enough for a proposal."""
        return self.cost <= UNDERSTOOD

    def like(self, other: Draft, cost: float, *, rule: str, unit: str | None = None) -> Draft:
        """The same number, explained as another claim is."""
        guess = Guess(other.kind, cost, rule, None)
        kind, side = other.kind, self.origin or other.side
        if side != other.side and kind in {"killed", "civilians_killed"}:
            kind = "civilians_killed" if side == "civilian" else "killed"
        return replace(self, guess=guess, kind=kind, side=side, unit=unit or other.unit, rules=(rule,))
