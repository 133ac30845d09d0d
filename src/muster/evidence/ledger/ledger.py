"""The ledger: what was proposed, what people decided, and what therefore stands.

Everything that happens is an event, and events are never changed. What stands now is the fold of the events, kept in
tables so that it can be read quickly, and proved by :meth:`Ledger.verify`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from muster import __version__
from muster.core.errors import MusterError
from muster.core.suggest import one_of, quote
from muster.evidence.compare.reliability import SourceGrade, check_reliability
from muster.evidence.ledger import deciding
from muster.evidence.ledger.adding import Added, Check, Parcel, Redact, add, parcel
from muster.evidence.ledger.agreement import Agreement, find_agreement
from muster.evidence.ledger.deciding import Axis, By, Decision, Reading, Relation
from muster.evidence.ledger.entry import STATUSES, DocumentEntry, Entry, EntryType, Event
from muster.evidence.ledger.events import CLAIM, DECISIONS, DOCUMENT, SOURCE, Stamp, append, read_events
from muster.evidence.ledger.fields import reason_text, reviewer_name
from muster.evidence.ledger.guard import Guard, public_in
from muster.evidence.ledger.state import document_state, entry_of, find_state, legible, read_documents, read_origins, refresh
from muster.evidence.ledger.store import Create, Store
from muster.evidence.ledger.verify import Verdict, verify
from muster.evidence.record import Extraction

WAIT = 10.0

Clock = Callable[[], datetime]


def open_ledger(path: str | Path, *, create: Create = "if_missing", wait: float = WAIT, clock: Clock | None = None) -> Ledger:
    """Open a ledger file, making it if it is missing (or, with ``create="never"``, saying so).

    An older ledger is brought to the schema of this version; ``ledger.backup`` is then the copy made before. ``wait`` is
    how many seconds to wait for another writer. Use it as a context manager. Errors: a :class:`MusterError`.
    """
    return Ledger(Store(Path(path), create=create, wait=wait), clock or _now)


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """An open ledger; made by :func:`open_ledger`. Every method is one transaction, kept whole or not at all."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self._clock = store, clock
        self.guard: Guard | None = None  # asked about what people type; see ``ledger.guard``

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    @property
    def path(self) -> Path:
        """The file of this ledger."""
        return self.store.path

    @property
    def backup(self) -> Path | None:
        """The copy made when an older ledger was opened, if one was."""
        return self.store.backup

    # ---- Taking in ----

    def add(
        self,
        extraction: Extraction,
        *,
        origin: str | None = None,
        sketch: Mapping[str, object] | None = None,
        redact: Redact | None = None,
        public: Iterable[str] = (),
        check: Check | None = None,
        reviewer: str = "muster",
    ) -> Added:
        """Propose all that a document gave. The extraction must be redacted; ``redact`` is for title, notes and file name.

        ``origin`` groups documents that go back to one source (else each is its own); ``sketch`` lets ``ledger.origins``
        find it; ``public`` names persons the document shows to be public. ``check`` gets each text to be stored, and
        refuses by raising or by returning what it found.
        """
        taken = parcel(extraction, origin=origin, sketch=sketch, redact=redact, public=public)
        return self.add_parcel(taken, check=check, reviewer=reviewer)

    def add_parcel(self, taken: Parcel, *, check: Check | None = None, reviewer: str = "muster") -> Added:
        """Propose a document and records prepared by hand."""
        stamp, who = self._stamp(), reviewer_name(reviewer)
        with self.store.writing() as connection:
            return add(connection, stamp, taken, reviewer=who, check=check)

    def add_accepted(self, parcels: Iterable[Parcel], *, reviewer: str, reason: str = "") -> Added:
        """Take in records a person has written already, such as the claims of a case pack, as accepted.

        What is known and was changed there since is edited here, unless another reviewer has decided on it.
        """
        with self.store.writing() as connection:
            return deciding.take_accepted(connection, self.by(reviewer, reason=reason), parcels)

    def withdraw(self, document: str, *, reviewer: str, reason: str) -> None:
        """Take a document out of use: its entries stay in the history, and are no longer given back."""
        if not reason.strip():
            raise MusterError("A document is only withdrawn with a reason. Say what is wrong with it.")
        self._document_event(document, "document_withdrawn", {}, reviewer=reviewer, reason=reason)

    def group(self, document: str, *, origin: str, reviewer: str, reason: str = "") -> None:
        """Say that a document goes back to the same source as others: they get the same ``origin``."""
        self._document_event(document, "document_grouped", {"origin": origin}, reviewer=reviewer, reason=reason)

    def _document_event(self, name: str, action: str, data: Mapping[str, str], *, reviewer: str, reason: str) -> None:
        stamp, who, why = self._stamp(), reviewer_name(reviewer), reason_text(reason)
        public_in(self.guard, {"reason": why})
        with self.store.writing() as connection:
            if document_state(connection, name) is None:
                raise MusterError(f"The ledger has no document {quote(name)}. Give its SHA-256.")
            append(connection, stamp, reviewer=who, action=action, topic=DOCUMENT, subject=name, data=data, reason=why)
            refresh(connection, DOCUMENT, name)

    # ---- Deciding ----

    def decide(
        self,
        entry: str,
        decision: Decision,
        *,
        reviewer: str,
        reason: str = "",
        seen: int | None = None,
        changes: Mapping[str, object] | None = None,
        into: str | None = None,
        parts: Sequence[Mapping[str, object]] = (),
        reading: Reading = "first",
    ) -> Entry:
        """Accept, edit (``changes``), reject, merge (``into``) or split (``parts``) an entry, and return it as it stands.

        ``seen`` is the ``revision`` the reviewer looked at; when somebody decided since, this is refused with a sentence
        that says who. Without ``seen`` only an entry nobody else has decided can be decided. A ``second`` reading never
        changes the entry: it is for :meth:`agreement`. Errors: a :class:`MusterError`.
        """
        with self._acting(entry, self.by(reviewer, reason=reason, seen=seen, reading=reading)) as act:
            if decision == "edited":
                return act(partial(deciding.edit, changes=changes or {}))
            if decision == "merged":
                return act(partial(deciding.merge, into=into or ""))
            if decision == "split":
                return act(partial(deciding.split, parts=parts))
            if decision in ("accepted", "rejected"):
                return act(partial(deciding.settle, decision=decision))
        raise MusterError(f"{quote(decision)} is not a decision. Known are {one_of(DECISIONS)}.")

    def undo(self, entry: str, *, reviewer: str, reason: str = "", seen: int | None = None, reading: Reading = "first") -> Entry:
        """Take back the last decision on an entry, by an event of its own. Edits are taken back one field at a time."""
        with self._acting(entry, self.by(reviewer, reason=reason, seen=seen, reading=reading)) as act:
            return act(deciding.undo)

    def unredact(self, entry: str, *, code: str, text: str, reviewer: str, reason: str, seen: int | None = None) -> Entry:
        """Put the name of a public figure back in the place of its code in the sentence of an entry; needs a reason."""
        with self._acting(entry, self.by(reviewer, reason=reason, seen=seen)) as act:
            return act(partial(deciding.unredact, code=code, text=text))

    def grade(
        self,
        entry: str,
        *,
        reviewer: str,
        reliability: str | None = None,
        credibility: int | None = None,
        clear: Sequence[Axis] = (),
        reason: str = "",
    ) -> Entry:
        """Set the grade of an entry by hand, on one axis or both; ``clear`` gives an axis back to the rules."""
        grades: dict[Axis, object] = {"reliability": reliability, "credibility": credibility}
        given = {axis: value for axis, value in grades.items() if value is not None or axis in clear}
        with self._acting(entry, self.by(reviewer, reason=reason)) as act:
            return act(partial(deciding.grade, grades=given))

    def link(self, entry: str, other: str, *, relation: Relation, reviewer: str, reason: str = "") -> Entry:
        """Tie two entries, on both of them; both stay as they are. The same tie twice is one."""
        with self._acting(entry, self.by(reviewer, reason=reason)) as act:
            return act(partial(deciding.link, other=other, relation=relation))

    @contextmanager
    def _acting(self, entry: str, by: By) -> Iterator[Callable[[Callable[..., object]], Entry]]:
        """One decision in one transaction: yields what carries it out and gives the entry as it then stands."""
        with self.store.writing() as connection:

            def act(decision: Callable[..., object]) -> Entry:
                decision(connection, by, entry)
                return entry_of(find_state(connection, entry), read_origins(connection))

            yield act

    # ---- Sources ----

    def rate_source(self, name: str, reliability: str, *, reviewer: str, reason: str = "") -> SourceGrade:
        """Say how reliable a claimant or publisher is, A to F. What was said before stays in the history."""
        stamp, who, why = self._stamp(), reviewer_name(reviewer), reason_text(reason)
        data: dict[str, object] = {"reliability": check_reliability(reliability)}
        subject = reviewer_name(name)
        public_in(self.guard, {"source": subject, "reason": why})
        with self.store.writing() as connection:
            append(connection, stamp, reviewer=who, action="source_graded", topic=SOURCE, subject=subject, data=data, reason=why)
            return SourceGrade(**refresh(connection, SOURCE, subject))

    def sources(self) -> dict[str, SourceGrade]:
        """The sources people have rated in this ledger, by name. (Presets of a lexicon: ``evidence.compare.reliability``.)"""
        with self.store.reading() as connection, legible():
            rows = connection.execute("SELECT state FROM sources ORDER BY position").fetchall()
            return {grade.name: grade for grade in (SourceGrade(**json.loads(text)) for (text,) in rows)}

    # ---- Looking ----

    def entry(self, name: str) -> Entry:
        """One entry by its id, or by four or more first letters of it. Errors: a :class:`MusterError` when there is none."""
        with self.store.reading() as connection, legible():
            return entry_of(find_state(connection, name), read_origins(connection))

    def entries(
        self,
        *,
        type: EntryType | None = None,
        status: Iterable[str] | None = None,
        document: str | None = None,
        withdrawn: Literal["leave_out", "include"] = "leave_out",
    ) -> tuple[Entry, ...]:
        """Entries in the order they were proposed. ``status`` is one or several of ``STATUSES``; all when left out."""
        wanted = STATUSES if status is None else (status,) if isinstance(status, str) else tuple(status)
        with self.store.reading() as connection, legible():
            documents = {item.sha256: item for item in read_documents(connection)}
            rows = connection.execute("SELECT state FROM entries ORDER BY position").fetchall()
            origins = {sha256: item.origin for sha256, item in documents.items()}
            return tuple(
                entry_of(state, origins)
                for state in (json.loads(text) for (text,) in rows)
                if state["status"] in wanted
                and type in (None, state["type"])
                and document in (None, state["document"])
                and (withdrawn == "include" or documents[state["document"]].withdrawn is None)
            )

    def claims(self, *, status: Iterable[str] | None = None, document: str | None = None) -> tuple[Entry, ...]:
        """Entries that are claims; see :meth:`entries`. Those people stand behind: ``status=KEPT``."""
        return self.entries(type="claim", status=status, document=document)

    def documents(self) -> tuple[DocumentEntry, ...]:
        """All documents in the order they were added, also those withdrawn (``withdrawn`` then says why)."""
        with self.store.reading() as connection, legible():
            return tuple(read_documents(connection))

    def history(self, entry: str | None = None) -> tuple[Event, ...]:
        """What happened to an entry, or without a name all that ever happened, in order."""
        with self.store.reading() as connection:
            if entry is None:
                return tuple(read_events(connection))
            return tuple(read_events(connection, topic=CLAIM, subject=find_state(connection, entry)["id"]))

    def source_history(self, name: str) -> tuple[Event, ...]:
        """Who rated a source, when, as what, and why."""
        with self.store.reading() as connection:
            return tuple(read_events(connection, topic=SOURCE, subject=name))

    def agreement(self) -> Agreement:
        """How far pairs of reviewers agree, on each field of the entries both have decided."""
        return find_agreement(self.entries())

    def verify(self, *, head: str | None = None) -> Verdict:
        """Prove that no event was tampered with and that what stands is what the events say; see ``ledger.verify``."""
        with self.store.reading() as connection:
            return verify(connection, head=head)

    def by(self, reviewer: str, *, reason: str = "", seen: int | None = None, reading: Reading = "first") -> By:
        """Who acts now, why, and on what: what every decision is signed with."""
        return By(self._stamp(), reviewer_name(reviewer), reason_text(reason), seen, reading, self.guard)

    def _stamp(self) -> Stamp:
        time = self._clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return Stamp(time, f"muster {__version__}")
