"""parameters.toml and the scenario files: read and bounded here, understood on the model floor."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from muster.case.folder import SCENARIOS, PackFolder
from muster.core.suggest import quote

PARAMETERS = "parameters.toml"
MAX_SCENARIOS = 200
_DEPTH = 4


def read_parameters(pack: PackFolder) -> tuple[dict[str, float], str]:
    """Overrides such as ``combat.losses_per_fighter`` and the label that says how they came about."""
    if not pack.has(PARAMETERS):
        return {}, "model defaults"
    table = pack.toml(PARAMETERS)
    if table is None:
        return {}, ""
    label = table.pop("label", "")
    if not isinstance(label, str) or not label.strip():
        remedy = 'Write label = "uncalibrated: ..." or how the values were fitted.'
        pack.faults.add(PARAMETERS, None, "label", "is missing or not text.", remedy)
        label = ""
    found: dict[str, float] = {}
    _flatten(pack, table, "", found)
    return found, label.strip()


def _flatten(pack: PackFolder, table: dict[str, Any], prefix: str, found: dict[str, float]) -> None:
    for key, value in table.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and name.count(".") < _DEPTH:
            _flatten(pack, value, f"{name}.", found)
        elif isinstance(value, str) and (key in ("note", "source", "basis") or key.endswith(("_note", "_source", "_basis"))):
            continue
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            pack.faults.add(PARAMETERS, None, name, "is not a number.", f"Write {key[:60]} = 0.5, or delete it.")
        elif not _is_finite(value):
            pack.faults.add(PARAMETERS, None, name, "is not a finite number.", "Write a plain number such as 0.5.")
        else:
            found[name] = float(value)


def _is_finite(value: int | float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def find_scenarios(pack: PackFolder) -> dict[str, Path]:
    """Scenario files by name; each must be readable TOML."""
    folder = pack.root / SCENARIOS
    if not folder.is_dir():
        return {}
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError:
        pack.faults.add("scenarios", None, None, "cannot be read.", "Check that you may read the folder.")
        return {}
    if len(paths) > MAX_SCENARIOS:
        pack.faults.add("scenarios", None, None, f"holds more than {MAX_SCENARIOS} files.", "Move some out of the folder.")
        return {}
    scenarios = {}
    for path in paths:
        if not path.name.isprintable():
            pack.faults.add(
                "scenarios", None, None, f"{quote(path.name)} is not a usable file name.", "Rename it to plain letters."
            )
        elif pack.toml(f"{SCENARIOS}{path.name}") is not None:
            scenarios[path.stem] = path
    return scenarios
