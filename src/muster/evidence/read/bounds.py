"""How much of a file is read at most: bytes, pages, characters, seconds, memory.

A document comes from a stranger. Past a bound it is refused with a sentence; nothing is ever read in part and shown as whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from muster.core.errors import Fault, InputError
from muster.core.suggest import printable

MAX_BYTES = 50_000_000
MAX_CHARACTERS = 5_000_000
MAX_PAGES = 1_000
MAX_SECONDS = 60
MAX_MEMORY = 1_000_000_000

# A compressed part may unfold to this many bytes.
MAX_UNPACKED = 60_000_000
MAX_PARTS = 5_000
MAX_DEPTH = 400

SMALLER = "Split it, or save the part that matters as plain text."


def refused(name: str, problem: str, remedy: str, *, field: str | None = None) -> InputError:
    """The sentence for a document that cannot be read."""
    return InputError([Fault(printable(name), None, field, printable(problem), printable(remedy))])


class Unreadable(Exception):
    """What a reader says of a file it cannot read: problem and remedy, without the name of the file."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


def check_length(texts: Sequence[str] | str) -> None:
    """Raise :class:`Unreadable` when there are more characters than are read."""
    count = len(texts) if isinstance(texts, str) else sum(map(len, texts))
    if count > MAX_CHARACTERS:
        raise Unreadable(f"holds more than {MAX_CHARACTERS:,} characters of text.", SMALLER)
