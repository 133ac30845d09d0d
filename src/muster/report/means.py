"""Figures of the means of both sides: militia, recruits, air strikes, the programme."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import altair as alt
import numpy as np

from muster.observe.definition import GROUND
from muster.report.curves import band, intake_flow, national, rate_band, strength
from muster.report.layers import Rows, band_layers, band_rows, event_layers, layer, lines, place, rate_layers, time_axis
from muster.report.scene import Scene, draw_against
from muster.report.style import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, Width

if TYPE_CHECKING:
    from muster.simulate.result import Run

Curve = Callable[["Run"], np.ndarray]
JOINERS: dict[str, tuple[str, Curve]] = {
    "volunteers": (BLUE, lambda run: intake_flow(run, ("volunteer", "lowered_standard"))),
    "conscripts": (ORANGE, lambda run: intake_flow(run, ("conscript",))),
    "recalled veterans": (GREY, lambda run: intake_flow(run, ("recalled",))),
    "joined the militia": (GREEN, lambda run: national(run, "militia_joined")),
}
PROGRAMME: dict[str, dict[str, tuple[str, Curve]]] = {
    "Places": {
        "places": (GREY, lambda run: national(run, "places")),
        "places used": (BLUE, lambda run: national(run, "places_used")),
    },
    "Queue": {
        "waiting": (ORANGE, lambda run: national(run, "waiting")),
        "in vetting": (SKY, lambda run: national(run, "vetting")),
    },
    "Money": {"cash in hand": (PURPLE, lambda run: national(run, "balance"))},
}
PROGRAMME_UNITS = {"Places": "persons", "Queue": "persons", "Money": "months of a private's pay"}
JOINER_LEGEND = {name: colour for name, (colour, _) in JOINERS.items()}
PROGRAMME_LEGEND = {name: colour for curves in PROGRAMME.values() for name, (colour, _) in curves.items()}


def draw_intake(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """The militia against claims, and who joins either side."""
    rows: Rows = []
    for name, (_, flow) in JOINERS.items():
        rows += band_rows(rate_band(scene.runs, flow), name)
    curves = lines(rows, time_axis(), "persons per 4 weeks", JOINER_LEGEND)
    return place(
        [
            draw_against(scene, width, "Members of the militia", lambda run: national(run, "militia"), ("pdf_fighters",)),
            layer([*event_layers(scene.events, time_axis()), curves], "Who joins", width),
        ],
        width,
    )


def draw_air(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Air strikes against claims, and per 1,000 ground soldiers."""
    x = time_axis()
    strikes = rate_band(scene.runs, lambda run: national(run, "strikes"))
    per_soldier = rate_band(scene.runs, lambda run: 1000 * national(run, "strikes") / np.maximum(strength(run, GROUND), 1))
    return place(
        [
            layer(
                event_layers(scene.events, x)
                + band_layers(strikes, x, "strikes per 4 weeks")
                + rate_layers(scene.comparisons, "airstrikes_period"),
                "Air strikes",
                width,
            ),
            layer(
                event_layers(scene.events, x)
                + band_layers(per_soldier, x, "strikes per 4 weeks and 1,000 soldiers", colour=VERMILION),
                "Strikes per 1,000 ground soldiers",
                width,
            ),
        ],
        width,
    )


def draw_programme(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Places, queue and money of the programme."""
    panels = []
    for title, curves in PROGRAMME.items():
        rows: Rows = []
        for name, (_, curve) in curves.items():
            rows += band_rows(band(scene.runs, curve), name)
        chart = layer([lines(rows, time_axis(), PROGRAMME_UNITS[title], PROGRAMME_LEGEND)], title, width)
        panels.append(chart.properties(width=228 if width == "wide" else 280, height=180))
    return place(panels, width, columns=3)
