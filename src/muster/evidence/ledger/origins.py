"""Which documents of a ledger go back to one source, though their texts are not in it.

Of each document a sketch is kept: hashes of its runs of four words, of its figures and of its names. They are keyed with
the secret of the ledger (the one that makes the codes of persons), so that two documents can be compared and nobody
without the key can try out what stood in one. A document of a book's length is no copy of a story and gets no sketch.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from muster.evidence.ledger.events import DOCUMENT, read_events
from muster.evidence.ledger.ledger import Ledger
from muster.evidence.record import Document

if TYPE_CHECKING:
    from muster.evidence.origin import Sketch

MOST_RUNS = 20_000
SOFTWARE = "muster"


def seal_sketch(document: Document, *, key: bytes) -> dict[str, Any] | None:
    """The sketch of a document as a ledger keeps it (``Ledger.add(sketch=...)``); ``None`` for a very long document."""
    import numpy as np

    from muster.evidence.origin import sketch_of

    sketch = sketch_of(document)
    if len(sketch.shingles) > MOST_RUNS:
        return None
    runs = np.array([_number(run.tobytes(), key) for run in sketch.shingles.astype("<u8")], dtype="<u8")
    return {
        "published": None if sketch.published is None else sketch.published.isoformat(),
        "credit": sketch.credit,
        "runs": b64encode(np.unique(runs).tobytes()).decode(),
        "figures": sorted(_word(figure, key) for figure in sketch.figures),
        "names": sorted(_word(name, key) for name in sketch.names),
    }


def _number(data: bytes, key: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8, key=key[:64]).digest(), "little")


def _word(text: str, key: bytes) -> str:
    return blake2b(text.encode(), digest_size=6, key=key[:64]).hexdigest()


def read_sketches(ledger: Ledger) -> list[Sketch]:
    """The sketches of a ledger's documents, those withdrawn left out."""
    return [_open(event.subject, event.data["sketch"]) for event in _last_sketches(ledger).values()]


def _last_sketches(ledger: Ledger) -> dict[str, Any]:
    standing = {item.sha256 for item in ledger.documents() if item.withdrawn is None}
    with ledger.store.reading() as connection:
        events = read_events(connection, topic=DOCUMENT)
    return {event.subject: event for event in events if event.action == "document_sketched" and event.subject in standing}


def _open(sha256: str, kept: Mapping[str, Any]) -> Sketch:
    import numpy as np

    from muster.evidence.origin import Sketch

    return Sketch(
        sha256=sha256,
        published=None if kept["published"] is None else date.fromisoformat(kept["published"]),
        credit=kept["credit"],
        shingles=np.frombuffer(b64decode(kept["runs"]), dtype="<u8").astype(np.uint64),
        figures=frozenset(kept["figures"]),
        names=frozenset(kept["names"]),
    )


def regroup(ledger: Ledger, *, reviewer: str = SOFTWARE) -> dict[str, str]:
    """Group the documents anew, and write down where a document changes its group; what a person grouped stays.

    Returns the new origin of each document that changed. Call it after adding documents: a grade counts origins.
    """
    from muster.evidence.origin import group_origins

    groups = group_origins(read_sketches(ledger))
    with ledger.store.reading() as connection:
        events = read_events(connection, topic=DOCUMENT)
    by_hand = {event.subject for event in events if event.action == "document_grouped" and event.reviewer != reviewer}
    changed = {
        item.sha256: groups[item.sha256]
        for item in ledger.documents()
        if item.sha256 in groups and item.sha256 not in by_hand and item.origin != groups[item.sha256]
    }
    for sha256, origin in changed.items():
        ledger.group(sha256, origin=origin, reviewer=reviewer, reason="its text is found in another document")
    return changed
