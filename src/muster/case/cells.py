"""How one cell or value is read: each kind of value says in a sentence what is wrong and what to write.

The readers raise :class:`PydanticCustomError` with the context ``problem`` and ``remedy``;
``muster.case.door`` turns them into faults. A value comes as text (CSV) or typed (TOML).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, NoReturn

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from muster.core.dates import Interval, parse_date, parse_interval
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote
from muster.core.vocabulary import BASES, BRANCHES, SIDES

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_LOOSE = re.compile(r"([+-]?[\d.,' \u00a0\u202f_]*\d)\s*(k|m|mn|million|thousand|bn|billion|%)?\.?", re.ASCII | re.IGNORECASE)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "%": 0.01}
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}", re.ASCII)
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_URL = re.compile(r"https?://[^\s]+", re.ASCII)

# A table of counts repeats its few months thousands of times.
_parse_interval = lru_cache(maxsize=4_096)(parse_interval)

Reader = Callable[[Any], Any]


def refuse(problem: str, remedy: str) -> NoReturn:
    """Stop reading a value with a sentence on what is wrong and one on what to write."""
    raise PydanticCustomError("fault", "fault", {"problem": problem, "remedy": remedy})


def number(
    low: float = -math.inf, high: float = math.inf, *, bounds: str = "[]", whole: bool = False, empty: float | None = math.nan
) -> Reader:
    """A finite number between two bounds, ``bounds`` as intervals are written; an ``empty`` that is not NaN may be left out."""
    what = _describe(low, high, bounds=bounds, whole=whole)

    def read(found: Any) -> float | int | None:
        if found == "" or found is None:
            if empty is None or not math.isnan(empty):
                return empty
            refuse("is empty.", f"Write {what}.")
        value = _to_float(found, what)
        if whole and value != int(value):
            refuse(f"{quote(found)} is not a whole number.", f"Write {what}.")
        if value < low or (value == low and bounds[0] == "("):
            refuse(f"{quote(found)} is {'not above' if bounds[0] == '(' else 'below'} {_plain(low)}.", f"Write {what}.")
        if value > high or (value == high and bounds[1] == ")"):
            refuse(f"{quote(found)} is {'not below' if bounds[1] == ')' else 'above'} {_plain(high)}.", f"Write {what}.")
        return int(value) if whole else value

    return read


def _to_float(found: Any, what: str) -> float:
    if isinstance(found, bool) or not isinstance(found, (int, float, str)):
        refuse(f"{show(found)} is not a number.", f"Write {what}.")
    if isinstance(found, str):
        if not _NUMBER.fullmatch(found):
            refuse(f"{quote(found)} is not a number.", _suggest_number(found, what))
        if len(found) > 40:
            refuse(f"{quote(found)} has too many digits.", f"Write {what}.")
    try:
        value = float(found)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        refuse(f"{show(found)} is not a finite number.", f"Write {what}.")
    return value


def _suggest_number(found: str, what: str) -> str:
    """``Write 1200000.`` for "1,2 m", "1,200,000" or "1 200 000"; otherwise what kind of number is wanted."""
    loose = _LOOSE.fullmatch(found.strip()[:40])
    if not loose:
        return f"Write {what}."
    digits = re.sub(r"[' \u00a0\u202f_]", "", loose.group(1))
    groups = re.split(r"[.,]", digits)
    if digits.count(",") + digits.count(".") == 1 and len(groups[-1]) != 3:
        digits = ".".join(groups)
    elif all(len(group) == 3 for group in groups[1:]):
        digits = "".join(groups)
    elif digits.rfind(".") > digits.rfind(","):
        digits = digits.replace(",", "")
    else:
        return f"Write {what}."
    if not _NUMBER.fullmatch(digits):
        return f"Write {what}."
    return f"Write {_plain(round(float(digits) * _SCALES.get((loose.group(2) or '').lower(), 1.0), 9))}."


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _describe(low: float, high: float, *, bounds: str, whole: bool) -> str:
    kind = "a whole number" if whole else "a number"
    lower = f"{'above' if bounds[0] == '(' else 'from'} {_plain(low)}" if math.isfinite(low) else ""
    if not lower:
        return f"{kind} such as 1200 or 0.5"
    if high >= 1e9:
        return f"{kind} {lower}{' up' if lower.startswith('from') else ''}"
    upper = f"{'below' if bounds[1] == ')' else 'to'} {_plain(high)}"
    join = " and " if upper.startswith("below") else " "
    return f"{kind} {lower}{join}{upper}"


def show(found: Any) -> str:
    """A value as it may stand in a sentence, whatever it is."""
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, dict):
        return "a table"
    if isinstance(found, list):
        return "a list"
    return quote(found if not isinstance(found, int) or abs(found) < 10**30 else "a number of very many digits")


def text(*, needed: bool = False, what: str = "some text", longest: int = 4_000) -> Reader:
    """Text; a needed one may not be empty."""

    def read(found: Any) -> str:
        if not isinstance(found, str):
            refuse(f"{show(found)} is not text.", f"Write {what} in quotation marks.")
        if len(found) > longest:
            refuse(f"holds {len(found):,} letters.", f"Shorten it to {longest:,} at most.")
        if not found.isprintable() and any(ord(letter) < 32 and letter not in "\n\t\r" for letter in found):
            refuse("holds a control character.", "Delete it.")
        if needed and not found.strip():
            refuse("is empty.", f"Write {what}.")
        return found.strip()

    return read


def matching(pattern: re.Pattern[str], what: str, *, needed: bool = True) -> Reader:
    """Text of a fixed shape."""
    read_text = text(needed=needed, what=what)

    def read(found: Any) -> str:
        given: str = read_text(found)
        if given and not pattern.fullmatch(given):
            refuse(f"{quote(given)} cannot be used here.", f"Write {what}.")
        return given

    return read


def choice(words: Sequence[str], what: str, *, needed: bool = True) -> Reader:
    """One of a few words."""

    def read(found: Any) -> str:
        if found == "":
            if not needed:
                return ""
            refuse("is empty.", f"Write one of {one_of(words, 30)}.")
        if not isinstance(found, str) or found not in words:
            refuse(f"{show(found)} is not {what}.", f"{did_you_mean(str(found)[:200], words)}Write one of {one_of(words, 30)}.")
        return found

    return read


def read_day(found: Any) -> date:
    """A whole date."""
    if isinstance(found, date) and not isinstance(found, datetime):
        return found
    day = _from_calendar(found, parse_date)
    assert isinstance(day, date)
    return day


def read_day_or_none(found: Any) -> date | None:
    """A whole date, or nothing."""
    return None if found == "" else read_day(found)


def read_interval_or_none(found: Any) -> Interval | None:
    """A date known to the day, month or year, or nothing."""
    if found == "":
        return None
    span = _from_calendar(found, _parse_interval)
    assert isinstance(span, Interval)
    return span


def read_interval(found: Any) -> Interval:
    """A date known to the day, month or year."""
    span = _from_calendar(found, _parse_interval)
    assert isinstance(span, Interval)
    return span


def read_month(found: Any) -> Interval:
    """A calendar month, ``2021-02``."""
    span = read_interval(found)
    if not _MONTH.fullmatch(str(found).strip()):
        refuse(f"{show(found)} is not a month.", "Write it as 2021-02.")
    return span


def _from_calendar(found: Any, parse: Callable[[str], date | Interval]) -> date | Interval:
    if found == "":
        refuse("is empty.", "Write a date such as 2021-02-01.")
    if not isinstance(found, str) or len(found) > 40 or not found.isascii():
        refuse(f"{show(found)} is not a date.", "Write it as 2021-02-01.")
    try:
        return parse(found)
    except MusterError as error:
        problem, _, remedy = str(error).rpartition(". ")
        if parse is parse_date and remedy.startswith("Write it as"):
            remedy = "Write it as 2021-02-01."
        refuse(f"{problem}.", remedy)


Id = Annotated[str, BeforeValidator(matching(_ID, "letters, digits and hyphens, such as MM-01"))]
Slug = Annotated[str, BeforeValidator(matching(_SLUG, "small letters, digits and hyphens, such as my-country"))]
Url = Annotated[str, BeforeValidator(matching(_URL, "an address that begins with https://", needed=False))]
Text = Annotated[str, BeforeValidator(text())]
NeededText = Annotated[str, BeforeValidator(text(needed=True))]
Branch = Annotated[str, BeforeValidator(choice(BRANCHES, "a branch"))]
Basis = Annotated[str, BeforeValidator(choice(BASES, "a basis"))]
Side = Annotated[str, BeforeValidator(choice(SIDES, "a side"))]
Sign = Annotated[int, BeforeValidator(number(-1, 1, whole=True))]
Day = Annotated[date, BeforeValidator(read_day)]
OptionalDay = Annotated[date | None, BeforeValidator(read_day_or_none)]
OptionalInterval = Annotated[Interval | None, BeforeValidator(read_interval_or_none)]
NeededInterval = Annotated[Interval, BeforeValidator(read_interval)]
Month = Annotated[Interval, BeforeValidator(read_month)]
Share = Annotated[float, BeforeValidator(number(0, 1))]
ShareBelowOne = Annotated[float, BeforeValidator(number(0, 1, bounds="[)"))]
OpenShare = Annotated[float, BeforeValidator(number(0, 1, bounds="()"))]
Persons = Annotated[float, BeforeValidator(number(0, 2e9))]
Positive = Annotated[float, BeforeValidator(number(0, 2e9, bounds="(]"))]
WholePersons = Annotated[int, BeforeValidator(number(0, 20_000_000, whole=True))]
CountOfUnits = Annotated[int, BeforeValidator(number(1, 100_000, whole=True))]
AnyNumber = Annotated[float, BeforeValidator(number())]
OptionalPersons = Annotated[float | None, BeforeValidator(number(0, 2e9, empty=None))]
PersonsOrZero = Annotated[float, BeforeValidator(number(0, 2e9, empty=0.0))]
OptionalPositive = Annotated[float | None, BeforeValidator(number(0, 1e12, bounds="(]", empty=None))]
OptionalNumber = Annotated[float | None, BeforeValidator(number(0, 1e12, empty=None))]
