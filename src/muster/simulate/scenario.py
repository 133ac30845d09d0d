"""Scenarios: a name, and dated changes to parameters and drivers. One with only a name changes nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from muster.case import DRIVER_BY_NAME, Case
from muster.core.errors import MusterError
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, one_of, quote
from muster.core.tables import MAX_TOML_BYTES, decode, parse_toml, read_bytes
from muster.model.order import mechanisms

Operation = Literal["set", "multiply", "add"]
_OPERATIONS = get_args(Operation)
_KEYS = ("target", "region", "start", "until", *_OPERATIONS)


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


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name, a motive, and what is changed."""

    name: str = "baseline"
    title: str = ""
    motive: str = ""
    changes: tuple[Change, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a manifest; `from_dict` reads them back."""
        rows = [
            {
                "target": change.target,
                "operation": change.operation,
                "value": change.value,
                "start": change.start.isoformat() if change.start else None,
                "until": change.until.isoformat() if change.until else None,
                "region": change.region,
            }
            for change in self.changes
        ]
        return {"name": self.name, "title": self.title, "motive": self.motive, "changes": rows}

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> Scenario:
        """The scenario that `to_dict` wrote."""

        def day(text: str | None) -> date | None:
            return date.fromisoformat(text) if text else None

        rows = [{**row, "start": day(row["start"]), "until": day(row["until"])} for row in values["changes"]]
        return Scenario(values["name"], values["title"], values["motive"], tuple(Change(**row) for row in rows))


def _targets() -> tuple[str, ...]:
    drivers = tuple(f"driver.{name}" for name in DRIVER_BY_NAME)
    return drivers + tuple(parameter.name for mechanism in mechanisms() for parameter in mechanism.parameters)


def resolve_target(target: str) -> str:
    """The full target of a change: ``programme.places`` may be said for ``driver.places``. Raises MusterError."""
    known = _targets()
    if target in known:
        return target
    short = f"driver.{target.rpartition('.')[2]}"
    if short in known:
        return short
    hint = did_you_mean(target, known) or "`muster model params` lists the parameters, `muster case show` the drivers. "
    raise MusterError(f"{quote(target)} is neither a parameter nor a driver. {hint}".strip())


def scenario(
    case: Case,
    name: str,
    changes: Mapping[str, float] | None = None,
    *,
    start: str | date | None = None,
    until: str | date | None = None,
    operation: Operation = "multiply",
    region: str | None = None,
) -> Scenario:
    """A scenario in one line: ``scenario(case, "more-safehouses", {"programme.places": 2.0}, start="2023-01-01")``.

    ``changes`` maps targets (``driver.<name>``, ``<mechanism>.<parameter>``) to numbers; ``operation`` says whether a number
    multiplies, is added or is set. Dates are included; without ``start`` the change holds from day 0.
    Raises MusterError for an unknown target, region, operation or date.
    """
    if operation not in _OPERATIONS:
        raise MusterError(f"{quote(operation)} is not an operation. Write set, multiply or add.")
    place = None if region is None else case.region_index(region)
    rows = []
    for target, value in (changes or {}).items():
        row = Change(resolve_target(target), operation, float(value), _day(start), _day(until), place)
        problem = _find_problem(row)
        if problem:
            raise MusterError(f'Scenario "{name}", {target}: {problem[0]} {problem[1]}')
        rows.append(row)
    return Scenario(name, changes=tuple(rows))


def _day(value: str | date | None) -> date | None:
    from muster.core.dates import parse_date

    return parse_date(value) if isinstance(value, str) else value


def _find_problem(change: Change) -> tuple[str, str] | None:
    """What is wrong with a change, and the remedy."""
    if not math.isfinite(change.value):
        return "the value is not a finite number.", "Write a number."
    if change.start and change.until and change.until < change.start:
        return f"it ends on {change.until}, before it starts on {change.start}.", "Swap the dates."
    driver = change.driver
    if change.region is not None and (driver is None or not DRIVER_BY_NAME[driver].by_region):
        return "it is national and has no regions.", "Leave out the region."
    return None


def load_scenario(case: Case, name_or_path: str | Path) -> Scenario:
    """A scenario the pack ships, by name, or a TOML file. Raises InputError with all faults of the file at once."""
    text = str(name_or_path)
    path = case.scenarios.get(text, Path(text))
    if not path.is_file():
        shipped = one_of(sorted(case.scenarios), 20)
        hint = did_you_mean(text, case.scenarios)
        raise MusterError(f"{quote(text)} is not a scenario of {case.name} and no such file exists. {hint}Shipped: {shipped}.")
    faults = FaultList()
    data = read_bytes(path, file=path.name, limit=MAX_TOML_BYTES, faults=faults)
    content = decode(data, file=path.name, faults=faults) if data is not None else None
    table = parse_toml(content, file=path.name, faults=faults) if content is not None else None
    found = _read(case, table, path.name, faults) if table is not None else None
    faults.raise_if_any()
    assert found is not None
    return found


def _read(case: Case, table: dict[str, Any], file: str, faults: FaultList) -> Scenario:
    """The scenario in a TOML table; faults are collected."""
    for key in table:
        if key not in ("name", "title", "motive", "change"):
            hint = did_you_mean(key, ("name", "title", "motive", "change"))
            faults.add(file, None, key, "is not a key of a scenario.", f"{hint}Write name, title, motive or [[change]].")
    words = {key: table.get(key, "") for key in ("name", "title", "motive")}
    for key, value in words.items():
        if not isinstance(value, str) or (key == "name" and not value.strip()):
            faults.add(file, None, key, f"{quote(value)} is not a text.", 'Write it in quotes, as in name = "more-safehouses".')
    rows = table.get("change", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        faults.add(file, None, "change", "is not a list of tables.", "Begin each change with a line [[change]].")
        rows = []
    changes = [_read_change(case, row, f"{file}, change {number}", faults) for number, row in enumerate(rows, 1)]
    return Scenario(words["name"], words["title"], words["motive"], tuple(change for change in changes if change))


def _read_change(case: Case, row: dict[str, Any], place: str, faults: FaultList) -> Change | None:
    """One [[change]]; None if it has faults."""
    before = len(faults)
    for key in row:
        if key not in _KEYS:
            faults.add(place, None, key, "is not a key of a change.", f"{did_you_mean(key, _KEYS)}Write {one_of(_KEYS)}.")
    given = [name for name in _OPERATIONS if name in row]
    if len(given) != 1:
        faults.add(place, None, None, f"has {len(given)} of set, multiply, add.", "Write exactly one, as in multiply = 2.0.")
    value = row[given[0]] if given else 0.0
    if isinstance(value, bool) or not isinstance(value, int | float):
        faults.add(place, None, given[0], f"{quote(value)} is not a number.", "Write a number, as in 2.0.")
        value = 0.0
    for key in ("start", "until"):
        if type(row.get(key)) not in (date, type(None)):
            faults.add(place, None, key, f"{quote(row[key])} is not a date.", f"Write {key} = 2023-01-01, without quotes.")
    target, region = str(row.get("target", "")), None
    try:
        target = resolve_target(target)
        region = case.region_index(str(row["region"])) if "region" in row else None
    except MusterError as error:
        problem, _, remedy = str(error).partition(". ")
        faults.add(place, None, "region" if target in _targets() else "target", f"{problem}.", remedy)
    if len(faults) > before:
        return None
    change = Change(target, given[0], float(value), row.get("start"), row.get("until"), region)
    wrong = _find_problem(change)
    if wrong:
        faults.add(place, None, "target", *wrong)
        return None
    return change
