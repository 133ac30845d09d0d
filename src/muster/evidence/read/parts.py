"""What a reader of pages, PDF or DOCX gives back, and how it passes from one process to another.

It passes as plain JSON and is checked on arrival: a reader that a hostile file has led astray can hand over wrong words, but
nothing that would run, and no place outside the file.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from muster.evidence.read.bounds import MAX_CHARACTERS, MAX_PAGES, Unreadable
from muster.evidence.read.masthead import Said


@dataclass(slots=True)
class Reading:
    """The text of a file before its spelling is made plain.

    ``runs``: place in the source and characters that stand there one after the other, places never falling; of a format
    whose characters are no text there is no source, and ``text`` is itself what offsets count in. ``pages``: where each
    page starts in ``text``.
    """

    text: str = ""
    runs: list[tuple[int, str]] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    pages: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def pack(reading: Reading) -> bytes:
    """A reading as JSON."""
    return json.dumps(asdict(reading)).encode("ascii")


def unpack(data: bytes, *, source_length: int | None) -> Reading:
    """The reading in ``data``. ``source_length``: characters of the source that runs must lie in, or ``None`` without runs.

    Errors: :class:`Unreadable` when it is not what a reader hands over.
    """
    try:
        given = json.loads(data)
        said = Said(**{name: _text_or_none(value) for name, value in given["said"].items()})
        reading = Reading(
            text=_text(given["text"]),
            runs=[(int(place), _text(text)) for place, text in given["runs"]],
            said=said,
            pages=[int(place) for place in given["pages"]],
            notes=[_text(note)[:200] for note in given["notes"][:20]],
        )
        _check(reading, source_length)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged() from None
    return reading


def damaged() -> Unreadable:
    """The sentence for a file that its reader could make nothing of."""
    return Unreadable(
        "is damaged and cannot be read.", "Open it in the program it was made with, and save it again or as plain text."
    )


def _check(reading: Reading, source_length: int | None) -> None:
    if len(reading.text) + sum(len(text) for _, text in reading.runs) > 2 * MAX_CHARACTERS or len(reading.pages) > MAX_PAGES:
        raise ValueError("too long")
    end = 0
    for place, text in reading.runs:
        if source_length is None or not text or place < end or place + len(text) > max(source_length, place + 1):
            raise ValueError("out of place")
        end = place
    if any(not 0 <= place <= len(reading.text) for place in reading.pages):
        raise ValueError("page out of place")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)[:2_000]
