"""Proving a ledger: every event fits its seal and the one before, and what is stored is what the events say."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from muster.evidence.ledger.entry import Event
from muster.evidence.ledger.events import ACTIONS, CLAIM, DOCUMENT, SOURCE, broken_seals, read_events
from muster.evidence.ledger.state import fold, row_of

_TABLES = {CLAIM: "entries", DOCUMENT: "documents", SOURCE: "sources"}
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found; true when it found nothing wrong. ``head`` seals all events: note it outside the ledger."""

    problems: tuple[str, ...]
    events: int
    head: str

    def __bool__(self) -> bool:
        return not self.problems


def verify(connection: sqlite3.Connection, *, head: str | None = None) -> Verdict:
    """Check the file, the chain of events and the stored state. ``head`` is the seal of an earlier check, noted elsewhere."""
    problems = [f"The file is damaged ({text})." for (text,) in connection.execute("PRAGMA integrity_check(5)") if text != "ok"]
    problems += broken_seals(connection)
    digests = [digest for (digest,) in connection.execute("SELECT digest FROM events ORDER BY seq")]
    if head and head not in digests:
        problems.append("The event noted earlier is not in this ledger: events were cut off, or written anew.")
    if not problems:
        problems += _state_problems(connection, read_events(connection))
    shown = problems[:_SHOWN]
    if len(problems) > _SHOWN:
        shown.append(f"{len(problems) - _SHOWN} more problems are not listed.")
    return Verdict(tuple(shown), len(digests), digests[-1] if digests else "")


def _state_problems(connection: sqlite3.Connection, events: list[Event]) -> list[str]:
    by_subject: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.action not in ACTIONS.get(event.topic, ()):
            return [f"Event {event.seq} is of a kind this version does not know."]
        by_subject[event.topic, event.subject].append(event)
    problems = []
    expected: dict[str, set[tuple[object, ...]]] = {table: set() for table in _TABLES.values()}
    columns: dict[str, tuple[str, ...]] = {}
    for (topic, subject), own in by_subject.items():
        if own[0].action not in ("proposed", "document_added", "source_graded"):
            problems.append(f"{subject} was decided on before it was proposed.")
            continue
        table, row = row_of(topic, fold(topic, own), position=own[0].seq)
        columns[table] = tuple(row)
        expected[table].add(tuple(row.values()))
    for table, rows in expected.items():
        names = ", ".join(columns.get(table, ("*",)))
        stored = set(connection.execute(f"SELECT {names} FROM {table}"))
        problems += [f"{row[0]} in {table} is not what its events say." for row in sorted(stored - rows, key=str)]
        problems += [f"{row[0]} is missing from {table}, or differs there." for row in sorted(rows - stored, key=str)]
    return problems
