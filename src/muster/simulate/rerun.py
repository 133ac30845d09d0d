"""Repeat a saved run from its manifest and say whether the result is the same, bit for bit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from muster.case import load_case
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.core.provenance import find_changed, read_manifest
from muster.simulate.run import simulate
from muster.simulate.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Rerun:
    """``before`` and ``after`` are result hashes."""

    same: bool
    before: str
    after: str


def rerun(folder: str | Path, *, progress: Progress | None = None) -> Rerun:
    """Repeat the run of a folder that `Run.save` wrote. Raises MusterError if its case is no longer the same."""
    settings = read_manifest(Path(folder)).settings
    if "result_hash" not in settings or "case_folder" not in settings:
        raise MusterError(f"{folder} does not hold a run. Give the folder that muster run --out wrote.")
    case = load_case(settings["case_folder"], strength=settings["strength"])
    if case.sha256 != settings["case_sha256"]:
        raise MusterError(f"The case {case.name} has changed since {folder} was written, so the run cannot be repeated.")
    changed = find_changed(Path(folder))
    if changed:
        raise MusterError(f"{folder}/{changed[0]} is not what the manifest says: it was changed or lost. Write the folder again.")
    again = simulate(
        case,
        seed=settings["seed"],
        scenario=Scenario.from_dict(settings["scenario"]),
        until=settings["until"],
        engine=settings["engine"],
        progress=progress,
    )
    return Rerun(again.result_hash == settings["result_hash"], settings["result_hash"], again.result_hash)
