"""The figure of a why: what each pathway adds to a difference, with its interval over members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from muster.report.differences import list_share, plotted
from muster.report.layers import data, name_axis
from muster.report.style import BLACK, BLUE, VERMILION, Width

if TYPE_CHECKING:
    from muster.compare.why import Explanation


def draw_shares(found: Explanation, width: Width = "wide") -> alt.LayerChart:
    """A bar for each pathway, largest first, and one for what none carries; the line is where 90 % of members lie."""
    scale, unit = plotted(found.outcome)
    rows: list[dict[str, Any]] = []
    for share in (*found.shares, found.direct):
        told = list_share(found, share)
        numbers = {name: scale * (told[name] or 0.0) for name in ("mean", "low90", "high90")}
        rows.append({"name": share.name, "way": "more" if numbers["mean"] >= 0 else "fewer", **numbers})
    names = [row["name"] for row in rows]
    y = name_axis("name", names, labelLimit=200)
    title = f"adds to the difference, {unit} a month" if found.monthly else f"adds to the difference, {unit}"
    axis = alt.Axis(title=title, format=",~r", tickCount=5)
    base = alt.Chart(data(rows)).encode(y=y)
    colours = alt.Color("way:N", scale=alt.Scale(domain=["more", "fewer"], range=[BLUE, VERMILION]), legend=None)
    chart = alt.LayerChart(
        layer=[
            base.mark_bar(size=15).encode(x=alt.X("mean:Q", axis=axis), color=colours),
            base.mark_rule(color=BLACK, strokeWidth=1.6).encode(x="low90:Q", x2="high90:Q"),
        ]
    )
    return chart.properties(width=560 if width == "wide" else 190, height=24 * len(rows))
