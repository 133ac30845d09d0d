"""Forecasts from several past days, each judged by what was reported after it: the record a forecaster must show.

Each origin has a posterior of its own, fitted to what was known then. A cell is one claim seen from one origin. An origin's
forecasts are as wide as the earlier origins' taught, as far as those could be judged by its day. The record is a file in the
pack: a page shows it without making it again, and the next forecast learns its width from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from muster.calibrate.known import is_known
from muster.calibrate.posterior import Posterior
from muster.calibrate.shipped import FOLDER
from muster.case import Case
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.core.provenance import write_text
from muster.forecast.cells import Scores, score_claims
from muster.forecast.histories import DriversAhead
from muster.forecast.width import learn_widths

FILE = "skill.json"
HORIZONS = (1, 3, 6, 12)


@dataclass(frozen=True, slots=True)
class Record:
    """Scores by origin, with drivers unknown beyond it (``prior``) and given (``known``)."""

    case: str
    origins: tuple[date, ...]
    posterior_hashes: tuple[str, ...]
    scores: Mapping[str, tuple[Scores, ...]]

    def as_json(self) -> dict[str, Any]:
        """Plain values: all cells, and summaries by horizon."""
        return {
            "case": self.case,
            "origins": [day.isoformat() for day in self.origins],
            "posterior_hashes": list(self.posterior_hashes),
            **{
                drivers: {
                    "summary": pooled(scores).summary,
                    "by_horizon": [{"months": months, **within(scores, months).summary} for months in HORIZONS],
                    "by_origin": [
                        {"origin": day.isoformat(), **one.summary} for day, one in zip(self.origins, scores, strict=True)
                    ],
                    "cells": [
                        {"origin": day.isoformat(), **cell}
                        for day, one in zip(self.origins, scores, strict=True)
                        for cell in one.as_json()["cells"]
                    ],
                }
                for drivers, scores in self.scores.items()
            },
        }

    def save(self, folder: Path) -> Path:
        """Write ``skill.json`` into a folder."""
        write_text(folder / FILE, json.dumps(self.as_json(), indent=1, ensure_ascii=False) + "\n")
        return folder / FILE


def pooled(scores: Sequence[Scores]) -> Scores:
    """All cells of several origins together."""
    return Scores(tuple(cell for one in scores for cell in one.cells), tuple(row for one in scores for row in one.unused))


def within(scores: Sequence[Scores], months: int) -> Scores:
    """The cells of a horizon: up to so many months, and beyond the next shorter one."""
    shorter = max((other for other in HORIZONS if other < months), default=0)
    return Scores(tuple(cell for cell in pooled(scores).cells if shorter < cell.horizon_months <= months), ())


def roll(
    case: Case,
    posteriors: Sequence[Posterior],
    *,
    months: int = 12,
    draws: int = 200,
    seed: int = 1,
    workers: int = 2,
    progress: Progress | None = None,
) -> Record:
    """Judge one posterior an origin by the claims of the ``months`` after it. Errors: a MusterError without posteriors."""
    if not posteriors:
        raise MusterError("No posterior is given. Fit one for each origin first.")
    ordered = sorted(posteriors, key=lambda one: one.until)
    scores: dict[DriversAhead, list[Scores]] = {"prior": [], "known": []}
    for posterior in ordered:
        for drivers, found in scores.items():
            judged = [(cell.claim, cell.kind, cell.surprise) for cell in pooled(found).cells]
            found.append(
                score_claims(
                    case,
                    posterior,
                    case.claims,
                    draws=draws,
                    seed=seed,
                    drivers=drivers,
                    months=months,
                    widths=widths_by(case, posterior.until, judged),
                    workers=workers,
                    progress=progress,
                )
            )
    days, hashes = tuple(one.until for one in ordered), tuple(one.hash for one in ordered)
    return Record(case.name, days, hashes, {name: tuple(found) for name, found in scores.items()})


def widths_by(case: Case, cut: date, judged: Iterable[tuple[str, str, float]]) -> dict[str, float]:
    """What judged forecasts, (claim, kind, surprise), had taught of widths by a day: of claims published by then."""
    published = {claim.id for claim in case.claims if is_known(claim, cut)}
    return learn_widths(row for row in judged if row[0] in published)


def recorded_widths(case: Case, cut: date, drivers: DriversAhead) -> dict[str, float]:
    """What the record that comes with a case had taught of widths by a day; as the model has them if there is no record."""
    record = read_record(case.folder / FOLDER) or {}
    cells = record.get(drivers, {}).get("cells", [])
    return widths_by(case, cut, [(cell["claim"], cell["kind"], cell["surprise"]) for cell in cells])


def read_record(folder: Path) -> dict[str, Any] | None:
    """The record of a folder as plain values, or ``None`` if it has none."""
    path = folder / FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
