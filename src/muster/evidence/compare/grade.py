"""How credible a single claim is, 1 to 6, from what others say of the same thing.

The scale is the second axis of the Admiralty system (NATO STANAG 2511, AJP-2.1): it judges the item, whatever is thought of
its source. In the words of the standard 1 is "confirmed by other independent sources", 2 "probably true", 3 "possibly
true", 4 "doubtful", 5 "improbable" and 6 "cannot be judged".

A claim begins at 6, for a single report can be neither confirmed nor doubted. Only *origins* raise it: ten papers that
print one wire story are one witness, and so are two offices of one party to the war. Each independent voice that agrees
raises it, to 3, 2 and 1. Voices that cannot be right together with it, and a source at odds with itself, lower it to 4;
a claim that cannot be (a share above 100, more exits than men) is 5. A person may set it otherwise, and the ledger keeps
who did and why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from muster.evidence.compare.comparable import (
    Figure,
    apart,
    disjoint,
    figure,
    independent,
    is_comparable,
    same_subject,
    same_window,
)
from muster.evidence.compare.conflicts import AT_ODDS, IMPOSSIBLE, find_conflicts
from muster.evidence.compare.reliability import Reliability, SourceRegistry
from muster.evidence.ledger.entry import DocumentEntry, Entry
from muster.evidence.ledger.ledger import Ledger
from muster.evidence.lexicon import Lexicon
from muster.evidence.record import Contradiction

CREDIBILITY_WORDS = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
# Agreement with a figure that has an open end says little: "over 100" and "over 13,000" have 20,000 in common.
_CLOSE = 1.25
# What parties to a war say is one voice on each side: they draw on each other, and want the same to be believed.
_PARTIES = ("state", "opposition")


@dataclass(frozen=True, slots=True)
class Grade:
    """Both axes, and what the credibility rests on: ids of entries that agree and that contradict, checks that failed."""

    reliability: Reliability
    credibility: int
    basis: Literal["hand", "computed"]
    agreeing: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """As analysts write it: ``B2``."""
        return f"{self.reliability.grade}{self.credibility}"


def grade_claims(
    entries: Iterable[Entry],
    *,
    registry: SourceRegistry,
    documents: Iterable[DocumentEntry] = (),
    country: str | None = None,
    strength: float | None = None,
) -> dict[str, Grade]:
    """The grade of every claim; only claims a reviewer kept lend and take credibility, others stay at 6."""
    claims = [entry for entry in entries if entry.type == "claim"]
    publishers = {item.sha256: item.publisher for item in documents}
    # A plan or a denial confirms nothing, and a number of no kind can be compared with none.
    kept = [entry for entry in claims if is_comparable(entry)]
    failed = _failed_checks(find_conflicts(kept, strength=strength, country=country, registry=registry))
    by_topic: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    figures = {entry.id: figure(entry, registry=registry, country=country) for entry in kept}
    for one in figures.values():
        by_topic[one.topic].append(one)
    grades = {}
    for entry in claims:
        reliability = _reliability(entry, registry, publishers.get(entry.document))
        peers = by_topic[figures[entry.id].topic] if entry.id in figures else ()
        grades[entry.id] = _grade(entry, reliability, figures.get(entry.id), peers, failed.get(entry.id, ()))
    return grades


def _failed_checks(conflicts: Iterable[Contradiction]) -> dict[str, tuple[str, ...]]:
    failed: dict[str, list[str]] = defaultdict(list)
    for conflict in conflicts:
        if conflict.check in (*IMPOSSIBLE, *AT_ODDS):
            # Of a sum that fails the whole is doubted: its parts may well add up to another whole.
            for name in conflict.claims[: 1 if conflict.check == "sum" else None]:
                failed[name].append(conflict.check)
    return {name: tuple(checks) for name, checks in failed.items()}


def _reliability(entry: Entry, registry: SourceRegistry, publisher: str | None) -> Reliability:
    if entry.reliability is not None:
        return Reliability(entry.reliability, "hand", entry.reviewer or "")
    return registry.reliability(entry.claim.claimant, publisher)


def _grade(entry: Entry, reliability: Reliability, own: Figure | None, peers: Sequence[Figure], failed: tuple[str, ...]) -> Grade:
    agreeing: list[Figure] = []
    against: list[Figure] = []
    if own is not None and own.claim.modality == "asserted" and own.claim.kind != "unclassified":
        for peer in peers:
            if (
                peer.claim.modality == "asserted"
                and independent(own, peer)
                and same_subject(own, peer)
                and same_window(own, peer)
            ):
                if agree(own, peer):
                    agreeing.append(peer)
                elif disjoint(own, peer):
                    against.append(peer)
    yes, no = _voices(agreeing, own), _voices(against, None)
    computed = credibility(agreeing=yes, contradicting=no, failed=failed)
    return Grade(
        reliability,
        computed if entry.credibility is None else entry.credibility,
        "computed" if entry.credibility is None else "hand",
        tuple(peer.entry.id for peer in agreeing),
        tuple(peer.entry.id for peer in against),
        failed,
    )


def credibility(*, agreeing: int, contradicting: int, failed: Sequence[str] = ()) -> int:
    """The grade of an item from the number of independent voices for and against it, and the checks it failed."""
    if any(check in IMPOSSIBLE for check in failed):
        return 5
    if failed or (contradicting and contradicting >= agreeing):
        return 4
    return {0: 6, 1: 3, 2: 2}.get(agreeing - contradicting, 1)


def agree(one: Figure, two: Figure) -> bool:
    """Whether two figures say the same: their rooms meet, and where one is open the stated numbers are near."""
    if disjoint(one, two):
        return False
    if apart(one, two) > 1 or all(0 < end < float("inf") for end in (*one.room, *two.room)):
        return True
    stated = [item.claim.point or item.claim.lo or item.claim.hi for item in (one, two)]
    if None in stated or not all(stated):
        return False
    small, large = sorted(float(number) for number in stated if number)
    return large <= small * _CLOSE


def _voices(figures: Sequence[Figure], own: Figure | None) -> int:
    """How many independent voices speak: a party to the war is one, and adds nothing to a claim of its own side."""
    voices, origins = set(), set()
    for item in figures:
        side = item.claim.claimant_side
        if side in _PARTIES and own is not None and own.claim.claimant_side == side:
            continue
        voices.add(side if side in _PARTIES else item.voice)
        origins.add(item.entry.origin)
    return min(len(voices), len(origins))


def grade_ledger(
    ledger: Ledger, *, lexicon: Lexicon | None = None, country: str | None = None, strength: float | None = None
) -> dict[str, Grade]:
    """The grade of every claim of a ledger, by id; ``lexicon`` brings the presets of sources nobody rated."""
    return grade_claims(
        ledger.claims(),
        registry=SourceRegistry(ledger.sources(), lexicon),
        documents=ledger.documents(),
        country=country,
        strength=strength,
    )
