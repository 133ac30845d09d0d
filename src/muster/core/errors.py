"""What a user may get wrong, said so that it can be mended: file, row, field, what is there, what to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class MusterError(Exception):
    """A mistake in what the user gave us. The command line prints it as a sentence and exits with 2."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with one input file.

    ``row`` counts as a text editor does: the header of a CSV file is row 1.
    """

    file: str
    row: int | None
    field: str | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.field is not None:
            place += f', "{self.field}"'
        return f"{place}: {self.problem} {self.remedy}"


class InputError(MusterError):
    """All the faults of an input at once, so that one round of editing mends them."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        if not faults:
            raise ValueError("an InputError needs at least one fault")
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
