"""Changes: one parameter or driver, set, multiplied or added to, from one day to another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from muster.case import DRIVER_BY_NAME, Case
from muster.core.errors import MusterError
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, quote
from muster.model.order import mechanisms
from muster.model.parameter import Parameter
from muster.simulate.lever import LEVER_BY_NAME, lever
from muster.simulate.rows import Row, check_days, check_keys, list_rows, read_one_of, read_region

Operation = Literal["set", "multiply", "add"]
OPERATIONS: tuple[Operation, ...] = get_args(Operation)
_KEYS = ("target", "lever", "region", "start", "until", *OPERATIONS)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: of ``driver.<name>`` or ``<mechanism>.<parameter>``, from ``start`` (day 0 if None) to ``until``, included."""

    target: str
    operation: Operation
    value: float
    start: date | None = None
    until: date | None = None
    region: int | None = None

    @property
    def driver(self) -> str | None:
        """The driver's name, or None for a parameter."""
        head, _, name = self.target.partition(".")
        return name if head == "driver" else None

    def apply(self, before: Any) -> Any:
        """The value or values after the change."""
        if self.operation == "set":
            return before * 0.0 + self.value
        return before * self.value if self.operation == "multiply" else before + self.value

    def to_dict(self) -> dict[str, Any]:
        """Plain values; `from_dict` reads them back."""
        return {
            "target": self.target,
            "operation": self.operation,
            "value": self.value,
            "start": self.start.isoformat() if self.start else None,
            "until": self.until.isoformat() if self.until else None,
            "region": self.region,
        }

    @staticmethod
    def from_dict(row: Mapping[str, Any]) -> Change:
        """The change that `to_dict` wrote."""
        days = {key: date.fromisoformat(row[key]) if row[key] else None for key in ("start", "until")}
        return Change(**{**row, **days})


@cache
def parameters_by_name() -> dict[str, Parameter]:
    """Every parameter of the model, ``mechanism.parameter``, in the order of the mechanisms."""
    return {one.name: one for mechanism in mechanisms() for one in mechanism.parameters}


def resolve_target(target: str) -> str:
    """The full target of a change: ``programme.places`` may be said for ``driver.places``. Raises MusterError."""
    known = (*(f"driver.{name}" for name in DRIVER_BY_NAME), *parameters_by_name())
    if target in known:
        return target
    short = f"driver.{target.rpartition('.')[2]}"
    if short in known:
        return short
    near = (*known, *LEVER_BY_NAME)
    hint = did_you_mean(target, near) or "`muster model params` lists the parameters, `muster case show` the drivers. "
    raise MusterError(f"{quote(target)} is neither a parameter nor a driver. {hint}".strip())


def resolve_targets(name: str) -> tuple[str, ...]:
    """The targets of a lever, or the one target that is meant. Raises MusterError."""
    return LEVER_BY_NAME[name].targets if name in LEVER_BY_NAME else (resolve_target(name),)


def pull_levers(factors: Mapping[str, float], start: date) -> tuple[Change, ...]:
    """What levers move, by name, each multiplied by its factor from a day on. Raises MusterError for a lever that is none."""
    return tuple(Change(target, "multiply", factor, start) for name, factor in factors.items() for target in lever(name).targets)


def find_problem(change: Change) -> tuple[str, str] | None:
    """What is wrong with a change, and the remedy."""
    if not math.isfinite(change.value):
        return "the value is not a finite number.", "Write a number."
    if change.start and change.until and change.until < change.start:
        return f"it ends on {change.until}, before it starts on {change.start}.", "Swap the dates."
    driver = change.driver
    if change.region is not None and (driver is None or not DRIVER_BY_NAME[driver].by_region):
        return "it is national and has no regions.", "Leave out the region."
    return None


def read_changes(
    case: Case, rows: Any, file: str, faults: FaultList, *, key: str = "change", dated: bool = True
) -> tuple[Change, ...]:
    """The changes in a list of TOML tables; faults are collected. Those of a trigger are not ``dated``."""
    keys = _KEYS if dated else tuple(name for name in _KEYS if name not in ("start", "until"))
    found: list[Change] = []
    for number, row in enumerate(list_rows(rows, key, file, faults), 1):
        found += _read_change(case, row, f"{file}, change {number}", keys, faults)
    return tuple(found)


def _read_change(case: Case, row: Row, place: str, keys: tuple[str, ...], faults: FaultList) -> list[Change]:
    """One [[change]], which is several where its lever has several targets; none if it has faults."""
    before = len(faults)
    check_keys(row, keys, "change", place, faults)
    operation, value = read_one_of(row, OPERATIONS, place, faults, example="multiply = 2.0")
    check_days(row, ("start", "until"), place, faults)
    targets, region = _read_targets(row, place, faults), read_region(case, row, place, faults)
    if len(faults) > before:
        return []
    changes = [Change(target, operation, value, row.get("start"), row.get("until"), region) for target in targets]
    for change in changes:
        wrong = find_problem(change)
        if wrong:
            faults.add(place, None, "target", *wrong)
            return []
    return changes


def _read_targets(row: Row, place: str, faults: FaultList) -> tuple[str, ...]:
    if "target" in row and "lever" in row:
        faults.add(place, None, "lever", "stands beside a target.", "Write one of the two.")
        return ()
    try:
        return lever(str(row["lever"])).targets if "lever" in row else (resolve_target(str(row.get("target", ""))),)
    except MusterError as error:
        problem, _, remedy = str(error).partition(". ")
        faults.add(place, None, "lever" if "lever" in row else "target", f"{problem}.", remedy)
        return ()
