"""The whole history as lines of JSON, one event a line, and back: nothing is lost, and the seals prove it.

The first line says what the file is. Read into an empty ledger it gives the same ledger, seal for seal. Read into a
ledger that is an earlier state of the same history, it adds what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from muster.core.errors import MusterError
from muster.core.faults import FaultList
from muster.core.provenance import write_text
from muster.core.tables import decode, read_bytes
from muster.evidence.ledger.adding import Check, texts_in
from muster.evidence.ledger.entry import RECORDS, Event, record_from_json
from muster.evidence.ledger.events import ACTIONS, SOURCE, dump, insert, read_events, seal
from muster.evidence.ledger.guard import refuse_fields
from muster.evidence.ledger.ledger import Ledger
from muster.evidence.ledger.migrate import newest_version
from muster.evidence.ledger.state import refresh

FORMAT = "muster-ledger"
MAX_LINES_BYTES = 500_000_000

_TEXTS = ("time", "reviewer", "action", "topic", "subject", "reason", "software", "previous", "digest")


@dataclass(frozen=True, slots=True)
class Received:
    """What reading a history did: events taken in, and those the ledger had already."""

    new: int
    known: int


def export_jsonl(ledger: Ledger, path: Path, *, check: Check | None = None) -> int:
    """Write every event to a file, whole or not at all; ``check`` as in ``export_csv``. Returns how many."""
    events = ledger.history()
    if check is not None:
        refuse_fields(check, (told for event in events for told in texts_of_event(event)))
    head = {"format": FORMAT, "schema": newest_version(), "events": len(events), "head": events[-1].digest if events else ""}
    write_text(path, "".join(f"{dump(line)}\n" for line in (head, *(asdict(event) for event in events))))
    return len(events)


def texts_of_event(event: Event) -> Iterator[tuple[str, str]]:
    """Every text of an event in which somebody could be named, with where it stands."""
    place = f"{event.subject[:8]}, event {event.seq}" if event.topic != SOURCE else f"a rating, event {event.seq}"
    facts = {**event.data, **event.data.get("record", {}), "reason": event.reason}
    facts |= {"source": event.subject} if event.topic == SOURCE else {}
    for field, value in facts.items():
        if field != "record":
            yield from ((f"{place}, {field}", text) for text in texts_in({field: value}))


def import_jsonl(ledger: Ledger, path: Path) -> Received:
    """Take in a history that :func:`export_jsonl` wrote.

    Errors: an :class:`InputError` naming the line of everything wrong; a :class:`MusterError` when this ledger has a
    history of its own that the file does not continue. Nothing is then taken in.
    """
    events = read_lines(path)
    with ledger.store.writing() as connection:
        own = [event.digest for event in read_events(connection)]
        told = [event.digest for event in events]
        if told == own[: len(told)]:
            return Received(0, len(told))
        if own != told[: len(own)]:
            raise MusterError(
                f"{path.name} tells another history than {ledger.path.name}. Import it into a new ledger, "
                "or bring a colleague's decisions in with import_readings."
            )
        fresh = events[len(own) :]
        for event in fresh:
            insert(connection, event)
        for topic, subject in dict.fromkeys((event.topic, event.subject) for event in fresh):
            refresh(connection, topic, subject)
    return Received(len(fresh), len(own))


def read_lines(path: Path) -> list[Event]:
    """The events of a file, each checked against its seal. Errors: an :class:`InputError`."""
    faults = FaultList()
    data = read_bytes(path, file=path.name, limit=MAX_LINES_BYTES, faults=faults)
    text = None if data is None else decode(data, file=path.name, faults=faults)
    faults.raise_if_any()
    events: list[Event] = []
    lines = (text or "").split("\n")
    head = _read_head(lines[0], path.name, faults)
    faults.raise_if_any()
    previous = ""
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        event = _read_event(line, len(events) + 1, previous, path.name, number, faults)
        if event is None:
            break
        events.append(event)
        previous = event.digest
    faults.raise_if_any()
    if len(events) != head.get("events"):
        faults.add(
            path.name, None, "events", f"are {len(events)}, not {head.get('events')}.", "The file was cut: export it again."
        )
    faults.raise_if_any()
    return events


def _read_head(line: str, file: str, faults: FaultList) -> Mapping[str, Any]:
    head = _parse(line)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        faults.add(file, 1, "format", f"is not {FORMAT}.", "Give a file that was exported from a ledger.")
        return {}
    if not isinstance(head.get("schema"), int) or head["schema"] > newest_version():
        faults.add(file, 1, "schema", "is newer than this Muster knows.", "Install the version that wrote it, or a newer one.")
    return head


def _read_event(line: str, seq: int, previous: str, file: str, number: int, faults: FaultList) -> Event | None:
    found = _parse(line)
    remedy = "Export the ledger again; events are not edited by hand."
    if not isinstance(found, dict) or set(found) != {"seq", "data", *_TEXTS}:
        faults.add(file, number, None, "is not an event.", remedy)
    elif not all(isinstance(found[name], str) for name in _TEXTS) or not isinstance(found["data"], dict):
        faults.add(file, number, None, "has fields of the wrong type.", remedy)
    elif found["seq"] != seq or found["previous"] != previous:
        faults.add(file, number, "seq", "does not follow the event before it.", remedy)
    elif seal(_body(found)) != found["digest"]:
        faults.add(file, number, "digest", "does not fit the event: it was changed.", remedy)
    elif found["action"] not in ACTIONS.get(found["topic"], ()) or not _can_be_read(found):
        faults.add(file, number, "action", "is of a kind this version does not know.", "Install a newer version.")
    else:
        return Event(**found)
    return None


def _can_be_read(found: Mapping[str, Any]) -> bool:
    """Whether a proposal holds a record of this version. (Its seal can be right and its content not.)"""
    if found["action"] != "proposed":
        return True
    data = found["data"]
    try:
        record_from_json(data["type"] if data["type"] in RECORDS else "", data["record"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    return isinstance(data.get("document"), str)


def _body(found: Mapping[str, Any]) -> tuple[Any, ...]:
    order = ("seq", "time", "reviewer", "action", "topic", "subject")
    return (*(found[name] for name in order), dump(found["data"]), found["reason"], found["software"], found["previous"])


def _parse(line: str) -> Any:
    try:
        return json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None


def _refuse(word: str) -> float:
    raise ValueError(word)


def subjects(events: Iterable[Event]) -> dict[tuple[str, str], list[Event]]:
    """Events by what they happened to, in order."""
    found: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        found.setdefault((event.topic, event.subject), []).append(event)
    return found
