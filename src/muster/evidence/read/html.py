"""Reading a page: its article, each character with its place in the source of the page."""

from __future__ import annotations

from muster.evidence.read.article import article_of
from muster.evidence.read.blocks import Block, page_of
from muster.evidence.read.bounds import Unreadable
from muster.evidence.read.pagehead import said_by
from muster.evidence.read.parts import Reading


def read_html(source: str) -> Reading:
    """The article of a page.

    Errors: :class:`Unreadable` for a page without words.
    """
    page = page_of(source)
    blocks = article_of(page)
    if not blocks:
        raise Unreadable("is a page without text.", "Save the page from a browser after it has loaded, or give its text.")
    runs: list[tuple[int, str]] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            # Rows of a table stand line under line, all else is parted by an empty line.
            gap = "\n" if block.tag == before.tag == "tr" and block.box != before.box else "\n\n"
            start, text = runs[-1]
            runs.extend((start + len(text), letter) for letter in gap)
        runs.extend(block.runs)
        before = block
    notes = ["holds text that a browser does not show; it was left out"] if any(box.hidden for box in page.boxes) else []
    return Reading(runs=runs, said=said_by(page, source), notes=notes)
