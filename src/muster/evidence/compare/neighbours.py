"""What stands near an entry in a ledger: entries that may say the same, and claims it cannot be right together with.

For the person who reviews. Unlike ``evidence.compare.conflicts`` it looks at proposals too, and at one entry only, so that it can
be asked at every turn of a page: a merge or a comparison is best seen before the decision, not after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from muster.evidence.compare.comparable import Figure, figure, overlap
from muster.evidence.compare.grade import agree
from muster.evidence.compare.pairs import pair_faults
from muster.evidence.compare.plausibility import share_faults
from muster.evidence.compare.reliability import SourceRegistry, name_key
from muster.evidence.ledger.entry import Entry, Record
from muster.evidence.record import Claim, Contradiction, EventDate, Testimony, Trend

__all__ = ["LIKELY", "find_beside", "find_twins"]

STANDING = ("proposed", "accepted", "edited")
# From this likeness on two entries are probably one claim told twice; below, they are only worth a look.
LIKELY = 6


def find_twins(
    entry: Entry, others: Iterable[Entry], *, registry: SourceRegistry | None = None, least: int = LIKELY
) -> list[Entry]:
    """Entries that stand and may say the same as this one, the likest first. ``least`` is how like they must be."""
    rate = _rating(entry, registry)
    rated = [(rate(other), other) for other in others if _may_stand_beside(entry, other)]
    return [other for rating, other in sorted(rated, key=lambda item: -item[0]) if rating >= least]


def _may_stand_beside(entry: Entry, other: Entry) -> bool:
    return other.id != entry.id and other.type == entry.type and other.status in STANDING


def likeness(one: Entry, two: Entry, *, registry: SourceRegistry | None = None) -> int:
    """How much two entries of a type have in common, 0 (not worth a look) to 8; from ``LIKELY`` on, probably one claim."""
    return _rating(one, registry)(two)


def _rating(entry: Entry, registry: SourceRegistry | None) -> Callable[[Entry], int]:
    """What rates others by their likeness to this entry."""
    if isinstance(entry.record, Claim):
        claim, own = entry.record, figure(entry, registry=registry)

        def rate(other: Entry) -> int:
            # Most claims of a ledger are told apart by this alone, and cheaply.
            if claim.per != other.claim.per or not (_same_kind(claim, other.claim) or _bounds(claim) == _bounds(other.claim)):
                return 0
            return _of_figures(own, figure(other, registry=registry))

        return rate
    essence = _essence(entry.record)
    return lambda other: (LIKELY - (other.document == entry.document)) if _essence(other.record) == essence else 0


def _of_figures(one: Figure, two: Figure) -> int:
    a, b = one.claim, two.claim
    exact = _bounds(a) == _bounds(b)
    if not exact and (a.unit != b.unit or not agree(one, two)):
        return 0
    if one.window is not None and two.window is not None and not overlap(one, two):
        return 0
    same_kind = _same_kind(a, b)
    same_people = one.topic == two.topic and one.population == two.population and one.place == two.place
    same_source = one.voice == two.voice or one.entry.origin == two.entry.origin
    # A small round figure stands in many sentences: without its kind only the same source makes it worth a look.
    if not same_kind and not (exact and same_source):
        return 0
    return 2 * exact + 2 * same_kind + 2 * same_people + 2 * same_source


def _same_kind(one: Claim, two: Claim) -> bool:
    return one.kind == two.kind and one.kind != "unclassified"


def _bounds(claim: Claim) -> tuple[float | None, ...]:
    return (claim.point, claim.lo, claim.hi)


def _essence(record: Record) -> tuple[object, ...]:
    """What a record without a figure says, apart from where it stands."""
    if isinstance(record, Trend):
        month = _month(record.date_hi)
        return ("trend", record.observable, record.sign, record.place_id or record.place, name_key(record.claimant), month)
    if isinstance(record, EventDate):
        return ("event", record.event, record.date_lo, record.date_hi)
    if isinstance(record, Testimony):
        told = (record.exit_type, record.age_band, record.rank_group, record.branch, record.service_band, record.motives)
        return ("testimony", *told)
    return (record.id,)


def _month(day: date | None) -> str:
    return "" if day is None else day.isoformat()[:7]


def find_beside(entry: Entry, others: Iterable[Entry], *, registry: SourceRegistry | None = None) -> list[Contradiction]:
    """What this claim, if it were kept, could not be right together with, worst first; duplicates are left out."""
    if not isinstance(entry.record, Claim) or entry.record.kind == "unclassified" or entry.record.modality != "asserted":
        return []
    claim, own = entry.record, figure(entry, registry=registry)
    found = share_faults([own])
    for other in others:
        if _may_stand_beside(entry, other) and (other.claim.kind, other.claim.modality) == (claim.kind, "asserted"):
            peer = figure(other, registry=registry)
            if peer.topic == own.topic:
                found += [fault for fault in pair_faults([own, peer]) if fault.check != "duplicate"]
    return sorted(found, key=lambda fault: ("high", "medium", "low").index(fault.severity))
