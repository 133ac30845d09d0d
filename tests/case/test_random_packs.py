"""Whatever stands in a file, the answer is a case or an error in plain words."""

from __future__ import annotations

import string
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.case import load_case, new_case, tabulate
from muster.core.errors import InputError

FILES = ["pack.toml", "regions.csv", "adjacency.csv", "regions.geojson", "units.csv", "drivers.csv", "timeline.csv", "claims.csv",
         "counts.csv", "directions.csv", "sources.csv", "parameters.toml", "scenarios/more-places.toml"]  # fmt: skip
SHAPE = '"geometry":{"type":"Polygon","coordinates":[[[0,0]]]}'
MAP = f'{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"id":"AR-N"}},{SHAPE}}}]}}'
RELAXED = settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))

# Pieces that have broken readers before, next to anything at all.
pieces = st.one_of(
    st.sampled_from(
        [
            '"',
            ",",
            "\n",
            "\r",
            ";",
            "=",
            "[",
            "]",
            "{",
            "}",
            "#",
            "''' ",
            "nan",
            "-inf",
            "1e999",
            "9" * 400,
            "2021-02-30",
            "0000-01-01",
            "9999-12-31",
            "AR-N",
            "true",
            "é",
            "\u202e",
            "\ufeff",
            "\\u0000",
            "\x00",
            "-1",
            "0.5",
            "a.b",
            "baseline",
            "total",
            "{}",
            "١",
        ]
    ),  # fmt: skip
    st.text(alphabet=string.printable, max_size=6),
    st.text(max_size=4),
)


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory() as place:
        made = new_case(Path(place) / "example")
        (made / "regions.geojson").write_text(MAP)
        yield made


def try_to_load(folder: Path, file: str, content: bytes) -> None:
    path = folder / file
    before = path.read_bytes()
    path.write_bytes(content)
    outlines = folder / "regions.geojson"
    hidden = outlines.read_bytes()
    if file != outlines.name:
        outlines.unlink()
    case, faults = None, ()
    try:
        case = load_case(folder)
    except InputError as error:
        faults = error.faults
    finally:
        outlines.write_bytes(hidden)
        path.write_bytes(before)
    if case is not None:
        tabulate(case, "baseline", 40)
    assert bool(case) != bool(faults)
    assert all(fault.problem and fault.remedy for fault in faults)
    assert all(str(fault).isprintable() and len(str(fault)) < 1_500 for fault in faults)


@RELAXED
@given(file=st.sampled_from(FILES), content=st.binary(max_size=200))
def test_any_bytes(folder, file, content):
    try_to_load(folder, file, content)


@RELAXED
@given(file=st.sampled_from(FILES), content=st.lists(pieces, max_size=30).map("".join))
def test_any_text(folder, file, content):
    try_to_load(folder, file, content.encode("utf-8", "surrogatepass"))


@settings(RELAXED, max_examples=250)
@given(data=st.data(), file=st.sampled_from(FILES), piece=pieces)
def test_a_good_file_with_a_piece_put_in(folder, data, file, piece):
    text = (folder / file).read_text(encoding="utf-8")
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, min(len(text), first + 12)))
    try_to_load(folder, file, (text[:first] + piece + text[last:]).encode("utf-8", "surrogatepass"))


@settings(RELAXED, max_examples=250)
@given(data=st.data(), file=st.sampled_from([file for file in FILES if file.endswith(".csv")]), cell=pieces)
def test_a_good_table_with_one_cell_changed(folder, data, file, cell):
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    row = data.draw(st.integers(1, len(lines) - 1))
    cells = lines[row].split(",")
    cells[data.draw(st.integers(0, len(cells) - 1))] = '"' + cell.replace('"', '""') + '"'
    lines[row] = ",".join(cells)
    try_to_load(folder, file, "\n".join(lines).encode("utf-8", "surrogatepass"))
