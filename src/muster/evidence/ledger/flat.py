"""Entries as a flat table for a spreadsheet, and the edited table read back as decisions.

A cell that a spreadsheet would take for a formula is written with an apostrophe before it (OWASP, "CSV Injection"), and
so is a cell that begins with an apostrophe, so that reading back gives the same text. Reading back compares every cell
with the entry as it stands: what differs becomes ``edited`` events of the reviewer named, a changed status a decision.
Nothing is taken in unless every row is right.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from muster.core.errors import MusterError
from muster.core.faults import FaultList
from muster.core.provenance import write_text
from muster.core.tables import MAX_TABLE_BYTES, Row, decode, parse_csv, read_bytes
from muster.evidence.ledger import deciding
from muster.evidence.ledger.adding import Check
from muster.evidence.ledger.entry import RECORDS, DocumentEntry, Entry, EntryType, record_hints, record_to_json
from muster.evidence.ledger.fields import FieldError, disagreements, editable, join_list, parse_field
from muster.evidence.ledger.guard import public_in, refuse_fields
from muster.evidence.ledger.ledger import Ledger
from muster.evidence.ledger.state import find_state

FILES: dict[EntryType, str] = {
    "claim": "claims.csv",
    "trend": "trends.csv",
    "testimony": "testimonies.csv",
    "event_date": "event_dates.csv",
}
_BEFORE = ("id", "status", "revision")
_AFTER = ("document", "publisher", "published", "title", "url", "origin", "reliability", "credibility", "reviewer", "reviewed_at")
_FORMULA = tuple("=+-@\t\r\n'\uff1d\uff0b\uff0d\uff20")
# An id such as 12e456789012 would come back from a spreadsheet as a number.
_NUMERIC = re.compile(r"0\d+|\d+[eE]\d+|\d{12,}")
# Decisions a table can express; merging and splitting need more than a word.
_SETTLED = ("accepted", "rejected")

Grades = Callable[[Entry], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What reading a table back did: rows with changed fields, accepted, rejected, and left as they were."""

    edited: int
    accepted: int
    rejected: int
    unchanged: int


def columns_of(kind: EntryType) -> tuple[str, ...]:
    """The columns of a table of entries."""
    own = [name for name in record_hints(kind) if name != "id"]
    return (*_BEFORE, *(name for name in own if name in editable(kind)), *(n for n in own if n not in editable(kind)), *_AFTER)


def export_csv(
    ledger: Ledger,
    path: Path,
    *,
    status: Iterable[str] | None = None,
    check: Check | None = None,
    grades: Grades | None = None,
) -> tuple[Path, ...]:
    """Write the claims to a file, or every type of entry to a folder that is there. Returns the files written.

    ``grades`` gives (reliability, credibility) of an entry; without it only grades set by hand are written. ``check`` is
    called with every text, and refuses by raising or by returning what it found. Errors: a :class:`MusterError`.
    """
    documents = {item.sha256: item for item in ledger.documents()}
    targets = {kind: path / name for kind, name in FILES.items()} if path.is_dir() else {"claim": path}
    texts: dict[Path, str] = {}
    for kind, target in targets.items():
        entries = ledger.entries(type=kind, status=status)  # type: ignore[arg-type]
        rows = [_cells(entry, documents[entry.document], grades) for entry in entries]
        if check is not None:
            refuse_fields(
                check,
                ((f"{row['id'][:8]}, {name}", cell) for row in rows for name, cell in row.items() if name not in _NEVER_NAMES),
            )
        texts[target] = _table(columns_of(kind), rows)  # type: ignore[arg-type]
    for target, text in texts.items():
        write_text(target, text)
    return tuple(texts)


_NEVER_NAMES = frozenset(
    ("id", "status", "revision", "rules", "proposer", "document", "origin", "code", "reviewer", "reviewed_at")
)


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row[name] for name in columns])
    return target.getvalue()


def _cells(entry: Entry, document: DocumentEntry, grades: Grades | None) -> dict[str, str]:
    reliability, credibility = (entry.reliability, entry.credibility) if grades is None else grades(entry)
    about = {name: getattr(document, name) for name in ("publisher", "published", "title", "url")}
    values: dict[str, Any] = record_to_json(entry.record) | about
    values |= {name: getattr(entry, name) for name in (*_BEFORE, "document", "origin", "reviewer", "reviewed_at")}
    values |= {"reliability": reliability, "credibility": credibility}
    return {name: _cell(value) for name, value in values.items()}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, (list, tuple)):
        value = join_list(value)
    return _guard(value) if isinstance(value, str) else str(value)


def _guard(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) or _NUMERIC.fullmatch(text) else text


def _unguard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def import_csv(ledger: Ledger, path: Path, *, reviewer: str, reason: str = "", kind: EntryType = "claim") -> TakenIn:
    """Take in a table that :func:`export_csv` wrote and a person edited.

    Errors: an :class:`InputError` naming file, row and field of everything wrong; nothing is then taken in. That
    includes rows of entries somebody decided since the table was written.
    """
    faults = FaultList()
    rows = _read_rows(path, kind, faults)
    faults.raise_if_any()
    done = {"edited": 0, "accepted": 0, "rejected": 0, "unchanged": 0}
    by = ledger.by(reviewer, reason=reason)
    current = {entry.id: entry for entry in ledger.entries(type=kind, withdrawn="include")}
    documents = {item.sha256: item for item in ledger.documents()}
    plans = [_plan(row, current, documents, file=path.name, kind=kind, faults=faults) for row in rows]
    for row, plan in zip(rows, plans, strict=True):
        _ask(ledger, row, plan, file=path.name, faults=faults)
    faults.raise_if_any()
    with ledger.store.writing() as connection:
        for plan in plans:
            if plan is None:
                continue
            seen = replace(by, seen=plan.seen)
            if plan.changes:
                deciding.edit(connection, seen, plan.id, plan.changes)
                done["edited"] += 1
            if plan.decision:
                # The edit just made is this reviewer's own: nobody else can have come between.
                fresh = find_state(connection, plan.id)["revision"]
                deciding.settle(connection, replace(by, seen=fresh), plan.id, decision=plan.decision)
                done[plan.decision] += 1
            done["unchanged"] += not plan.changes and not plan.decision
    return TakenIn(**done)


def _ask(ledger: Ledger, row: Row, plan: _Plan | None, *, file: str, faults: FaultList) -> None:
    """Let the guard of the ledger see what a person wrote into the table, so that all wrong cells are told at once."""
    for field, value in ({} if plan is None else plan.changes).items():
        try:
            public_in(ledger.guard, {field: value})
        except FieldError as error:
            faults.add(file, row.number, field, error.problem, error.remedy)


@dataclass(frozen=True, slots=True)
class _Plan:
    id: str
    seen: int
    changes: dict[str, Any]
    decision: Any


def _read_rows(path: Path, kind: EntryType, faults: FaultList) -> list[Row]:
    data = read_bytes(path, file=path.name, limit=MAX_TABLE_BYTES, faults=faults)
    text = None if data is None else decode(data, file=path.name, faults=faults)
    if text is None:
        return []
    # Columns deleted in the spreadsheet are columns nobody changed; whether a cell was there shows in the header.
    header = next(csv.reader(io.StringIO(text)), [])
    names = [name for name in columns_of(kind) if name in {cell.strip() for cell in header} - set(_BEFORE)]
    return parse_csv(text, file=path.name, required=_BEFORE, optional=names, faults=faults) or []


def _plan(
    row: Row,
    current: Mapping[str, Entry],
    documents: Mapping[str, DocumentEntry],
    *,
    file: str,
    kind: EntryType,
    faults: FaultList,
) -> _Plan | None:
    entry = current.get(_unguard(row.cells["id"]))
    if entry is None:
        faults.add(file, row.number, "id", "is no entry of this ledger.", "Copy the id of an exported row, or delete the row.")
        return None
    if row.cells["revision"] != str(entry.revision) and _says_the_same(row, entry, documents[entry.document]):
        return _Plan(entry.id, entry.revision, {}, None)
    if row.cells["revision"] != str(entry.revision):
        who = f"by {entry.reviewer} " if entry.reviewer else ""
        faults.add(
            file, row.number, "revision", f"is not {entry.revision}: it was decided {who}since.", "Export the table again."
        )
        return None
    shown = _cells(entry, documents[entry.document], None)
    differing = {name: cell for name, cell in row.cells.items() if name not in _BEFORE and cell != shown[name].strip()}
    changes: dict[str, Any] = {}
    for name, cell in differing.items():
        if name in ("reliability", "credibility"):
            # Computed when the table was written with grades; a grade is set by hand in the ledger.
            continue
        try:
            changes[name] = parse_field(kind, name, _unguard(cell)) if name in record_hints(kind) else _refuse(name)
        except FieldError as error:
            faults.add(file, row.number, name, error.problem, error.remedy)
    for problem in disagreements(kind, record_to_json(entry.record) | changes):
        faults.add(file, row.number, problem.field, problem.problem, problem.remedy)
    before = record_to_json(entry.record)
    changes = {name: value for name, value in changes.items() if before[name] != value}
    return _Plan(entry.id, entry.revision, changes, _decision(row, entry, file, faults))


def _says_the_same(row: Row, entry: Entry, document: DocumentEntry) -> bool:
    """Whether a row from before the last decision holds what stands now, as when a table is taken in twice."""
    shown = _cells(entry, document, None)
    same = all(cell == shown[name].strip() for name, cell in row.cells.items() if name not in (*_BEFORE, *_AFTER))
    told = {entry.status} | ({"accepted"} if entry.kept else set()) | ({"proposed"} if entry.status == "edited" else set())
    return same and row.cells["status"] in told


def _refuse(name: str) -> Any:
    raise FieldError(name, "cannot be changed in a table.", "Put back what stood there, or delete the column.")


def _decision(row: Row, entry: Entry, file: str, faults: FaultList) -> str | None:
    status = row.cells["status"]
    if status == entry.status:
        return None
    if status not in _SETTLED:
        faults.add(file, row.number, "status", f"cannot become {status[:30]!r} in a table.", "Write accepted or rejected.")
        return None
    return status


def import_folder(ledger: Ledger, folder: Path, *, reviewer: str, reason: str = "") -> dict[EntryType, TakenIn]:
    """Take in every table of a folder that :func:`export_csv` wrote. Errors: see :func:`import_csv`."""
    found: dict[EntryType, Path] = {kind: folder / name for kind, name in FILES.items() if (folder / name).is_file()}
    if not found:
        raise MusterError(f"{folder.name} holds none of {', '.join(FILES.values())}. Export the ledger into it first.")
    return {kind: import_csv(ledger, path, reviewer=reviewer, reason=reason, kind=kind) for kind, path in found.items()}


assert set(FILES) == set(RECORDS)
