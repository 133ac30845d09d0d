"""The figure of a contrast: valid, one file, nothing drawn for cells too small to show."""

import xml.etree.ElementTree as ElementTree

import altair as alt
import pytest

import muster
from muster.compare.part import Part
from muster.report.changes import draw_changes, write_changes


@pytest.fixture(scope="module")
def pair():
    case = muster.load_case("tinyland")
    return muster.simulate_ensemble(case, None, ["baseline", "early-cash"], draws=2, until="2031-12-31")


def contrast(pair, **asked):
    return muster.compare(pair, "baseline", "early-cash", **asked)


def test_a_figure_is_one_svg_with_a_panel_for_each_contrast(pair, tmp_path):
    found = [contrast(pair, by="month", cumulative=True), contrast(pair, quantity="control", by="month")]
    alt.Chart.from_dict(draw_changes(found).to_dict())
    text = write_changes(found, tmp_path / "change.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(text)
    for words in ("Left of their own will, summed up", "percentage points", "early-cash less baseline"):
        assert words in text


def test_small_cells_are_not_drawn(pair):
    (rows,) = (contrast(pair, by="month", part=Part(region="Northvale"), quantity=name) for name in ("defected",))
    drawn = draw_changes([rows]).to_dict()["layer"][0]["data"]["values"]
    assert [row.label for row in rows.rows if 0 < row.before < 10]
    assert len(drawn) < len(rows.rows)


def test_only_months_can_be_drawn(pair, tmp_path):
    with pytest.raises(muster.MusterError, match="by month"):
        write_changes([contrast(pair, by="region")], tmp_path / "x.svg")
    assert not (tmp_path / "x.svg").exists()


def test_a_figure_is_not_written_under_the_name_of_something_else(pair, tmp_path):
    with pytest.raises(muster.MusterError, match=r"x\.docx does not end in \.svg"):
        write_changes([contrast(pair, by="month")], tmp_path / "x.docx")
    assert not list(tmp_path.iterdir())
