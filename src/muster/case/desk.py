"""The evidence floor with the words of the case packs: reading files, and taking them into a ledger."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from muster.case.gate import Gate, known_names
from muster.case.words import case_lexicon
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.evidence.export_check import check_export
from muster.evidence.extract import extract
from muster.evidence.extract.proposer import find_proposer
from muster.evidence.extract.second import ask_also
from muster.evidence.ledger import Added, Ledger, open_ledger
from muster.evidence.ledger.flat import export_csv, import_csv, import_folder
from muster.evidence.ledger.guard import refuse_fields
from muster.evidence.ledger.lines import export_jsonl, import_jsonl, read_lines, texts_of_event
from muster.evidence.ledger.origins import regroup, seal_sketch
from muster.evidence.ledger.receive import import_readings
from muster.evidence.lexicon import Lexicon
from muster.evidence.persons import find_persons
from muster.evidence.read import read_document
from muster.evidence.record import Document, Extraction
from muster.evidence.redact import Redactor, load_key
from muster.evidence.score import SplitResult, read_gold, score, score_baseline
from muster.evidence.speakers.nlp import parse_subjects


def extract_file(
    path: str | Path,
    *,
    case: str | Path | None = None,
    published: date | None = None,
    published_until: date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    proposers: Sequence[str] = (),
    parse: bool = False,
) -> Extraction:
    """What a document claims, with private names replaced. Nothing is stored.

    ``case`` is the pack whose names and places are known (default: all shipped ones). What is given of the document goes
    before what it says of itself; where only a month or year of publication is known, ``published`` is its first day and
    ``published_until`` its last. ``proposers`` are other extractors, installed under the entry point ``muster.proposers``,
    that are asked too; ``parse`` uses the dependency parser of the extra ``muster[nlp]``. Errors: an ``InputError`` when the
    file cannot be read.
    """
    _refuse_address(path)
    given = {"publisher": publisher, "title": title, "url": url}
    document = read_document(Path(path), published=published, published_until=published_until, **given)
    return _extract(document, case_lexicon(case), None, proposers=proposers, parse=parse)


def _extract(document: Document, lexicon: Lexicon, key: bytes | None, *, proposers: Sequence[str], parse: bool) -> Extraction:
    """Extraction by the rules, with the help that was asked for."""
    subjects = parse_subjects(document.text) if parse else None
    found = extract(document, lexicon=lexicon, key=key, subjects=subjects)
    for name in proposers:
        found = ask_also(found, find_proposer(name), redactor=Redactor(key, lexicon))
    return found


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: what was added, or the sentence that says why it was not.

    ``notes`` is what was noticed in reading it; ``known_as`` the other name under which the ledger has the same file.
    """

    file: str
    added: Added | None
    problem: str = ""
    notes: tuple[str, ...] = ()
    known_as: str = ""


def add_files(
    ledger: str | Path,
    files: Sequence[str | Path],
    *,
    case: str | Path | None = None,
    published: date | None = None,
    published_until: date | None = None,
    publisher: str | None = None,
    proposers: Sequence[str] = (),
    parse: bool = False,
    key: Literal["keep", "new"] = "keep",
    progress: Progress | None = None,
) -> tuple[Taken, ...]:
    """Read files and propose what they claim in a ledger, which is made if it is missing.

    A file that cannot be read is said and left out; the others are added. The same file twice adds nothing. Private names
    are replaced by codes that stay the same within the ledger: the key lies beside it, in ``NAME.key``. Where it is gone,
    this is refused unless ``key="new"``. Of files none of which can be read no ledger is left.
    """
    lexicon = case_lexicon(case)
    taken = []
    made = [path for path in (Path(ledger), key_beside(Path(ledger))) if not path.exists()]
    with open_ledger(ledger) as book:
        # Only now, so that no key is left beside what turns out to be no ledger.
        secret = _load_key(book, key)
        redactor = Redactor(secret, lexicon)
        names = {one.sha256: one.name for one in book.documents()}
        for number, file in enumerate(files, start=1):
            name = Path(file).name
            if progress:
                progress(number - 1, len(files), name)
            try:
                _refuse_address(file)
                document = read_document(Path(file), published=published, published_until=published_until, publisher=publisher)
                public = {one.text for one in find_persons(document.text, lexicon=lexicon) if one.public}
                found = _extract(document, lexicon, secret, proposers=proposers, parse=parse)
                added = book.add(
                    found,
                    sketch=seal_sketch(replace(document, publisher=found.document.publisher), key=secret),
                    redact=redactor.redact,
                    public=public,
                    check=_name_check(lexicon, (*public, found.document.publisher or "", found.document.title or "")),
                )
            except MusterError as error:
                taken.append(Taken(name, None, str(error)))
            else:
                notes = tuple(redactor.redact(note) for note in document.notes)
                own = found.document.name
                known = names.setdefault(document.sha256, own)
                taken.append(Taken(name, added, notes=notes, known_as="" if known == own else known))
        regroup(book)
        empty = not book.documents()
    for path in made if empty else ():
        path.unlink(missing_ok=True)
    return tuple(taken)


def _refuse_address(file: str | Path) -> None:
    """Errors: a :class:`MusterError` for a web address, whose doubled stroke a path may have lost."""
    if re.match(r"https?:[/\\]", str(file), re.IGNORECASE):
        raise MusterError("A web address was given as a file. Nothing is fetched: save the page, and give the saved file.")


def _load_key(book: Ledger, key: Literal["keep", "new"]) -> bytes:
    """The key of a ledger. Errors: a :class:`MusterError` when a ledger that holds documents has lost it."""
    path = key_beside(book.path)
    if key == "keep" and book.documents() and not path.exists():
        raise MusterError(
            f"{path.name} is not there. Without it a person known to the ledger gets another code, and would count twice. "
            f"Put it back beside {book.path.name}, or begin a new one with --new-key if it is lost."
        )
    return load_key(path)


def _name_check(lexicon: Lexicon, allowed: Iterable[str]) -> Callable[[str], object]:
    """What a ledger asks before it stores or writes a text: which names in it are not known to be public."""
    names = tuple(filter(None, allowed))
    return lambda text: check_export(text, lexicon=lexicon, allowed=names)


def key_beside(ledger: Path) -> Path:
    """Where the key of a ledger's codes lies. Deleted, codes of new documents can no longer be linked to old ones."""
    return ledger.with_name(ledger.name + ".key")


def score_extraction(gold: str | Path, *, case: str | Path | None = None) -> dict[str, SplitResult]:
    """Score extraction on annotated texts, split by split (a folder of folders has one split each), with a baseline beside.

    Each text is read as a user would read it: nothing is told but the file.
    """
    lexicon = case_lexicon(case)
    results = {}
    for split, texts in read_gold(Path(gold)).items():
        rules, verdicts = score(texts, lambda text: extract(read_document(text.path), lexicon=lexicon).as_json()["claims"])
        results[split] = SplitResult(rules, score_baseline(texts), tuple(verdicts))
    return results


def export_ledger(ledger: str | Path, to: str | Path, *, case: str | Path | None = None) -> tuple[Path, ...]:
    """Write a ledger: ``.jsonl`` for its whole history, ``.csv`` for its claims, a folder for all tables.

    Errors: a :class:`MusterError` when a text holds a name that is not known to be public; nothing is then written.
    """
    target = Path(to)
    if target.suffix not in ("", ".csv", ".jsonl") and not target.is_dir():
        raise MusterError(f"{target.name} ends in neither .csv nor .jsonl. Write one of them, or a folder's name without a dot.")
    with open_ledger(ledger, create="never") as book:
        check = _name_check(case_lexicon(case), known_names(book.history()))
        try:
            if target.suffix == ".jsonl":
                export_jsonl(book, target, check=check)
                return (target,)
            return export_csv(book, target, check=check) if target.suffix == ".csv" else _export_tables(book, target, check)
        except OSError as error:
            raise MusterError(f"{target} cannot be written: {error.strerror or error}. Export to another place.") from error


def _export_tables(book: Ledger, folder: Path, check: Callable[[str], object]) -> tuple[Path, ...]:
    """All tables in a folder, which is made if need be and not left behind empty."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return export_csv(book, folder, check=check)
    except MusterError:
        for one in made:
            one.rmdir()
        raise


def import_ledger(
    ledger: str | Path,
    source: str | Path,
    *,
    reviewer: str,
    reason: str = "",
    second_reading: bool = False,
    case: str | Path | None = None,
) -> str:
    """Take in what :func:`export_ledger` wrote: a history as it is, a table as decisions of ``reviewer``. Says what it did.

    ``second_reading`` takes a history as that of a colleague: where both decided on a claim, the other decision is kept
    beside, for agreement. What would name a private person is not taken in; ``case`` is the pack whose names are known.
    """
    path = Path(source)
    if not path.exists():
        raise MusterError(f"{path} is not there. Give a file or folder that muster evidence export wrote.")
    lexicon = case_lexicon(case)
    if path.suffix == ".jsonl" or second_reading:
        _check_history(path, lexicon)
    # A history can begin a ledger; a table only changes what is in one.
    with open_ledger(ledger, create="if_missing" if path.suffix == ".jsonl" else "never") as book:
        if second_reading:
            brought = import_readings(book, path)
            counts = f"{brought.second_readings} of them second readings, {brought.left_out} left out"
            return f"{brought.events} events of the colleague taken in, {counts}."
        if path.suffix == ".jsonl":
            received = import_jsonl(book, path)
            return f"{received.new} events taken in, {received.known} known before."
        book.guard = gate = Gate(book, lexicon)
        taken = import_folder(book, path, reviewer=reviewer, reason=reason) if path.is_dir() else None
        tables = taken or {"claim": import_csv(book, path, reviewer=reviewer, reason=reason)}
    told = (
        f"{kind}: {one.edited} edited, {one.accepted} accepted, {one.rejected} rejected, {one.unchanged} left as they were"
        for kind, one in tables.items()
    )
    return "\n".join((*told, *gate.notes))


def _check_history(path: Path, lexicon: Lexicon) -> None:
    """Errors: a :class:`MusterError` when a history names somebody it does not show to be public."""
    events = read_lines(path)
    texts = (told for event in events for told in texts_of_event(event))
    remedy = "Nothing was taken in. Take a history that muster evidence export wrote, or add --case for a case of your own."
    refuse_fields(_name_check(lexicon, known_names(events)), texts, remedy=remedy)
