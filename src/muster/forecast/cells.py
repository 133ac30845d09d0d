"""Scoring a forecast against claims that came later: one cell a claim, with the best naive rival beside it, lost or won."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from muster.calibrate.known import is_known, known_by
from muster.calibrate.posterior import Posterior
from muster.case import Case, Claim
from muster.core.pool import Progress
from muster.forecast.histories import DriversAhead, read_histories
from muster.forecast.reports import expected_report
from muster.forecast.rivals import figure_of, rivals_of
from muster.forecast.skill import skill_of_draws, skill_of_normal
from muster.forecast.width import Widths, kind_of, stretched, surprise
from muster.observe.reported import Term, likelihood_terms
from muster.observe.series import explain
from muster.simulate.run import simulate

_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Cell:
    """One later claim: the scores of the forecast, and of every rival that could say something.

    Scores are on the natural logarithm of the figure. ``won`` is None where no rival had anything to go by. ``surprise`` is
    that of the forecast before it was widened by the factor ``width`` (``forecast.width``).
    """

    claim: str
    quantity: str
    region: str
    as_of: date
    horizon_months: int
    claimant: str
    reported: float
    median: float
    low90: float
    high90: float
    crps: float
    log_score: float
    in50: bool
    in90: bool
    best_naive: str | None
    best_naive_crps: float | None
    rivals: dict[str, float]
    anchor: str | None
    kind: str
    width: float
    surprise: float

    @property
    def won(self) -> bool | None:
        return None if self.best_naive_crps is None else self.crps < self.best_naive_crps


@dataclass(frozen=True, slots=True)
class Unused:
    """A claim that was not scored, and why."""

    claim: str
    quantity: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Cells and what could not be used."""

    cells: tuple[Cell, ...]
    unused: tuple[Unused, ...]

    @property
    def summary(self) -> dict[str, Any]:
        """Number of cells, share won of those with a rival, coverage; None where there is nothing to share."""
        rivalled = [cell for cell in self.cells if cell.won is not None]
        return {
            "cells": len(self.cells),
            "cells_with_rival": len(rivalled),
            "won_share": _share([bool(cell.won) for cell in rivalled]),
            "coverage50": _share([cell.in50 for cell in self.cells]),
            "coverage90": _share([cell.in90 for cell in self.cells]),
            "mean_crps": None if not rivalled else float(np.mean([cell.crps for cell in rivalled])),
            "mean_best_naive_crps": None if not rivalled else float(np.mean([cell.best_naive_crps for cell in rivalled])),
        }

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        cells = [{**asdict(cell), "as_of": cell.as_of.isoformat(), "won": cell.won} for cell in self.cells]
        return {"cells": cells, "summary": self.summary, "unused": [asdict(one) for one in self.unused]}


def _share(marks: Sequence[bool]) -> float | None:
    return sum(marks) / len(marks) if marks else None


def score_claims(
    case: Case,
    posterior: Posterior,
    claims: Sequence[Claim],
    *,
    draws: int = 200,
    seed: int = 1,
    drivers: DriversAhead = "prior",
    months: int | None = None,
    widths: Widths | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> Scores:
    """Score what a posterior foretells against claims about days after its cut.

    ``months`` is how far the forecast reaches; later claims are unused. ``widths`` are what was learned from forecasts judged
    before (``forecast.width``; as the model has it where not given). Everything the forecast knows comes from ``case``
    as it stood at the cut: ``claims`` are looked at only to read off the answers.
    """
    known = known_by(case, posterior.until)
    past = likelihood_terms(known.claims)
    later, unused = _sort_out(claims, posterior.until, months)
    if not later:
        return Scores((), tuple(unused))
    until = max(term.day for term in later)
    asked = [term.claim for term in (*past, *later)]
    seen = read_histories(
        case, posterior, asked, until=until, draws=draws, seed=seed, drivers=drivers, workers=workers, progress=progress
    )
    past_truth, truth = seen[:, : len(past)], seen[:, len(past) :]
    sound = [place for place in range(len(past)) if np.isfinite(past_truth[:, place]).all()]
    past, past_truth = tuple(past[place] for place in sound), past_truth[:, sound]
    answered = np.isfinite(truth).all(axis=0)
    unused += _unanswered([term.claim for term, there in zip(later, answered, strict=True) if not there], known, until)
    cells = []
    for place, term in enumerate(later):
        if not answered[place]:
            continue
        cells.append(_cell(term, truth[:, place], posterior, past, past_truth, widths or {}, seed=seed * 7_919 + place))
    return Scores(tuple(cells), tuple(unused))


def _sort_out(claims: Sequence[Claim], cut: date, months: int | None) -> tuple[list[Term], list[Unused]]:
    """The terms of claims about days after the cut, and why the others are not used."""
    later: list[Term] = []
    unused: list[Unused] = []
    for claim in claims:
        terms = likelihood_terms([claim])
        if claim.as_of is None:
            reason = "it has no date"
        elif claim.as_of.middle <= cut or is_known(claim, cut):
            reason = "it is about a day before the forecast begins"
        elif months is not None and (claim.as_of.middle - cut).days > months * _MONTH + 1:
            reason = "it is about a day after the forecast ends"
        elif not terms:
            reason = "it has no simulated counterpart, or states no figure above zero"
        elif any(_same(terms[0], other) for other in later):
            reason = "it repeats a figure of the same source that is scored already"
        else:
            later.append(terms[0])
            continue
        unused.append(Unused(claim.id, claim.quantity, reason))
    return later, unused


def _same(term: Term, other: Term) -> bool:
    mine, theirs = term.claim, other.claim
    key = (term.group, mine.quantity, mine.region, mine.value, mine.low, mine.high, mine.as_of)
    return key == (other.group, theirs.quantity, theirs.region, theirs.value, theirs.low, theirs.high, theirs.as_of)


def _unanswered(claims: Sequence[Claim], known: Case, until: date) -> list[Unused]:
    """Why no history answers some claims, as one history tells it."""
    if not claims:
        return []
    run = simulate(replace(known, until=until), seed=1)
    return [Unused(claim.id, claim.quantity, explain(run, claim).reason) for claim in claims]


def _cell(
    term: Term,
    truth: np.ndarray,
    posterior: Posterior,
    past: Sequence[Term],
    past_truth: np.ndarray,
    widths: Widths,
    *,
    seed: int,
) -> Cell:
    figure = math.log(figure_of(term).value)
    expected = expected_report(term, truth, posterior, past, past_truth, seed=seed)
    kind = kind_of(term, anchored=expected.anchor is not None)
    width = widths.get(kind, 1.0)
    draws = stretched(expected.log_draws, width)
    skill = skill_of_draws(draws, figure)
    rivals = {rival.name: skill_of_normal(rival.log_mean, rival.log_sd, figure).crps for rival in rivals_of(term, past)}
    best = min(rivals, key=lambda name: rivals[name]) if rivals else None
    low, median, high = np.exp(np.quantile(draws, [0.05, 0.5, 0.95]))
    return Cell(
        claim=term.claim.id,
        quantity=term.claim.quantity,
        region=term.claim.region,
        as_of=term.day,
        horizon_months=max(1, math.ceil((term.day - posterior.until).days / _MONTH)),
        claimant=term.claim.claimant,
        reported=math.exp(figure),
        median=float(median),
        low90=float(low),
        high90=float(high),
        crps=skill.crps,
        log_score=skill.log_score,
        in50=skill.in50,
        in90=skill.in90,
        best_naive=best,
        best_naive_crps=None if best is None else rivals[best],
        rivals=rivals,
        anchor=expected.anchor,
        kind=kind,
        width=width,
        surprise=surprise(expected.log_draws, figure),
    )
