"""Areas of regions from their outlines, for shares "of the country's area"."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from muster.case import Case

EARTH_RADIUS_KM = 6371.0


# Areas of the outlines seen last: every claim about control asks for them again. The outlines are kept with their areas,
# so that an identity cannot come to stand for others.
_KEPT: dict[int, tuple[object, np.ndarray]] = {}
_MOST_KEPT = 8


def region_areas(case: Case) -> np.ndarray:
    """Square kilometres per region, in the order of ``case.regions``.

    Equal areas (all 1.0) when the case has no outlines or an outline is missing, so that a mean stays a mean.
    """
    if id(case.outlines) not in _KEPT or case.outlines is None:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[id(case.outlines)] = (case.outlines, _measure(case))
    return _KEPT[id(case.outlines)][1]


def _measure(case: Case) -> np.ndarray:
    features = (case.outlines or {}).get("features", [])
    known = {feature["properties"]["id"]: _geometry_area(feature["geometry"]) for feature in features}
    if not all(known.get(region.id, 0.0) > 0 for region in case.regions):
        return np.ones(len(case.regions))
    return np.array([known[region.id] for region in case.regions])


def _geometry_area(geometry: dict[str, Any]) -> float:
    polygons: Iterable[Sequence[Sequence[Sequence[float]]]]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    total = 0.0
    for rings in polygons:
        outer, *holes = (abs(_ring_area(ring)) for ring in rings)
        total += outer - sum(holes)
    return total


def _ring_area(ring: Sequence[Sequence[float]]) -> float:
    """Signed area of a ring of (longitude, latitude) degrees on a sphere, by the line integral of sin(latitude)."""
    total = 0.0
    for (lon_a, lat_a), (lon_b, lat_b) in zip(ring, [*ring[1:], ring[0]], strict=True):
        total += math.radians(lon_b - lon_a) * (2 + math.sin(math.radians(lat_a)) + math.sin(math.radians(lat_b)))
    return total * EARTH_RADIUS_KM**2 / 2
