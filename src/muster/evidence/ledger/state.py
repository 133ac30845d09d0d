"""The stored state: one row per entry, document and source, each the fold of its events, and how it is read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from muster.core.errors import MusterError
from muster.core.suggest import quote
from muster.evidence.ledger.entry import DocumentEntry, Entry, Link, record_from_json
from muster.evidence.ledger.events import CLAIM, DOCUMENT, SOURCE, dump, read_events
from muster.evidence.ledger.fold import State, fold_document, fold_entry, fold_source

_SHORTEST_PREFIX = 4
_DOCUMENT_FIELDS = ("url", "publisher", "title", "published", "published_until")


@contextmanager
def legible() -> Iterator[None]:
    """Reading what is stored. Errors: a :class:`MusterError` when somebody wrote something else there."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise MusterError(
            "The ledger holds something that cannot be read. Check it with `verify`, and put back your last copy of it."
        ) from error


def refresh(connection: sqlite3.Connection, topic: str, subject: str) -> State:
    """Fold a subject anew after an event of it, and store the result. Returns its state."""
    events = read_events(connection, topic=topic, subject=subject)
    state = fold(topic, events)
    table, columns = row_of(topic, state, position=events[0].seq)
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    connection.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", tuple(columns.values()))
    return state


def fold(topic: str, events: Sequence[Any]) -> State:
    """The fold that belongs to a topic."""
    return {CLAIM: fold_entry, DOCUMENT: fold_document, SOURCE: fold_source}[topic](events)


def row_of(topic: str, state: State, *, position: int) -> tuple[str, dict[str, Any]]:
    """The table of a topic, and the row a state is stored as."""
    shown = {"position": position, "state": dump(state)}
    if topic == CLAIM:
        return "entries", {name: state[name] for name in ("id", "document", "type", "status", "revision")} | shown
    if topic == DOCUMENT:
        return "documents", {"sha256": state["sha256"]} | shown
    return "sources", {"name": state["name"]} | shown


def find_state(connection: sqlite3.Connection, name: str) -> State:
    """The state of an entry by its id, or by the beginning of an id no other entry shares.

    Errors: a :class:`MusterError` when there is none, or more than one.
    """
    # As it is written first: ids of a pack may differ in nothing but large and small letters.
    query = "SELECT state FROM entries WHERE id = ? COLLATE NOCASE ORDER BY id <> ? LIMIT 1"
    row = connection.execute(query, (name, name)).fetchone()
    if row:
        return dict(json.loads(row[0]))
    near = []
    if len(name) >= _SHORTEST_PREFIX:
        query = "SELECT id, state FROM entries WHERE substr(id, 1, ?) = ? COLLATE NOCASE ORDER BY position LIMIT 2"
        near = connection.execute(query, (len(name), name)).fetchall()
    if len(near) == 1:
        return dict(json.loads(near[0][1]))
    if near:
        raise MusterError(f"More than one entry begins with {quote(name)}. Write more letters of its id.")
    raise MusterError(f"The ledger has no entry {quote(name)}. Write its id, or {_SHORTEST_PREFIX} or more letters of it.")


def current_record(state: State) -> dict[str, Any]:
    """The proposal with the changes made to it, as JSON holds it."""
    return {**state["proposal"], **state["changes"]}


def entry_of(state: State, origins: dict[str, str]) -> Entry:
    """An entry from its state."""
    return Entry(
        id=state["id"],
        type=state["type"],
        document=state["document"],
        origin=origins.get(state["document"], state["document"][:12]),
        status=state["status"],
        record=record_from_json(state["type"], current_record(state)),
        proposal=record_from_json(state["type"], state["proposal"]),
        revision=state["revision"],
        reviewer=state["reviewer"],
        reviewed_at=state["reviewed_at"],
        reason=state["reason"],
        merged_into=state["merged_into"],
        parts=tuple(state["parts"]),
        parent=state["parent"],
        links=tuple(Link(**link) for link in state["links"]),
        reliability=state["reliability"],
        credibility=state["credibility"],
        readings=state["readings"],
    )


def document_of(state: State) -> DocumentEntry:
    """A document from its state."""
    dates = {name: date.fromisoformat(state[name]) for name in ("published", "published_until") if state.get(name)}
    texts = {name: state.get(name) for name in ("url", "publisher", "title")}
    return DocumentEntry(
        sha256=state["sha256"],
        name=state["name"],
        origin=state["origin"],
        added_at=state["added_at"],
        metadata=state.get("metadata", {}),
        withdrawn=state["withdrawn"],
        published=dates.get("published"),
        published_until=dates.get("published_until"),
        **texts,
    )


def read_documents(connection: sqlite3.Connection) -> list[DocumentEntry]:
    """All documents in the order they were added, those withdrawn among them."""
    return [document_of(json.loads(text)) for (text,) in connection.execute("SELECT state FROM documents ORDER BY position")]


def read_origins(connection: sqlite3.Connection) -> dict[str, str]:
    """The origin group of each document."""
    return {sha256: json.loads(text)["origin"] for sha256, text in connection.execute("SELECT sha256, state FROM documents")}


def document_state(connection: sqlite3.Connection, sha256: str) -> State | None:
    """The state of a document, if the ledger has it."""
    row = connection.execute("SELECT state FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else dict(json.loads(row[0]))
