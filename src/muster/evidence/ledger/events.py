"""Appending events, each sealed by a digest over itself and the one before, and reading them back.

The chain shows a change made behind the ledger's back: an event altered, moved or taken out no longer fits the digests
after it. It cannot show that the newest events were cut off, or that somebody wrote the whole chain anew; for that, note
the last digest (``Ledger.verify().head``) somewhere else and give it to ``verify``.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from muster.evidence.ledger.entry import Event

CLAIM, DOCUMENT, SOURCE = "claim", "document", "source"

# What a person decides on an entry, and what else can happen to it.
DECISIONS = ("accepted", "edited", "rejected", "merged", "split")
ENTRY_ACTIONS = ("proposed", *DECISIONS, "unredacted", "undone", "graded", "linked")
DOCUMENT_ACTIONS = ("document_added", "document_sketched", "document_withdrawn", "document_grouped")
SOURCE_ACTIONS = ("source_graded",)
ACTIONS = {CLAIM: ENTRY_ACTIONS, DOCUMENT: DOCUMENT_ACTIONS, SOURCE: SOURCE_ACTIONS}

_COLUMNS = "seq, time, reviewer, action, topic, subject, data, reason, software, previous, digest"

_DATA = _COLUMNS.split(", ").index("data")


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an event is written, and by which software."""

    time: str
    software: str


def append(
    connection: sqlite3.Connection,
    stamp: Stamp,
    *,
    reviewer: str,
    action: str,
    topic: str,
    subject: str,
    data: Mapping[str, Any] | None = None,
    reason: str = "",
) -> int:
    """Write one event after the last one, inside the transaction of the caller. Returns its number."""
    if action not in ACTIONS[topic]:
        raise ValueError(f"{action} is not something that happens to a {topic}")
    last = connection.execute("SELECT seq, digest FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (1, "") if last is None else (last[0] + 1, last[1])
    body = (seq, stamp.time, reviewer, action, topic, subject, dump(data or {}), reason, stamp.software, previous)
    connection.execute(f"INSERT INTO events ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", (*body, seal(body)))
    return int(seq)


def insert(connection: sqlite3.Connection, event: Event) -> None:
    """Write an event that was sealed elsewhere, as it is."""
    values = [getattr(event, name) for name in _COLUMNS.split(", ")]
    values[_DATA] = dump(event.data)
    connection.execute(f"INSERT INTO events ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)", values)


def seal(body: tuple[Any, ...]) -> str:
    """The digest of an event: over its columns as they are stored, the last of them the digest before."""
    return sha256(json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()


def dump(data: Mapping[str, Any]) -> str:
    """JSON whose bytes depend on nothing but the values, in ASCII: any letter a document held can be stored and sent."""
    return json.dumps(data, ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"))


def read_events(
    connection: sqlite3.Connection, *, topic: str | None = None, subject: str | None = None, after: int = 0
) -> list[Event]:
    """Events in order, of all subjects or of one."""
    query, values = f"SELECT {_COLUMNS} FROM events WHERE seq > ?", [after, *(value for value in (topic, subject) if value)]
    query += " AND topic = ?" * (topic is not None) + " AND subject = ?" * (subject is not None)
    return [_event(row) for row in connection.execute(query + " ORDER BY seq", values)]


def broken_seals(connection: sqlite3.Connection) -> Iterable[str]:
    """A sentence for each event that does not fit its digest, its number or the event before it."""
    expected, previous = 1, ""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM events ORDER BY seq"):
        *body, digest = row
        if row[0] != expected:
            yield f"Event {expected} is missing."
        elif body[-1] != previous:
            yield f"Event {row[0]} does not follow event {row[0] - 1}."
        if seal(tuple(body)) != digest:
            yield f"Event {row[0]} was changed after it was written."
        expected, previous = row[0] + 1, digest


def _event(row: tuple[Any, ...]) -> Event:
    seq, time, reviewer, action, topic, subject, data, reason, software, previous, digest = row
    return Event(seq, time, reviewer, action, topic, subject, json.loads(data), reason, software, previous, digest)
