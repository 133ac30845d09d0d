"""The reference page of the pack format says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from muster.case import DRIVERS, FORMS, Driver, schema
from muster.case.assemble import FILES
from muster.case.geography import MAX_REGIONS
from muster.case.head import MAX_INCLUDES
from muster.case.settings import MAX_SCENARIOS
from muster.core import tables, vocabulary

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "case-packs.md").read_text(encoding="utf-8")
TABLES = {
    "regions.csv": schema.RegionRow,
    "adjacency.csv": schema.AdjacencyRow,
    "units.csv": schema.UnitRow,
    "drivers.csv": schema.DriverRow,
    "timeline.csv": schema.TimelineRow,
    "claims.csv": schema.ClaimRow,
    "counts.csv": schema.CountRow,
    "directions.csv": schema.DirectionRow,
    "sources.csv": schema.SourceRow,
}


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("file", TABLES)
def test_every_column_is_explained_and_no_other(file):
    cells = [line.split("|")[1] for line in section(file).splitlines() if line.startswith("| `")]
    named = [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    drivers = [driver.name for driver in DRIVERS] if file == "drivers.csv" else []
    assert sorted(named) == sorted([*TABLES[file].model_fields, *drivers])


@pytest.mark.parametrize("file", [file for file in TABLES if file != "claims.csv"])
def test_the_columns_that_are_needed(file):
    needed: set[str] = set()
    for line in section(file).splitlines():
        parts = line.split("|")
        if line.startswith("| `") and len(parts) == 5:  # name, needed, meaning
            named = re.findall(r"`([^`]+)`", parts[1])
            needed |= set(named) if parts[2].strip() == "yes" else set(re.findall(r"`([^`]+)`", parts[2]))
    assert needed == {name for name, field in TABLES[file].model_fields.items() if field.is_required()}


@pytest.mark.parametrize("model", [schema.PackTable, schema.StrengthTable, schema.YouthTable, schema.CompositionTable])
def test_every_key_of_the_head_is_shown(model):
    assert [name for name in model.model_fields if not re.search(rf"\b{name}\b", section("pack.toml"))] == []


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.name)
def test_the_table_of_drivers(driver: Driver):
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{driver.name}` |")]
    _, _, where, unit, default, low, high, meaning, _ = (part.strip() for part in line.split("|"))
    assert (where, unit, meaning) == ("region" if driver.by_region else "nation", driver.unit, driver.meaning)
    assert default == "the region's support" if driver.default is None else float(default) == driver.default
    assert (float(low), float(high.replace(",", ""))) == (driver.low, driver.high)


def test_files_words_and_limits():
    for word in [*FILES, *FORMS, *vocabulary.BRANCHES, *vocabulary.BASES, *vocabulary.SIDES, *schema.COUNTED, *vocabulary.TRENDS]:
        assert f"`{word}`" in PAGE, word
    flat = " ".join(PAGE.split())
    assert f"tables {tables.MAX_TABLE_BYTES // 10**6} MB, {tables.MAX_ROWS:,} rows (regions: {MAX_REGIONS})" in flat
    assert f"{tables.MAX_COLUMNS} columns and {tables.MAX_CELL:,} letters a cell" in flat
    assert f"`regions.geojson` {tables.MAX_JSON_BYTES // 10**6} MB" in flat
    assert f"{tables.MAX_TOML_BYTES // 1000} kB and {tables.MAX_TOML_LINE:,} letters a line" in flat
    assert f"{MAX_INCLUDES} included files; {MAX_SCENARIOS} scenarios; 50 strengths" in flat
