"""The ledger: a table with filters, the queue of proposals, conflicts side by side. Without a ledger, the claims of the case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from muster.core.errors import MusterError
from muster.dashboard.views.claims import card, matches, plain, shelved
from muster.dashboard.work import Job
from muster.evidence.telling import told
from muster.evidence.typed import BOUNDS, FIGURE, REASONS

if TYPE_CHECKING:
    from muster.case.shelf import Shelf
    from muster.dashboard.study import Study
    from muster.evidence.ledger import Entry

ROWS = 50
_OF_THE_CASE = "the claims of the case"
Query = Mapping[str, str]


def has_ledger(study: Study) -> bool:
    """Whether there is a ledger file to review in."""
    return study.ledger is not None and study.ledger.exists()


def frame(study: Study) -> dict[str, Any]:
    """What the page says before any entry is read."""
    from muster.core.vocabulary import CLAIMANT_SIDES, KINDS
    from muster.evidence.ledger import STATUSES

    name = None if study.ledger is None else study.ledger.name
    return {"ledger": name, "begun": has_ledger(study), "kinds": KINDS, "sides": CLAIMANT_SIDES, "statuses": STATUSES}


def shelf_of(study: Study) -> dict[str, Any] | Job:
    """Cards and conflicts of the ledger as it stands now, or of the claims of the case."""
    from muster.dashboard.answers import ask_pack

    if not has_ledger(study):
        found = ask_pack(study)
        if isinstance(found, Job):
            return found
        if study.shelved is None or study.shelved[0] != _OF_THE_CASE:
            study.shelved = (_OF_THE_CASE, json.loads(found))
        return study.shelved[1]
    with open_ledger_of(study) as shelf:
        # The last event names the state: the same state is graded once, and only the latest is held.
        history = shelf.ledger.history()
        state = history[-1].digest if history else ""
        if study.shelved is None or study.shelved[0] != state:
            study.shelved = (state, shelved(shelf))
        return study.shelved[1]


def ledger_of(study: Study) -> Path:
    """The file of the ledger to review in. Errors: a :class:`MusterError` without one."""
    if study.ledger is None:
        raise MusterError("There is no ledger to write to. Start muster serve with --ledger FILE.")
    return study.ledger


def open_ledger_of(study: Study) -> AbstractContextManager[Shelf]:
    """The ledger of the study with the words of its case. Errors: a :class:`MusterError` without one."""
    from muster.case.shelf import open_shelf

    return open_shelf(ledger_of(study), case=study.case.folder)


def table(study: Study, query: Query) -> dict[str, Any] | Job:
    """The entries a filter lets through, a page of them."""
    found = shelf_of(study)
    if isinstance(found, Job):
        return found
    asked = {name: query.get(name, "")[:100] for name in ("words", "subject", "side", "status")}
    rows = [one for one in found["cards"].values() if matches(one, **asked)]
    first = max(0, min(_whole(query.get("first", "0")), len(rows) - 1))
    return {"rows": rows[first : first + ROWS], "count": len(rows), "all": len(found["cards"]), "first": first, "step": ROWS}


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def conflicts(study: Study, query: Query) -> dict[str, Any] | Job:
    """What cannot all be right, each with its claims side by side."""
    found = shelf_of(study)
    if isinstance(found, Job):
        return found
    cards = found["cards"]
    return {"rows": [{**one, "cards": [cards[name] for name in one["claims"] if name in cards]} for one in found["conflicts"]]}


def review(study: Study, query: Query) -> dict[str, Any] | Job:
    """The proposal at a place of the queue, in the order of ``muster evidence review``, with what stands near it."""
    if not has_ledger(study):
        return {"entry": None, "left": 0, "ledger": None if study.ledger is None else study.ledger.name}
    from muster.evidence.ledger.order import review_order

    with open_ledger_of(study) as shelf:
        waiting = review_order(shelf.ledger.entries(status="proposed"))
        wanted = query.get("entry", "")
        chosen = [entry for entry in waiting if entry.id == wanted]
        place = _whole(query.get("place", "0")) % len(waiting) if waiting else 0
        entry = chosen[0] if chosen else waiting[place] if waiting else None
        base = {"left": len(waiting), "place": waiting.index(entry) if entry else 0, "ledger": shelf.ledger.path.name}
        return {**base, "entry": None} if entry is None else {**base, **_sitting(shelf, entry)}


def _sitting(shelf: Shelf, entry: Entry) -> dict[str, Any]:
    """An entry under review: its card, fields to edit, what may say the same, what stands against it."""
    from muster.evidence.compare.neighbours import LIKELY, find_beside, find_twins

    ledger = shelf.ledger
    entries, document = ledger.entries(), next(one for one in ledger.documents() if one.sha256 == entry.document)
    registry = shelf.registry
    twins = find_twins(entry, entries, registry=registry, least=LIKELY)
    beside = find_beside(entry, entries, registry=registry)
    return {
        "entry": entry.id,
        "card": card(entry, document, None, beside),
        "twins": [(one.id, _in_a_line(one)) for one in twins[:9]],
        "fields": editable_fields(entry),
        "reasons": REASONS,
    }


def _in_a_line(entry: Entry) -> str:
    from muster.evidence.telling import in_short

    what, figure, who, when = in_short(entry.record)
    return f"{entry.id[:8]} ({entry.status}) {figure} {what}, {who}, {when}".replace("_", " ")


def editable_fields(entry: Entry) -> list[dict[str, Any]]:
    """Fields a reviewer may change, with the words each may take; a figure is one field, as a text would say it."""
    from muster.evidence.ledger import editable
    from muster.evidence.ledger.fields import VOCABULARY

    record, rows = entry.record, []
    if entry.type == "claim":
        claim = entry.claim
        rows.append({"name": FIGURE, "value": told(claim.point, claim.lo, claim.hi, claim.qualifier), "words": ()})
    for name in editable(entry.type):
        if entry.type == "claim" and name in BOUNDS:
            continue
        value = getattr(record, name)
        words = () if isinstance(value, (tuple, list)) else VOCABULARY.get(name, ())
        rows.append({"name": name, "value": plain(value), "words": words})
    return rows
