"""Documents and claims for tests of the ledger; all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from muster.evidence.record import Claim, Document, EventDate, Extraction, Testimony, Trend, Unclassified, claim_id

PLAIN = Claim(
    id="",
    start=10,
    end=16,
    sentence_start=0,
    sentence_end=60,
    quote="Over 13,000 soldiers and police have defected, the exiles say.",
    kind="defected",
    measure="cumulative",
    point=13000.0,
    lo=13000.0,
    hi=None,
    qualifier="at_least",
    unit="persons",
    side="state",
    population="soldiers+police",
    modality="asserted",
    claimant="Exile Council",
    claimant_side="opposition",
    date_basis="explicit",
    date_lo=date(2021, 2, 1),
    date_hi=date(2023, 5, 31),
    chain=("Harbour Radio", "Exile Council"),
    confidence=0.8,
    rules=("noun:soldiers", "verb:defect"),
)


def document(name: str = "harbour.txt", text: str = "Over 13,000 soldiers left; a private woman is named.", **fields) -> Document:
    digest = sha256(text.encode()).hexdigest()
    base = Document(name, digest, text, text, None, "text/plain", "en", publisher="Harbour Radio", published=date(2023, 6, 1))
    return replace(base, **fields)


def claim(of: Document, start: int = 10, **fields) -> Claim:
    made = replace(PLAIN, start=start, end=start + 6, **fields)
    return replace(made, id=claim_id(of.sha256, made.start, made.end, made.kind))


def extraction(of: Document | None = None, count: int = 3, **fields) -> Extraction:
    of = of or document()
    claims = tuple(claim(of, 10 + 20 * number, point=13000.0 + number) for number in range(count))
    return replace(Extraction(of, claims=claims), **fields)


def rich_extraction() -> Extraction:
    """One of everything a document can give."""
    of = document(url="https://reader:secret@harbour.example/story", title="Soldiers leave", notes=("two pages",))
    trend = Trend(5, 9, "Fewer men enlist.", "recruitment", -1, None, None, "article", "independent", None, date(2023, 6, 1))
    person = Testimony("P-3f2a", 4, 20, "P-3f2a left.", "defected", "18-24", None, "officer", "air", None, ("shaming",))
    event = EventDate("coup", 3, 9, "the coup of February 2021", date(2021, 2, 1), date(2021, 2, 28), "explicit")
    number = Unclassified(200, 203, "There were 552 of them.", 552.0, 552.0, 552.0, "exact", "no rule")
    return extraction(of, trends=(trend,), testimonies=(person,), events=(event,), unclassified=(number,))


class Clock:
    """A clock that goes on by a second each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now
