"""What is being worked out: the queue behind the page, and the fits and ensembles whose folders are watched."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from muster.calibrate.runs import BLOCK
from muster.compare.plan import FILE, load_plan
from muster.core.errors import MusterError
from muster.core.provenance import MANIFEST, read_manifest

if TYPE_CHECKING:
    from muster.dashboard.study import Study

_RUNS = "runs"


def shown(study: Study) -> dict[str, Any]:
    """The queue, newest first, and the folders."""
    return {"jobs": [job.as_json() for job in study.work.jobs()], "folders": [watch(folder) for folder in study.watched]}


def watch(folder: Path) -> dict[str, Any]:
    """What a folder holds so far: runs kept, when the last was, and whether the whole is finished."""
    kept = [*(folder / _RUNS).glob("[0-9a-f]*.n[pc]*")] if folder.is_dir() else []
    runs = sum(BLOCK if path.suffix == ".npz" else 1 for path in kept)
    last = max((path.stat().st_mtime for path in kept), default=None)
    return {
        "name": folder.name,
        "runs": runs,
        "total": _total(folder),
        "since": "" if last is None else _ago(last),
        **_finished(folder),
    }


def _finished(folder: Path) -> dict[str, Any]:
    if not (folder / MANIFEST).is_file():
        return {"state": "running" if folder.is_dir() else "not there", "what": ""}
    try:
        manifest = read_manifest(folder)
    except MusterError as error:
        return {"state": "damaged", "what": str(error)}
    return {"state": "finished", "what": f"muster {manifest.command}"}


def _total(folder: Path) -> int | None:
    """How many runs the plan of an ensemble asks for; nothing for a fit, which ends when it has learned enough."""
    path = folder / FILE
    try:
        return _planned(folder, path.stat().st_mtime)
    except (OSError, MusterError):
        return None


@lru_cache(maxsize=16)
def _planned(folder: Path, changed: float) -> int:
    return load_plan(folder).runs


def _ago(then: float) -> str:
    seconds = max(0, round(time.time() - then))
    return f"{seconds} s ago" if seconds < 120 else f"{seconds // 60} min ago"
