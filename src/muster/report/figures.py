"""The figures of the report, each drawn twice (wide and narrow), as static SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt
from altair.utils.schemapi import debug_mode

from muster.report.comparison import Comparison, say_date
from muster.report.ground import draw_control, draw_regions
from muster.report.leaving import draw_kinds, draw_losses, draw_registered, draw_strength
from muster.report.map import MAP_LEGEND, draw_maps
from muster.report.means import JOINER_LEGEND, PROGRAMME_LEGEND, draw_air, draw_intake, draw_programme
from muster.report.reasons import MOTIVE_LEGEND, SIZE_COLOURS, TERM_COLOURS, draw_drive, draw_motives, draw_units
from muster.report.render import plain_spec, render_svg
from muster.report.scene import Scene, key_events
from muster.report.style import BRANCH_COLOURS, FATE_COLOURS, WIDTHS, Width

if TYPE_CHECKING:
    from muster.case import Case
    from muster.simulate.result import Run


@dataclass(frozen=True, slots=True)
class Plan:
    """A figure to be drawn: ``legend`` names its colours, ``claims`` and ``events`` say what marks it carries."""

    key: str
    section: str
    title: str
    caption: str
    draw: Callable[[Scene, Width], alt.TopLevelMixin]
    legend: Mapping[str, str]
    claims: bool = False
    events: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn figure: its plan and its two renderings as SVG text."""

    plan: Plan
    wide: str
    narrow: str


def draw_figures(case: Case, runs: Sequence[Run], comparisons: Sequence[Comparison]) -> tuple[Figure, ...]:
    """Every figure of the report, in reading order."""
    scene = scene_of(case, runs, comparisons)
    hints = {c.claim.id: hint(c) for c in comparisons}
    # Altair would hold each piece against its schema: a test does that once, a reader need not wait for it.
    with debug_mode(False):
        return tuple(_draw(plan, scene, hints) for plan in PLANS)


def scene_of(case: Case, runs: Sequence[Run], comparisons: Sequence[Comparison]) -> Scene:
    """What figures are drawn from."""
    return Scene(case, runs, comparisons, tuple((number, event.day) for number, event in key_events(case)))


def hint(comparison: Comparison) -> str:
    """What a mark says when it is pointed at."""
    claim = comparison.claim
    return f"{claim.id}: {comparison.reported}, {claim.claimant}, {say_date(claim)}"


def spec_of(plan: Plan, scene: Scene, width: Width) -> dict[str, Any]:
    """A figure as a Vega-Lite specification, for a page that draws it in the browser."""
    with debug_mode(False):
        return plain_spec(plan.draw(scene, width), width)


def _draw(plan: Plan, scene: Scene, hints: Mapping[str, str]) -> Figure:
    words = f"{plan.title}. {plan.caption}"
    wide, narrow = (
        render_svg(plan.draw(scene, width), name=plan.key, width=width, alt_text=words, hints=hints) for width in WIDTHS
    )
    return Figure(plan, wide, narrow)


_REGISTERED = (
    "Cumulative: everybody who left with the programme, and of those who deserted three in ten soldiers, eight in ten police."
)
_MOTIVES = (
    "Share of each motive among those who defected, deserted or surrendered; their number in brackets. "
    "Dormant: willing to leave before the crisis began."
)
_DRIVE = (
    "Mean of each term of the drive to leave, in standard deviations of the threshold. "
    "Above nought it pushes out, below it holds back."
)
_UNITS = (
    "Share of units by the number of persons who defected or deserted from them over the whole run; number of units in brackets."
)
_REGIONS = "Persons who defected or deserted, by the region of their unit. Rounded to tens; cells below ten are left out."
_MAPS = "Share of each region under stable control of the regime, median over histories."
_AIR = "A reported count is drawn as a level line over the period it covers, with its mark in the middle."

PLANS = (
    Plan("fig-strength", "strength", "Strength", "Persons in service.", draw_strength, {}, claims=True),
    Plan("fig-registered", "strength", "Those who left and registered", _REGISTERED, draw_registered, {}, claims=True),
    Plan(
        "fig-kinds", "strength", "How they left", "Exits per four weeks by kind, median over histories.", draw_kinds, FATE_COLOURS
    ),
    Plan("fig-losses", "strength", "The dead", "Cumulative deaths.", draw_losses, {}, claims=True),
    Plan("fig-motives", "why", "Who left and why", _MOTIVES, draw_motives, MOTIVE_LEGEND, events=False),
    Plan("fig-drive", "why", "What pushed and what held", _DRIVE, draw_drive, TERM_COLOURS, events=False),
    Plan("fig-units", "why", "How evenly units lost people", _UNITS, draw_units, SIZE_COLOURS, events=False),
    Plan("fig-regions", "where", "Where they left from", _REGIONS, draw_regions, BRANCH_COLOURS, events=False),
    Plan("fig-map", "where", "Control over time", _MAPS, draw_maps, MAP_LEGEND, events=False),
    Plan(
        "fig-control",
        "where",
        "Ground and people",
        "Control weighted by area, support by population.",
        draw_control,
        {},
        claims=True,
    ),
    Plan(
        "fig-intake",
        "means",
        "Militia and recruitment",
        "Both sides draw on the same youth.",
        draw_intake,
        JOINER_LEGEND,
        claims=True,
    ),
    Plan("fig-air", "means", "Air strikes in place of soldiers", _AIR, draw_air, {}, claims=True),
    Plan(
        "fig-programme",
        "means",
        "The programme for those who leave",
        "Median over histories.",
        draw_programme,
        PROGRAMME_LEGEND,
        events=False,
    ),
)
