"""The answer in words, the figures behind it, and every claim beside its simulated counterpart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from muster.core.pool import Progress
from muster.report.answer import tell_answer
from muster.report.comparison import Comparison, say_date

if TYPE_CHECKING:
    from muster.dashboard.study import Study

FIGURES = ("fig-strength", "fig-registered", "fig-control", "fig-kinds")


def answer(study: Study, tell: Progress) -> dict[str, Any]:
    """The overview as plain values."""
    found = study.summary(progress=tell)
    return {
        "span": found.span,
        "histories": found.histories,
        "scenario": found.scenario,
        "strength": found.strength,
        "label": found.label,
        "fitted": study.posterior is not None,
        "tally": found.tally,
        "answer": tell_answer(study.case, study.histories(), found.figures),
        "figures": [
            {
                "section": one.section,
                "label": one.label,
                "unit": one.unit,
                "told": one.spread.text(),
                "beside": [compared(comparison) for comparison in one.beside],
            }
            for one in found.figures
            if one.spread is not None
        ],
    }


def comparisons(study: Study, tell: Progress) -> dict[str, Any]:
    """Every claim of the case beside its counterpart, by id."""
    return {one.claim.id: compared(one) for one in study.summary(progress=tell).comparisons}


def compared(one: Comparison) -> dict[str, Any]:
    """A claim and its counterpart, small regional cells hidden."""
    claim = one.claim
    return {
        "id": claim.id,
        "quantity": claim.quantity.replace("_", " "),
        "reported": one.reported,
        "unit": claim.unit,
        "region": claim.region,
        "claimant": claim.claimant,
        "side": claim.claimant_side,
        "when": say_date(claim),
        "told": one.told,
        "mark": one.mark,
        "verdict": one.verdict,
        "reason": one.reason,
        "counts": "" if one.definition is None else one.definition.counts,
        "gap": "" if one.definition is None else one.definition.gap,
    }
