"""The claims a case pack brings with it, as records of the ledger: the same fields, the same history, the same grades.

A pack keeps its claims as a table (claims.csv), written by people, one figure a row. Each row becomes an accepted entry
proposed by "pack", under the id it has in the pack. What a quantity of the pack counts stands in words/quantities.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from muster.core.dates import Interval, parse_interval
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, quote
from muster.evidence.ledger.adding import Parcel
from muster.evidence.lexicon import Lexicon
from muster.evidence.record import Claim

CLAIMS = "claims.csv"
PROPOSER = "pack"
COLUMNS = (
    *("id", "quantity", "value", "low", "high", "unit", "period_start", "as_of_date", "region", "claimant", "claimant_side"),
    *("publication_date", "source_title", "source_url", "note"),
)

# The pack speaks of regime and resistance, a record of state and opposition.
_SIDES = {"regime": "state", "resistance": "opposition", "independent": "independent"}
_UN = re.compile(r"^(?:UN\b|U\.N\.|United Nations|OHCHR|UNHCR|UNICEF)")
_VIA = re.compile(r"^(?P<who>.+?)\s*(?:\(via (?P<inner>[^)]+)\)|,? via (?P<relay>.+))$")
_WHOLE = ("", "national")
# What the note says of the wording, in quotation marks at its beginning.
_WORDING = re.compile(
    r"^'?(?:an? )?(?P<word>around|about|some|roughly|estimated|nearly|almost|up to)\b|'(?P<near>almost|nearly|about)\b"
)
_QUALIFIERS = {"nearly": "nearly", "almost": "nearly", "up to": "at_most"}
_PLAN = re.compile(r"\[plan, applies (?:from|to) (\d{4}-\d{2}-\d{2})\]")
_PRECISION = re.compile(r"\[as_of precision: (month|year)\]")
_LONGEST = 300


def pack_parcels(rows: Iterable[Any], *, lexicon: Lexicon, regions: Mapping[str, str] | None = None) -> list[Parcel]:
    """Rows as documents and claims a ledger can take; one document for each publication.

    ``rows`` are the claims of a loaded case, or anything with their fields. ``regions`` gives the
    id of a region by its name. Errors: a :class:`MusterError` when a quantity is not in words/quantities.toml.
    """
    groups: dict[str, tuple[dict[str, Any], list[tuple[str, Claim]]]] = {}
    for row in rows:
        key = sha256(f"pack\n{row.source_url}\n{row.source_title}\n{_first(row.published)}".encode()).hexdigest()
        _, claims = groups.setdefault(key, (_facts(row, key), []))
        claims.append((row.id, claim_of(row, lexicon=lexicon, regions=regions)))
    return [Parcel(key, facts, tuple(claims)) for key, (facts, claims) in groups.items()]


def _facts(row: Any, key: str) -> dict[str, Any]:
    published, until = _first(row.published), None if row.published is None else row.published.last.isoformat()
    return {
        "name": CLAIMS,
        "origin": key[:12],
        "url": row.source_url or None,
        "publisher": None,
        "title": row.source_title,
        "published": published,
        "published_until": until if until != published else None,
        "metadata": {"media": "pack", "notes": []},
    }


def _first(span: Interval | None) -> str | None:
    return None if span is None else span.first.isoformat()


def claim_of(row: Any, *, lexicon: Lexicon, regions: Mapping[str, str] | None = None) -> Claim:
    """One row as a claim."""
    meaning = find_meaning(row.quantity, row.unit, lexicon=lexicon)
    point, lo, hi, qualifier = bounds_of(row, scale=float(meaning.get("scale", 1.0)))
    who, chain = claimant_of(row.claimant)
    measure = meaning["measure"]
    first, last, as_of = _window(row, measure)
    whole = row.region.lower() in _WHOLE
    shown = f"{_figure(row)} {row.unit}".strip() + (f"; {row.note}" if row.note else "")
    return Claim(
        id=row.id,
        start=0,
        end=0,
        sentence_start=0,
        sentence_end=0,
        quote=shown if len(shown) <= _LONGEST else shown[: _LONGEST - 3] + "...",
        kind=meaning["kind"],
        measure=measure,
        point=point,
        lo=lo,
        hi=hi,
        qualifier=qualifier,
        unit=meaning["unit"],
        side=meaning["side"],
        population=row.unit if meaning["population"] == "unit" else meaning["population"],
        modality="planned" if _PLAN.search(row.note) else meaning.get("modality", "asserted"),
        claimant=who,
        claimant_side="un" if _UN.match(who) else _SIDES.get(row.claimant_side, "unknown"),
        date_basis="none" if last is None else "explicit",
        scope=meaning.get("scope", "total"),
        includes=tuple(meaning.get("includes", ())),
        per=meaning.get("per"),
        branch=meaning.get("branch"),
        date_lo=first,
        date_hi=last,
        as_of=as_of,
        place=None if whole else "; ".join(row.region.split(";")),
        place_id=None if whole or regions is None else regions.get(row.region),
        chain=chain,
        confidence=1.0,
        rules=(f"quantity:{row.quantity}",),
        proposer=PROPOSER,
    )


def find_meaning(quantity: str, unit: str, *, lexicon: Lexicon) -> Mapping[str, Any]:
    """What a quantity of a pack counts. Errors: a :class:`MusterError` when no row of the lexicon knows it."""
    table = lexicon.table("pack_quantities")
    for row in table:
        if row["name"] == quantity and row.get("where", "") in unit:
            return row
    hint = did_you_mean(quantity, sorted({row["name"] for row in table}))
    raise MusterError(
        f"{CLAIMS}: no row of [[pack_quantities]] says what {quote(quantity)} counts. {hint}"
        "Add one to the lexicon.toml of the case, with kind, measure, side, population and unit."
    )


def bounds_of(row: Any, *, scale: float = 1.0) -> tuple[float | None, float | None, float | None, str]:
    """(point, lo, hi, qualifier) from value, low and high, and from the wording its note quotes.

    Low alone is "at least"; high alone "up to", or "nearly" where the note says so; both are a range, of which the value
    is only the point when somebody stated it.
    """
    value, low, high = (None if number is None else number * scale for number in (row.value, row.low, row.high))
    found = _WORDING.search(row.note)
    word = (found.group("word") or found.group("near")) if found else ""
    if low is not None and high is not None:
        stated = None if "midpoint" in row.note else value
        return stated, low, high, "range"
    if low is not None:
        return (low if value is None else value), low, None, "at_least"
    if high is not None:
        nearly = word in ("nearly", "almost")
        return (high if value is None else value), 0.9 * high if nearly else None, high, "nearly" if nearly else "at_most"
    assert value is not None
    if "floor" in row.unit:
        return value, value, None, "at_least"
    qualifier = _QUALIFIERS.get(word, "about") if word else "exact"
    lo, hi = {"exact": (value, value), "about": (0.9 * value, 1.1 * value), "nearly": (0.9 * value, value)}.get(
        qualifier, (None, value)
    )
    return value, lo, hi, qualifier


def claimant_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Who claims, and through whom, outermost first: "NUG via RFA" is (NUG, (RFA, NUG))."""
    found = _VIA.match(text)
    if found is None:
        return text, ()
    who = found.group("who")
    return who, (found.group("inner") or found.group("relay"), who)


def _window(row: Any, measure: str) -> tuple[date | None, date | None, date | None]:
    """(first, last, as of): of a stock or a rate without a beginning only the day it was true."""
    plan = _PLAN.search(row.note)
    as_of, begun = row.as_of, row.period_start
    if plan:
        day = date.fromisoformat(plan.group(1))
        return day, None if "from" in plan.group(0) else day, as_of.last if as_of else None
    if as_of is None:
        return (None, None, None) if row.published is None else (None, row.published.last, row.published.last)
    precision = _PRECISION.search(row.note)
    if precision:
        as_of = parse_interval(as_of.last.isoformat()[: 4 if precision.group(1) == "year" else 7])
    first = begun.first if begun else as_of.first if measure in ("stock", "rate", "share") else None
    return first, as_of.last, row.as_of.last


def _figure(row: Any) -> str:
    if row.value is None:
        return " to ".join(f"{number:,.12g}" for number in (row.low, row.high) if number is not None)
    return f"{row.value:,.12g}"
