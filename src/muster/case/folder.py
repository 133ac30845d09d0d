"""The files of one pack, read once each: nothing outside the folder, nothing too large, all but scenarios in the digest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from muster.case.door import admit
from muster.case.schema import Record
from muster.core import tables
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean

SCENARIOS = "scenarios/"
AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True, slots=True)
class Line(Generic[AnyRecord]):
    """A row of a table; ``record`` is ``None`` if it was refused, ``cells`` hold what was written."""

    number: int
    cells: dict[str, str]
    record: AnyRecord | None


@dataclass(frozen=True, slots=True)
class Sheet(Generic[AnyRecord]):
    """A table as read. ``usable`` is false if the file could not be read as a whole."""

    file: str
    lines: tuple[Line[AnyRecord], ...]
    usable: bool

    @property
    def sound(self) -> bool:
        """Whether every row was admitted."""
        return self.usable and all(line.record is not None for line in self.lines)

    def records(self) -> list[tuple[int, AnyRecord]]:
        """Row numbers and records of the rows that were admitted."""
        return [(line.number, line.record) for line in self.lines if line.record is not None]


class PackFolder:
    """Reads files of a pack by their name relative to the folder, and remembers what it read."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.faults = FaultList()
        self._read: dict[str, str] = {}

    def has(self, file: str) -> bool:
        path = self.root / file
        return path.exists() or path.is_symlink()

    def text(self, file: str, limit: int) -> str | None:
        """Text of a file of the pack, or ``None`` with a fault."""
        path = self.root / file
        try:
            inside = path.resolve().is_relative_to(self.root)
        except (OSError, RuntimeError, ValueError):
            inside = False
        if not inside:
            self.faults.add(
                file, None, None, "leads out of the pack's folder.", "Put the file itself into the folder, not a link to it."
            )
            return None
        data = tables.read_bytes(path, file=file, limit=limit, faults=self.faults)
        if data is None:
            return None
        self._read[file] = hashlib.sha256(data).hexdigest()
        return tables.decode(data, file=file, faults=self.faults)

    def sheet(self, file: str, model: type[AnyRecord], *, max_rows: int = tables.MAX_ROWS) -> Sheet[AnyRecord]:
        """A CSV file through the door; a missing file is a fault."""
        if not self.has(file):
            columns = ",".join(model.model_fields)
            self.faults.add(file, None, None, "is missing.", f"Add it with the columns {columns}.")
            return Sheet(file, (), usable=False)
        text = self.text(file, tables.MAX_TABLE_BYTES)
        if text is None:
            return Sheet(file, (), usable=False)
        required = [name for name, field in model.model_fields.items() if field.is_required()]
        optional = [name for name, field in model.model_fields.items() if not field.is_required()]
        rows = tables.parse_csv(text, file=file, required=required, optional=optional, faults=self.faults, max_rows=max_rows)
        if rows is None:
            return Sheet(file, (), usable=False)
        lines = (
            Line(row.number, row.cells, admit(model, row.cells, file=file, row=row.number, faults=self.faults)) for row in rows
        )
        return Sheet(file, tuple(lines), usable=True)

    def optional_sheet(self, file: str, model: type[AnyRecord]) -> Sheet[AnyRecord]:
        """As :meth:`sheet`; a missing file is an empty table."""
        return self.sheet(file, model) if self.has(file) else Sheet(file, (), usable=True)

    def toml(self, file: str) -> dict[str, Any] | None:
        """The tables of a TOML file, or ``None`` with a fault."""
        text = self.text(file, tables.MAX_TOML_BYTES)
        return None if text is None else tables.parse_toml(text, file=file, faults=self.faults)

    def json(self, file: str) -> Any:
        """The value of a JSON file, or ``None`` with a fault."""
        text = self.text(file, tables.MAX_JSON_BYTES)
        return None if text is None else tables.parse_json(text, file=file, faults=self.faults)

    def check_names(self, known: Sequence[str]) -> None:
        """A file that is not there while another has nearly its name has been misspelt, and would go unread."""
        try:
            found = sorted(path.name for path in self.root.iterdir() if path.name not in self._read and path.name.isprintable())
        except OSError:
            return
        missing = [name for name in known if not self.has(name)]
        for name in found:
            hint = did_you_mean(name, missing, closeness=0.85)
            if hint and name not in known:
                self.faults.add(name, None, None, "is not a file of a case pack.", f"{hint}Rename it.")

    def digest(self) -> str:
        """SHA-256 over names and bytes of the files read, as ``core.provenance.digest_files`` makes it.

        Scenarios are left out: one more question does not make another case, and a run keeps the one it followed.
        """
        whole = hashlib.sha256()
        for file, digest in sorted(self._read.items()):
            if not file.startswith(SCENARIOS):
                whole.update(f"{file}\0{digest}\n".encode("utf-8", "surrogateescape"))
        return whole.hexdigest()
