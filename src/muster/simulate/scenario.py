"""Scenarios: a name, dated changes to parameters and drivers, and triggers. One with only a name changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from muster.case import Case
from muster.core.dates import parse_date
from muster.core.errors import MusterError
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, one_of, quote
from muster.core.tables import MAX_TOML_BYTES, decode, parse_toml, read_bytes
from muster.simulate.change import OPERATIONS, Change, Operation, find_problem, read_changes, resolve_target, resolve_targets
from muster.simulate.trigger import Trigger, read_triggers

__all__ = ["Change", "Operation", "Scenario", "Trigger", "load_scenario", "resolve_target", "scenario"]
_TEXTS = ("name", "title", "motive", "extends")
_KEYS = (*_TEXTS, "change", "trigger")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name, a motive, what is changed, and what is changed if something comes to hold."""

    name: str = "baseline"
    title: str = ""
    motive: str = ""
    changes: tuple[Change, ...] = field(default=())
    triggers: tuple[Trigger, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for a manifest; `from_dict` reads them back."""
        words = {"name": self.name, "title": self.title, "motive": self.motive}
        triggers = {"triggers": [trigger.to_dict() for trigger in self.triggers]} if self.triggers else {}
        return {**words, "changes": [change.to_dict() for change in self.changes], **triggers}

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> Scenario:
        """The scenario that `to_dict` wrote."""
        changes = tuple(Change.from_dict(row) for row in values["changes"])
        triggers = tuple(Trigger.from_dict(row) for row in values.get("triggers", ()))
        return Scenario(values["name"], values["title"], values["motive"], changes, triggers)


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

    ``changes`` maps targets (``driver.<name>``, ``<mechanism>.<parameter>``) or levers to numbers; ``operation`` says whether a
    number multiplies, is added or is set. Dates are included; without ``start`` the change holds from day 0.
    Raises MusterError for an unknown target, region, operation or date.
    """
    if operation not in OPERATIONS:
        raise MusterError(f"{quote(operation)} is not an operation. Write set, multiply or add.")
    place = None if region is None else case.region_index(region)
    rows = []
    for said, value in (changes or {}).items():
        for target in resolve_targets(said):
            row = Change(target, operation, float(value), _day(start), _day(until), place)
            problem = find_problem(row)
            if problem:
                raise MusterError(f'Scenario "{name}", {said}: {problem[0]} {problem[1]}')
            rows.append(row)
    return Scenario(name, changes=tuple(rows))


def _day(value: str | date | None) -> date | None:
    return parse_date(value) if isinstance(value, str) else value


def load_scenario(case: Case, name_or_path: str | Path) -> Scenario:
    """A scenario the pack ships, by name, or a TOML file, with what it extends.

    Raises InputError with all faults of the file at once.
    """
    return _load(case, str(name_or_path), ())


def find_scenario(case: Case, asked: str | Scenario) -> Scenario:
    """A scenario as it is given, or by its name or file. Raises InputError as `load_scenario` does."""
    return asked if isinstance(asked, Scenario) else load_scenario(case, asked)


def _load(case: Case, text: str, heirs: tuple[Path, ...]) -> Scenario:
    """A scenario by name or file; ``heirs`` are the files that led to it, which it must not extend again."""
    path = _find(case, text, heirs)
    if path.resolve() in [heir.resolve() for heir in heirs]:
        circle = " extends ".join(one.stem for one in (*heirs, path))
        raise MusterError(f"{heirs[0].name} can never be read: {circle}. Take one of the extends out.")
    faults = FaultList()
    data = read_bytes(path, file=path.name, limit=MAX_TOML_BYTES, faults=faults)
    content = decode(data, file=path.name, faults=faults) if data is not None else None
    table = parse_toml(content, file=path.name, faults=faults) if content is not None else None
    found = _read(case, table, path.name, faults) if table is not None else None
    faults.raise_if_any()
    assert found is not None
    assert table is not None
    if "extends" not in table:
        return found
    first = _load(case, table["extends"], (*heirs, path))
    return Scenario(found.name, found.title, found.motive, (*first.changes, *found.changes), (*first.triggers, *found.triggers))


def _find(case: Case, text: str, heirs: tuple[Path, ...]) -> Path:
    """The file of a scenario: shipped, else beside the file that extends it, else where the path says."""
    beside = [heirs[-1].parent / name for name in (text, f"{text}.toml")] if heirs else []
    for path in (case.scenarios.get(text), *beside, Path(text)):
        if path is not None and path.is_file():
            return path
    shipped = one_of(sorted(case.scenarios), 20)
    hint = did_you_mean(text, case.scenarios)
    problem = f"{quote(text)} is not a scenario of {case.name} and no such file exists. {hint}Shipped: {shipped}."
    raise MusterError(f"{heirs[-1].name} extends what cannot be found: {problem}" if heirs else problem)


def _read(case: Case, table: dict[str, Any], file: str, faults: FaultList) -> Scenario:
    """The scenario in a TOML table, without what it extends; faults are collected."""
    for key in table:
        if key not in _KEYS:
            remedy = f"{did_you_mean(key, _KEYS)}Write {', '.join(_TEXTS)}, [[change]] or [[trigger]]."
            faults.add(file, None, key, "is not a key of a scenario.", remedy)
    words = {key: table.get(key, "") for key in _TEXTS}
    for key, value in words.items():
        if not isinstance(value, str) or (key in ("name", "extends") and key in table and not value.strip()):
            faults.add(file, None, key, f"{quote(value)} is not a text.", 'Write it in quotes, as in name = "more-safehouses".')
    if "name" not in table:
        faults.add(file, None, "name", '"" is not a text.', 'Write it in quotes, as in name = "more-safehouses".')
    changes = read_changes(case, table.get("change", []), file, faults)
    triggers = read_triggers(case, table.get("trigger", []), file, faults)
    return Scenario(words["name"], words["title"], words["motive"], changes, triggers)
