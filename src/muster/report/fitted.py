"""What a page says of a fit: what was learned of each parameter, how claimants bend figures, and how such forecasts did."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from muster.calibrate.band import Band
from muster.calibrate.prior import fitted_priors
from muster.calibrate.shipped import FOLDER
from muster.forecast.rolling import read_record
from muster.observe.claimant import claimant_key, speaker

if TYPE_CHECKING:
    from muster.calibrate.posterior import Posterior
    from muster.case import Case

_SHOWN_CLAIMANTS = 12


@dataclass(frozen=True, slots=True)
class Learned:
    """One parameter: medians of prior and posterior, 90 per cent of the posterior, share of the prior's variance taken away."""

    name: str
    meaning: str
    unit: str
    prior: str
    median: str
    band: str
    learned: str


@dataclass(frozen=True, slots=True)
class Bent:
    """One claimant and subject: reported over true."""

    claimant: str
    subject: str
    median: str
    band: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """The fit in words and rows."""

    until: str
    claims: int
    runs: int
    hash: str
    parameters: tuple[Learned, ...]
    claimants: tuple[Bent, ...]


def tell_fit(posterior: Posterior, case: Case) -> Fitted:
    """A posterior in rows: parameters by how much was learned, claimants by how far they bend figures."""
    parameters = []
    for place, prior in enumerate(fitted_priors(posterior.parameters)):
        band, taken = Band.of(posterior.values[:, place]), float(posterior.learned[place])
        about = prior.parameter
        row = Learned(
            about.name,
            about.meaning,
            about.unit,
            f"{float(prior.value(0.0)):.3g}",
            f"{band.median:.3g}",
            f"{band.low:.3g}–{band.high:.3g}",
            f"{taken:.0%}",
        )
        parameters.append((taken, row))
    parameters.sort(key=lambda pair: -pair[0])
    return Fitted(
        posterior.until.isoformat(),
        len(posterior.terms),
        posterior.runs,
        posterior.hash,
        tuple(row for _, row in parameters),
        _claimants(posterior, case),
    )


def _claimants(posterior: Posterior, case: Case) -> tuple[Bent, ...]:
    longest_first = sorted(case.claims, key=lambda claim: -len(claim.claimant))  # so that the shortest way of writing is kept
    written = {claimant_key(claim.claimant): speaker(claim.claimant) for claim in longest_first}
    rows = []
    for column, (claimant, subject) in enumerate(posterior.groups):
        band = Band.of(np.exp(posterior.biases[:, column]))
        figures = f"×{band.median:.2f}", f"×{band.low:.2f}–×{band.high:.2f}"
        rows.append((abs(math.log(band.median)), Bent(written.get(claimant, claimant), subject.replace("_", " "), *figures)))
    rows.sort(key=lambda pair: -pair[0])
    return tuple(row for _, row in rows[:_SHOWN_CLAIMANTS])


@dataclass(frozen=True, slots=True)
class SkillRow:
    """Forecasts of one horizon: claims judged, with coverage over all of them, and those among them that a naive rival
    answers too, with the share won against the best of the rivals, the mean CRPS and that of the rivals."""

    horizon: str
    cells: int
    rivalled: int
    won: str
    coverage50: str
    coverage90: str
    crps: str
    naive: str


def tell_skill(case: Case) -> tuple[SkillRow, ...]:
    """The record of rolling forecasts that the pack brings, by horizon; empty when it brings none.

    Claims further ahead than the longest horizon have a row of their own, of which only their number is known.
    """
    record = read_record(case.folder / FOLDER)
    if record is None:
        return ()
    found = record["prior"]
    rows = [_row(f"{one['months']} month{'' if one['months'] == 1 else 's'}", one) for one in found["by_horizon"]]
    whole = _row("all", found["summary"])
    beyond = whole.cells - sum(row.cells for row in rows)
    if beyond and rows:
        unknown = (_share(None),) * 3 + (_score(None),) * 2
        rivalled = whole.rivalled - sum(row.rivalled for row in rows)
        rows.append(SkillRow("further ahead", beyond, rivalled, *unknown))
    return (*rows, whole)


def _row(horizon: str, told: Mapping[str, Any]) -> SkillRow:
    return SkillRow(
        horizon,
        told["cells"],
        told["cells_with_rival"],
        _share(told["won_share"]),
        _share(told["coverage50"]),
        _share(told["coverage90"]),
        _score(told["mean_crps"]),
        _score(told["mean_best_naive_crps"]),
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
