"""The look shared by all figures: colours that colour-blind readers can tell apart, sizes, and the chart configuration."""

from __future__ import annotations

import re
from typing import Any, Literal

Width = Literal["wide", "narrow"]
WIDTHS: tuple[Width, ...] = ("wide", "narrow")

# Okabe and Ito's palette, without its yellow, which is too faint on white.
BLUE, SKY, GREEN, ORANGE, VERMILION, PURPLE, BLACK, GREY = (
    "#0072B2",
    "#56B4E9",
    "#009E73",
    "#E69F00",
    "#D55E00",
    "#CC79A7",
    "#222222",
    "#8a8f98",
)

SIDE_COLOURS = {"regime": VERMILION, "resistance": GREEN, "independent": BLACK}
SIDE_SHAPES = {"regime": "square", "resistance": "triangle-up", "independent": "circle"}
BRANCH_COLOURS = {"infantry": BLUE, "support": SKY, "air force": PURPLE, "navy": GREEN, "police": ORANGE}
FATE_COLOURS = {"defected": BLUE, "deserted": SKY, "caught leaving": PURPLE, "surrendered or taken": ORANGE}
MOTIVE_COLOURS = {
    "dormant": GREY,
    "moral injury": VERMILION,
    "shaming": PURPLE,
    "losing": ORANGE,
    "offer": GREEN,
    "risk": BLACK,
    "peers": BLUE,
}
SHARE_COLOURS = ("#dde7f0", "#b3cde3", "#78a9d0", "#3579b1", "#0a4273")

# Width and height of a panel in pixels, axes not counted; two stand side by side on a wide page.
HALF = {"wide": (352, 225), "narrow": (280, 190)}
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def configuration(width: Width) -> dict[str, Any]:
    """The Vega-Lite ``config`` of every chart."""
    size = 12 if width == "wide" else 11
    return {
        "font": FONT,
        "background": "#ffffff",
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": size,
            "titleFontSize": size,
            "titleFontWeight": "normal",
            "titleColor": "#444444",
            "labelColor": "#444444",
            "gridColor": "#e6e8eb",
            "domainColor": "#9aa0a6",
            "tickColor": "#9aa0a6",
            "titlePadding": 8,
            "labelFlush": False,
        },
        "axisX": {"grid": False},
        "axisY": {
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
            "titleAnchor": "end",
            "titleAngle": 0,
            "titleAlign": "left",
        },
        "title": {"fontSize": size + 1, "fontWeight": "bold", "anchor": "start", "color": "#222222", "offset": 10},
        "legend": {
            "orient": "top",
            "title": None,
            "labelFontSize": size,
            "symbolSize": 110,
            "columnPadding": 14,
            "labelLimit": 220,
            "labelColor": "#444444",
            "titleColor": "#444444",
            "titleLimit": 400,
        },
        "concat": {"spacing": 26},
        "facet": {"spacing": 26},
        "header": {"labelFontSize": size + 1, "labelFontWeight": "bold", "labelAnchor": "start", "title": None},
    }


# On a dark page: inks, lines and the two colours too near to black are lightened; all others are kept.
DARK = {
    "#ffffff": "#16191d",
    "#222222": "#f2f2f2",
    "#444444": "#c5cbd2",
    "#666666": "#a5adb6",
    "#e6e8eb": "#31373e",
    "#b6bbc2": "#59616b",
    "#9aa0a6": "#6d7680",
    "#0072B2": "#3d9fdc",
    "#0a4273": "#9fd0f7",
    "#3579b1": "#6aaee4",
    "#78a9d0": "#3579b1",
    "#b3cde3": "#24527a",
    "#dde7f0": "#2c3f52",
}


def darkened(text: str) -> str:
    """A specification, as text, in the colours of a dark page."""
    return re.sub("|".join(DARK), lambda found: DARK[found.group(0)], text)
