"""The score of one split, told in rows, as JSON, and error by error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from muster.evidence.score.fields import FIELDS
from muster.evidence.score.measure import Score, Verdict

# What is wrong is told by the fields of the record and of the annotation that were compared.
_FOUND = {"bounds": ("point", "lo", "hi", "qualifier"), "when": ("date_lo", "date_hi", "as_of", "date_basis")}
_WANTED = {"bounds": ("value", "low", "high", "qualifier"), "claimant": ("who_claims",), "kind": ("kind", "quantity")}


@dataclass(frozen=True, slots=True)
class Row:
    """One field: F1 end to end, share right of those detected, and F1 of the baseline."""

    field: str
    f1: float
    accuracy: float
    baseline: float


@dataclass(frozen=True, slots=True)
class SplitResult:
    """The rules and the baseline on one split, and what became of each annotation and proposal."""

    rules: Score
    baseline: Score
    verdicts: tuple[Verdict, ...]

    def rows(self) -> tuple[Row, ...]:
        """Detection first, then each field, then all core fields together, then place and date too."""
        fields = ("detected", *FIELDS, "core", "full")
        return tuple(Row(name, self.rules.f1(name), self.rules.accuracy(name), self.baseline.f1(name)) for name in fields)

    def as_json(self) -> Mapping[str, Any]:
        """Counts and scores as plain values."""
        return {
            "texts": self.rules.texts,
            "claims": self.rules.wanted,
            "found": self.rules.found,
            "precision": self.rules.precision,
            "recall": self.rules.recall,
            "fields": {
                row.field: {"f1": row.f1, "right_of_detected": row.accuracy, "baseline_f1": row.baseline} for row in self.rows()
            },
        }

    def errors(self) -> Iterator[str]:
        """A line for each miss and false claim, and one for each wrong field."""
        for verdict in self.verdicts:
            gold, found = verdict.gold, verdict.found
            if gold is None and found is not None:
                yield f"false  {verdict.text}: {found['kind']} {found['point']} in {found['quote'][:100]!r}"
            elif gold is not None and gold.get("core", True):
                if found is None:
                    yield f"missed {verdict.text}: {gold['quote']!r}"
                for field in verdict.wrong:
                    yield f"wrong  {verdict.text}: {gold['quote']!r}, {_compared(field, found or {}, gold)}"


def _compared(field: str, found: Mapping[str, Any], gold: Mapping[str, Any]) -> str:
    said = [found.get(key) for key in _FOUND.get(field, (field,))]
    wanted = [gold.get(key) for key in _WANTED.get(field, (field,))]
    return f"{field} {said} instead of {wanted}"
