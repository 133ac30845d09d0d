"""One claim as a card: the passage, the source, the grade, what contradicts it, and what it implies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.evidence.telling import SIGNS, figure_place, in_short, one_line, rules_of, span_of, subject_of, told, unit_of

if TYPE_CHECKING:
    from muster.case.shelf import Shelf
    from muster.dashboard.study import Study
    from muster.evidence.compare.grade import Grade
    from muster.evidence.ledger import DocumentEntry, Entry, Event
    from muster.evidence.record import Contradiction

MEANING_DRAWS = 24


def of_the_pack(study: Study, tell: Progress) -> dict[str, Any]:
    """All claims of the case as cards, and what cannot all be right of them."""
    from muster.case.shelf import open_shelf

    with open_shelf(case=study.case.folder) as shelf:
        return shelved(shelf, history=False)


def shelved(shelf: Shelf, *, history: bool = True) -> dict[str, Any]:
    """Every entry of a shelf as a card by id, and its conflicts."""
    ledger, grades = shelf.ledger, shelf.grades()
    documents = {one.sha256: one for one in ledger.documents()}
    entries = ledger.entries()
    conflicts = shelf.conflicts()
    cards = {
        entry.id: card(
            entry,
            documents[entry.document],
            grades.get(entry.id),
            [one for one in conflicts if entry.id in one.claims],
            ledger.history(entry.id) if history else (),
        )
        for entry in entries
    }
    return {"cards": cards, "conflicts": [_conflict(one) for one in conflicts]}


def card(
    entry: Entry,
    document: DocumentEntry,
    grade: Grade | None,
    conflicts: Iterable[Contradiction],
    history: Iterable[Event] = (),
) -> dict[str, Any]:
    """An entry as plain values, for a table row and for a panel."""
    what, figure, who, when = in_short(entry.record)
    return {
        "id": entry.id,
        "type": entry.type,
        "status": entry.status,
        "revision": entry.revision,
        "what": what.replace("_", " "),
        "subject": subject_of(entry.record),
        "figure": figure,
        "who": who,
        "side": getattr(entry.record, "claimant_side", ""),
        "when": when,
        "passage": passage(entry),
        "fields": [(label, words) for label, words in fields(entry) if words],
        "document": document.name,
        "title": document.title or document.name,
        "publisher": document.publisher or "",
        "published": span_of(document.published, document.published_until or document.published),
        "url": document.url or "",
        "grade": _grade(grade),
        "conflicts": [_conflict(one) for one in conflicts],
        "reviewer": entry.reviewer or "",
        "reason": entry.reason,
        "rules": list(rules_of(entry.record)),
        "history": [f"{event.time[:16].replace('T', ' ')} {event.action} by {event.reviewer}" for event in history],
    }


def passage(entry: Entry) -> list[str]:
    """The passage in three pieces: before the figure, the figure, after it."""
    words = one_line(entry.record.quote)
    first, last = figure_place(entry) or (len(words), len(words))
    return [words[:first], words[first:last], words[last:]]


def fields(entry: Entry) -> list[tuple[str, str]]:
    """What was read of the passage, label by label."""
    from muster.evidence.record import Claim

    record = entry.record
    if not isinstance(record, Claim):
        from muster.evidence.ledger import editable

        shown = ((name, getattr(record, name)) for name in editable(entry.type))
        return [(name.replace("_", " "), SIGNS[value] if name == "sign" else plain(value)) for name, value in shown]
    per = f" a {record.per}" if record.per else ""
    also = f", with {', '.join(record.includes)}" if record.includes else ""
    chain = f" via {', '.join(record.chain[:-1])}" if len(record.chain) > 1 else ""
    counted = [record.population or "not said", record.side, record.branch or ""]
    return [
        ("figure", f"{told(record.point, record.lo, record.hi, record.qualifier)}{unit_of(record)}{per}"),
        ("kind", f"{record.kind}{also} ({record.measure}, {record.scope})".replace("_", " ")),
        ("whom", ", ".join(part for part in counted if part)),
        ("claimant", f"{record.claimant} ({record.claimant_side}){chain}, {record.modality}"),
        ("when", f"{span_of(record.date_lo, record.date_hi) or 'no date'} ({record.date_basis})"),
        ("where", record.place or "the whole country, or not said"),
    ]


def plain(value: Any) -> str:
    """A field as text; empty when it is not known."""
    if isinstance(value, float):
        return f"{value:,.12g}"
    if isinstance(value, (tuple, list)):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _grade(grade: Grade | None) -> dict[str, str] | None:
    from muster.evidence.compare.grade import CREDIBILITY_WORDS
    from muster.evidence.compare.reliability import RELIABILITY_WORDS

    if grade is None:
        return None
    return {
        "code": grade.code,
        "source": RELIABILITY_WORDS[grade.reliability.grade],
        "claim": CREDIBILITY_WORDS[grade.credibility],
        "agreeing": ", ".join(grade.agreeing),
    }


def _conflict(one: Contradiction) -> dict[str, Any]:
    return {
        "severity": one.severity,
        "words": one.explanation.removeprefix("Compare: "),
        "claims": list(one.claims),
        "quotes": [one_line(quote) for quote in one.quotes],
    }


def meaning(study: Study, tell: Progress, *, claim: str) -> dict[str, Any]:
    """What a claim of the case implies about the truth under the fit, by ``muster.explain_claim``."""
    from muster.calibrate.meaning import explain_claim

    if study.posterior is None:
        raise MusterError("This case has no fit, so nothing can be said about what a figure implies.")
    found = explain_claim(study.case, study.posterior, claim, draws=MEANING_DRAWS, progress=tell)
    factor = found.factor
    return {
        "counts": found.definition.counts,
        "unit": found.definition.unit,
        "until": found.until.isoformat(),
        "truth": found.truth.told(),
        "factor": f"×{factor.median:.2f} (×{factor.low:.2f} to ×{factor.high:.2f})",
        "learned": found.learned,
        "parts": [(name.replace("_", " "), *band.told()) for name, band in found.parts.items()],
        "note": found.note,
        "histories": MEANING_DRAWS,
    }


def matches(one: Mapping[str, Any], *, words: str, subject: str, side: str, status: str) -> bool:
    """Whether a card is what a filter asks for."""
    text = " ".join((one["id"], one["what"], one["who"], one["title"], *one["passage"])).lower()
    wanted = ((subject, one["subject"]), (side, one["side"]), (status, one["status"]))
    return all(word in text for word in words.lower().split()) and all(ask in ("", value) for ask, value in wanted)
