"""Repeat whatever a folder holds, a run, a fit or a forecast, from its manifest, and say whether it is the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from muster.calibrate.fit import calibrate
from muster.calibrate.plan import Plan
from muster.calibrate.posterior import load_posterior
from muster.case import load_case
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.core.provenance import read_manifest
from muster.forecast.predict import forecast, load_forecast
from muster.simulate import rerun as of_runs
from muster.simulate.rerun import Rerun


def rerun(folder: str | Path, *, progress: Progress | None = None) -> Rerun:
    """Repeat the run, fit or forecast of a folder. ``before`` and ``after`` of the answer are its hashes.

    Errors: a :class:`MusterError` if its case is no longer the same, or the files are not what the manifest says.
    """
    command = read_manifest(Path(folder)).command
    if command == "fit":
        return _again_fit(Path(folder), progress)
    if command == "forecast":
        made = load_forecast(folder)
        again = forecast(
            made.posterior,
            made.case,
            months=made.months,
            draws=len(made.truth),
            seed=made.seed,
            drivers=made.drivers,
            widths=made.widths,
            progress=progress,
        )
        return Rerun(again.hash == made.hash, made.hash, again.hash)
    return of_runs.rerun(folder, progress=progress)


def _again_fit(folder: Path, progress: Progress | None) -> Rerun:
    before = load_posterior(folder)
    settings = read_manifest(folder).settings
    case = load_case(before.case_folder, strength=before.strength)
    if case.sha256 != before.case_sha256:
        raise MusterError(f"The case {case.name} has changed since {folder} was written, so the fit cannot be repeated.")
    after = calibrate(
        case,
        until=date.fromisoformat(settings["until"]),
        seed=before.seed,
        plan=Plan(**settings["plan"]),
        parameters=before.parameters,
        evidence=before.evidence,
        progress=progress,
    )
    return Rerun(after.hash == before.hash, before.hash, after.hash)
