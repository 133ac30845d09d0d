"""What a page may change: decisions in the ledger and documents to read, by the functions the terminal uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any, cast, get_args

from muster.core.errors import MusterError
from muster.dashboard.views.evidence import editable_fields, ledger_of, open_ledger_of
from muster.evidence.typed import FIGURE, give_kind, read_figure, read_part

if TYPE_CHECKING:
    from muster.dashboard.study import Study
    from muster.evidence.ledger import Entry

_ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
_reading = Lock()


def decide(study: Study, body: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out a decision: ``entry``, ``decision``, ``reviewer``, ``seen``, and what it needs.

    Errors: a :class:`MusterError` when the ledger refuses, when somebody decided meanwhile, or another writer holds the file.
    """
    from muster.evidence.ledger.deciding import Decision

    decision = _text(body, "decision")
    if decision not in get_args(Decision):
        raise MusterError("This is not a decision. Send accepted, rejected, edited, merged or split.")
    with open_ledger_of(study) as shelf:
        ledger = shelf.ledger
        entry = ledger.entry(_text(body, "entry"))
        if decision == "accepted" and entry.type == "claim" and entry.claim.kind == "unclassified":
            raise MusterError("This number has no kind yet: give it one, or reject it.")
        before = len(ledger.history(entry.id))
        after = ledger.decide(
            entry.id,
            cast(Decision, decision),
            reviewer=_text(body, "reviewer"),
            reason=_text(body, "reason"),
            seen=_seen(body),
            changes=_changes(entry, body) if decision == "edited" else None,
            into=_text(body, "into") or None,
            parts=[read_part(line) for line in _text(body, "parts").splitlines() if line.strip()] if decision == "split" else (),
        )
        events = len(ledger.history(entry.id)) - before
        return {"entry": after.id, "status": after.status, "revision": after.revision, "events": events, "notes": shelf.notes}


def undo(study: Study, body: Mapping[str, Any]) -> dict[str, Any]:
    """Take back a decision of ``events`` events that made revision ``seen``."""
    events = body.get("events", 1)
    if not isinstance(events, int) or isinstance(events, bool) or not 1 <= events <= 40:
        raise MusterError("Say how many events the decision was of.")
    with open_ledger_of(study) as shelf:
        name, revision = _text(body, "entry"), _seen(body)
        after = None
        for _ in range(events):
            after = shelf.ledger.undo(name, reviewer=_text(body, "reviewer"), seen=revision)
            revision = after.revision
        assert after is not None
        return {"entry": after.id, "status": after.status, "revision": after.revision}


def _changes(entry: Entry, body: Mapping[str, Any]) -> dict[str, object]:
    """Fields as typed that differ from what stands. Errors: a MusterError for a field that is none, or a value it cannot take."""
    from muster.evidence.ledger.fields import parse_field

    given = body.get("changes")
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise MusterError("Send changes as fields with texts.")
    stands = {row["name"]: row["value"] for row in editable_fields(entry)}
    changed = {name: value for name, value in given.items() if stands.get(name) != value}
    if not changed:
        raise MusterError("Nothing was changed.")
    found: dict[str, object] = {}
    if "kind" in changed and entry.type == "claim":
        found |= give_kind(entry, str(parse_field(entry.type, "kind", changed.pop("kind"))))
    for name, value in changed.items():
        found |= read_figure(value)[0] if name == FIGURE else {name: parse_field(entry.type, name, value)}
    return found


def take_document(study: Study, name: str, content: bytes) -> list[dict[str, Any]]:
    """Read a document and propose what it claims, by ``muster.add_files``.

    Errors: a :class:`MusterError` for a kind that is not read, without a ledger, or while another document is being read.
    """
    from muster.case.desk import add_files

    ledger = ledger_of(study)
    ending = next((one for one in _ENDINGS if name.lower().endswith(one)), None)
    if ending is None:
        raise MusterError("Only text, HTML, PDF and DOCX files are read.")
    if not _reading.acquire(blocking=False):
        raise MusterError("Another document is being read. Wait until it has been, then send this one.")
    try:
        with TemporaryDirectory(prefix="muster-") as folder:
            file = Path(folder) / f"{label(name)}{ending}"
            file.write_bytes(content)
            return [asdict(one) for one in add_files(ledger, [file], case=study.case.folder)]
    finally:
        _reading.release()


def label(name: str) -> str:
    """Letters and digits of a file's name, for the ledger to show: no part of it is a path."""
    return "-".join(re.findall(r"\w+", name.rpartition(".")[0]))[:60] or "document"


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise MusterError(f"Send {name} as a text.")
    return value.strip()


def _seen(body: Mapping[str, Any]) -> int:
    seen = body.get("seen")
    if not isinstance(seen, int) or isinstance(seen, bool) or not 0 <= seen < 2**62:
        raise MusterError("Say which revision was seen.")
    return seen
