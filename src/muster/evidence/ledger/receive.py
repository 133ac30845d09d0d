"""Bringing in what a colleague decided in a copy of the ledger, after both went on working.

What only one of the two touched is taken over as it is, under the colleague's name and at his time. Where both decided on
the same entry, ours stands and his becomes a second reading, so that ``agreement`` shows where the two differ and nobody is
overwritten. The same file twice adds nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from muster.evidence.ledger.entry import Event
from muster.evidence.ledger.events import CLAIM, DECISIONS, DOCUMENT, SOURCE, Stamp, append, read_events
from muster.evidence.ledger.ledger import Ledger
from muster.evidence.ledger.lines import read_lines
from muster.evidence.ledger.state import document_state, refresh

# Under this name an event that was brought in carries the seal it had in the colleague's ledger.
COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought in: events in all, those of them second readings, and events left out because ours stands."""

    events: int
    second_readings: int
    left_out: int


@dataclass(slots=True)
class _Merge:
    """The work in hand: which of our entries were decided on here, and under which number each event of theirs stands."""

    contested: dict[str, set[str]]
    rated: set[str]
    numbers: dict[int, int]
    dropped: set[str] = field(default_factory=set)
    seconds: set[int] = field(default_factory=set)


def import_readings(ledger: Ledger, path: Path) -> Brought:
    """Bring in a colleague's history, as ``export_jsonl`` wrote it. Errors: an :class:`InputError` naming the line."""
    theirs = read_lines(path)
    taken = left_out = 0
    with ledger.store.writing() as connection:
        ours = read_events(connection)
        known = {event.digest: event.seq for event in ours} | {
            event.data[COPIED]: event.seq for event in ours if COPIED in event.data
        }
        merge = _begin(ours, theirs)
        for event in theirs:
            if event.digest in known:
                merge.numbers[event.seq] = known[event.digest]
                continue
            data = _translate(connection, merge, event)
            if data is None:
                left_out += 1
                continue
            stamp = Stamp(event.time, event.software)
            number = append(
                connection,
                stamp,
                reviewer=event.reviewer,
                action=event.action,
                topic=event.topic,
                subject=event.subject,
                data=data | {COPIED: event.digest},
                reason=event.reason,
            )
            merge.numbers[event.seq] = number
            if data.get("reading") == "second":
                merge.seconds.add(event.seq)
            refresh(connection, event.topic, event.subject)
            taken += 1
    return Brought(taken, len(merge.seconds), left_out)


def _begin(ours: Sequence[Event], theirs: Sequence[Event]) -> _Merge:
    shared = {event.digest for event in theirs}
    contested: dict[str, set[str]] = {}
    rated = set()
    for event in ours:
        if event.digest in shared or COPIED in event.data:
            continue
        if event.action in DECISIONS and event.data.get("reading") != "second":
            contested.setdefault(event.subject, set()).add(event.reviewer)
        elif event.topic == SOURCE:
            rated.add(event.subject)
    return _Merge(contested, rated, {})


def _translate(connection: sqlite3.Connection, merge: _Merge, event: Event) -> dict[str, Any] | None:
    """What an event of theirs says here; ``None`` when it has no place, because ours stands."""
    if event.topic == DOCUMENT:
        known = document_state(connection, event.subject)
        return None if event.action == "document_added" and known and known["withdrawn"] is None else dict(event.data)
    if event.topic == SOURCE:
        return None if event.subject in merge.rated else dict(event.data)
    return _translate_entry(connection, merge, event)


def _translate_entry(connection: sqlite3.Connection, merge: _Merge, event: Event) -> dict[str, Any] | None:
    data = dict(event.data)
    if event.action == "proposed":
        if data.get("parent") in merge.contested:
            # A part of a split of theirs, where we decided otherwise: it has no place here.
            merge.dropped.add(event.subject)
        return None if event.subject in merge.dropped or _exists(connection, event.subject) else data
    if event.subject in merge.dropped:
        return None
    if event.action == "undone":
        number = merge.numbers.get(data["event"])
        return None if number is None else data | {"event": number} | _reading(data["event"] in merge.seconds)
    if event.action == "linked" and (data["other"] in merge.dropped or _linked(connection, event.subject, data)):
        return None
    deciders = merge.contested.get(event.subject)
    if deciders is None or event.action == "linked" or data.get("reading") == "second":
        return data
    # Of one person's two decisions the one made here stands; a name or grade set there would overwrite ours.
    second = event.action in DECISIONS and event.reviewer not in deciders
    return data | _reading(second) if second else None


def _reading(second: bool) -> dict[str, str]:  # noqa: FBT001
    return {"reading": "second"} if second else {}


def _exists(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM entries WHERE id = ?", (name,)).fetchone() is not None


def _linked(connection: sqlite3.Connection, name: str, data: Mapping[str, Any]) -> bool:
    events = read_events(connection, topic=CLAIM, subject=name)
    ties = [event.data for event in events if event.action == "linked"]
    return any((tie["relation"], tie["other"]) == (data["relation"], data["other"]) for tie in ties)
