"""The figure of a frontier: what each design of the programme costs, and how many more leave safely by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from muster.compare.design import AS_IT_WAS
from muster.report.layers import data, number_axis
from muster.report.spread import say
from muster.report.style import BLACK, BLUE, GREY, VERMILION, Width

if TYPE_CHECKING:
    from muster.compare.frontier import Frontier, Judged

KINDS = {"efficient": BLUE, "as it was": BLACK, "another design": GREY, "beyond the budget": VERMILION}
_SHAPES = ("circle", "diamond", "circle", "cross")


def draw_frontier(found: Frontier, width: Width = "wide") -> alt.LayerChart:
    """A point for each design with its 90 % intervals; the upright line is the budget."""
    rows = [_row(found, one) for one in found.designs]
    x = alt.X("spent:Q", axis=alt.Axis(title="spent, months of a private's pay", format=",~r", tickCount=5))
    kinds, legend = list(KINDS), alt.Legend(title=None, orient="bottom")
    colour = alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=list(KINDS.values())), legend=legend)
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=list(_SHAPES)), legend=legend)
    base = alt.Chart(data(rows)).encode(x=x)
    budget = alt.Chart(data([{"budget": found.budget}])).mark_rule(strokeDash=[4, 3], color=GREY).encode(x="budget:Q")
    chart = alt.LayerChart(
        layer=[
            budget,
            base.mark_rule(color=GREY, opacity=0.6).encode(y=number_axis("low", "more safe exits than as it was"), y2="high:Q"),
            base.mark_point(filled=True, size=80, opacity=0.95).encode(
                y="safe:Q", color=colour, shape=shape, tooltip=alt.Tooltip("tip:N")
            ),
        ]
    )
    return chart.properties(width=620 if width == "wide" else 250, height=300)


def kind_of(found: Frontier, one: Judged) -> str:
    """Which of `KINDS` a design is."""
    if one.design.name == AS_IT_WAS:
        return "as it was"
    if one.affordable < 0.5:
        return "beyond the budget"
    return "efficient" if one in found.efficient else "another design"


def tell_levers(one: Judged) -> str:
    """The factors of a design in words."""
    pulled = (f"{lever} ×{factor:.2g}" for lever, factor in one.design.factors.items() if abs(factor - 1.0) > 0.005)
    return ", ".join(pulled) or "all as they were"


def _row(found: Frontier, one: Judged) -> dict[str, Any]:
    kind = kind_of(found, one)
    return {
        "spent": one.spent.median,
        "safe": one.safe.median,
        "low": one.safe.low,
        "high": one.safe.high,
        "kind": kind,
        "tip": f"{one.design.name}: {tell_levers(one)}; {say(one.safe.median)} more safe exits, {say(one.spent.median)} spent",
    }
