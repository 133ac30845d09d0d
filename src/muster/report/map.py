"""Small maps of control at a few dates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from muster.core.dates import day_date
from muster.report.comparison import say_day
from muster.report.curves import median_array
from muster.report.style import SHARE_COLOURS, Width

if TYPE_CHECKING:
    from muster.report.scene import Scene

MAPS = 6
STEPS = (20, 40, 60, 80)
MAP_LEGEND = dict(zip(("below 20 %", "20–40 %", "40–60 %", "60–80 %", "80 % or more"), SHARE_COLOURS, strict=True))


def map_days(last: int) -> list[int]:
    """Evenly spaced days from the start to the last day of the run."""
    return sorted({round(day) for day in np.linspace(0, last, MAPS)})


def draw_maps(scene: Scene, width: Width) -> alt.TopLevelMixin:
    """Control by region at six dates; a note in place of the map where the case has no outlines."""
    outlines = scene.case.outlines
    control = 100 * median_array(scene.runs, lambda run: run.data["control"])
    if not outlines:
        return (
            alt.Chart(alt.Data(values=[{}]))
            .mark_text(text="This case has no outlines to draw.", fontSize=13)
            .properties(width=262, height=40)
        )
    each, columns = (130, 6) if width == "wide" else (104, 3)
    high = round(each * outline_shape(outlines))
    maps = []
    for day in map_days(len(control) - 1):
        when = say_day(day_date(day, scene.case.start))
        title = alt.TitleParams(when, anchor="middle", offset=4, fontSize=12 if width == "wide" else 11, fontWeight="normal")
        maps.append(
            _map(outlines, control[day], [region.id for region in scene.case.regions]).properties(
                width=each, height=high, title=title
            )
        )
    return alt.concat(*maps, columns=columns, spacing=8)


def _map(outlines: dict[str, Any], control: np.ndarray, ids: Sequence[str]) -> alt.Chart:
    by_id = dict(zip(ids, control, strict=True))
    shapes = [
        {"type": "Feature", "geometry": clockwise(feature["geometry"]), "control": float(by_id[feature["properties"]["id"]])}
        for feature in outlines["features"]
        if feature["properties"]["id"] in by_id
    ]
    return (
        alt.Chart(alt.Data(values=shapes))
        .mark_geoshape(stroke="#ffffff", strokeWidth=0.7)
        .encode(
            color=alt.Color(
                "control:Q", scale=alt.Scale(type="threshold", domain=list(STEPS), range=list(SHARE_COLOURS)), legend=None
            )
        )
        .project(type="mercator")
    )


def clockwise(geometry: dict[str, Any]) -> dict[str, Any]:
    """The geometry with outer rings clockwise and holes the other way: drawn otherwise, a ring fills the whole canvas."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    turned = [[_turn(ring, clockwise=k == 0) for k, ring in enumerate(rings)] for rings in polygons]
    return {"type": "MultiPolygon", "coordinates": turned}


def _turn(ring: list[list[float]], *, clockwise: bool) -> list[list[float]]:
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))
    return ring if (twice_area < 0) == clockwise else ring[::-1]


def outline_shape(outlines: dict[str, Any]) -> float:
    """Height over width of the country on a Mercator map."""
    points = np.array([point[:2] for feature in outlines["features"] for point in _points(feature["geometry"])])
    wide = math.radians(float(np.ptp(points[:, 0])))
    north, south = (math.asinh(math.tan(math.radians(float(edge)))) for edge in (points[:, 1].max(), points[:, 1].min()))
    return min(max((north - south) / wide, 0.5), 2.6)


def _points(geometry: dict[str, Any]) -> list[list[float]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [point for rings in polygons for point in rings[0]]
