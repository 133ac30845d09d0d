"""What a ledger gives back: an entry (a proposal and what became of it), a document, an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any, Literal, get_type_hints

from muster.evidence.record import Claim, EventDate, Testimony, Trend

Record = Claim | Trend | Testimony | EventDate
EntryType = Literal["claim", "trend", "testimony", "event_date"]
Status = Literal["proposed", "accepted", "edited", "rejected", "merged", "split", "withdrawn"]

RECORDS: dict[str, type[Record]] = {"claim": Claim, "trend": Trend, "testimony": Testimony, "event_date": EventDate}
STATUSES = ("proposed", "accepted", "edited", "rejected", "merged", "split", "withdrawn")
# What the floors above may rest on.
KEPT = ("accepted", "edited")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``digest`` covers all other fields and the digest before it."""

    seq: int
    time: str
    reviewer: str
    action: str
    topic: str
    subject: str
    data: Mapping[str, Any]
    reason: str
    software: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another entry, kept on both: ``conflicts_with``, ``same_as``, ``part_of`` or ``compare``."""

    relation: str
    other: str
    reviewer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it stands now, beside the proposal it came from.

    ``revision`` is the number of the event that decided it last: give it back as ``seen`` when deciding. ``reliability``
    and ``credibility`` are those set by hand, else ``None`` (``Ledger.grades`` computes them). ``origin`` is the group of
    documents that go back to one source.
    """

    id: str
    type: EntryType
    document: str
    origin: str
    status: Status
    record: Record
    proposal: Record
    revision: int
    reviewer: str | None = None
    reviewed_at: str | None = None
    reason: str = ""
    merged_into: str | None = None
    parts: tuple[str, ...] = ()
    parent: str | None = None
    links: tuple[Link, ...] = ()
    reliability: str | None = None
    credibility: int | None = None
    readings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Whether a reviewer stands behind it."""
        return self.status in KEPT

    @property
    def claim(self) -> Claim:
        """The record, when it is a claim."""
        if not isinstance(self.record, Claim):
            raise TypeError(f"{self.id} is a {self.type}, not a claim")
        return self.record


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as the ledger knows it: no text, no path. ``metadata`` is what the reader added to the named fields."""

    sha256: str
    name: str
    origin: str
    added_at: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: date | None = None
    published_until: date | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    withdrawn: str | None = None


def record_type(record: Record) -> EntryType:
    """The word a ledger files a record under."""
    for name, kind in RECORDS.items():
        if isinstance(record, kind):
            return name  # type: ignore[return-value]
    raise TypeError(f"{type(record).__name__} is not a record of a ledger")


def record_to_json(record: Record) -> dict[str, Any]:
    """A record as plain values, dates as text and tuples as lists."""
    return {item.name: plain(getattr(record, item.name)) for item in fields(record)}


def record_from_json(kind: str, values: Mapping[str, Any]) -> Record:
    """A record from plain values. A field an older version did not know takes its default; one unknown here is dropped."""
    hints = record_hints(kind)
    return RECORDS[kind](**{name: typed(values[name], hints[name]) for name in hints if name in values})


@cache
def record_hints(kind: str) -> dict[str, Any]:
    """Fields of a type of record, with their types."""
    return get_type_hints(RECORDS[kind])


def plain(value: Any) -> Any:
    """A field as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return [plain(inner) for inner in value] if isinstance(value, (tuple, list)) else value


def typed(value: Any, hint: Any) -> Any:
    """A field as its record holds it."""
    if value is None:
        return None
    if hint in (date, date | None):
        return date.fromisoformat(value)
    if hint in (float, float | None):
        return float(value)
    return tuple(value) if isinstance(value, list) else value
