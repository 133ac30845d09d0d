"""The state that follows from events: pure functions, so that a stored state can be proved by folding again.

The fold of one entry (or document, or source) needs the events of that subject only. An event that was undone is passed
over as if it had never been, but stays in the history. A second reading (two people coding the same entry without
seeing each other's answer) is kept beside the state and never changes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from muster.evidence.ledger.entry import Event

State = dict[str, Any]

_VERDICTS = {"accepted": "kept", "edited": "kept", "rejected": "rejected", "merged": "merged", "split": "split"}


def fold_entry(events: Sequence[Event]) -> State:
    """An entry after all of its events, the first of which proposed it."""
    first = events[0]
    undone = {event.data["event"] for event in events if event.action == "undone"}
    state: State = {
        "id": first.subject,
        "type": first.data["type"],
        "document": first.data["document"],
        "parent": first.data.get("parent"),
        "proposal": first.data["record"],
        "status": "proposed",
        "changes": {},
        "reviewer": None,
        "reviewed_at": None,
        "reason": "",
        "merged_into": None,
        "parts": [],
        "links": [],
        "reliability": None,
        "credibility": None,
        "readings": {},
        "revision": first.seq,
    }
    for event in events:
        if event.action == "undone":
            if event.data.get("reading") != "second":
                state["revision"] = event.seq
            if event.data["event"] == first.seq:
                state["status"] = "withdrawn"
        elif event.seq not in undone:
            _apply(state, event)
    return state


def _apply(state: State, event: Event) -> None:
    if event.data.get("reading") == "second":
        _read_again(state, event)
    elif event.action in _VERDICTS:
        _decide(state, event)
    elif event.action == "unredacted":
        state["changes"] = {**state["changes"], "quote": event.data["new"]}
        state["revision"] = event.seq
    elif event.action == "graded":
        state[event.data["axis"]] = event.data["grade"]
    elif event.action == "linked":
        link = {"relation": event.data["relation"], "other": event.data["other"]}
        state["links"] = [*state["links"], {**link, "reviewer": event.reviewer, "reason": event.reason}]


def _decide(state: State, event: Event) -> None:
    if event.action == "edited":
        state["changes"] = {**state["changes"], event.data["field"]: event.data["new"]}
    edited = any(name != "quote" for name in state["changes"])
    state["status"] = "edited" if event.action == "accepted" and edited else event.action
    state["merged_into"] = event.data["into"] if event.action == "merged" else None
    state["parts"] = list(event.data["parts"]) if event.action == "split" else []
    state["reviewer"], state["reviewed_at"], state["reason"] = event.reviewer, event.time, event.reason
    state["revision"] = event.seq
    # What this reviewer approved is the whole entry as it stood after his decision.
    verdict = {"verdict": _VERDICTS[event.action], "reading": "first", "changes": state["changes"], "time": event.time}
    state["readings"] = {**state["readings"], event.reviewer: verdict}


def _read_again(state: State, event: Event) -> None:
    before = state["readings"].get(event.reviewer, {})
    changes = before.get("changes", {}) if before.get("reading") == "second" else {}
    if event.action == "edited":
        changes = {**changes, event.data["field"]: event.data["new"]}
    verdict = {"verdict": _VERDICTS[event.action], "reading": "second", "changes": changes, "time": event.time}
    state["readings"] = {**state["readings"], event.reviewer: verdict}


def fold_document(events: Sequence[Event]) -> State:
    """A document after all of its events, the first of which added it."""
    state: State = {**events[0].data, "sha256": events[0].subject, "added_at": events[0].time, "withdrawn": None}
    for event in events[1:]:
        if event.action == "document_added":
            # Added again after it was withdrawn.
            state["withdrawn"] = None
        elif event.action == "document_withdrawn":
            state["withdrawn"] = event.reason
        elif event.action == "document_grouped":
            state["origin"] = event.data["origin"]
    return state


def fold_source(events: Sequence[Event]) -> State:
    """A source of the registry: the reliability given last, by whom, when and why."""
    last = events[-1]
    return {
        "name": last.subject,
        "reliability": last.data["reliability"],
        "reviewer": last.reviewer,
        "time": last.time,
        "reason": last.reason,
    }
