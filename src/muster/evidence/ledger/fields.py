"""Which fields of a record a reviewer may change, to what, and what must hold between them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from muster.core.dates import parse_interval
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, printable, quote
from muster.core.vocabulary import (
    CLAIMANT_SIDES,
    COUNTED_BRANCHES,
    COUNTED_SIDES,
    DATE_BASES,
    KINDS,
    LEAVING_MOTIVES,
    MEASURES,
    MODALITIES,
    PERIODS,
    QUALIFIERS,
    SCOPES,
    TRENDS,
    UNITS,
)
from muster.evidence.ledger.entry import plain, record_hints

VOCABULARY: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "measure": MEASURES,
    "qualifier": QUALIFIERS,
    "unit": UNITS,
    "per": PERIODS,
    "side": COUNTED_SIDES,
    "branch": COUNTED_BRANCHES,
    "scope": SCOPES,
    "modality": MODALITIES,
    "claimant_side": CLAIMANT_SIDES,
    "date_basis": DATE_BASES,
    "observable": TRENDS,
    "motives": LEAVING_MOTIVES,
}
# Where the words stand, and how they were found: facts about the proposal that no reading changes.
FIXED = frozenset(
    ("id", "start", "end", "sentence_start", "sentence_end", "quote", "confidence", "rules", "proposer", "code", "motive_quotes")
)
LONGEST_TEXT = 2_000
LONGEST_NAME = 80


class FieldError(MusterError):
    """A value a field cannot take: what is wrong, and what to write instead."""

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        super().__init__(f"{quote(field)} {problem} {remedy}")
        self.field, self.problem, self.remedy = field, problem, remedy


def editable(kind: str) -> tuple[str, ...]:
    """Fields of a type of record that a reviewer may change, in the order of the record."""
    return tuple(name for name in record_hints(kind) if name not in FIXED)


def parse_field(kind: str, field: str, value: object) -> Any:
    """A value as JSON holds it, from what a reviewer typed (text, empty for "not known") or a program gave.

    Errors: a :class:`FieldError`.
    """
    names = editable(kind)
    if field not in names:
        if field in FIXED:
            raise FieldError(field, "belongs to the proposal and stays as it is.", "Reject the entry if it is wrong.")
        raise FieldError(field, f"is not a field of a {kind}.", f"{did_you_mean(field, names)}Known are {one_of(names, 40)}.")
    hint = record_hints(kind)[field]
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "":
        if hint == str and field not in VOCABULARY:  # noqa: E721
            return ""
        if hint == tuple[str, ...]:
            return []
        if type(None) not in getattr(hint, "__args__", ()):
            raise FieldError(field, "may not be empty.", _remedy(field))
        return None
    return _parse_filled(field, hint, value)


def _parse_filled(field: str, hint: Any, value: object) -> Any:
    if hint in (float, float | None):
        return _number(field, value)
    if hint is int:
        sign = _number(field, value)
        if sign not in (-1, 0, 1):
            raise FieldError(field, f"holds {quote(value)}.", "Write -1 (down), 0 (unchanged) or 1 (up, present).")
        return int(sign)
    if hint in (date, date | None):
        return _day(field, value)
    if hint == tuple[str, ...]:
        items = split_list(value) if isinstance(value, str) else list(value) if isinstance(value, (tuple, list)) else None
        if items is None:
            raise FieldError(field, "is not a list.", "Write its items with semicolons between them.")
        return [_word(field, item) for item in items]
    return _word(field, value)


def _number(field: str, value: object) -> float:
    if isinstance(value, str):
        value = value.replace(",", "").replace(" ", "")
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise FieldError(field, f"holds {quote(value)}, which is not a number.", "Write digits, such as 13000.") from None
    if not math.isfinite(number):
        raise FieldError(field, "is not a finite number.", "Leave it empty when the bound is open.")
    return number


def _day(field: str, value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    try:
        span = parse_interval(str(value))
    except MusterError as error:
        raise FieldError(field, f"holds {quote(value)}.", str(error)) from None
    # A month or a year is its first day where a window begins, and its last where one ends.
    return (span.last if field in ("date_hi", "as_of") else span.first).isoformat()


def _word(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise FieldError(field, f"holds {quote(value)}, which is not text.", _remedy(field))
    if len(value) > LONGEST_TEXT:
        raise FieldError(field, f"holds {len(value):,} letters.", f"Shorten it to {LONGEST_TEXT:,} at most.")
    words = VOCABULARY.get(field)
    if words and value not in words:
        raise FieldError(field, f"holds {quote(value)}.", did_you_mean(value, words) + _remedy(field))
    return printable(value)


def _remedy(field: str) -> str:
    words = VOCABULARY.get(field)
    return f"Write {one_of(words, 40)}." if words else "Write a value."


def disagreements(kind: str, values: Mapping[str, Any]) -> Iterator[FieldError]:
    """What does not hold between the fields of a record: bounds in order, dates in order."""
    point, lo, hi = values.get("point"), values.get("lo"), values.get("hi")
    if lo is not None and hi is not None and lo > hi:
        yield FieldError("lo", f"is {lo:.12g}, above hi, {hi:.12g}.", "Exchange the two or mend one.")
    elif point is not None and lo is not None and point < lo:
        yield FieldError("point", f"is {point:.12g}, below lo, {lo:.12g}.", "Mend one of the two.")
    elif point is not None and hi is not None and point > hi:
        yield FieldError("point", f"is {point:.12g}, above hi, {hi:.12g}.", "Mend one of the two.")
    begun, ended = plain(values.get("date_lo")), plain(values.get("date_hi"))
    if begun and ended and begun > ended:
        yield FieldError("date_lo", f"is {begun}, after date_hi, {ended}.", "Exchange the two or mend one.")


def reviewer_name(text: str) -> str:
    """A name or initials, tidied. Errors: a :class:`MusterError` when there is none, or it cannot be shown."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_NAME or not text.isprintable():
        raise MusterError(f"{quote(text)} is not a name. Write 1 to {LONGEST_NAME} letters, such as initials.")
    return text


def reason_text(text: str) -> str:
    """A reason on one line. Errors: a :class:`MusterError` when it is too long."""
    text = printable(" ".join(text.split()))
    if len(text) > LONGEST_TEXT:
        raise MusterError(f"The reason has {len(text):,} letters. Shorten it to {LONGEST_TEXT:,} at most.")
    return text


def join_list(items: tuple[str, ...] | list[str]) -> str:
    """Texts in one cell, semicolons between them; a semicolon inside an item is written with a stroke before it."""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def split_list(text: str) -> list[str]:
    """The items :func:`join_list` joined."""
    items, current, letters = [], "", iter(text)
    for letter in letters:
        if letter == ";":
            items.append(current.strip())
            current = ""
        else:
            current += next(letters, "") if letter == "\\" else letter
    return [item for item in (*items, current.strip()) if item]
