"""Figures by region: where people left from, who holds the ground, whom the public backs."""

from __future__ import annotations

import altair as alt
import numpy as np

from muster.core.vocabulary import BRANCHES
from muster.observe.area import region_areas
from muster.report.curves import band, left_from, median_array, weighted
from muster.report.layers import band_layers, colour, data, event_layers, layer, name_axis, place, time_axis
from muster.report.scene import Scene, draw_against
from muster.report.style import BRANCH_COLOURS, GREEN, Width
from muster.report.suppress import suppress_array


def draw_regions(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Persons who defected or deserted by region and branch, small cells left out."""
    left = median_array(scene.runs, left_from)
    shown = suppress_array(left)
    names = [region.name for region in scene.case.regions]
    order = [names[r] for r in np.argsort(-left.sum(1))]
    rows = [
        {"region": names[r], "branch": BRANCHES[b].replace("_", " "), "persons": float(shown[r, b]), "order": b}
        for r in range(len(names))
        for b in range(len(BRANCHES))
        if np.isfinite(shown[r, b])
    ]
    return (
        alt.Chart(data(rows))
        .mark_bar(size=15)
        .encode(
            y=name_axis("region", order),
            x=alt.X(
                "persons:Q",
                title="persons who defected or deserted",
                axis=alt.Axis(format=",~r", grid=True, domain=False, tickCount=5),
            ),
            color=colour("branch", BRANCH_COLOURS),
            order="order:Q",
        )
        .properties(width=690 if width == "wide" else 235, height=22 * len(names))
    )


def draw_control(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Control by area against claims, and public support."""
    areas = region_areas(scene.case)
    people = np.array([region.population for region in scene.case.regions])
    quantities = ("territory_control_military_pct",)
    x = time_axis()
    backing = band_layers(
        band(scene.runs, lambda run: 100 * weighted(run, "support", people)), x, "percent of people", colour=GREEN
    )
    return place(
        [
            draw_against(
                scene,
                width,
                "Area under stable control",
                lambda run: 100 * weighted(run, "control", areas),
                quantities,
                unit="percent of area",
            ),
            layer([*event_layers(scene.events, x), *backing], "Public support for the resistance", width),
        ],
        width,
    )
