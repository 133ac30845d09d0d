"""``muster evidence``: from documents to proposed claims, and the entries of a ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.cli.options import Json, Quiet
from muster.cli.terminal import print_json, print_table, say, show_progress
from muster.core.dates import parse_interval
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote
from muster.core.vocabulary import KINDS, TRENDS
from muster.evidence.telling import SIGNS, claim_lines, counted, in_short, one_line, span_of, told

if TYPE_CHECKING:
    from muster.evidence.ledger import Ledger
    from muster.evidence.record import Extraction

Document = Annotated[Path, Parameter(help="A text, HTML, PDF or DOCX file.")]
LedgerFile = Annotated[Path, Parameter(name="--ledger", help="The ledger, one file.", show_default=True)]
Words = Annotated[str | None, Parameter(name="--case", help="Case whose names and places are known; default: all shipped ones.")]
Published = Annotated[str | None, Parameter(help="Publication as 2023-05-31, 2023-05 or 2023, if the document does not say it.")]
Publisher = Annotated[str | None, Parameter(help="Who published it, if the document does not say it.")]
Proposers = Annotated[tuple[str, ...], Parameter(name="--proposer", help="Another extractor that is installed, to be asked too.")]
Parse = Annotated[bool, Parameter(help="Use the parser of the extra muster[nlp] to find who says what.")]
EntryId = Annotated[str, Parameter(help="The id of an entry, or four or more of its first letters.")]
Reviewer = Annotated[str, Parameter(help="Your name or initials; it stands beside every decision.")]
NewKey = Annotated[bool, Parameter(name="--new-key", help="Begin a new key of codes if that of the ledger is lost.")]
_OLDEST = 1900
DEFAULT_LEDGER = Path("evidence.ledger")


def extract(
    file: Document,
    /,
    *,
    case: Words = None,
    published: Published = None,
    publisher: Publisher = None,
    proposer: Proposers = (),
    parse: Parse = False,
    json: Json = False,
) -> int:
    """Read a document and print what it claims; nothing is stored. Twin of ``muster.extract_file``."""
    import muster

    first, last = read_published(published)
    found = muster.extract_file(
        file, case=case, published=first, published_until=last, publisher=publisher, proposers=proposer, parse=parse
    )
    if json:
        print_json(found.as_json())
    else:
        _print_extraction(found)
    return 0


def read_published(text: str | None) -> tuple[date | None, date | None]:
    """The first and last day of a publication as typed. Errors: a :class:`MusterError` for one nobody can have read."""
    if text is None:
        return None, None
    span = parse_interval(text)
    if span.first.year < _OLDEST or span.first > date.today() + timedelta(days=1):
        raise MusterError(f'--published "{text}" lies before {_OLDEST} or after tomorrow. Write the day it was published.')
    return span.first, span.last


def _say_notes(notes: Iterable[str], file: str = "") -> None:
    told = "; ".join(notes)
    if told:
        say(f"{file}: {told}." if file else f"Note: {told}.")


def _print_extraction(found: Extraction) -> None:
    document = found.document
    said = [document.title, document.publisher, span_of(document.published, document.published_until or document.published)]
    print(" · ".join(part for part in said if part) or document.name)
    for claim in found.claims:
        print()
        print("\n".join(claim_lines(claim)))
    if found.trends:
        print("\nDirections without a number")
        print_table(
            ["what", "way", "where", "who says", "passage"],
            [
                (one.observable.replace("_", " "), SIGNS[one.sign], one.place, one.claimant, one_line(one.quote))
                for one in found.trends
            ],
        )
    for person in found.testimonies:
        facts = [person.age_band, person.rank_group, person.branch, person.service_band, person.exit_type]
        motives = ", ".join(person.motives) or "none given"
        print(f"\nTestimony {person.code}: {', '.join(fact for fact in facts if fact)}; motives: {motives}")
    for conflict in found.contradictions:
        print(f"\nCompare: {conflict.explanation}")
        print("\n".join(f"    {one_line(quote)}" for quote in conflict.quotes))
    if found.unclassified:
        print(f"\nNumbers no rule understands: {len(found.unclassified)}")
        print(
            "\n".join(
                f"    {told(one.point, one.lo, one.hi, one.qualifier)}: {one_line(one.quote)}" for one in found.unclassified
            )
        )
    people = counted(len(found.testimonies), "testimony", "testimonies")
    say(f"\n{counted(len(found.claims), 'claim')}, {counted(len(found.trends), 'direction')}, {people}, proposed: check them.")
    _say_notes(document.notes)


def add(
    *files: Document,
    ledger: LedgerFile = DEFAULT_LEDGER,
    case: Words = None,
    published: Published = None,
    publisher: Publisher = None,
    proposer: Proposers = (),
    parse: Parse = False,
    new_key: NewKey = False,
    quiet: Quiet = False,
    json: Json = False,
) -> int:
    """Read documents and propose what they claim in a ledger. Twin of ``muster.add_files``."""
    import muster

    if not files:
        raise MusterError("No file is given. Write muster evidence add FILE...")
    first, last = read_published(published)
    with show_progress(quiet=quiet) as progress:
        taken = muster.add_files(
            ledger,
            files,
            case=case,
            published=first,
            published_until=last,
            publisher=publisher,
            proposers=proposer,
            parse=parse,
            key="new" if new_key else "keep",
            progress=progress,
        )
    if json:
        print_json([asdict(one) for one in taken])
    for one in taken:
        if one.added is None:
            say(one.problem)
        elif not json and not quiet:
            known = f", {len(one.added.known)} known before" if one.added.known else ""
            same = f" (the same file as {one.known_as})" if one.known_as else ""
            print(f"{one.file}: {len(one.added.new)} proposed{known}{same}")
            _say_notes(one.notes, one.file)
    failed = sum(one.added is None for one in taken)
    if not json and not quiet and failed < len(taken):
        say(f"Next: muster evidence review --ledger {ledger}")
    return 2 if failed else 0


def list_entries(
    *,
    ledger: LedgerFile = DEFAULT_LEDGER,
    status: Annotated[str | None, Parameter(help="Only proposed, accepted, edited, rejected, merged or split.")] = None,
    kind: Annotated[str | None, Parameter(help="Only claims of this kind, such as defected; or a direction or event.")] = None,
    document: Annotated[str | None, Parameter(help="Only entries of this document, by file name.")] = None,
    json: Json = False,
) -> int:
    """List the entries of a ledger. Twin of ``muster.open_ledger``."""
    import muster
    from muster.evidence.ledger import STATUSES
    from muster.evidence.telling import describe_entry, subject_of

    check_word(status, STATUSES, what="status")
    with muster.open_ledger(ledger, create="never") as book:
        wanted = documents_named(book, document)
        entries = [entry for entry in book.entries(status=status) if entry.document in wanted]
        documents = {one.sha256: one.name for one in book.documents()}
    check_word(kind, sorted({*KINDS, *TRENDS, *(subject_of(entry.record) for entry in entries)}), what="kind")
    entries = [entry for entry in entries if kind in (None, subject_of(entry.record))]
    if json:
        print_json([describe_entry(entry) for entry in entries])
        return 0
    rows = [(entry.id[:8], entry.status, entry.type, *in_short(entry.record), documents[entry.document]) for entry in entries]
    if rows:
        print_table(["id", "status", "type", "what", "figure", "who says", "when", "document"], rows, right=["figure"])
    counts = Counter(entry.status for entry in entries)
    none = "The ledger holds no entry." if (status, kind, document) == (None, None, None) else "No entry is like that."
    say(", ".join(f"{number} {name}" for name, number in sorted(counts.items())) or none)
    return 0


def check_word(word: str | None, known: Sequence[str], *, what: str) -> None:
    """Errors: a :class:`MusterError` when the word is none of those known."""
    if word is not None and word not in known:
        raise MusterError(f"{quote(word)} is not a {what}. {did_you_mean(word, known)}Known are {one_of(known, 60)}.")


def documents_named(book: Ledger, name: str | None) -> set[str]:
    """The documents of that name, by SHA-256; all of them without a name. Errors: a :class:`MusterError` for none."""
    documents = book.documents()
    wanted = {one.sha256 for one in documents if name in (None, one.name, one.sha256)}
    if name is not None and not wanted:
        known = [one.name for one in documents]
        hint = f"{did_you_mean(name, known)}It has {one_of(known)}." if known else "It has none yet."
        raise MusterError(f"The ledger has no document {quote(name)}. {hint}")
    return wanted
