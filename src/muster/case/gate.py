"""What a reviewer types is looked at before a ledger keeps it for ever: names of private persons, and places too near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from muster.core.suggest import quote
from muster.evidence.export_check import check_export
from muster.evidence.ledger import Event, FieldError, Ledger
from muster.evidence.lexicon import Lexicon

PERSON = (
    "Write a role or a code instead, such as a witness or P-3f2a1c. A public figure or an organisation is let through by "
    "muster evidence decide --public NAME --reason OFFICE."
)


class Gate:
    """Asked by a ledger with each field a person fills in; see ``evidence.ledger.guard``.

    ``public`` are names the reviewer says are public. ``notes`` gathers what was let through and should be looked at.
    """

    def __init__(self, book: Ledger, lexicon: Lexicon, *, public: Iterable[str] = ()) -> None:
        self._lexicon = lexicon
        self._public = tuple(public)
        # Read before anything is typed: what asks stands within a transaction of the ledger.
        self._allowed = (*filter(None, known_names(book.history())), *self._public)
        self._speakers = frozenset(entry.claim.claimant for entry in book.claims())
        self._regions, self._towns = _places(lexicon)
        self._asked: dict[tuple[str, str], tuple[str, ...]] = {}
        self.notes: list[str] = []

    def __call__(self, field: str, value: object) -> tuple[str, ...]:
        """The names of ``public`` that stand in the value. Errors: a :class:`FieldError` that says the field, not the name."""
        texts = [value] if isinstance(value, str) else value if isinstance(value, (list, tuple)) else ()
        return tuple(name for text in texts for name in self._look(field, str(text)))

    def _look(self, field: str, text: str) -> tuple[str, ...]:
        if (field, text) not in self._asked:
            if field == "place" and text:
                self._look_at_place(text)
            elif field == "source" and text in self._speakers:
                pass  # A claim of the ledger is by it already.
            elif check_export(text, lexicon=self._lexicon, allowed=self._allowed):
                raise FieldError(field, "may hold the name of a private person; nothing was kept.", PERSON)
            self._asked[field, text] = tuple(name for name in self._public if name and name in text)
        return self._asked[field, text]

    def _look_at_place(self, text: str) -> None:
        key = _key(text)
        if key in self._regions:
            return
        if key in self._towns:
            raise FieldError("place", "lies below the first level; nothing was kept.", f"Write its region: {self._towns[key]}.")
        self.notes.append(f"{quote(text)} is no region or country known here. If it is a town, write its region instead.")


def _places(lexicon: Lexicon) -> tuple[set[str], Mapping[str, str]]:
    """Names of regions and countries, and the region of each town, in small letters."""
    rows = [row for row in lexicon.table("places") if "region" in row]
    regions = {_key(row["name"]) for row in lexicon.table("countries")}
    regions |= {_key(row["country"]) for row in rows if row.get("country")}
    regions |= {_key(name) for row in rows for name in (row["region"], row.get("id", ""), *row.get("also", ()))}
    towns = {_key(town): str(row["region"]) for row in rows for town in row.get("words", ())}
    return regions - {""}, towns


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def known_names(history: Iterable[Event]) -> Iterator[str]:
    """What may stand in a ledger with this history: names shown or said to be public, publishers, titles, reviewers."""
    for event in history:
        yield event.reviewer
        if event.action == "document_added":
            yield from event.data.get("metadata", {}).get("public", ())
            yield event.data.get("publisher") or ""
            yield event.data.get("title") or ""
        if event.topic == "claim":
            yield from event.data.get("public", ())
            yield event.data.get("text", "") if event.action == "unredacted" else ""
