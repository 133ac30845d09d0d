"""Taking in what was read from a document: only redacted sentences, never the text, never a path.

The same document twice adds nothing. Read again by a newer version, only what is new is proposed: an entry is known by
its id, and one that is known keeps its proposal and whatever was decided on it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from muster.core.errors import MusterError
from muster.evidence.ledger.entry import Record, record_to_json, record_type
from muster.evidence.ledger.events import CLAIM, DOCUMENT, Stamp, append, read_events
from muster.evidence.ledger.state import document_state, refresh
from muster.evidence.record import Claim, Document, Extraction, Testimony, open_claim

Redact = Callable[[str], str]
# Gets every text about to be stored or written. It refuses by raising, or by returning what it found.
Check = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a document did: ``new`` are the ids now proposed, ``known`` those the ledger had already."""

    document: str
    document_is_new: bool
    new: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A document and its records, ready to be stored: ``facts`` is the document as an event holds it."""

    sha256: str
    facts: Mapping[str, Any]
    records: tuple[tuple[str, Record], ...]
    sketch: Mapping[str, Any] | None = None


def parcel(
    extraction: Extraction,
    *,
    origin: str | None = None,
    sketch: Mapping[str, Any] | None = None,
    redact: Redact | None = None,
    public: Iterable[str] = (),
) -> Parcel:
    """What of an extraction a ledger keeps. ``redact`` is applied to what a document says of itself (title, notes, name).

    ``public`` are names the document shows to be those of public persons: a later export may let them stand.
    """
    document = extraction.document
    records: list[tuple[str, Record]] = [(claim.id, claim) for claim in extraction.claims]
    records += [(claim.id, claim) for claim in (open_claim(document.sha256, number) for number in extraction.unclassified)]
    others: tuple[Record, ...] = (*extraction.trends, *extraction.testimonies, *extraction.events)
    for record in others:
        records.append((_record_id(document.sha256, record), record))
    # The same id twice in one extraction is the same number read by two rules: the first one stands.
    unique = dict(reversed(records))
    ordered = {name: unique[name] for name, _ in records}
    return Parcel(document.sha256, _facts(document, origin, redact or str, public), tuple(ordered.items()), sketch)


def _facts(document: Document, origin: str | None, redact: Redact, public: Iterable[str]) -> dict[str, Any]:
    return {
        "name": redact(base_name(document.name)),
        "origin": origin or document.sha256[:12],
        "url": public_address(document.url),
        "publisher": document.publisher,
        "title": None if document.title is None else redact(document.title),
        "published": None if document.published is None else document.published.isoformat(),
        "published_until": None if document.published_until is None else document.published_until.isoformat(),
        "metadata": {
            "media": document.media,
            "language": document.language,
            "characters": len(document.original),
            "notes": [redact(note) for note in document.notes],
            "public": sorted(set(public)),
        },
    }


def base_name(name: str) -> str:
    """The name of a file without its folders, as Windows or any other system writes them."""
    return PurePosixPath(PureWindowsPath(name).as_posix()).name or "unnamed"


def public_address(url: str | None) -> str | None:
    """A web address without user name and password; an address on this computer is left out."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _record_id(document: str, record: Record) -> str:
    kind = record_type(record)
    # All quotes of one person are one testimony, whichever of them a newer version puts first.
    place = record.code if isinstance(record, Testimony) else f"{record.start}\n{record.end}"
    what = getattr(record, "observable", None) or getattr(record, "event", "")
    return sha256(f"{document}\n{kind}\n{place}\n{what}".encode()).hexdigest()[:12]


def add(connection: sqlite3.Connection, stamp: Stamp, taken: Parcel, *, reviewer: str, check: Check | None = None) -> Added:
    """Store a parcel inside the transaction of the caller."""
    if check is not None:
        refuse_names(check, stored_texts(taken))
    known_document = document_state(connection, taken.sha256)
    if known_document is None or known_document["withdrawn"] is not None:
        append(
            connection,
            stamp,
            reviewer=reviewer,
            action="document_added",
            topic=DOCUMENT,
            subject=taken.sha256,
            data=taken.facts,
        )
        refresh(connection, DOCUMENT, taken.sha256)
    if taken.sketch is not None and not _is_sketched(connection, taken.sha256):
        data = {"sketch": taken.sketch}
        append(connection, stamp, reviewer=reviewer, action="document_sketched", topic=DOCUMENT, subject=taken.sha256, data=data)
    new: list[str] = []
    known: list[str] = []
    for name, record in taken.records:
        if connection.execute("SELECT 1 FROM entries WHERE id = ?", (name,)).fetchone():
            known.append(name)
            continue
        propose(connection, stamp, name=name, record=record, document=taken.sha256, reviewer=reviewer)
        new.append(name)
    _replace_readings(connection, stamp, taken, new, reviewer=reviewer)
    return Added(taken.sha256, known_document is None, tuple(new), tuple(known))


def _is_sketched(connection: sqlite3.Connection, sha256: str) -> bool:
    return any(event.action == "document_sketched" for event in read_events(connection, topic=DOCUMENT, subject=sha256))


def _replace_readings(connection: sqlite3.Connection, stamp: Stamp, taken: Parcel, new: Sequence[str], *, reviewer: str) -> None:
    """Where a newer version reads a number as another kind, the older proposal, if nobody decided on it, makes room."""
    spans = {_span(record): name for name, record in taken.records if name in new and isinstance(record, Claim)}
    told = {name for name, _ in taken.records}
    query = "SELECT id, state FROM entries WHERE document = ? AND type = 'claim' AND status = 'proposed'"
    for name, text in connection.execute(query, (taken.sha256,)).fetchall():
        proposal = json.loads(text)["proposal"]
        into = spans.get((proposal["start"], proposal["end"]))
        if into is not None and name not in told and proposal["end"] > proposal["start"]:
            data, reason = {"into": into}, "a newer version reads the number as another kind"
            append(connection, stamp, reviewer=reviewer, action="merged", topic=CLAIM, subject=name, data=data, reason=reason)
            refresh(connection, CLAIM, name)


def _span(claim: Claim) -> tuple[int, int]:
    return claim.start, claim.end


def propose(
    connection: sqlite3.Connection,
    stamp: Stamp,
    *,
    name: str,
    record: Record,
    document: str,
    reviewer: str,
    parent: str | None = None,
) -> None:
    """Store one new proposal."""
    data = {"type": record_type(record), "document": document, "record": record_to_json(record)}
    if parent is not None:
        data["parent"] = parent
    append(connection, stamp, reviewer=reviewer, action="proposed", topic=CLAIM, subject=name, data=data)
    refresh(connection, CLAIM, name)


def stored_texts(taken: Parcel) -> Iterable[str]:
    """Every text of a parcel that a person could be named in."""
    yield from texts_in(taken.facts)
    for _, record in taken.records:
        yield from texts_in(record_to_json(record))


# Words of the vocabulary, digests and keys of the lexicon: never a name.
_CODES = frozenset(
    [
        "id",
        "rules",
        "proposer",
        "kind",
        "measure",
        "unit",
        "side",
        "modality",
        "date_basis",
        "scope",
        "code",
        "document",
        "origin",
        "sketch",
        "media",
        "language",
    ]
)


def texts_in(value: Any) -> Iterable[str]:
    """All texts in a value of JSON in which somebody could be named."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _CODES:
                yield from texts_in(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from texts_in(inner)


def refuse_names(check: Check, texts: Iterable[str]) -> None:
    """Errors: a :class:`MusterError` when the check of names finds something; which, it does not repeat."""
    found = sum(1 for text in texts if check(text))
    if found:
        raise MusterError(
            f"{found} of the texts may hold the name of a person. Nothing was written: "
            "redact them, or list the public figures among them in the lexicon of the case."
        )
