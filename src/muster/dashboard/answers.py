"""Every long answer by name: what it is called in the queue, and which function makes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from muster.core.errors import MusterError
from muster.dashboard.study import Study
from muster.dashboard.views import claims, figures, map, overview, validation
from muster.report.figures import PLANS, WIDTHS
from muster.report.style import Width

if TYPE_CHECKING:
    from muster.dashboard.work import Job

First = Literal["soon", "late"]


def ask_overview(study: Study, *, first: First = "soon") -> bytes | Job:
    """The answer in words."""
    return study.ask("overview", "The answer in words", overview.answer, first=first)


def ask_comparisons(study: Study, *, first: First = "soon") -> bytes | Job:
    """Claims beside their counterparts."""
    return study.ask("comparisons", "Claims beside the histories", overview.comparisons, first=first)


def ask_figure(study: Study, key: str, width: Width, *, first: First = "soon") -> bytes | Job:
    """A figure of the report. Errors: a :class:`MusterError` for a key that is none."""
    if key not in figures.BY_KEY or width not in WIDTHS:
        raise MusterError("There is no such figure. Choose one from the list of the page.")
    plan = figures.BY_KEY[key]
    make = lambda study, tell: figures.specification(study, plan, width, tell)  # noqa: E731
    return study.ask(f"figure {key} {width}", f"Figure: {plan.title}, {width}", make, first=first)


def ask_map(study: Study, quantity: str, *, first: First = "soon") -> bytes | Job:
    """A quantity by region and month. Errors: a :class:`MusterError` for one that is none."""
    if quantity not in map.QUANTITIES:
        raise MusterError(f"The map has no such quantity. Choose one of {', '.join(map.QUANTITIES)}.")
    make = lambda study, tell: map.mapped(study, quantity, tell)  # noqa: E731
    return study.ask(f"map {quantity}", f"Map: {map.QUANTITIES[quantity].title}", make, first=first)


def ask_pack(study: Study, *, first: First = "soon") -> bytes | Job:
    """The claims of the pack with grades and conflicts."""
    return study.ask("pack claims", "Claims of the case, graded", claims.of_the_pack, first=first)


def ask_meaning(study: Study, claim: str, *, first: First = "soon") -> bytes | Job:
    """What a claim of the case implies. Errors: a :class:`MusterError` for an id that is none."""
    if claim not in {one.id for one in study.case.claims}:
        raise MusterError("The case has no such claim.")
    return study.ask(f"meaning {claim}", f"What {claim} implies", partial(claims.meaning, claim=claim), first=first)


def ask_checks(study: Study, *, first: First = "soon") -> bytes | Job:
    """Checks of the fit and of the course of the histories."""
    return study.ask("checks", "Checks of the fit", validation.checks, first=first)


def warm(study: Study) -> None:
    """Have what readers look at first made behind the page, and the rest after it."""
    ask_overview(study)
    ask_comparisons(study)
    for key in overview.FIGURES:
        ask_figure(study, key, "wide")
    ask_pack(study)
    ask_map(study, "control")
    for width in WIDTHS:
        for plan in PLANS:
            ask_figure(study, plan.key, width, first="late")
    for quantity in map.QUANTITIES:
        ask_map(study, quantity, first="late")
    ask_checks(study, first="late")
