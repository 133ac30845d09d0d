"""Where a text quotes: the stretches inside double quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from muster.evidence.text import Span

__all__ = ["quotations_in"]


def quotations_in(text: str, bounds: Sequence[Span]) -> tuple[Span, ...]:
    """Stretches inside double quotation marks; one that is not closed ends with its paragraph."""
    found: list[Span] = []
    for paragraph in bounds:
        opened: int | None = None
        for place in range(paragraph.start, paragraph.end):
            mark = text[place]
            if mark == "“" or (mark == '"' and opened is None):
                opened = place if opened is None else opened
            elif mark in '”"' and opened is not None:
                found.append(Span(opened, place + 1))
                opened = None
        if opened is not None:
            found.append(Span(opened, paragraph.end))
    return tuple(found)
