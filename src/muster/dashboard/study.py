"""What is looked at: a case, the fit its histories are drawn from, a ledger, and the answers worked out so far."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from muster.calibrate.draws import simulate_draws
from muster.calibrate.posterior import Posterior, load_posterior
from muster.calibrate.shipped import shipped_posterior
from muster.case import Case, load_case
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.core.provenance import MANIFEST, read_manifest
from muster.dashboard.kept import Kept
from muster.dashboard.work import Job, Work
from muster.simulate.ensemble import simulate_seeds
from muster.simulate.monthly import read_monthly

if TYPE_CHECKING:
    from muster.dashboard.levers import Live
    from muster.report.comparison import Comparison
    from muster.report.scene import Scene
    from muster.report.words import Summary
    from muster.simulate.result import Run

DRAWS = 24


@dataclass(slots=True, eq=False)  # one study is another than any other: what was read of it is held by it
class Study:
    """One case as the page shows it. Histories are simulated when an answer first needs them, and kept while it runs."""

    case: Case
    posterior: Posterior | None
    draws: int
    ledger: Path | None
    watched: tuple[Path, ...]
    kept: Kept
    work: Work = field(default_factory=Work)
    _runs: list[Run] = field(default_factory=list)
    live: Live | None = None
    shelved: tuple[str, dict[str, Any]] | None = None
    _summary: Summary | None = None
    _months: list[dict[str, np.ndarray]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.case.title

    def ask(
        self, name: str, title: str, make: Callable[[Study, Progress], Any], *, first: Literal["soon", "late"] = "soon"
    ) -> bytes | Job:
        """The answer of that name as JSON bytes, or the work that is making it."""
        found = self.kept.get(name)
        if found is not None:
            return found
        return self.work.ask(name, title, lambda tell: self.keep(name, make(self, tell)), first=first)

    def keep(self, name: str, value: Any) -> bytes:
        """Keep plain values under a name."""
        return self.kept.put(name, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def histories(self, *, progress: Progress | None = None) -> list[Run]:
        """One run a draw of the fit, or a seed where the case has none."""
        if not self._runs:
            if self.posterior is None:
                self._runs = simulate_seeds(self.case, range(1, self.draws + 1), progress=progress)
            else:
                self._runs = simulate_draws(self.case, self.posterior, self.draws, progress=progress)
        return self._runs

    def summary(self, *, progress: Progress | None = None) -> Summary:
        """The figures of the baseline."""
        from muster.report.words import summary

        if self._summary is None:
            self._summary = summary(self.case, self.histories(progress=progress), posterior=self.posterior)
        return self._summary

    def months(self, *, progress: Progress | None = None) -> list[dict[str, np.ndarray]]:
        """The months of the baseline, one history each."""
        if not self._months:
            self._months = [read_monthly(run) for run in self.histories(progress=progress)]
        return self._months

    def scene(self, comparisons: Sequence[Comparison]) -> Scene:
        """What the figures of the report are drawn from."""
        from muster.report.figures import scene_of

        return scene_of(self.case, self.histories(), comparisons)


def open_study(
    name: str,
    *,
    ledger: Path | None = None,
    strength: str | None = None,
    draws: int = DRAWS,
    watched: Sequence[Path] = (),
    cache: Path | None = None,
) -> Study:
    """A study of a case by name or folder, or of a folder that ``muster fit`` or ``muster ensemble`` wrote.

    ``ledger`` is the ledger to review in (default: the claims of the pack, to read); one that is not there is begun with the
    first document that is added. ``watched`` are folders of fits and
    ensembles whose progress is shown. Errors: a :class:`MusterError`.
    """
    if draws < 2:
        raise MusterError(f"{draws} draws show no range. Give 2 or more.")
    _check_places(ledger, watched)
    folder = Path(name)
    if (folder / MANIFEST).is_file():
        case, posterior = _written(folder)
        watched = (folder, *watched)
    else:
        case = load_case(name, strength=strength)
        posterior = shipped_posterior(case)
    about = [case.sha256, case.strength, "" if posterior is None else posterior.hash, str(draws)]
    return Study(case, posterior, draws, ledger, tuple(watched), Kept("\n".join(about), folder=cache))


def _check_places(ledger: Path | None, watched: Sequence[Path]) -> None:
    """A ledger may be new, and is begun with its first document; its folder, and what is watched, must be there."""
    for folder in watched:
        if not folder.is_dir():
            raise MusterError(f"{folder} is no folder to watch. Give --watch the folder of a fit or ensemble.")
    if ledger is not None and ledger.is_dir():
        raise MusterError(f"{ledger} is a folder. Give --ledger a file.")
    if ledger is not None and not ledger.parent.is_dir():
        raise MusterError(
            f"{ledger} cannot be begun: there is no folder {ledger.parent}. Make it, or give --ledger another file."
        )


def _written(folder: Path) -> tuple[Case, Posterior | None]:
    """The case, and the fit, that a folder was written from. Errors: a :class:`MusterError` for another kind of folder."""
    manifest = read_manifest(folder)
    if manifest.command not in ("fit", "ensemble"):
        raise MusterError(f"{folder} was written by muster {manifest.command}. Give a case, or the folder of a fit or ensemble.")
    settings = manifest.settings
    case = load_case(settings["case_folder"], strength=settings["strength"])
    if case.sha256 != settings["case_sha256"]:
        raise MusterError(
            f"The case {case.name} has changed since {folder} was written. Make it again, or serve the case itself."
        )
    return case, load_posterior(folder) if manifest.command == "fit" else shipped_posterior(case)
