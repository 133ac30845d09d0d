"""Every long answer by name: what it is called in the queue, and which function makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.dashboard.levers import Live, begin, read_levers, usual_day
from muster.dashboard.study import Study
from muster.dashboard.views import claims, figures, map, overview, programme, scenarios, validation
from muster.report.figures import PLANS
from muster.report.style import WIDTHS, Width

if TYPE_CHECKING:
    from muster.dashboard.work import Job

First = Literal["soon", "late"]


def ask_overview(study: Study) -> bytes | Job:
    """The answer in words."""
    return study.ask("overview", "The answer in words", overview.answer)


def ask_comparisons(study: Study) -> bytes | Job:
    """Claims beside their counterparts."""
    return study.ask("comparisons", "Claims beside the histories", overview.comparisons)


def ask_figure(study: Study, key: str, width: Width, *, first: First = "soon") -> bytes | Job:
    """A figure of the report. Errors: a :class:`MusterError` for a key that is none."""
    if key not in figures.BY_KEY or width not in WIDTHS:
        raise MusterError("There is no such figure. Choose one from the list of the page.")
    plan = figures.BY_KEY[key]
    make = partial(figures.specification, plan=plan, width=width)
    return study.ask(f"figure {key} {width}", f"Figure: {plan.title}, {width}", make, first=first)


def ask_map(study: Study, quantity: str, *, first: First = "soon") -> bytes | Job:
    """A quantity by region and month. Errors: a :class:`MusterError` for one that is none."""
    if quantity not in map.QUANTITIES:
        raise MusterError(f"The map has no such quantity. Choose one of {', '.join(map.QUANTITIES)}.")
    make = partial(map.mapped, name=quantity)
    return study.ask(f"map {quantity}", f"Map: {map.QUANTITIES[quantity].title}", make, first=first)


def ask_pack(study: Study) -> bytes | Job:
    """The claims of the pack with grades and conflicts."""
    return study.ask("pack claims", "Claims of the case, graded", claims.of_the_pack)


def ask_meaning(study: Study, claim: str) -> bytes | Job:
    """What a claim of the case implies. Errors: a :class:`MusterError` for an id that is none."""
    if claim not in {one.id for one in study.case.claims}:
        raise MusterError("The case has no such claim.")
    return study.ask(f"meaning {claim}", f"What {claim} implies", partial(claims.meaning, claim=claim))


def ask_checks(study: Study, *, first: First = "soon") -> bytes | Job:
    """Checks of the fit and of the course of the histories."""
    return study.ask("checks", "Checks of the fit", validation.checks, first=first)


def ask_compared(study: Study, query: Mapping[str, str]) -> bytes | Job:
    """One scenario less another. Errors: a :class:`MusterError` for a scenario, lever or outcome that is none."""
    return _ask_scenarios(study, query, "compared", "Comparison", scenarios.compared)


def ask_why(study: Study, query: Mapping[str, str]) -> bytes | Job:
    """That difference shared out over pathways. Errors: as for the comparison."""
    return _ask_scenarios(study, query, "why", "Why", scenarios.explained)


def _ask_scenarios(
    study: Study, query: Mapping[str, str], kind: str, title: str, make: Callable[..., dict[str, Any]]
) -> bytes | Job:
    asked, pulled = scenarios.asked(query), read_levers(study.case, query)
    question = scenarios.question(asked["first"], asked["second"], pulled, asked["quantity"])
    for name in (asked["first"], asked["second"]):
        scenarios.chosen(study, name, pulled)  # refused now, not in the queue
    title = f"{title}: {asked['second']} against {asked['first']}, {asked['quantity']}"
    return study.ask(f"{kind} {question}", title, partial(make, **asked, pulled=pulled))


def ask_programme(study: Study, *, first: First = "soon") -> bytes | Job:
    """The course of the programme."""
    return study.ask("programme", "The programme, half-year by half-year", programme.course, first=first)


def ask_frontier(study: Study) -> bytes | Job:
    """What designs of the programme would have cost and done."""
    return study.ask("frontier", "Designs of the programme", programme.efficient)


def ask_live(study: Study, day: date, *, first: First = "soon") -> Live | Job:
    """Histories to pull levers on from a day: held in memory for one day at a time."""

    def make(tell: Progress) -> None:
        study.live = begin(study.case, study.posterior, day=day, progress=tell)

    if study.live is not None and study.live.start == day:
        return study.live
    return study.work.ask(f"live {day}", f"Histories to pull levers on from {day}", make, first=first, again=True)


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
    ask_live(study, usual_day(study.case), first="late")
    ask_programme(study, first="late")
