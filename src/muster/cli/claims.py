"""Claims in words for the terminal: the figure with its wording, who counts whom, when, where, and why it was read so."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from muster.evidence.ledger import Entry
    from muster.evidence.record import Claim

_WORDING = {"at_least": "at least ", "at_most": "up to ", "about": "about ", "nearly": "nearly "}


def number(value: float) -> str:
    """A figure with thousands separated; as many decimals as it has.

    >>> number(13000.0), number(14.5)
    ('13,000', '14.5')
    """
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


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


def claim_lines(claim: Claim) -> list[str]:
    """A claim on a few lines: the figure, whom it counts, who says it, when and where, the passage, the rules."""
    unit = {"share": " (share)", "USD": " USD"}.get(claim.unit, "")
    per = f" a {claim.per}" if claim.per else ""
    whom = " · ".join(part for part in (claim.population, claim.side, claim.branch) if part)
    also = f", with {', '.join(claim.includes)}" if claim.includes else ""
    when = f"{span_of(claim.date_lo, claim.date_hi) or 'no date'} ({claim.date_basis})"
    lines = [
        f"{told(claim.point, claim.lo, claim.hi, claim.qualifier)}{unit}{per}  {claim.kind}{also}  ({whom or 'not said'})",
        f"  says {claim.claimant} ({claim.claimant_side}), {claim.modality}; {when}; {claim.place or 'no place'}",
        f"  “{claim.quote}”",
    ]
    if claim.rules:
        lines.append(f"  confidence {claim.confidence:.2f}: {'; '.join(claim.rules)}")
    return lines


def describe_entry(entry: Entry) -> dict[str, Any]:
    """An entry as plain values, for JSON."""
    plain = asdict(entry)
    plain["record"] = asdict(entry.record)
    plain["proposal"] = asdict(entry.proposal)
    return plain


def entry_lines(entry: Entry, *, why: bool) -> list[tuple[str, str]]:
    """An entry as lines with a style each, for the screen of a review; ``why`` adds the rules that fired."""
    from muster.evidence.record import Claim

    record = entry.record
    if not isinstance(record, Claim):
        facts = asdict(record)
        quote = facts.pop("quote")
        lines = [(f"{entry.type}: {quote}", "bold")]
        return lines + [(f"  {name}: {value}", "") for name, value in facts.items() if value not in (None, "", (), [])]
    figure, says, quote, *rules = claim_lines(record)
    lines = [(quote.strip(), "bold"), (figure, "cyan"), (says, "")]
    return lines + [(line, "dim") for line in rules if why]
