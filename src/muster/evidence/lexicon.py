"""The words the rules read with: general ones that ship with this floor, and what a case pack adds to them.

A lexicon is a set of TOML files of arrays of tables. Rows of a case come before the general ones, so that a rule that
takes the first match prefers the case. No rule names a country: that is what these files are for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from muster.core.faults import FaultList
from muster.core.tables import MAX_TOML_BYTES, decode, parse_toml, read_bytes

OVERLAY = "lexicon.toml"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Lexicon:
    """Rows by topic. Compared by identity, so that what is compiled from it can be kept."""

    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    cases: tuple[str, ...] = ()

    def table(self, topic: str) -> Sequence[Mapping[str, Any]]:
        """All rows of a topic, those of a case first; empty when no file has it."""
        return self.tables.get(topic, ())


@lru_cache(maxsize=16)
def load_lexicon(*folders: Path) -> Lexicon:
    """The general words, with the ``lexicon.toml`` of each case folder laid over them.

    Errors: an :class:`InputError` naming the file when an overlay is not TOML of arrays of tables. A folder without
    an overlay adds nothing.
    """
    tables: dict[str, list[Mapping[str, Any]]] = {}
    faults = FaultList()
    for folder in folders:
        path = folder / OVERLAY
        if path.is_file():
            name = f"{folder.name}/{OVERLAY}"
            _add(tables, _read_overlay(path, name, faults), name, faults)
    faults.raise_if_any()
    for topic, rows in _general().items():
        tables.setdefault(topic, []).extend(rows)
    return Lexicon(tables, tuple(folder.name for folder in folders))


@lru_cache(maxsize=1)
def _general() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The words that ship with this floor, read once."""
    tables: dict[str, list[Mapping[str, Any]]] = {}
    for file in sorted(files("muster.evidence").joinpath("words").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            for topic, rows in tomllib.loads(file.read_text(encoding="utf-8")).items():
                tables.setdefault(topic, []).extend(rows)
    return tables


def _read_overlay(path: Path, name: str, faults: FaultList) -> Mapping[str, Any]:
    data = read_bytes(path, file=name, limit=MAX_TOML_BYTES, faults=faults)
    text = None if data is None else decode(data, file=name, faults=faults)
    return {} if text is None else parse_toml(text, file=name, faults=faults) or {}


def _add(tables: dict[str, list[Mapping[str, Any]]], read: Mapping[str, Any], file: str, faults: FaultList) -> None:
    for topic, rows in read.items():
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            tables.setdefault(topic, []).extend(rows)
        else:
            faults.add(file, None, topic, "is not a list of tables.", f"Write each entry under its own [[{topic}]].")
