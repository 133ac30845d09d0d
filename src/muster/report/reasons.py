"""Figures of who left, why, and how evenly over the units."""

from __future__ import annotations

from functools import partial

import altair as alt
import numpy as np

from muster.core.vocabulary import BRANCHES, MOTIVES, TERMS
from muster.report.curves import band, drive, left_units, median_array, strength
from muster.report.layers import Rows, band_rows, colour, data, layer, lines, name_axis, place, time_axis
from muster.report.scene import Scene
from muster.report.style import MOTIVE_COLOURS, SHARE_COLOURS, Width

SIZES = {"nobody": (0, 0), "1 person": (1, 1), "2–5": (2, 5), "6–20": (6, 20), "21 or more": (21, 10**9)}
SIZE_COLOURS = dict(zip(SIZES, SHARE_COLOURS, strict=True))
TERM_COLOURS = {term.replace("_", " "): MOTIVE_COLOURS[term.replace("_", " ")] for term in TERMS}
MOTIVE_LEGEND = {motive.replace("_", " "): MOTIVE_COLOURS[motive.replace("_", " ")] for motive in MOTIVES}


def draw_motives(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Shares of the motives by branch."""
    totals = median_array(scene.runs, lambda run: run.data["motives"].sum(0))
    rows, order = [], []
    for b, branch in enumerate(BRANCHES):
        if totals[b].sum() <= 0:
            continue
        label = f"{branch.replace('_', ' ')} ({totals[b].sum():,.0f})"
        order.append(label)
        rows += [
            {"branch": label, "motive": motive.replace("_", " "), "share": float(totals[b, k] / totals[b].sum()), "order": k}
            for k, motive in enumerate(MOTIVES)
        ]
    base = alt.Chart(data(rows)).encode(
        y=name_axis("branch", order),
        x=alt.X(
            "share:Q",
            stack="zero",
            title="share of those who left of their own will",
            axis=alt.Axis(format="%", domain=False, tickCount=5),
        ),
        order="order:Q",
    )
    bars = base.mark_bar(size=24, stroke="white").encode(color=colour("motive", MOTIVE_LEGEND))
    return bars.properties(width=690 if width == "wide" else 222, height=34 * len(order))


def draw_drive(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """The mean drive of three branches by term, over time."""
    panels = []
    for branch in ("infantry", "police", "air_force"):
        if strength(scene.runs[0], (branch,))[0] == 0:
            continue
        rows: Rows = []
        for k, name in enumerate(TERM_COLOURS):
            rows += band_rows(band(scene.runs, partial(drive, branch=branch, term=k)), name)
        curves = lines(rows, time_axis(), "standard deviations", TERM_COLOURS, dashes={"risk": [4, 3]})
        zero = alt.Chart(data([{"zero": 0}])).mark_rule(color="#9aa0a6").encode(y="zero:Q")
        chart = layer([zero, curves], branch.replace("_", " ").capitalize(), width)
        panels.append(chart.properties(width=228 if width == "wide" else 280, height=200))
    return place(panels, width, columns=3).resolve_scale(y="shared")


def draw_units(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Shares of units by how many persons left them."""
    rows, order = [], []
    for b, branch in enumerate(BRANCHES):
        mine = scene.runs[0].units["unit_branch"] == b
        if not mine.any():
            continue
        label = f"{branch.replace('_', ' ')} ({mine.sum():,})"
        order.append(label)
        lost = [left_units(run)[run.units["unit_branch"] == b] for run in scene.runs]
        for k, (name, (least, most)) in enumerate(SIZES.items()):
            share = float(np.median([((n >= least) & (n <= most)).mean() for n in lost]))
            rows.append({"branch": label, "size": name, "share": share, "order": k})
    return (
        alt.Chart(data(rows))
        .mark_bar(size=24, stroke="white")
        .encode(
            y=name_axis("branch", order),
            x=alt.X("share:Q", stack="normalize", title="share of units", axis=alt.Axis(format="%", domain=False, tickCount=5)),
            order="order:Q",
            color=colour("size", SIZE_COLOURS),
        )
        .properties(width=690 if width == "wide" else 222, height=34 * len(order))
    )
