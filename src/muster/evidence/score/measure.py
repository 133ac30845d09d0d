"""Matching proposals to annotations, and the shares that come of it.

Detection compares spans: a proposal whose number lies in the quote of an annotated claim has found it. Every other
field is end to end: a missed or invented claim costs it too. Optional annotations are neither won nor lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from muster.evidence.score.baseline import guess
from muster.evidence.score.fields import CORE, FIELDS, FULL, bounds_right, kind_right
from muster.evidence.score.gold import GoldText

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one split: ``right[field]`` of ``found`` proposals and ``wanted`` annotations."""

    texts: int
    wanted: int
    found: int
    right: Mapping[str, int]

    def f1(self, field: str) -> float:
        """Harmonic mean of precision and recall, end to end; 1 when there was nothing to find and nothing was found."""
        return 2 * self.right[field] / (self.wanted + self.found) if self.wanted + self.found else 1.0

    def accuracy(self, field: str) -> float:
        """Share right of those detected."""
        return self.right[field] / self.right["detected"] if self.right["detected"] else 0.0

    @property
    def precision(self) -> float:
        return self.right["detected"] / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right["detected"] / self.wanted if self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one annotation or one proposal, for the list of errors."""

    text: str
    gold: Mapping[str, Any] | None
    found: Found | None
    wrong: tuple[str, ...]


def score(texts: Sequence[GoldText], read: Callable[[GoldText], Sequence[Found]]) -> tuple[Score, list[Verdict]]:
    """Score a reader, a function from an annotated text to proposed claims as plain values."""
    right: Counter[str] = Counter()
    wanted = found = 0
    verdicts = []
    for text in texts:
        for verdict in judge(text, read(text)):
            verdicts.append(verdict)
            if verdict.gold is not None and not verdict.gold.get("core", True):
                continue
            wanted += verdict.gold is not None
            found += verdict.found is not None
            if verdict.gold is not None and verdict.found is not None:
                right.update(_fields_right(verdict))
    return Score(len(texts), wanted, found, right), verdicts


def score_baseline(texts: Sequence[GoldText]) -> Score:
    """The dumb baseline on the same texts."""
    return score(texts, lambda text: guess(text.text))[0]


def _fields_right(verdict: Verdict) -> list[str]:
    fields = ["detected", *(field for field in FIELDS if field not in verdict.wrong)]
    if not set(CORE) & set(verdict.wrong):
        fields.append("core")
    if not set(FULL) & set(verdict.wrong):
        fields.append("full")
    return fields


def judge(text: GoldText, proposals: Sequence[Found]) -> list[Verdict]:
    """Pair each annotation with the proposal that fits it best, one to one."""
    pairs = sorted(
        (
            (-_fit(proposal, claim), index, place)
            for index, claim in enumerate(text.claims)
            for place, proposal in enumerate(proposals)
            if proposal["start"] < claim["end"] and claim["start"] < proposal["end"]
        ),
    )
    of_claim: dict[int, int] = {}
    for _, index, place in pairs:
        if index not in of_claim and place not in of_claim.values():
            of_claim[index] = place
    verdicts = []
    for index, claim in enumerate(text.claims):
        match = proposals[of_claim[index]] if index in of_claim else None
        wrong = () if match is None else tuple(name for name, is_right in FIELDS.items() if not is_right(match, claim))
        verdicts.append(Verdict(text.name, claim, match, wrong))
    taken = set(of_claim.values())
    for place, proposal in enumerate(proposals):
        if place not in taken and not _restates(proposal, text.claims):
            verdicts.append(Verdict(text.name, None, proposal, ()))
    return verdicts


def _fit(proposal: Found, claim: Mapping[str, Any]) -> float:
    """Best first: the same figure, the same kind, a required claim before an optional one."""
    return 4.0 * bounds_right(proposal, claim) + 2.0 * kind_right(proposal, claim) + 1.0 * bool(claim.get("core", True))


def _restates(proposal: Found, claims: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a spare proposal lies in an optional annotation."""
    return any(
        not claim.get("core", True) and proposal["start"] < claim["end"] and claim["start"] < proposal["end"] for claim in claims
    )
