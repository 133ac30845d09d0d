"""Figures of strength, of those who left and of the dead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import altair as alt
import numpy as np

from muster.observe.definition import EVERYONE, POLICE, SOLDIERS
from muster.report.curves import MONTH, civilian_harm, exit_flow, rate_band, registered, strength
from muster.report.layers import Rows, colour, data, event_layers, layer, number_axis, place, time_axis
from muster.report.scene import Scene, draw_against
from muster.report.style import FATE_COLOURS, Width

KINDS = {
    "defected": ("defected",),
    "deserted": ("deserted",),
    "caught leaving": ("arrested",),
    "surrendered or taken": ("surrendered", "prisoner"),
}


def draw_strength(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Soldiers and police in service against reported totals."""
    return place(
        [
            draw_against(scene, width, "Soldiers in service", lambda run: strength(run, SOLDIERS), ("military_personnel_total",)),
            draw_against(scene, width, "Police in service", lambda run: strength(run, POLICE), ("police_total",)),
        ],
        width,
    )


def draw_registered(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Registered leavers, cumulative, against claims."""
    soldiers = ("cumulative_defections_military",)
    police = ("cumulative_defections_police",)
    return place(
        [
            draw_against(scene, width, "Soldiers who left and registered", lambda run: registered(run, SOLDIERS), soldiers),
            draw_against(scene, width, "Police who left and registered", lambda run: registered(run, POLICE), police),
        ],
        width,
    )


def draw_losses(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Deaths, cumulative, against claims."""
    killed = ("military_deaths_cumulative",)
    harmed = ("civilian_deaths_cumulative",)
    return place(
        [
            draw_against(
                scene, width, "Soldiers and police killed", lambda run: exit_flow(run, ("killed",), EVERYONE).cumsum(), killed
            ),
            draw_against(scene, width, "Civilians killed by the regime", lambda run: civilian_harm(run).sum(1).cumsum(), harmed),
        ],
        width,
    )


def draw_kinds(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Exits per four weeks by kind, soldiers and police."""
    return place([_stack_kinds(scene, width, "Soldiers", SOLDIERS), _stack_kinds(scene, width, "Police", POLICE)], width)


def _stack_kinds(scene: Scene, width: Width, title: str, branches: Sequence[str]) -> alt.LayerChart:
    rows: Rows = []
    below = np.zeros(0)
    for kind, fates in KINDS.items():
        found = rate_band(scene.runs, partial(exit_flow, fates=fates, branches=branches))
        below = below if below.size else np.zeros(len(found.median))
        for day, foot, size in zip(found.dates, below, found.median, strict=True):
            rows.append({"kind": kind, "foot": float(foot), "head": float(foot + size), **_span_ends(day)})
        below = below + found.median
    bars = (
        alt.Chart(data(rows))
        .mark_rect(strokeWidth=0)
        .encode(
            x=time_axis("from"),
            x2="to:T",
            y=number_axis("foot", "persons per 4 weeks"),
            y2="head:Q",
            color=colour("kind", FATE_COLOURS),
        )
    )
    return layer([bars, *event_layers(scene.events, time_axis())], title, width)


def _span_ends(middle: date) -> dict[str, str]:
    day = middle.toordinal()
    return {"from": date.fromordinal(day - MONTH // 2).isoformat(), "to": date.fromordinal(day + MONTH // 2 - 2).isoformat()}
