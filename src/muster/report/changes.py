"""The figure of a contrast: the paired difference month by month, with what the members say of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import altair as alt

from muster.core.errors import MusterError
from muster.core.provenance import write_text
from muster.report.differences import guards, hides, plotted
from muster.report.layers import data, layer, number_axis, place, time_axis
from muster.report.render import render_svg
from muster.report.style import BLUE, GREY, Width
from muster.report.target import FIGURE, check_target

if TYPE_CHECKING:
    from muster.compare.contrast import Contrast


def draw_changes(contrasts: Sequence[Contrast], width: Width = "wide") -> alt.TopLevelMixin:
    """A panel for each contrast, which must be by month: the median difference, and where half and nine tenths of pairs lie."""
    return place([_panel(found, width) for found in contrasts], width)


def write_changes(contrasts: Sequence[Contrast], to: str | Path) -> Path:
    """Write the figure as one SVG file. Raises MusterError for a contrast that is not by month and a name that is not .svg."""
    for found in contrasts:
        if found.by != "month":
            raise MusterError("Only a contrast by month can be drawn over time. Ask by month.")
    target = check_target(to, FIGURE)
    names = ", ".join(found.outcome.meaning for found in contrasts)
    said = f"{contrasts[0].second} less {contrasts[0].first}, by month: {names}"
    write_text(target, render_svg(draw_changes(contrasts), name=target.stem, width="wide", alt_text=said) + "\n")
    return target


def _panel(found: Contrast, width: Width) -> alt.LayerChart:
    scale, unit = plotted(found.outcome)
    rows = [
        {
            "date": f"{row.label}-15",
            **{name: scale * getattr(row, name) for name in ("median", "low50", "high50", "low90", "high90")},
        }
        for row in found.rows
        if not (guards(found) and hides(row))
    ]
    base = alt.Chart(data(rows)).encode(x=time_axis())
    what = found.outcome.meaning.partition(":")[0]
    title = what[0].upper() + what[1:] + (", summed up" if found.cumulative else "")
    return layer(
        [
            base.mark_area(color=BLUE, opacity=0.18).encode(y=number_axis("low90", f"difference, {unit}"), y2="high90:Q"),
            base.mark_area(color=BLUE, opacity=0.3).encode(y="low50:Q", y2="high50:Q"),
            alt.Chart(data([{"zero": 0}])).mark_rule(color=GREY, strokeDash=[3, 3]).encode(y="zero:Q"),
            base.mark_line(color=BLUE, strokeWidth=2.2).encode(y="median:Q"),
        ],
        title,
        width,
    )
