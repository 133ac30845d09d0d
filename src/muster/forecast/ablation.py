"""What each mechanism is worth to a forecast: the held-out score with it, and with it taken out.

A mechanism is taken out of every draw of a posterior by setting its parameters to values under which it carries nothing; the
other parameters stay as they were fitted with it. So this says how much the fitted model leans on the mechanism, which is more
than a model fitted without it would lose. Same seeds, same drivers, same claims: the difference is paired, claim by claim.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from muster.calibrate.posterior import Posterior
from muster.case import Case
from muster.core.pool import Progress
from muster.forecast.cells import Cell, score_claims


@dataclass(frozen=True, slots=True)
class Ablation:
    """One mechanism: mean CRPS with and without it, the mean difference (above 0: it helps) and its standard error."""

    name: str
    cells: int
    crps: float
    crps_without: float
    worth: float
    worth_se: float


def ablate(
    case: Case,
    posteriors: Sequence[Posterior],
    mechanisms: Mapping[str, Mapping[str, float]],
    *,
    months: int = 12,
    draws: int = 60,
    seed: int = 1,
    workers: int = 2,
    progress: Progress | None = None,
) -> tuple[Ablation, ...]:
    """One answer a mechanism, those worth most first. ``mechanisms`` maps names to neutral values of parameters.

    The standard error takes a claimant's figures of one quantity as one, for they err together.
    """

    def scored(taken: Mapping[str, float]) -> list[Cell]:
        cells: list[Cell] = []
        for posterior in posteriors:
            without = taken_out(posterior, taken)
            cells += score_claims(
                case, without, case.claims, draws=draws, seed=seed, months=months, workers=workers, progress=progress
            ).cells
        return cells

    whole = scored({})
    rows = [_compare(name, whole, scored(neutral)) for name, neutral in mechanisms.items()]
    return tuple(sorted(rows, key=lambda row: -row.worth))


def taken_out(posterior: Posterior, neutral: Mapping[str, float]) -> Posterior:
    """The posterior with parameters held at given values in every draw."""
    kept = [place for place, name in enumerate(posterior.parameters) if name not in neutral]
    held = np.tile(list(neutral.values()), (posterior.draws, 1)).reshape(posterior.draws, -1)
    names = (*(posterior.parameters[place] for place in kept), *neutral)
    return replace(posterior, parameters=names, values=np.hstack([posterior.values[:, kept], held]))


def _compare(name: str, whole: Sequence[Cell], without: Sequence[Cell]) -> Ablation:
    gaps: dict[tuple[str, str], list[float]] = {}
    for one, other in zip(whole, without, strict=True):
        gaps.setdefault((one.claimant, one.quantity), []).append(other.crps - one.crps)
    total = sum(len(group) for group in gaps.values())
    worth = sum(sum(group) for group in gaps.values()) / total
    error = np.sqrt(sum(sum(gap - worth for gap in group) ** 2 for group in gaps.values())) / total
    before, after = (float(np.mean([cell.crps for cell in cells])) for cells in (whole, without))
    return Ablation(name, total, before, after, worth, float(error))
