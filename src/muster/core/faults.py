"""Collecting faults while reading goes on, so that the user hears of all of them at once."""

from __future__ import annotations

from muster.core.errors import Fault, InputError
from muster.core.suggest import printable

SHOWN_PER_FILE = 200
MOST_PER_FILE = 1_000
_LONGEST_FIELD = 120


class FaultList:
    """The faults found so far.

    Of a file that is wrong on every row ``SHOWN_PER_FILE`` faults are listed; past ``MOST_PER_FILE`` reading ends
    with an :class:`InputError`, so that a hostile file cannot keep us busy.
    """

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._per_file: dict[str, int] = {}

    def add(self, file: str, row: int | None, field: str | None, problem: str, remedy: str) -> None:
        count = self._per_file.get(file, 0) + 1
        self._per_file[file] = count
        if count <= SHOWN_PER_FILE:
            shown = None if field is None else printable(field[:_LONGEST_FIELD])
            self._faults.append(Fault(file, row, shown, printable(problem), printable(remedy)))
        if count >= MOST_PER_FILE:
            raise InputError(self.listed())

    def __len__(self) -> int:
        return sum(self._per_file.values())

    def in_file(self, file: str) -> int:
        return self._per_file.get(file, 0)

    def listed(self) -> list[Fault]:
        """All faults, file by file in the order the files were first read, rows ascending."""
        order = {file: position for position, file in enumerate(self._per_file)}
        faults = sorted(self._faults, key=lambda fault: (order[fault.file], fault.row or 0))
        for file, count in self._per_file.items():
            if count > SHOWN_PER_FILE:
                more = f"{count - SHOWN_PER_FILE} more faults of this file are not listed."
                faults.append(Fault(file, None, None, more, "Mend those that are listed, then check again."))
        return faults

    def raise_if_any(self) -> None:
        """Raise an :class:`InputError` of all faults, if there are any."""
        if self._faults:
            raise InputError(self.listed())
