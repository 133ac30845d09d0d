"""Draws bench/growth.json: docs/figures/growth.svg, and the table in docs/explanation/performance.md between its two marks."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import altair as alt
from growth import MEASURED, RESULTS, USUAL_PERSONS, USUAL_UNITS

from muster.core.provenance import write_text
from muster.report.render import render_svg
from muster.report.style import BLUE, GREY, SKY

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "explanation" / "performance.md"
MARKED = re.compile(r"(?<=<!-- growth -->\n).*?(?=<!-- end of growth -->)", re.DOTALL)
FLOOR = "dense floor"


def by_persons(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The points at the usual number of units, which differ in persons."""
    return [row for row in points if row["units"] < 2 * USUAL_UNITS and not _at_other_units(row)]


def by_units(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The points at the usual number of persons, which differ in units."""
    return [row for row in points if 0.9 < row["persons"] / USUAL_PERSONS < 1.1]


def _at_other_units(row: dict[str, Any]) -> bool:
    """Whether a point was taken for its units; rounding moves both numbers a little."""
    return 0.9 < row["persons"] / USUAL_PERSONS < 1.1 and not 0.7 < row["units"] / USUAL_UNITS < 1.5


def _panel(rows: list[dict[str, Any]], across: str, up: str, title: str, *, floor: str | None = None) -> alt.LayerChart:
    """One pair of logarithmic axes; a line a way of growing, and the floor."""
    values = [{"x": row[across], "y": row[up], "line": row["way"]} for row in rows]
    if floor:
        values += [{"x": row[across], "y": row[floor], "line": FLOOR} for row in rows if row["way"] == MEASURED["rate"]]
    colour = alt.Color("line:N", scale=alt.Scale(domain=[*MEASURED.values(), FLOOR], range=[BLUE, SKY, GREY]), title=None)
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("x:Q", scale=alt.Scale(type="log", nice=False), title=across, axis=alt.Axis(format="~s", tickCount=4)),
        y=alt.Y("y:Q", scale=alt.Scale(type="log", nice=False), title=None, axis=alt.Axis(format="~g", tickCount=4)),
        color=colour,
    )
    return alt.layer(base.mark_line(), base.mark_point(filled=True, size=50)).properties(width=230, height=230, title=title)


def draw(points: list[dict[str, Any]]) -> alt.TopLevelMixin:
    """Days against persons and against units, memory against persons."""
    persons, units = by_persons(points), by_units(points)
    return alt.hconcat(
        _panel(persons, "persons", "days_s", "CPU seconds for the days", floor="dense_floor_s"),
        _panel(units, "units", "days_s", "CPU seconds for the days", floor="dense_floor_s"),
        _panel(persons, "persons", "added_mb", "megabytes a run adds"),
    )


def table(points: list[dict[str, Any]]) -> str:
    """The points as a table."""
    head = "| growth | persons | units | exits | set-up, s | days, s | hand-over, s | dense floor, s | MB | GB/s |\n"
    seconds = ("set_up_s", "days_s", "hand_over_s", "dense_floor_s")
    lines = []
    for row in points:
        counts = " | ".join(f"{row[name]:,}" for name in ("persons", "units", "exits"))
        times = " | ".join(f"{row[name]:.3f}" for name in seconds)
        lines.append(f"| {row['way']} | {counts} | {times} | {row['added_mb']:,.0f} | {row['bandwidth_gb_s']:.0f} |")
    return head + "|---|" + "---:|" * 9 + "\n" + "\n".join(lines) + "\n"


def main() -> int:
    """Figure and table from what was measured."""
    points = json.loads(RESULTS.read_text())["points"]
    words = "Days of a run take longer with persons and with units, mostly less than to read everybody daily."
    figure = render_svg(draw(points), name="growth", width="wide", alt_text=words)
    write_text(DOCS / "figures" / "growth.svg", figure)
    write_text(PAGE, MARKED.sub(lambda _: table(points), PAGE.read_text()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
