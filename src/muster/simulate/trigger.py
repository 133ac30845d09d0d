"""Triggers: changes that wait until something holds in the simulated history itself.

"If control of a region falls below 0.2, then ...": looked at on fixed days (each week's or month's last), so that the answer
depends on the history alone. A trigger fires once; its changes begin on the day after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, get_args

import numpy as np

from muster.case import Case
from muster.core.dates import day_date, day_index
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, one_of, quote
from muster.model.tally import Record
from muster.simulate.change import Change, read_changes
from muster.simulate.recorder import RECORDED
from muster.simulate.rows import Row, check_days, check_keys, list_rows, read_one_of, read_region

Side = Literal["below", "above"]
Grid = Literal["week", "month"]
_SIDES: tuple[Side, ...] = get_args(Side)
_KEYS = ("when", "region", *_SIDES, "after", "every", "days", "change")
_PLACED = ("month", "day", "region", "branch")
# States a trigger can look at. Persons are summed over branches and, without a region, over regions.
QUANTITIES = tuple(name for name, about in RECORDED.items() if not about.flow and set(about.dims) <= set(_PLACED))


@dataclass(frozen=True, slots=True)
class Trigger:
    """``quantity`` (in ``region``) ``side`` ``level``, looked at from ``after`` on; changes last ``days`` days or for good."""

    quantity: str
    side: Side
    level: float
    changes: tuple[Change, ...]
    region: int | None = None
    after: date | None = None
    every: Grid = "month"
    days: int | None = None

    def holds(self, record: Record, step: int) -> bool:
        """Whether the condition holds at the end of a step of a record."""
        regional = "region" in RECORDED[self.quantity].dims
        table = record.region if regional else record.nation
        value = table[self.quantity][step]
        value = float(np.sum(value if self.region is None or not regional else value[self.region]))
        return value < self.level if self.side == "below" else value > self.level

    def is_due(self, day: int, start: date) -> bool:
        """Whether the trigger is looked at at the end of a day of the run."""
        today = day_date(day, start)
        if self.after is not None and today < self.after:
            return False
        return day % 7 == 0 if self.every == "week" else (today + timedelta(days=1)).day == 1

    def fired(self, day: date) -> tuple[Change, ...]:
        """Its changes, dated, when it has fired at the end of ``day``."""
        first = day + timedelta(days=1)
        last = None if self.days is None else day + timedelta(days=self.days)
        return tuple(replace(change, start=first, until=last) for change in self.changes)

    def first_chance(self, start: date, days: int) -> date | None:
        """The first day of a run on which it can fire; None if there is none."""
        first = 1 if self.after is None else max(1, day_index(self.after, start))
        return next((day_date(day, start) for day in range(first, days) if self.is_due(day, start)), None)

    def to_dict(self) -> dict[str, Any]:
        """Plain values; `from_dict` reads them back."""
        return {
            "quantity": self.quantity,
            "side": self.side,
            "level": self.level,
            "region": self.region,
            "after": self.after.isoformat() if self.after else None,
            "every": self.every,
            "days": self.days,
            "changes": [change.to_dict() for change in self.changes],
        }

    @staticmethod
    def from_dict(row: Mapping[str, Any]) -> Trigger:
        """The trigger that `to_dict` wrote."""
        after = date.fromisoformat(row["after"]) if row["after"] else None
        changes = tuple(Change.from_dict(change) for change in row["changes"])
        return Trigger(**{**row, "after": after, "changes": changes})


def read_triggers(case: Case, rows: Any, file: str, faults: FaultList) -> tuple[Trigger, ...]:
    """The triggers in a list of TOML tables; faults are collected."""
    tables = list_rows(rows, "trigger", file, faults)
    found = [_read_trigger(case, row, f"{file}, trigger {number}", faults) for number, row in enumerate(tables, 1)]
    return tuple(trigger for trigger in found if trigger)


def _read_trigger(case: Case, row: Row, place: str, faults: FaultList) -> Trigger | None:
    """One [[trigger]]; None if it has faults."""
    before = len(faults)
    check_keys(row, _KEYS, "trigger", place, faults)
    quantity = str(row.get("when", ""))
    if quantity not in QUANTITIES:
        hint = did_you_mean(quantity, QUANTITIES)
        faults.add(place, None, "when", f"{quote(quantity)} is not a state of a run.", f"{hint}Write {one_of(QUANTITIES, 40)}.")
    side, level = read_one_of(row, _SIDES, place, faults, example="below = 0.2")
    every, days = row.get("every", "month"), row.get("days")
    if every not in get_args(Grid):
        faults.add(place, None, "every", f"{quote(every)} is not how often to look.", 'Write "week" or "month".')
    if days is not None and (type(days) is not int or days < 1):
        faults.add(place, None, "days", f"{quote(days)} is not a number of days.", "Write a whole number, 1 or more.")
    check_days(row, ("after",), place, faults)
    region = read_region(case, row, place, faults)
    if len(faults) == before:
        _check_region(quantity, region, place, faults)
    changes = read_changes(case, row.get("change", []), place, faults, key="trigger.change", dated=False)
    if not changes and len(faults) == before:
        faults.add(place, None, "change", "is missing.", "Write what then changes, after a line [[trigger.change]].")
    if len(faults) > before:
        return None
    return Trigger(quantity, side, level, changes, region, row.get("after"), every, days)


def _check_region(quantity: str, region: int | None, place: str, faults: FaultList) -> None:
    regional, persons = "region" in RECORDED[quantity].dims, RECORDED[quantity].unit == "persons"
    if regional and not persons and region is None:
        faults.add(place, None, "region", f"is missing: {quantity} is a share of each region.", 'Write region = "...".')
    if region is not None and not regional:
        faults.add(place, None, "region", f"is not needed: {quantity} is national.", "Leave it out.")
