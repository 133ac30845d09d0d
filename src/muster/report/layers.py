"""The pieces figures are built of: a band over seeds, reported marks that link to their rows, dated events, panels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import altair as alt

from muster.report.comparison import stated_figure
from muster.report.curves import MONTH, Band
from muster.report.render import claim_anchor
from muster.report.style import BLUE, HALF, SIDE_COLOURS, SIDE_SHAPES, Width

if TYPE_CHECKING:
    from muster.report.comparison import Comparison

Rows = list[dict[str, Any]]


def data(rows: Rows) -> alt.Data:
    """Rows that travel inside the chart."""
    return alt.Data(values=rows)


def time_axis(field: str = "date") -> alt.X:
    """Dates in UTC, so that no clock of the reader's moves them; years in full, months by their short name."""
    label = "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y') : utcFormat(datum.value, '%b')"
    return alt.X(f"{field}:T", scale=alt.Scale(type="utc"), axis=alt.Axis(title=None, labelExpr=label, tickCount=4))


def number_axis(field: str, title: str) -> alt.Y:
    """Numbers with thousands separators; the unit is the title, written flat above the axis."""
    return alt.Y(f"{field}:Q", axis=alt.Axis(title=title, format=",~r", titleY=-20, titleX=0, tickCount=5))


def name_axis(field: str, order: Sequence[str], **rest: Any) -> alt.Y:
    """Names one below the other, with nothing but the names."""
    axis = alt.Axis(domain=False, ticks=False, labelPadding=6, **rest)
    return alt.Y(f"{field}:N", sort=list(order), title=None, axis=axis)


def band_rows(found: Band, name: str = "") -> Rows:
    """A band as rows, under the name of its series."""
    return [
        {"date": day.isoformat(), "mid": float(m), "low": float(a), "high": float(b), "series": name}
        for day, m, a, b in zip(found.dates, found.median, found.low, found.high, strict=True)
    ]


def band_layers(found: Band, x: alt.X, title: str, *, colour: str = BLUE) -> list[alt.Chart]:
    """The range over seeds as an area and the median as a line."""
    base = alt.Chart(data(band_rows(found))).encode(x=x)
    return [
        base.mark_area(color=colour, opacity=0.25).encode(y=number_axis("low", title), y2="high:Q"),
        base.mark_line(color=colour, strokeWidth=2.2).encode(y="mid:Q"),
    ]


def claim_layers(comparisons: Sequence[Comparison], quantities: Sequence[str], x: alt.X) -> list[alt.Chart]:
    """Dated national claims as marks by the claimant's side, stated ranges as upright lines."""
    rows: Rows = []
    for comparison in comparisons:
        claim = comparison.claim
        stated = stated_figure(claim)
        if claim.quantity not in quantities or comparison.mark == "none" or comparison.regional or stated is None:
            continue
        low, high = (stated if end is None else end for end in (claim.low, claim.high))
        rows.append(_claim_row(comparison, stated, low, high))
    return _marks(rows, x) if rows else []


def rate_layers(comparisons: Sequence[Comparison], quantity: str) -> list[alt.Chart]:
    """Claims about a period as level lines over it, at their mean per four weeks."""
    rows: Rows = []
    for comparison in comparisons:
        claim = comparison.claim
        if claim.quantity != quantity or comparison.regional or comparison.mark == "none" or claim.value is None:
            continue
        if claim.period_start is None or claim.as_of is None:
            continue
        first, last = claim.period_start.first, claim.as_of.middle
        rate = claim.value * MONTH / ((last - first).days + 1)
        middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
        rows.append(
            {
                **_claim_row(comparison, rate, rate, rate),
                "date": middle.isoformat(),
                "from": first.isoformat(),
                "to": last.isoformat(),
            }
        )
    if not rows:
        return []
    base = alt.Chart(data(rows)).encode(y="value:Q", color=_side_colour())
    spans = base.mark_rule(strokeWidth=1.6, opacity=0.8).encode(x=alt.X("from:T", scale=alt.Scale(type="utc")), x2="to:T")
    return [spans, *_marks(rows, alt.X("date:T", scale=alt.Scale(type="utc")))]


def _claim_row(comparison: Comparison, value: float, low: float, high: float) -> dict[str, Any]:
    claim = comparison.claim
    assert claim.as_of is not None
    return {
        "date": claim.as_of.middle.isoformat(),
        "value": float(value),
        "low": float(min(low, value)),
        "high": float(max(high, value)),
        "side": claim.claimant_side,
        "claim": claim.id,
        "link": f"#{claim_anchor(claim.id)}",
    }


def _side_colour() -> alt.Color:
    sides = list(SIDE_COLOURS)
    return alt.Color("side:N", scale=alt.Scale(domain=sides, range=list(SIDE_COLOURS.values())), legend=None)


def _marks(rows: Rows, x: alt.X) -> list[alt.Chart]:
    base = alt.Chart(data(rows)).encode(x=x, color=_side_colour())
    shape = alt.Shape("side:N", scale=alt.Scale(domain=list(SIDE_SHAPES), range=list(SIDE_SHAPES.values())), legend=None)
    return [
        base.transform_filter("datum.high > datum.low").mark_rule(opacity=0.7).encode(y="low:Q", y2="high:Q"),
        base.mark_point(filled=True, size=62, opacity=0.9, stroke="white", strokeWidth=0.8).encode(
            y="value:Q", shape=shape, href="link:N"
        ),
    ]


def event_layers(events: Sequence[tuple[int, date]], x: alt.X) -> list[alt.Chart]:
    """Numbered upright lines at dated events; the numbers are explained under the figure."""
    if not events:
        return []
    base = alt.Chart(data([{"date": day.isoformat(), "number": str(number)} for number, day in events])).encode(x=x)
    return [
        base.mark_rule(color="#b6bbc2", strokeDash=[2, 3]),
        base.mark_text(color="#666666", fontSize=10, dy=-2, baseline="bottom").encode(y=alt.value(0), text="number:N"),
    ]


def layer(layers: Sequence[alt.Chart], title: str, width: Width) -> alt.LayerChart:
    """One panel: layers over the same axes under a heading."""
    wide, high = HALF[width]
    panel = alt.LayerChart(layer=list(layers))
    return panel.properties(width=wide, height=high, title=alt.TitleParams(title, offset=8))


def place(panels: Sequence[alt.LayerChart | alt.Chart], width: Width, *, columns: int = 2) -> alt.TopLevelMixin:
    """Panels side by side on a wide page, below one another on a narrow one."""
    if len(panels) == 1:
        return panels[0]
    if width == "narrow":
        return alt.vconcat(*panels).resolve_scale(color="independent", shape="independent")
    return alt.concat(*panels, columns=columns).resolve_scale(color="independent", shape="independent")


def colour(field: str, table: Mapping[str, str]) -> alt.Color:
    """Colours by name; the legend is set in the page, beside the figure."""
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=list(table), range=list(table.values())), legend=None)


def lines(
    rows: Rows, x: alt.X, title: str, table: Mapping[str, str], *, dashes: Mapping[str, list[int]] | None = None
) -> alt.Chart:
    """Several named curves in the colours of ``table``."""
    patterns = [(dashes or {}).get(name, [1, 0]) for name in table]
    dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=list(table), range=patterns), legend=None)
    base = alt.Chart(data(rows)).mark_line(strokeWidth=2)
    return base.encode(x=x, y=number_axis("mid", title), strokeDash=dash, color=colour("series", table))
