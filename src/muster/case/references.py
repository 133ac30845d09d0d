"""Checking that what a row names exists: sources, regions; and that a number says how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from muster.case.folder import Sheet
from muster.case.schema import RegionRow, SourceRow
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, one_of, quote


class Based(Protocol):
    """A record that says how its number is known."""

    @property
    def basis(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Names:
    """Names that rows may refer to; ``None`` where the file that defines them could not be read.

    ``regions`` are ids with their index; ``called`` has the ids and the names, as either may be written.
    """

    regions: dict[str, int] | None
    called: dict[str, int]
    sources: frozenset[str] | None

    def region(self, faults: FaultList, file: str, row: int, field: str, given: str) -> int | None:
        """Index of a region by id or name, or ``None`` with a fault."""
        if self.regions is None or given in self.called:
            return self.called.get(given)
        remedy = f"{did_you_mean(given, self.called)}Write one of {one_of(list(self.regions), 20)}."
        faults.add(file, row, field, f"{quote(given)} is not a region of regions.csv.", remedy)
        return None

    def check_sources(self, faults: FaultList, file: str, row: int | None, field: str, given: str) -> None:
        """Every id in a list joined by ";" must be in sources.csv."""
        if self.sources is None:
            return
        for part in (part.strip() for part in given.split(";")):
            if part and part not in self.sources:
                remedy = f"{did_you_mean(part, self.sources)}Add it to sources.csv, or write one of its ids."
                faults.add(file, row, field, f"{quote(part)} is not a source of sources.csv.", remedy)

    def check_basis(self, faults: FaultList, file: str, row: int, record: Based) -> None:
        """Stated and derived numbers name a source; a judgement gives its reasons."""
        self.check_sources(faults, file, row, "source", record.source)
        if record.basis == "judgement":
            if not record.note:
                faults.add(file, row, "note", "is empty although the basis is judgement.", "Write the reasons for the number.")
        elif not record.source.strip(" ;"):
            remedy = "Write an id of sources.csv, or the basis judgement with the reasons in the note."
            faults.add(file, row, "source", f'is empty although the basis is "{record.basis}".', remedy)


def gather_names(regions: Sheet[RegionRow], sources: Sheet[SourceRow]) -> Names:
    """Ids as written, also those of rows with a fault elsewhere, so that one mistake is reported once."""
    ids: dict[str, int] = {}
    called: dict[str, int] = {}
    for index, line in enumerate(regions.lines):
        ids.setdefault(line.cells["id"], index)
        called.setdefault(line.cells["name"], index)
    called |= ids
    source_ids = frozenset(line.cells["id"] for line in sources.lines) if sources.usable else None
    # Without regions every reference would be a fault, and the one cause has been told.
    return Names(ids if regions.usable and ids else None, called, source_ids)


def check_unique(faults: FaultList, sheet: Sheet[Any], column: str = "id") -> None:
    """No two rows share an id (or another text of a column); large and small letters count as the same."""
    first: dict[str, int] = {}
    for line in sheet.lines:
        given = line.cells[column]
        earlier = first.setdefault(given.lower(), line.number)
        if given and earlier != line.number:
            faults.add(
                sheet.file,
                line.number,
                column,
                f"{quote(given)} is already in row {earlier}.",
                f"Give every row its own {column}.",
            )
