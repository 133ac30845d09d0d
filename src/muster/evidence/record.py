"""The records of the evidence floor: a document, what it claims, and what of it needs a second look.

Offsets count characters of the file as it was decoded (``Document.original``), first included, last excluded.
Dates are days; ``None`` is an open or unknown end.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its words in two forms of equal meaning, and what it says of itself.

    ``text`` is what rules read: normalised spaces, quotes and digits, no menus. ``origin_of[i]`` is the place in
    ``original`` of the i-th character of ``text``, with one entry more for its end; ``None`` when both are the same.
    ``pages``: where each page of a PDF starts in ``original``.
    """

    name: str
    sha256: str
    original: str
    text: str
    origin_of: tuple[int, ...] | None
    media: str
    language: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: date | None = None
    published_until: date | None = None
    notes: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    def page_of(self, place: int) -> int | None:
        """The page, counted from 1, on which an offset of ``original`` lies; ``None`` where there are no pages."""
        return bisect_right(self.pages, place) or None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of ``text`` as offsets of ``original``."""
        if self.origin_of is None:
            return start, end
        return self.origin_of[start], self.origin_of[end - 1] + 1 if end > start else self.origin_of[start]


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure, with its bounds, what it counts, of whom, when, where, and who says so. Fields: docs, reference/claims."""

    id: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    quote: str
    kind: str
    measure: str
    point: float | None
    lo: float | None
    hi: float | None
    qualifier: str
    unit: str
    side: str
    population: str
    modality: str
    claimant: str
    claimant_side: str
    date_basis: str
    scope: str = "total"
    includes: tuple[str, ...] = ()
    per: str | None = None
    branch: str | None = None
    date_lo: date | None = None
    date_hi: date | None = None
    as_of: date | None = None
    place: str | None = None
    place_id: str | None = None
    chain: tuple[str, ...] = ()
    confidence: float = 0.5
    rules: tuple[str, ...] = ()
    proposer: str = "rules"


@dataclass(frozen=True, slots=True)
class Trend:
    """A direction without a number: ``sign`` is -1 (down), 0 (unchanged) or +1 (up, present)."""

    start: int
    end: int
    quote: str
    observable: str
    sign: int
    place: str | None
    place_id: str | None
    claimant: str
    claimant_side: str
    date_lo: date | None
    date_hi: date | None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Testimony:
    """One person who left, without a name: only what cannot identify him. ``code`` stands for the person in all quotes."""

    code: str
    start: int
    end: int
    quote: str
    exit_type: str | None
    age_band: str | None
    joined_age_band: str | None
    rank_group: str | None
    branch: str | None
    service_band: str | None
    motives: tuple[str, ...]
    motive_quotes: tuple[str, ...] = ()
    joining_motives: tuple[str, ...] = ()
    place_id: str | None = None
    quarter: str | None = None


@dataclass(frozen=True, slots=True)
class EventDate:
    """A dated mention of a known event (the coup, the offensive), for the check of dates."""

    event: str
    start: int
    end: int
    quote: str
    date_lo: date
    date_hi: date
    basis: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two passages that cannot both be right, or should be compared. Both stay."""

    check: str
    severity: str
    quotes: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    explanation: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclassified:
    """A number no rule understands, kept for a person to look at."""

    start: int
    end: int
    quote: str
    point: float | None
    lo: float | None
    hi: float | None
    qualifier: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document gave."""

    document: Document
    claims: tuple[Claim, ...] = ()
    trends: tuple[Trend, ...] = ()
    testimonies: tuple[Testimony, ...] = ()
    events: tuple[EventDate, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    unclassified: tuple[Unclassified, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, without the text of the document: the file stays where the user keeps it."""
        document = self.document
        return {
            "document": {
                "name": document.name,
                "sha256": document.sha256,
                "characters": len(document.original),
                "media": document.media,
                "language": document.language,
                "url": document.url,
                "publisher": document.publisher,
                "title": document.title,
                "published": _plain(document.published),
                "published_until": _plain(document.published_until),
                "notes": list(document.notes),
            },
            **{
                field: [_plain(asdict(record)) for record in getattr(self, field)]
                for field in ("claims", "trends", "testimonies", "events", "contradictions", "unclassified")
            },
        }


def claim_id(document_sha256: str, start: int, end: int, kind: str) -> str:
    """The name of a claim: the same document, number and kind always give the same one."""
    return sha256(f"{document_sha256}\n{start}\n{end}\n{kind}".encode()).hexdigest()[:12]


def open_claim(document_sha256: str, number: Unclassified) -> Claim:
    """A number no rule understands, as a claim a reviewer can give a kind."""
    return Claim(
        id=claim_id(document_sha256, number.start, number.end, "unclassified"),
        start=number.start,
        end=number.end,
        sentence_start=number.start,
        sentence_end=number.end,
        quote=number.quote,
        kind="unclassified",
        measure="stock",
        point=number.point,
        lo=number.lo,
        hi=number.hi,
        qualifier=number.qualifier,
        unit="items",
        side="other",
        population="",
        modality="asserted",
        claimant="article",
        claimant_side="unknown",
        date_basis="none",
        confidence=0.0,
        rules=(number.reason,),
    )


def _plain(value: Any) -> Any:
    """Dates as text, tuples as lists, all the way down."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return value
