"""``muster evidence review``: one entry a screen, one key a decision, each kept the moment it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.cli.evidence import DEFAULT_LEDGER, LedgerFile, Reviewer, documents_named
from muster.cli.keyboard import clear_screen, press, read_whatever_comes
from muster.cli.terminal import print_rich, say
from muster.core.errors import MusterError

if TYPE_CHECKING:
    from muster.case.shelf import Shelf
    from muster.cli.sitting import Sitting
    from muster.evidence.ledger import Entry

Only = Annotated[str | None, Parameter(name="--document", help="Only entries of this document, by file name.")]

KEYS = "a accept  e edit  r reject  k kind  m merge  s split  n b  u undo  v all  ?  q"


def review(*, reviewer: Reviewer, ledger: LedgerFile = DEFAULT_LEDGER, document: Only = None) -> int:
    """Decide on proposed entries, the uncertain and influential first. Twin of ``muster.open_shelf``.

    Keys: a accepts, e edits fields, r rejects, k gives a kind, m merges with an entry that says the same, s splits into
    figures, n and b turn the page, u undoes (again and again), v shows all of a long passage,
    ? says why it was read so, q quits.
    """
    import muster
    from muster.evidence.ledger.fields import reviewer_name

    who = reviewer_name(reviewer)
    read_whatever_comes()
    with muster.open_shelf(ledger) as shelf:
        sitting = _begin(shelf, who, document=document, ledger=ledger)
        if not sitting.queue:
            say("Nothing waits for review.")
            return 0
        code = 0
        try:
            _work(sitting)
        except EOFError:
            say("")
        except KeyboardInterrupt:
            say("")
            code = 130
        say(f"{sitting.decided} decided, {sitting.left} left. Each decision is kept.")
    return code


def _begin(shelf: Shelf, reviewer: str, *, document: str | None, ledger: Path) -> Sitting:
    from muster.cli.sitting import Sitting
    from muster.evidence.ledger.order import review_order

    wanted = documents_named(shelf.ledger, document)
    entries = shelf.ledger.entries()
    waiting = [entry for entry in entries if entry.status == "proposed" and entry.document in wanted]
    return Sitting(
        shelf,
        reviewer,
        [entry.id for entry in review_order(waiting)],
        {one.sha256: one for one in shelf.ledger.documents()},
        shelf.registry,
        {entry.id: entry for entry in entries},
    )


def _work(sitting: Sitting) -> None:
    """Show, ask, carry out, until the reviewer ends it."""
    note, why, whole = "", False, False
    while True:
        _show(sitting, note, why=why, whole=whole)
        note, key = "", press()
        whole = key == "v" and not whole
        if key == "q":
            return
        if key == "?":
            why = not why
        elif key == "v":
            continue
        elif key not in _ACTIONS:
            note = f"There is no key {key!r}."
        elif sitting.at_end and key not in ("b", "u"):
            note = "The queue is at its end: b goes back, u undoes, q quits."
        else:
            note = _carry_out(_ACTIONS[key], sitting)


def _carry_out(action: Callable[[Sitting], str], sitting: Sitting) -> str:
    """What the action says, or the sentence of the ledger that refuses it."""
    try:
        return action(sitting)
    except MusterError as error:
        return str(error)


def _show(sitting: Sitting, note: str, *, why: bool, whole: bool) -> None:
    from rich.text import Text

    clear_screen()
    if sitting.at_end:
        print_rich(Text(f"The queue is at its end: {sitting.decided} decided, {sitting.left} left.", style="bold"))
    else:
        print_rich(_page(sitting, why=why, whole=whole))
    print_rich(Text(f"\n{note}" if note else "", style="bold yellow"))
    print_rich(Text(KEYS, style="dim"))


def _page(sitting: Sitting, *, why: bool, whole: bool) -> object:
    from muster.cli.review_page import lay_out
    from muster.evidence.compare.neighbours import find_beside

    entry = sitting.look()
    document = sitting.documents[entry.document]
    head = f"{sitting.place + 1} of {len(sitting.queue)} · {document.name} · {entry.type} {entry.id[:8]} · {entry.status}"
    return lay_out(
        entry,
        head=head,
        document=document,
        source=sitting.source(entry),
        twins=_twins(sitting, entry),
        beside=find_beside(entry, sitting.entries.values(), registry=sitting.registry),
        why=why,
        whole=whole,
    )


def _twins(sitting: Sitting, entry: Entry, *, least: int | None = None) -> Sequence[Entry]:
    from muster.evidence.compare.neighbours import LIKELY, find_twins

    return find_twins(entry, sitting.entries.values(), registry=sitting.registry, least=LIKELY if least is None else least)


def _shown(sitting: Sitting) -> Entry:
    return sitting.shown or sitting.look()


def _accept(sitting: Sitting) -> str:
    entry = _shown(sitting)
    if entry.type == "claim" and entry.claim.kind == "unclassified":
        raise MusterError("This number has no kind yet: k gives it one, r rejects it.")
    if not (entry.kept and entry.reviewer == sitting.reviewer):
        sitting.decide("accepted")
    return f"{entry.id[:8]} accepted.{sitting.go_on()}"


def _reject(sitting: Sitting) -> str:
    from muster.cli.review_questions import ask_reason

    entry = _shown(sitting)
    sitting.decide("rejected", reason=ask_reason(sitting.shelf.ledger.guard))
    return f"{entry.id[:8]} rejected.{sitting.go_on()}"


def _edit(sitting: Sitting) -> str:
    from muster.cli.review_questions import ask_changes, ask_why

    changes = ask_changes(_shown(sitting), guard=sitting.shelf.ledger.guard)
    if not changes:
        return "Nothing was changed."
    sitting.decide("edited", changes=changes, reason=ask_why(sitting.shelf.ledger.guard))
    notes = "".join(f" {note}" for note in sitting.shelf.notes[-1:] if "place" in changes)
    return f"{', '.join(changes)} changed. The entry is kept like this; n goes on.{notes}"


def _kind(sitting: Sitting) -> str:
    from muster.cli.review_questions import ask_kind

    entry = _shown(sitting)
    if entry.type != "claim":
        raise MusterError(f"A {entry.type.replace('_', ' ')} has no kind.")
    changes = ask_kind(entry)
    if not changes:
        return "Nothing was changed."
    sitting.decide("edited", changes=changes)
    return f"Now {changes['kind']}. Mend whom, when and claimant with e if need be; n goes on."


def _merge(sitting: Sitting) -> str:
    from muster.cli.review_questions import ask_target

    entry = _shown(sitting)
    into = ask_target(_twins(sitting, entry, least=1))
    if not into:
        return "Nothing was merged."
    after = sitting.decide("merged", into=into)
    return f"{entry.id[:8]} merged into {(after.merged_into or into)[:8]}.{sitting.go_on()}"


def _split(sitting: Sitting) -> str:
    from muster.cli.review_questions import ask_parts

    entry = _shown(sitting)
    if entry.type != "claim":
        raise MusterError("Only a figure can be split.")
    parts = ask_parts(entry)
    if not parts:
        return "Nothing was split."
    sitting.decide("split", parts=parts)
    return f"{entry.id[:8]} split into {len(parts)}.{sitting.go_on()}"


def _next(sitting: Sitting) -> str:
    sitting.place += 1
    return ""


def _back(sitting: Sitting) -> str:
    if sitting.place == 0:
        return "This is the first."
    sitting.place -= 1
    return ""


def _undo(sitting: Sitting) -> str:
    sitting.undo()
    return "Taken back."


_ACTIONS: dict[str, Callable[[Sitting], str]] = {
    "a": _accept,
    "e": _edit,
    "k": _kind,
    "r": _reject,
    "m": _merge,
    "s": _split,
    "n": _next,
    "b": _back,
    "u": _undo,
}
