"""What a person does to an entry: accept, edit, reject, merge, split, undo, link, un-redact, grade by hand.

Every function appends events inside the transaction of its caller, and looks first whether the reviewer has seen what
stands there now. Nobody's decision is overwritten unseen: whoever decides on an entry that somebody else decided must
give back the ``revision`` he looked at, or is told who was before him.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Literal

from muster.core.errors import MusterError
from muster.core.suggest import one_of, quote
from muster.evidence.compare.reliability import RELIABILITIES
from muster.evidence.ledger.adding import Added, Parcel, add, propose
from muster.evidence.ledger.entry import KEPT, Record, record_from_json, record_to_json
from muster.evidence.ledger.events import CLAIM, Stamp, append, dump, read_events
from muster.evidence.ledger.fields import disagreements, parse_field
from muster.evidence.ledger.fold import State
from muster.evidence.ledger.guard import Guard, public_in
from muster.evidence.ledger.state import current_record, find_state, refresh

Decision = Literal["accepted", "edited", "rejected", "merged", "split"]
Reading = Literal["first", "second"]
Axis = Literal["reliability", "credibility"]
Relation = Literal["conflicts_with", "same_as", "part_of", "compare"]

RELATIONS = ("conflicts_with", "same_as", "part_of", "compare")


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, why, and what he saw: ``seen`` is the revision of the entry he looked at. ``guard`` is asked first."""

    stamp: Stamp
    reviewer: str
    reason: str = ""
    seen: int | None = None
    reading: Reading = "first"
    guard: Guard | None = None


def _write(connection: sqlite3.Connection, by: By, action: str, subject: str, data: Mapping[str, Any] | None = None) -> int:
    data = dict(data or {})
    if by.reading == "second":
        data["reading"] = "second"
    typed = {"reason": by.reason} | ({data["field"]: data["new"]} if action == "edited" else {})
    if public := public_in(by.guard, typed):
        data["public"] = public
    return append(
        connection, by.stamp, reviewer=by.reviewer, action=action, topic=CLAIM, subject=subject, data=data, reason=by.reason
    )


def check_seen(state: State, by: By) -> None:
    """Errors: a :class:`MusterError` when somebody decided on the entry and this reviewer has not seen it."""
    if by.reading == "second" or state["revision"] == by.seen:
        return
    name, who = state["id"], state["reviewer"]
    if state["status"] == "withdrawn":
        raise MusterError(f"{name} is a part of a split that was undone. Decide on {state['parent']} instead.")
    if by.seen is not None and (who is None or who == by.reviewer):
        raise MusterError(f"{name} has changed since you opened it. Open it again and decide on what stands there now.")
    if who is not None and who != by.reviewer:
        raise MusterError(
            f"{name} was {state['status']} by {who} at {state['reviewed_at']}. "
            "Open it again and decide on what stands there now, or give a second reading."
        )


def settle(connection: sqlite3.Connection, by: By, name: str, *, decision: Literal["accepted", "rejected"]) -> None:
    """The record is right as it stands; or it is no claim, or wrong beyond mending."""
    state = find_state(connection, name)
    check_seen(state, by)
    _write(connection, by, decision, state["id"])
    refresh(connection, CLAIM, state["id"])


def edit(connection: sqlite3.Connection, by: By, name: str, changes: Mapping[str, object]) -> None:
    """The record is right with these fields changed. One event per field that is really different."""
    state = find_state(connection, name)
    check_seen(state, by)
    before = _view(state, by)
    after = apply_changes(state["type"], before, changes)
    different = [field for field in changes if after[field] != before[field]]
    if not different:
        raise MusterError(f"Nothing in {state['id']} would change. Accept it instead, or change a field.")
    for field in different:
        _write(connection, by, "edited", state["id"], {"field": field, "old": before[field], "new": after[field]})
    refresh(connection, CLAIM, state["id"])


def take_accepted(connection: sqlite3.Connection, by: By, parcels: Iterable[Parcel]) -> Added:
    """Add records that a person has written already, accept the new ones, and edit the known ones to their newer form."""
    new: list[str] = []
    known: list[str] = []
    for parcel in parcels:
        added = add(connection, by.stamp, parcel, reviewer=by.reviewer)
        for name in added.new:
            settle(connection, by, name, decision="accepted")
        records = dict(parcel.records)
        for name in added.known:
            bring_up(connection, by, name, records[name])
        new += added.new
        known += added.known
    return Added("", bool(new), tuple(new), tuple(known))


def bring_up(connection: sqlite3.Connection, by: By, name: str, record: Record) -> None:
    """Edit an entry to a newer form of its record, unless another reviewer has decided on it."""
    state = find_state(connection, name)
    if state["reviewer"] not in (None, by.reviewer) or state["status"] not in ("proposed", *KEPT):
        return
    before, after = current_record(state), record_to_json(record)
    for field in (field for field in after if after[field] != before.get(field)):
        _write(connection, by, "edited", name, {"field": field, "old": before.get(field), "new": after[field]})
    refresh(connection, CLAIM, name)


def _view(state: State, by: By) -> State:
    """What this reading changes: the entry as it stands, or for a second reading the proposal with one's own changes."""
    if by.reading == "first":
        return current_record(state)
    own = state["readings"].get(by.reviewer, {})
    return {**state["proposal"], **(own.get("changes", {}) if own.get("reading") == "second" else {})}


def apply_changes(kind: str, before: Mapping[str, Any], changes: Mapping[str, object]) -> State:
    """A record with fields changed, after all checks.

    Errors: a :class:`FieldError` for the first thing wrong.
    """
    after = {**before, **{field: parse_field(kind, field, value) for field, value in changes.items()}}
    for problem in disagreements(kind, after):
        raise problem
    return after


def merge(connection: sqlite3.Connection, by: By, name: str, *, into: str) -> None:
    """The entry says the same as another, which stays."""
    state, target = find_state(connection, name), find_state(connection, into)
    check_seen(state, by)
    if state["type"] != target["type"]:
        raise MusterError(
            f"{state['id']} is a {state['type']} and {target['id']} a {target['type']}: only like merges with like."
        )
    step: State | None = target
    while step is not None:
        if step["id"] == state["id"]:
            raise MusterError(f"{state['id']} cannot be merged into {target['id']}: that is itself, or was merged into it.")
        step = find_state(connection, step["merged_into"]) if step["merged_into"] else None
    if target["status"] in ("rejected", "split", "withdrawn"):
        raise MusterError(f"{target['id']} is {target['status']}. Merge into an entry that stands.")
    _write(connection, by, "merged", state["id"], {"into": target["id"]})
    refresh(connection, CLAIM, state["id"])


def split(connection: sqlite3.Connection, by: By, name: str, *, parts: Sequence[Mapping[str, object]]) -> None:
    """The entry is really several, such as soldiers and police: each part is the entry with fields of its own, accepted."""
    state = find_state(connection, name)
    check_seen(state, by)
    if by.reading == "second":
        raise MusterError("A second reading cannot split. Reject the entry, and say in the reason that it should be split.")
    if len(parts) < 2:
        raise MusterError("A split needs two parts or more. Give the fields in which each differs from the whole.")
    before = current_record(state)
    names = []
    for number, changes in enumerate(parts, start=1):
        after = apply_changes(state["type"], before, changes)
        public_in(by.guard, {field: after[field] for field in changes})
        # The number of the event makes the name new when a split is undone and done again.
        part = sha256(f"{state['id']}\n{state['revision']}\n{number}\n{dump(after)}".encode()).hexdigest()[:12]
        record = record_from_json(state["type"], {**after, "id": part} if "id" in after else after)
        propose(
            connection,
            by.stamp,
            name=part,
            record=record,
            document=state["document"],
            reviewer=by.reviewer,
            parent=state["id"],
        )
        _write(connection, by, "accepted", part)
        refresh(connection, CLAIM, part)
        names.append(part)
    _write(connection, by, "split", state["id"], {"parts": names})
    refresh(connection, CLAIM, state["id"])


def undo(connection: sqlite3.Connection, by: By, name: str) -> None:
    """Take back the last decision on an entry; edits made in one go are taken back one by one."""
    state = find_state(connection, name)
    check_seen(state, by)
    events = read_events(connection, topic=CLAIM, subject=state["id"])
    gone = {event.data["event"] for event in events if event.action == "undone"}
    live = [
        event
        for event in events
        if event.action in ("accepted", "edited", "rejected", "merged", "split", "unredacted")
        and event.seq not in gone
        and event.data.get("reading", "first") == by.reading
        and (by.reading == "first" or event.reviewer == by.reviewer)
    ]
    if not live:
        raise MusterError(f"There is no decision on {state['id']} to undo.")
    last = live[-1]
    if last.action == "split":
        _withdraw_parts(connection, by, last.data["parts"])
    elif state["parent"] is not None and len(live) == 1:
        raise MusterError(f"{state['id']} is a part of {state['parent']}. Undo the split there, or reject the part.")
    _write(connection, by, "undone", state["id"], {"event": last.seq, "action": last.action})
    refresh(connection, CLAIM, state["id"])


def _withdraw_parts(connection: sqlite3.Connection, by: By, parts: Sequence[str]) -> None:
    for part in parts:
        events = read_events(connection, topic=CLAIM, subject=part)
        if len(events) > 2:
            raise MusterError(f"The split cannot be undone: its part {part} was decided on since. Reject the parts instead.")
        _write(connection, by, "undone", part, {"event": events[0].seq, "action": "proposed"})
        refresh(connection, CLAIM, part)


def unredact(connection: sqlite3.Connection, by: By, name: str, *, code: str, text: str) -> None:
    """Put the name of a public figure back in the place of its code, with the reason it may be named."""
    state = find_state(connection, name)
    check_seen(state, by)
    if not by.reason.strip():
        raise MusterError("A name is only put back with a reason. Say which office makes the person a public figure.")
    old = current_record(state).get("quote", "")
    if not code or code not in old:
        raise MusterError(f"{quote(code)} does not stand in the sentence of {state['id']}. Copy the code as it is shown.")
    _write(connection, by, "unredacted", state["id"], {"code": code, "text": text, "old": old, "new": old.replace(code, text)})
    refresh(connection, CLAIM, state["id"])


def link(connection: sqlite3.Connection, by: By, name: str, *, other: str, relation: Relation) -> None:
    """Tie two entries; both stay. A tie that is there already is left as it is."""
    one, two = find_state(connection, name), find_state(connection, other)
    if relation not in RELATIONS:
        raise MusterError(f"{quote(relation)} is not a kind of link. Known are {one_of(RELATIONS)}.")
    if one["id"] == two["id"]:
        raise MusterError(f"{one['id']} cannot be linked to itself.")
    if any(tie["relation"] == relation and tie["other"] == two["id"] for tie in one["links"]):
        return
    for here, there in ((one, two), (two, one)):
        _write(connection, by, "linked", here["id"], {"relation": relation, "other": there["id"]})
        refresh(connection, CLAIM, here["id"])


def grade(connection: sqlite3.Connection, by: By, name: str, *, grades: Mapping[Axis, Any]) -> None:
    """Set one or both axes of the grade of an entry by hand; ``None`` gives an axis back to the rules."""
    state = find_state(connection, name)
    if not grades:
        raise MusterError("No grade was given. Give a reliability, A to F, or a credibility, 1 to 6.")
    for axis, value in grades.items():
        known: tuple[Any, ...] = RELIABILITIES if axis == "reliability" else (1, 2, 3, 4, 5, 6)
        if value is not None and (value not in known or isinstance(value, bool)):
            raise MusterError(f"{quote(value)} is not a grade of {axis}. Known are {one_of([str(item) for item in known])}.")
        _write(connection, by, "graded", state["id"], {"axis": axis, "grade": value, "old": state[axis]})
    refresh(connection, CLAIM, state["id"])
