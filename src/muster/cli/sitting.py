"""One sitting of a reviewer: the queue, the place in it, what was decided, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from muster.case.shelf import Shelf
from muster.core.errors import MusterError
from muster.evidence.compare.reliability import Reliability, SourceRegistry
from muster.evidence.ledger import DocumentEntry, Entry
from muster.evidence.ledger.deciding import Decision


class Done(NamedTuple):
    """A decision of this sitting: where in the queue, on what, the revision it made, and of how many events it is."""

    place: int
    entry: str
    revision: int
    events: int


@dataclass(slots=True)
class Sitting:
    """What changes while a person reviews. ``shown`` is the entry as the screen showed it: a decision is on that."""

    shelf: Shelf
    reviewer: str
    queue: list[str]
    documents: dict[str, DocumentEntry]
    registry: SourceRegistry
    entries: dict[str, Entry]
    place: int = 0
    shown: Entry | None = None
    done: list[Done] = field(default_factory=list)

    @property
    def decided(self) -> int:
        """How many entries of the queue stand decided by this sitting."""
        return len({done.entry for done in self.done})

    @property
    def left(self) -> int:
        """How many entries of the queue nobody has decided on."""
        return sum(self.entries[name].status == "proposed" for name in self.queue)

    @property
    def at_end(self) -> bool:
        """Whether the queue is through."""
        return self.place >= len(self.queue)

    def look(self) -> Entry:
        """The entry at this place as it stands now, whoever decided on it."""
        self.shown = self.shelf.ledger.entry(self.queue[self.place])
        self.entries[self.shown.id] = self.shown
        return self.shown

    def source(self, entry: Entry) -> Reliability | None:
        """How reliable its source is."""
        if entry.type != "claim":
            return None
        return self.registry.reliability(entry.claim.claimant, self.documents[entry.document].publisher)

    def decide(
        self,
        decision: Decision,
        *,
        reason: str = "",
        changes: dict[str, object] | None = None,
        into: str | None = None,
        parts: Sequence[dict[str, object]] = (),
    ) -> Entry:
        """Write a decision on the entry shown. Errors: a :class:`MusterError`, also when somebody was there before."""
        entry, ledger = self._open(), self.shelf.ledger
        before = len(ledger.history(entry.id))
        after = ledger.decide(
            entry.id,
            decision,
            reviewer=self.reviewer,
            reason=reason,
            seen=entry.revision,
            changes=changes,
            into=into,
            parts=parts,
        )
        self.done.append(Done(self.place, entry.id, after.revision, len(ledger.history(entry.id)) - before))
        self._keep([after, *(ledger.entry(part) for part in after.parts)])
        return after

    def _open(self) -> Entry:
        if self.shown is None:
            raise MusterError("No entry is open. Go back to one.")
        return self.shown

    def _keep(self, entries: Iterable[Entry]) -> None:
        self.entries |= {entry.id: entry for entry in entries}

    def go_on(self) -> str:
        """On to the next entry nobody has decided on. Says, after a blank, who decided on those passed over."""
        others = set()
        passed = 0
        self.place += 1
        while not self.at_end and (entry := self.look()).status != "proposed":
            if entry.reviewer not in (None, self.reviewer):
                others.add(entry.reviewer)
                passed += 1
            self.place += 1
        names = ", ".join(sorted(name for name in others if name))
        return f" {passed} passed over, decided by {names} meanwhile." if passed else ""

    def undo(self) -> None:
        """Take back the last decision of this sitting and go back to its entry.

        Errors: a :class:`MusterError` when there is none, or somebody has decided on the entry since; that decision is
        then passed over, so that the ones before it can still be undone.
        """
        if not self.done:
            raise MusterError("Nothing more to undo: nothing was decided in this sitting.")
        last, ledger = self.done[-1], self.shelf.ledger
        revision = last.revision
        try:
            for _ in range(last.events):
                revision = ledger.undo(last.entry, reviewer=self.reviewer, seen=revision).revision
        except MusterError:
            if ledger.entry(last.entry).revision != last.revision:
                self.done.pop()
            raise
        self.done.pop()
        parts = self.entries[last.entry].parts
        self._keep(ledger.entry(name) for name in (last.entry, *parts))
        self.place = last.place
