"""Repeat an ensemble from its folder and say whether every run is the same, bit for bit."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from muster.compare.ensemble import fill
from muster.compare.holdings import judge
from muster.compare.plan import load_plan
from muster.compare.store import Store
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.core.provenance import find_changed, read_manifest
from muster.simulate.rerun import Rerun


def rerun_ensemble(folder: str | Path, *, progress: Progress | None = None) -> Rerun:
    """Make all runs of the plan anew, elsewhere, and compare. Raises MusterError if the folder is not what its manifest says."""
    source = Path(folder)
    before = str(read_manifest(source).settings["store_hash"])
    if changed := find_changed(source):
        raise MusterError(f"{source}/{changed[0]} is not what the manifest says: it was changed or lost. Complete it again.")
    plan = load_plan(source)
    with TemporaryDirectory(prefix="muster-rerun-") as elsewhere:
        fill(plan, elsewhere, progress=progress)
        after = judge(plan, Store(elsewhere).look()).hash
    return Rerun(after == before, before, after)
