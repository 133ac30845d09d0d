"""``muster evidence``: looking into a ledger, deciding by command, comparing, and taking claims out and in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from muster.cli.claims import claim_lines, describe_entry, entry_lines
from muster.cli.evidence import DEFAULT_LEDGER, EntryId, LedgerFile
from muster.cli.options import Json
from muster.cli.terminal import print_json, print_table, say
from muster.core.errors import MusterError

OpenLedger = Annotated[Path | None, Parameter(name="--ledger", help="A ledger; default: the claims of --case.")]
PackName = Annotated[
    str, Parameter(name="--case", help="The case whose claims are looked at, when no ledger is given.", show_default=True)
]
SHIPPED = "myanmar"
Verb = Literal["accepted", "rejected", "edited", "merged", "split", "undo"]
Reviewer = Annotated[str, Parameter(help="Your name or initials; it stands beside every decision.")]
Reason = Annotated[str, Parameter(help="Why, in a sentence.")]
Target = Annotated[Path, Parameter(help="A .csv file (claims), a .jsonl file (the whole history), or a folder (all tables).")]


def show(entry: EntryId, /, *, ledger: OpenLedger = None, case: PackName = SHIPPED, json: Json = False) -> int:
    """Print an entry: what it says, who says it, its grade, its history. Twin of ``muster.open_shelf``."""
    import muster
    from muster.evidence.grade import CREDIBILITY_WORDS
    from muster.evidence.reliability import RELIABILITY_WORDS

    with muster.open_shelf(ledger, case=case) as shelf:
        found = shelf.ledger.entry(entry)
        grade = shelf.grades().get(found.id)
        document = next(one for one in shelf.ledger.documents() if one.sha256 == found.document)
        history = shelf.ledger.history(found.id)
    if json:
        more = {"document": asdict(document), "grade": None if grade is None else asdict(grade)}
        print_json({**describe_entry(found), **more, "history": [asdict(event) for event in history]})
        return 0
    print(f"{found.id} · {found.type} · {found.status}")
    print("\n".join(claim_lines(found.claim) if found.type == "claim" else [line for line, _ in entry_lines(found, why=True)]))
    if grade is not None:
        source, claim = RELIABILITY_WORDS[grade.reliability.grade], CREDIBILITY_WORDS[grade.credibility]
        print(f"  grade {grade.code}: source {source}, claim {claim}")
        for words, ids in (("agrees with", grade.agreeing), ("compare", grade.contradicting), ("fails", grade.failed)):
            if ids:
                print(f"  {words} {', '.join(ids)}")
    origin = (document.title, document.publisher, document.published, document.url)
    print(f"  source: {' · '.join(str(part) for part in origin if part)}")
    for event in history:
        print(f"  {event.time[:16]} {event.action} by {event.reviewer}{': ' + event.reason if event.reason else ''}")
    return 0


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
    json: Json = False,
) -> int:
    """Decide on one entry without the screen of a review. Twin of ``muster.open_ledger``."""
    import muster

    changes = dict(_pair(text) for text in change)
    with muster.open_ledger(ledger, create="never") as book:
        if decision == "undo":
            after = book.undo(entry, reviewer=reviewer, reason=reason)
        else:
            after = book.decide(entry, decision, reviewer=reviewer, reason=reason, changes=changes, into=into)
    if json:
        print_json(describe_entry(after))
    else:
        print(f"{after.id} is now {after.status}.")
    return 0


def _pair(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals:
        raise MusterError(f'--set "{text}" has no "=". Write FIELD=VALUE, such as kind=deserted.')
    return field.strip(), value.strip()


def conflicts(*, ledger: OpenLedger = None, case: PackName = SHIPPED, json: Json = False) -> int:
    """List reviewed claims that should be compared, worst first. Twin of ``muster.open_shelf``."""
    import muster

    with muster.open_shelf(ledger, case=case) as shelf:
        found = shelf.conflicts()
    if json:
        print_json([asdict(one) for one in found])
        return 0
    for one in found:
        print(f"{one.severity} · {one.check} · {', '.join(one.claims)}\n  {one.explanation}")
    say(f"{len(found)} to compare; both sides stay." if found else "Nothing to compare among reviewed claims.")
    return 0


def export(to: Target, /, *, ledger: LedgerFile = DEFAULT_LEDGER, case: PackName = SHIPPED) -> int:
    """Write a ledger as tables or as its whole history; refuses to write a private name. Twin of ``muster.export_ledger``."""
    import muster

    written = muster.export_ledger(ledger, to, case=case)
    print("\n".join(str(path) for path in written))
    return 0


def take_in(
    source: Annotated[Path, Parameter(help="A file or folder that muster evidence export wrote.")],
    /,
    *,
    reviewer: Reviewer,
    ledger: LedgerFile = DEFAULT_LEDGER,
    reason: Reason = "",
) -> int:
    """Take in an edited table (as decisions of the reviewer) or a history. Twin of ``muster.import_ledger``."""
    import muster

    print(muster.import_ledger(ledger, source, reviewer=reviewer, reason=reason))
    return 0


def verify(*, ledger: LedgerFile = DEFAULT_LEDGER) -> int:
    """Prove that no event of a ledger was changed and that what stands follows from them. Twin of ``muster.open_ledger``."""
    import muster

    with muster.open_ledger(ledger, create="never") as book:
        verdict = book.verify()
    print("\n".join(verdict.problems) or f"{verdict.events} events, all in order. Seal of the last: {verdict.head}")
    return 0 if verdict else 1


def sources(
    name: Annotated[str | None, Parameter(help="A claimant or publisher to rate.")] = None,
    reliability: Annotated[str | None, Parameter(help="A (completely reliable) to E, F unknown.")] = None,
    /,
    *,
    ledger: LedgerFile = DEFAULT_LEDGER,
    reviewer: Annotated[str, Parameter(help="Your name or initials; needed to rate.")] = "",
    reason: Reason = "",
    json: Json = False,
) -> int:
    """List how reliable sources are, or rate one. Twin of ``muster.open_shelf``."""
    import muster

    with muster.open_shelf(ledger) as shelf:
        if name is not None and reliability is not None:
            shelf.ledger.rate_source(name, reliability, reviewer=reviewer, reason=reason)
        registry = shelf.registry
        names = sorted({entry.claim.claimant for entry in shelf.ledger.claims()} | set(shelf.ledger.sources()))
        rows = [(one, registry.reliability(one)) for one in names if name in (None, one)]
    if json:
        print_json([{"source": one, "reliability": found.grade, "basis": found.basis} for one, found in rows])
    else:
        print_table(["source", "reliability", "set by"], [(one, found.grade, found.basis) for one, found in rows])
    return 0
