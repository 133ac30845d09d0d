"""``muster evidence``: looking into a ledger, deciding by command, comparing, and taking claims out and in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from cyclopts import Parameter

from muster.cli.evidence import DEFAULT_LEDGER, EntryId, LedgerFile, Reviewer, Words
from muster.cli.options import Json
from muster.cli.terminal import print_json, say
from muster.core.errors import MusterError
from muster.core.suggest import quote
from muster.evidence.telling import describe_entry, entry_lines, number, span_of

if TYPE_CHECKING:
    from muster.case.shelf import Shelf
    from muster.evidence.compare.grade import Grade
    from muster.evidence.ledger import DocumentEntry, Entry, Event, Ledger

OpenLedger = Annotated[
    Path | None,
    Parameter(name="--ledger", help="A ledger; default: evidence.ledger, else the claims of myanmar."),
]
PackName = Annotated[
    str | None, Parameter(name="--case", help="Look at the claims of this case; with --ledger: the case whose words are known.")
]
SHIPPED = "myanmar"
Head = Annotated[str | None, Parameter(help="The seal noted earlier; proves that nothing after it was cut off.")]
SecondReading = Annotated[
    bool, Parameter(name="--second-reading", help="A colleague's .jsonl history: where both decided, theirs is kept beside.")
]
Verb = Literal["accepted", "rejected", "edited", "merged", "split", "undo"]
Linker = Annotated[str, Parameter(name="--link", help="Your name or initials: tie what is found together in the ledger.")]
Reason = Annotated[str, Parameter(help="Why, in a sentence.")]
Target = Annotated[Path, Parameter(help="A .csv file (claims), a .jsonl file (the whole history), or a folder (all tables).")]


class _Place(NamedTuple):
    """Where a command looks: a ledger, or the claims of a case."""

    ledger: Path | None
    case: str | None

    def tell(self) -> None:
        """Say where, when nobody asked for it."""
        say(f"From {self.ledger}." if self.ledger else f"From the claims of case {self.case}.")


def _places(ledger: Path | None, case: str | None) -> tuple[_Place, ...]:
    """Where to look, one after the other: as asked for, else the ledger of this folder, then the shipped case."""
    if ledger is not None or case is not None:
        return (_Place(ledger, case),)
    pack = _Place(None, SHIPPED)
    return (_Place(DEFAULT_LEDGER, None), pack) if DEFAULT_LEDGER.exists() else (pack,)


def show(entry: EntryId, /, *, ledger: OpenLedger = None, case: PackName = None, json: Json = False) -> int:
    """Print an entry: what it says, who says it, its grade, its history. Twin of ``muster.open_shelf``."""
    import muster

    places = _places(ledger, case)
    for place in places:
        with muster.open_shelf(place.ledger, case=place.case) as shelf:
            if place != places[-1] and not _holds(shelf.ledger, entry):
                continue
            if (ledger, case) == (None, None):
                place.tell()
            return _show(shelf, entry, place, json=json)
    return 0


def _holds(book: Ledger, name: str) -> bool:
    return any(one.id.lower().startswith(name.lower()) for one in book.entries(withdrawn="include"))


def _show(shelf: Shelf, entry: str, place: _Place, *, json: bool) -> int:
    if place.ledger is None and entry.lower() not in {one.id.lower() for one in shelf.ledger.entries()}:
        raise MusterError(f"No claim of case {place.case} is called {quote(entry)}. For an entry of a ledger add --ledger FILE.")
    found = shelf.ledger.entry(entry)
    grade = shelf.grades().get(found.id)
    document = next(one for one in shelf.ledger.documents() if one.sha256 == found.document)
    history = shelf.ledger.history(found.id)
    if place.ledger is None:
        # The ledger of a pack is made anew each time: when is not known.
        history = tuple(replace(event, time="") for event in history)
        document, found = replace(document, added_at=""), replace(found, reviewed_at=None)
    if json:
        more = {"document": asdict(document), "grade": None if grade is None else {**asdict(grade), "code": grade.code}}
        print_json({**describe_entry(found), **more, "history": [asdict(event) for event in history]})
        return 0
    print(f"{found.id} · {found.type} · {found.status}")
    print("\n".join(entry_lines(found)))
    print("\n".join(_standing(found, document, grade)))
    for event in history:
        print(f"  {event.time[:16].replace('T', ' ')} {_told(event)}".replace("   ", "  "))
    return 0


def _standing(entry: Entry, document: DocumentEntry, grade: Grade | None) -> Iterator[str]:
    """Grade, what it rests on, ties to other entries, source."""
    from muster.evidence.compare.grade import CREDIBILITY_WORDS
    from muster.evidence.compare.reliability import RELIABILITY_WORDS

    if grade is not None:
        source, claim = RELIABILITY_WORDS[grade.reliability.grade], CREDIBILITY_WORDS[grade.credibility]
        yield f"  grade {grade.code}: source {source}, claim {claim}"
        yield from _ids("agrees with", grade.agreeing)
        yield from _ids("compare", grade.contradicting)
        yield from _ids("fails the check", grade.failed)
    yield from _ids("merged into", [entry.merged_into])
    yield from _ids("parts", entry.parts)
    yield from _ids("part of", [entry.parent])
    for link in entry.links:
        yield f"  {link.relation.replace('_', ' ')}: {link.other} ({link.reason or link.reviewer})"
    said = (
        document.title,
        document.publisher,
        span_of(document.published, document.published_until or document.published),
        document.url,
    )
    yield f"  source: {' · '.join(part for part in said if part) or document.name}"


def _ids(words: str, names: Sequence[str | None]) -> Iterator[str]:
    if any(names):
        yield f"  {words}: {', '.join(name for name in names if name)}"


def _told(event: Event) -> str:
    """An event in words: what was done, by whom, why."""
    data = event.data
    what = event.action
    if event.action == "edited":
        what = f"edited {data['field']}, from {_cell(data['old'])} to {_cell(data['new'])},"
    elif event.action == "undone":
        what = f"undone: {data['action']},"
    elif event.action == "merged":
        what = f"merged into {data['into']}"
    return f"{what} by {event.reviewer}{': ' + event.reason if event.reason else ''}"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return "; ".join(map(str, value)) if isinstance(value, list) else "nothing" if value in (None, "") else str(value)


def decide(
    entry: EntryId,
    decision: Annotated[Verb, Parameter(help="What to do.")],
    /,
    *,
    reviewer: Reviewer,
    ledger: LedgerFile = DEFAULT_LEDGER,
    reason: Reason = "",
    change: Annotated[tuple[str, ...], Parameter(name="--set", help="For edited: FIELD=VALUE, several times if need be.")] = (),
    into: Annotated[str | None, Parameter(help="For merged: the entry that stays.")] = None,
    public: Annotated[tuple[str, ...], Parameter(help="The name of a public figure in what you write; needs --reason.")] = (),
    part: Annotated[tuple[str, ...], Parameter(help='For split: "3,235 soldiers", once for each part.')] = (),
    json: Json = False,
) -> int:
    """Decide on one entry without the screen of a review. Twin of ``muster.open_shelf``."""
    import muster
    from muster.evidence.typed import FIGURE, read_part

    changes: dict[str, object] = {}
    for text in change:
        field, value = _pair(text)
        changes |= _figure(value) if field == FIGURE else {field: value}
    parts = [read_part(text) for text in part]
    _check_details(decision, {"edited": ("--set", change), "merged": ("--into", into), "split": ("--part", part)})
    if public and not reason.strip():
        raise MusterError("A name is only let through with a reason. Say with --reason which office makes the person public.")
    with muster.open_shelf(ledger, public=public) as shelf:
        book = shelf.ledger
        if decision == "undo":
            after = book.undo(entry, reviewer=reviewer, reason=reason)
        else:
            after = book.decide(entry, decision, reviewer=reviewer, reason=reason, changes=changes, into=into, parts=parts)
    for note in shelf.notes:
        say(note)
    if json:
        print_json(describe_entry(after))
    else:
        print(f"{after.id} is now {after.status}.")
    return 0


def _check_details(decision: str, details: Mapping[str, tuple[str, object]]) -> None:
    """Errors: a :class:`MusterError` when what a decision needs is not given, or what another one needs is."""
    for needing, (option, given) in details.items():
        if decision == needing and not given:
            raise MusterError(f"{decision} needs {option}. See: muster evidence decide --help")
        if given and decision != needing:
            raise MusterError(f"{option} goes with {needing}, not with {decision}. Leave it out, or decide {needing}.")


def _figure(words: str) -> dict[str, object]:
    """The bounds of a figure as a text would say it; nothing may stand behind it."""
    from muster.evidence.typed import read_figure

    bounds, rest = read_figure(words)
    if rest:
        raise MusterError(f"{quote(rest)} stands behind the figure. Write the figure alone, and whom it counts as population.")
    return bounds


def _pair(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals:
        raise MusterError(f'--set "{text}" has no "=". Write FIELD=VALUE, such as kind=deserted.')
    return field.strip(), value.strip()


def conflicts(*, ledger: OpenLedger = None, case: PackName = None, reviewer: Linker = "", json: Json = False) -> int:
    """List reviewed claims that should be compared, worst first. Twin of ``muster.open_shelf``."""
    import muster

    place = _places(ledger, case)[0]
    if (ledger, case) == (None, None):
        place.tell()
    with muster.open_shelf(place.ledger, case=place.case) as shelf:
        found = shelf.conflicts()
        ties = shelf.link(found, reviewer=reviewer) if reviewer else 0
        kept = len(shelf.ledger.claims(status=("accepted", "edited")))
    if json:
        print_json([asdict(one) for one in found])
        return 0
    for one in found:
        print(f"{one.severity} · {one.check} · {', '.join(one.claims)}\n  {one.explanation}")
    if found:
        tied = f" {ties} ties are kept in the ledger." if ties else ""
        say(f"{len(found)} to compare; both sides stay.{tied}")
    elif kept:
        say(f"Nothing to compare among {kept} reviewed claims.")
    else:
        say("No claim is reviewed yet; only reviewed claims are compared.")
    return 0


def export(to: Target, /, *, ledger: LedgerFile = DEFAULT_LEDGER, case: Words = None, json: Json = False) -> int:
    """Write a ledger as tables or as its whole history; refuses to write a private name. Twin of ``muster.export_ledger``."""
    import muster

    written = muster.export_ledger(ledger, to, case=case)
    if json:
        print_json(list(written))
    else:
        print("\n".join(str(path) for path in written))
    return 0


def take_in(
    source: Annotated[Path, Parameter(help="A file or folder that muster evidence export wrote.")],
    /,
    *,
    reviewer: Reviewer,
    ledger: LedgerFile = DEFAULT_LEDGER,
    reason: Reason = "",
    second_reading: SecondReading = False,
    case: Words = None,
) -> int:
    """Take in an edited table (as decisions of the reviewer), or a history. Twin of ``muster.import_ledger``."""
    import muster

    said = muster.import_ledger(ledger, source, reviewer=reviewer, reason=reason, second_reading=second_reading, case=case)
    print(said)
    return 0


def verify(*, ledger: LedgerFile = DEFAULT_LEDGER, head: Head = None, json: Json = False) -> int:
    """Prove that no event of a ledger was changed and that what stands follows from them. Twin of ``muster.open_ledger``."""
    import muster

    with muster.open_ledger(ledger, create="never") as book:
        verdict = book.verify(head=head)
    if json:
        print_json({"whole": bool(verdict), **asdict(verdict)})
    else:
        print("\n".join(verdict.problems) or f"{verdict.events} events, all in order. Seal of the last: {verdict.head}")
    return 0 if verdict else 1
