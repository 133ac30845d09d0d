"""The tables of a scenario file, read key by key; what is wrong with them is collected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from muster.case import Case
from muster.core.errors import MusterError
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, one_of, quote

Row = dict[str, Any]
_Key = TypeVar("_Key", bound=str)


def list_rows(rows: Any, key: str, file: str, faults: FaultList) -> list[Row]:
    """The tables under ``key``; none where it is no list of them."""
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    what = key.rpartition(".")[2]
    faults.add(file, None, key, "is not a list of tables.", f"Begin each {what} with a line [[{key}]].")
    return []


def check_keys(row: Row, keys: Sequence[str], what: str, place: str, faults: FaultList) -> None:
    """A fault for each key that a table of that kind does not have."""
    for key in row:
        if key not in keys:
            faults.add(place, None, key, f"is not a key of a {what}.", f"{did_you_mean(key, keys)}Write {one_of(keys)}.")


def read_one_of(row: Row, keys: Sequence[_Key], place: str, faults: FaultList, *, example: str) -> tuple[_Key, float]:
    """The one of these keys that the table has, and its number; the first and 0 where there is a fault."""
    given = [key for key in keys if key in row]
    if len(given) != 1:
        faults.add(place, None, None, f"has {len(given)} of {', '.join(keys)}.", f"Write exactly one, as in {example}.")
        return keys[0], 0.0
    value = row[given[0]]
    if isinstance(value, bool) or not isinstance(value, int | float):
        number = example.rpartition(" ")[2]
        faults.add(place, None, given[0], f"{quote(value)} is not a number.", f"Write a number, as in {number}.")
        return keys[0], 0.0
    return given[0], float(value)


def read_region(case: Case, row: Row, place: str, faults: FaultList) -> int | None:
    """The position of the region a table names, None if it names none or a wrong one."""
    try:
        return case.region_index(str(row["region"])) if "region" in row else None
    except MusterError as error:
        problem, _, remedy = str(error).partition(". ")
        faults.add(place, None, "region", f"{problem}.", remedy)
        return None


def check_days(row: Row, keys: Sequence[str], place: str, faults: FaultList) -> None:
    """A fault for each of the keys whose value is not a day."""
    for key in keys:
        if type(row.get(key)) not in (date, type(None)):
            faults.add(place, None, key, f"{quote(row[key])} is not a date.", f"Write {key} = 2023-01-01, without quotes.")
