"""Regions, who borders whom, and the outlines of the map."""

from __future__ import annotations

import math
from typing import Any

from muster.case.folder import PackFolder, Sheet
from muster.case.head import Head
from muster.case.records import Region
from muster.case.references import Names, check_unique
from muster.case.schema import AdjacencyRow, RegionRow
from muster.core.suggest import did_you_mean, quote

REGIONS, ADJACENCY, OUTLINES = "regions.csv", "adjacency.csv", "regions.geojson"
# The engine numbers home regions in one byte.
MAX_REGIONS = 250
TOLERANCE = 1e-6


def read_regions(pack: PackFolder) -> Sheet[RegionRow]:
    """regions.csv as rows."""
    return pack.sheet(REGIONS, RegionRow, max_rows=MAX_REGIONS)


def build_regions(pack: PackFolder, sheet: Sheet[RegionRow], names: Names, head: Head | None) -> tuple[Region, ...]:
    """Regions in the order of the file, with youth filled in from the share of pack.toml."""
    faults = pack.faults
    check_unique(faults, sheet)
    check_unique(faults, sheet, "name")
    regions = []
    share = head.table.youth.share if head and head.table.youth else None
    for row, record in sheet.records():
        names.check_basis(faults, REGIONS, row, record)
        _check_youth(pack, row, record, has_share=share is not None or head is None)
        youth = record.youth if record.youth is not None else record.population * (share or 0.0)
        given = record.model_dump() | {"youth": youth}
        regions.append(Region(**given))
    if sheet.usable and not sheet.lines:
        faults.add(REGIONS, None, None, "has no regions.", "Write at least one row below the header.")
    if sheet.sound and regions:
        total = math.fsum(region.history for region in regions)
        if abs(total - 1.0) > TOLERANCE:
            remedy = "Change the shares so that their sum is 1."
            faults.add(REGIONS, None, "history", f"the shares of historical recruitment sum to {total:.7g}.", remedy)
    return tuple(regions)


def _check_youth(pack: PackFolder, row: int, record: RegionRow, *, has_share: bool) -> None:
    if record.youth is None:
        if not has_share:
            pack.faults.add(
                REGIONS,
                row,
                "youth",
                "is empty and pack.toml has no [youth] share.",
                "Write the number of eligible persons of 18 to 35.",
            )
        return
    if record.youth > record.population:
        pack.faults.add(
            REGIONS,
            row,
            "youth",
            f"{record.youth:.12g} is more than the population.",
            "Write the number of eligible persons of 18 to 35.",
        )
    elif 0 < record.youth < 1:
        remedy = f"Write {round(record.youth * record.population)} if {record.youth:g} is meant as a share."
        pack.faults.add(REGIONS, row, "youth", f"{record.youth:g} is a share, and a number of persons is wanted.", remedy)


def build_adjacency(pack: PackFolder, names: Names) -> tuple[tuple[int, int], ...]:
    """Pairs of region indices, the smaller first; each border stands once in the file, in either order."""
    several = names.regions is None or len(names.regions) > 1
    sheet = pack.sheet(ADJACENCY, AdjacencyRow) if several else pack.optional_sheet(ADJACENCY, AdjacencyRow)
    first: dict[frozenset[str | int], tuple[int, str]] = {}
    pairs = []
    for row, record in sheet.records():
        names.check_sources(pack.faults, ADJACENCY, row, "source", record.source)
        a = names.region(pack.faults, ADJACENCY, row, "region_a", record.region_a)
        b = names.region(pack.faults, ADJACENCY, row, "region_b", record.region_b)
        border = frozenset((record.region_a if a is None else a, record.region_b if b is None else b))
        if len(border) == 1:
            pack.faults.add(
                ADJACENCY,
                row,
                "region_b",
                f"{quote(record.region_b)} borders itself.",
                "Write the neighbour's id, or delete the row.",
            )
            continue
        if border in first:
            before, began = first[border]
            how = "" if began == record.region_a else ", the other way round,"
            pack.faults.add(
                ADJACENCY,
                row,
                "region_a",
                f"this border is in row {before}{how} as well.",
                "Write each border once; delete this row.",
            )
            continue
        first[border] = (row, record.region_a)
        if a is not None and b is not None:
            pairs.append((min(a, b), max(a, b)))
    return tuple(sorted(pairs))


def build_outlines(pack: PackFolder, names: Names) -> dict[str, Any] | None:
    """The outlines as parsed GeoJSON, or ``None`` if the pack has none."""
    if not pack.has(OUTLINES):
        return None
    before = pack.faults.in_file(OUTLINES)
    outlines = pack.json(OUTLINES)
    if pack.faults.in_file(OUTLINES) > before:
        return None
    features = outlines.get("features") if isinstance(outlines, dict) else None
    if not isinstance(outlines, dict) or outlines.get("type") != "FeatureCollection" or not isinstance(features, list):
        pack.faults.add(
            OUTLINES, None, "type", "is not a FeatureCollection.", "Export the regions as a GeoJSON FeatureCollection."
        )
        return None
    seen: set[str] = set()
    for position, feature in enumerate(features, start=1):
        _check_feature(pack, position, feature, names, seen)
    for name in names.regions or ():
        if name not in seen:
            pack.faults.add(
                OUTLINES,
                None,
                "id",
                f"there is no outline for the region {quote(name)}.",
                "Add a feature with this properties.id.",
            )
    return outlines


def _check_feature(pack: PackFolder, position: int, feature: Any, names: Names, seen: set[str]) -> None:
    where = f"features.{position}"
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        pack.faults.add(OUTLINES, None, where, "has no properties.", 'Give it "properties": {"id": ..., "name": ...}.')
        return
    for key in ("id", "name"):
        if not isinstance(properties.get(key), str) or not properties[key]:
            pack.faults.add(
                OUTLINES, None, f"{where}.{key}", "is missing or not text.", f"Write the {key} of the region as in regions.csv."
            )
    name = properties.get("id")
    if isinstance(name, str) and name:
        if name in seen:
            pack.faults.add(
                OUTLINES, None, f"{where}.id", f"{quote(name)} has an outline already.", "Merge the parts into one MultiPolygon."
            )
        elif names.regions is not None and name not in names.regions:
            hint = did_you_mean(name, names.regions)
            pack.faults.add(
                OUTLINES,
                None,
                f"{where}.id",
                f"{quote(name)} is not a region of regions.csv.",
                f"{hint}Use the ids of regions.csv.",
            )
        seen.add(name)
    problem = _find_flaw(feature.get("geometry"))
    if problem:
        pack.faults.add(
            OUTLINES, None, f"{where}.geometry", problem, "Export it again as Polygon or MultiPolygon in degrees (WGS 84)."
        )


def _find_flaw(geometry: Any) -> str:
    """What is wrong with a geometry, or nothing."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        return "is neither a Polygon nor a MultiPolygon."
    parts = geometry.get("coordinates")
    polygons = parts if kind == "MultiPolygon" else [parts]
    if not isinstance(polygons, list) or not polygons:
        return "has no coordinates."
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            return "has an empty part."
        for ring in polygon:
            if not isinstance(ring, list) or len(ring) < 4:
                return "has a ring of fewer than four points."
            if not all(_is_place(point) for point in ring):
                return "has a point that is not [longitude, latitude] in degrees."
            if ring[0][:2] != ring[-1][:2]:
                return "has a ring that does not end where it began."
    return ""


def _is_place(point: Any) -> bool:
    if not isinstance(point, list) or not 2 <= len(point) <= 3:
        return False
    if any(isinstance(part, bool) or not isinstance(part, (int, float)) for part in point):
        return False
    return -180 <= point[0] <= 180 and -90 <= point[1] <= 90
