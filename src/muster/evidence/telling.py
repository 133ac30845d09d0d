"""Claims in words for a screen or a page: the figure with its wording, who counts whom, when, where, and why it was read so."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from muster.evidence.ledger import Entry
    from muster.evidence.ledger.entry import Record
    from muster.evidence.record import Claim

# Where a record stands in its file: for programs, not for the eye.
_PLACES = ("start", "end", "quote")
SIGNS = {-1: "down", 0: "unchanged", 1: "up"}
# Who says it, in the words of case packs and reports.
_SIDES = {"state": "regime", "opposition": "resistance"}
_BREAKS = str.maketrans("\n\r\t\v\f", "     ")
_WORDING = {"at_least": "at least ", "at_most": "up to ", "about": "about ", "nearly": "nearly "}


def number(value: float) -> str:
    """A figure with thousands separated; as many decimals as it has.

    >>> number(13000.0), number(14.5)
    ('13,000', '14.5')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number of things.

    >>> counted(1, "claim"), counted(2, "testimony", "testimonies")
    ('1 claim', '2 testimonies')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def told(point: float | None, low: float | None, high: float | None, qualifier: str) -> str:
    """A figure as it was worded: ``at least 13,000``, ``1,500 to 2,000``."""
    if qualifier in ("range", "vague") and low is not None and high is not None:
        return f"{number(low)} to {number(high)}"
    figure = next((value for value in (point, low, high) if value is not None), None)
    return "no figure" if figure is None else _WORDING.get(qualifier, "") + number(figure)


def span_of(first: date | None, last: date | None) -> str:
    """Two days as a span; a missing one is open."""
    if first is None and last is None:
        return ""
    if first == last:
        return str(first)
    return f"{first or '…'} to {last or '…'}"


def one_line(quote: str) -> str:
    """A passage with its line breaks as blanks, letter for letter, so that places in it stay what they are."""
    return quote.translate(_BREAKS)


def unit_of(claim: Claim) -> str:
    """What follows the figure where it does not count people or things."""
    return {"share": " percent", "USD": " USD", "money": " (money, currency not known)"}.get(claim.unit, "")


def claim_lines(claim: Claim) -> list[str]:
    """A claim on a few lines: the figure, whom it counts, who says it, when and where, the passage, the rules."""
    per = f" a {claim.per}" if claim.per else ""
    whom = " · ".join(part for part in (claim.population, claim.side, claim.branch) if part)
    also = f", with {', '.join(claim.includes)}" if claim.includes else ""
    when = f"{span_of(claim.date_lo, claim.date_hi) or 'no date'} ({claim.date_basis})"
    figure = f"{told(claim.point, claim.lo, claim.hi, claim.qualifier)}{unit_of(claim)}{per}"
    side = _SIDES.get(claim.claimant_side, claim.claimant_side)
    lines = [
        f"{figure}  {claim.kind}{also}  ({whom or 'not said'})",
        f"  says {claim.claimant} ({side}), {claim.modality}; {when}; {claim.place or 'no place'}",
        f"  “{one_line(claim.quote)}”",
    ]
    if claim.rules:
        lines.append(f"  confidence {claim.confidence:.2f}: {'; '.join(claim.rules)}")
    return lines


def rules_of(record: Record) -> tuple[str, ...]:
    """The rules that read a record so; a testimony has none of its own."""
    return tuple(getattr(record, "rules", ()))


def entry_lines(entry: Entry) -> list[str]:
    """An entry on a few lines, of whatever type it is."""
    from muster.evidence.record import Claim

    record = entry.record
    if isinstance(record, Claim):
        return claim_lines(record)
    facts = asdict(record)
    quote = facts.pop("quote")
    told_of = [(name, value) for name, value in facts.items() if name not in _PLACES and value not in (None, "", (), [])]
    return [f"“{one_line(quote)}”", *(f"  {name.replace('_', ' ')}: {_in_words(value)}" for name, value in told_of)]


def _in_words(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)


def subject_of(record: Record) -> str:
    """What a record is about in one word: the kind of a claim, the observable of a direction, the event of a date."""
    for name in ("kind", "observable", "event"):
        if hasattr(record, name):
            return str(getattr(record, name))
    return "testimony"


def in_short(record: Record) -> tuple[str, str, str, str]:
    """A record in four cells: what, the figure or the way, who says so, when."""
    from muster.evidence.record import Claim, Testimony, Trend

    if isinstance(record, Testimony):
        return "testimony", "", record.code, record.quarter or ""
    figure = ""
    if isinstance(record, Claim):
        figure = told(record.point, record.lo, record.hi, record.qualifier)
    elif isinstance(record, Trend):
        figure = SIGNS[record.sign]
    return subject_of(record), figure, getattr(record, "claimant", ""), span_of(record.date_lo, record.date_hi)


def describe_entry(entry: Entry) -> dict[str, Any]:
    """An entry as plain values, for JSON."""
    return asdict(entry)


def figure_place(entry: Entry) -> tuple[int, int] | None:
    """Where in its quote the figure of a claim stands.

    Redaction, plain spelling and cuts of long sentences move it, so it is found by its value; of equal ones the nearest
    to where it stood in the file.
    """
    from muster.evidence.numbers.quantities import find_numbers
    from muster.evidence.record import Claim

    claim = entry.proposal
    if not isinstance(claim, Claim):
        return None
    quote = entry.record.quote
    values = {value for value in (claim.point, claim.lo, claim.hi) if value is not None}
    found = [one for one in find_numbers(quote) if values & {one.point, one.lo, one.hi}]
    exact = [one for one in found if (one.point, one.lo, one.hi) == (claim.point, claim.lo, claim.hi)]
    length = max(1, claim.sentence_end - claim.sentence_start)
    place = (claim.start - claim.sentence_start) * min(1.0, len(quote) / length)
    near = min(exact or found, key=lambda one: abs(one.start - place), default=None)
    return None if near is None else (near.start, near.end)
