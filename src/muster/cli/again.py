"""One rerun for every folder Muster writes: a run, a fit, a forecast or an ensemble."""

from __future__ import annotations

from pathlib import Path

from muster.core.pool import Progress
from muster.core.provenance import read_manifest
from muster.simulate.rerun import Rerun


def rerun(folder: str | Path, *, progress: Progress | None = None) -> Rerun:
    """Repeat what a folder holds. ``before`` and ``after`` of the answer are its hashes.

    Errors: a :class:`MusterError` if its case is no longer the same, or the files are not what the manifest says.
    """
    if read_manifest(Path(folder)).command == "ensemble":
        from muster.compare.again import rerun_ensemble

        return rerun_ensemble(folder, progress=progress)
    from muster.forecast.again import rerun as rerun_other

    return rerun_other(folder, progress=progress)
