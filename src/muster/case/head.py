"""pack.toml and the files it includes: name, dates, strengths, composition."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from muster.case.door import admit
from muster.case.folder import PackFolder
from muster.case.schema import PackTable
from muster.core.faults import FaultList
from muster.core.suggest import did_you_mean, one_of, quote

HEAD = "pack.toml"
MAX_INCLUDES = 20
MAX_YEARS = 40
_REMARKS = ("_note", "_source", "_basis")


@dataclass(slots=True)
class _Merged:
    """Keys gathered from pack.toml and its includes, and the file each top key or second key came from."""

    keys: dict[str, Any] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Head:
    """pack.toml once admitted. ``cited`` are the sources its tables name, as (file, field, text)."""

    table: PackTable
    origin: dict[str, str]
    cited: tuple[tuple[str, str, str], ...]

    def file_of(self, name: str) -> str:
        """The file a field such as ``strength.low`` was written in."""
        return _file_of(self.origin, name)


def read_head(pack: PackFolder) -> Head | None:
    """The head of a pack, or ``None`` with faults."""
    if not pack.has(HEAD):
        pack.faults.add(HEAD, None, None, "is missing.", "Add it, or start from a template: muster case new FOLDER.")
        return None
    merged = _Merged()
    if not _gather(pack, HEAD, (), merged):
        return None
    cited = _take_out_remarks(merged)
    quarantine = FaultList()
    table = admit(PackTable, merged.keys, file=HEAD, row=None, faults=quarantine)
    for fault in quarantine.listed():
        pack.faults.add(_file_of(merged.origin, fault.field or ""), None, fault.field, fault.problem, fault.remedy)
    if table is None:
        return None
    head = Head(table, merged.origin, tuple(cited))
    _check_dates(pack, head)
    if table.default_strength not in table.strength:
        known = list(table.strength)
        remedy = f"{did_you_mean(table.default_strength, known)}Write one of {one_of(known)}."
        pack.faults.add(
            head.file_of("default_strength"),
            None,
            "default_strength",
            f"{quote(table.default_strength)} is not a strength of this pack.",
            remedy,
        )
    return head


def _file_of(origin: dict[str, str], name: str) -> str:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        found = origin.get(".".join(parts[:length]))
        if found:
            return found
    return HEAD


def _gather(pack: PackFolder, file: str, chain: tuple[str, ...], merged: _Merged) -> bool:
    """Merge a file and what it includes; false if any of them could not be read."""
    keys = pack.toml(file)
    if keys is None:
        return False
    merged.seen.append(file)
    wanted = keys.pop("include", [])
    if not isinstance(wanted, list) or not all(isinstance(name, str) for name in wanted):
        pack.faults.add(file, None, "include", "is not a list of file names.", 'Write include = ["composition.toml"].')
        return False
    sound = _merge(pack, merged, keys, file, ())
    for name in wanted:
        sound = _include(pack, name, file, (*chain, file), merged) and sound
    return sound


def _include(pack: PackFolder, name: str, file: str, chain: tuple[str, ...], merged: _Merged) -> bool:
    parts = PurePosixPath(name).parts
    problem, remedy = "", ""
    if "\\" in name or name.startswith("/") or ".." in parts or not name.endswith(".toml") or not name.isprintable():
        problem, remedy = (
            f"{quote(name)} is not a TOML file in this folder.",
            'Write the name of a file beside pack.toml, such as "composition.toml".',
        )
    elif str(PurePosixPath(name)) in chain:
        circle = " -> ".join([*chain, name])
        problem, remedy = f"includes go in a circle ({circle}).", f"Take {quote(name)} out of the list in {file}."
    elif str(PurePosixPath(name)) in merged.seen:
        problem, remedy = f"{quote(name)} is included twice.", "Keep it in one list only."
    elif len(merged.seen) > MAX_INCLUDES:
        problem, remedy = f"more than {MAX_INCLUDES} files are included.", "Merge some of them."
    elif not pack.has(name):
        problem, remedy = f"there is no file {quote(name)}.", "Add it or take it out of the list."
    if problem:
        pack.faults.add(file, None, "include", problem, remedy)
        return False
    return _gather(pack, str(PurePosixPath(name)), chain, merged)


def _merge(pack: PackFolder, merged: _Merged, keys: dict[str, Any], file: str, path: tuple[str, ...]) -> bool:
    target = merged.keys
    for part in path:
        target = target[part]
    sound = True
    for key, value in keys.items():
        name = ".".join((*path, key))
        if key not in target:
            target[key] = {} if isinstance(value, dict) else value
            merged.origin[name] = file
        elif not (isinstance(value, dict) and isinstance(target[key], dict)):
            problem = f"is written in {merged.origin.get(name, HEAD)} as well."
            pack.faults.add(file, None, name, problem, "Keep it in one of the two files.")
            sound = False
            continue
        if isinstance(value, dict) and len(path) < 6:
            sound = _merge(pack, merged, value, file, (*path, key)) and sound
    return sound


def _take_out_remarks(merged: _Merged) -> list[tuple[str, str, str]]:
    """Remove keys such as nco_share_source; return every source named in the head."""
    cited: list[tuple[str, str, str]] = []
    tables: list[tuple[str, Any]] = [(name, merged.keys.get(name)) for name in ("composition", "youth")]
    strengths = merged.keys.get("strength")
    if isinstance(strengths, dict):
        tables += [(f"strength.{name}", table) for name, table in strengths.items()]
    for where, table in tables:
        if not isinstance(table, dict):
            continue
        for key in list(table):
            value = table[key]
            if isinstance(value, str) and (key == "source" or key.endswith("_source")):
                name = f"{where}.{key}"
                cited.append((_file_of(merged.origin, name), name, value))
            if isinstance(value, str) and key.endswith(_REMARKS):
                del table[key]
    return cited


def _check_dates(pack: PackFolder, head: Head) -> None:
    start, until = head.table.start, head.table.until
    if start >= until:
        remedy = f"Write a date after {start}, or an earlier start."
        pack.faults.add(head.file_of("until"), None, "until", f"{until} is not after the start, {start}.", remedy)
    elif until - start > timedelta(days=366 * MAX_YEARS):
        pack.faults.add(
            head.file_of("until"),
            None,
            "until",
            f"{until} is more than {MAX_YEARS} years after the start.",
            "Write an earlier date.",
        )
    if start.year < 1800 or until.year > 2200:
        pack.faults.add(
            head.file_of("start"), None, "start", f"{start} to {until} is out of reach.", "Write dates from 1800 to 2200."
        )
