"""Any quantity by region and month: the median over histories, persons rounded and small cells hidden."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from muster.core.pool import Progress
from muster.core.vocabulary import EXITS
from muster.report.map import STEPS, clockwise, outline_shape
from muster.report.spread import say_exactly
from muster.report.style import BLUE, ORANGE, SHARE_COLOURS, configuration
from muster.report.suppress import HIDDEN, suppress, suppress_array
from muster.simulate.monthly import months_of

if TYPE_CHECKING:
    from muster.case import Case
    from muster.dashboard.study import Study

Months = Mapping[str, np.ndarray]
Kind = Literal["share", "persons", "events"]
_HIDDEN = "#9aa0a6"
_WIDTH = 430
# Shares of the largest value at which the colour of a count changes.
_CUTS = (0.05, 0.15, 0.35, 0.65)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A quantity of the map: what it is, and how it is read from the months of one history, (month, region)."""

    title: str
    unit: str
    kind: Kind
    read: Callable[[Months], np.ndarray]


def _exits(*fates: str) -> Callable[[Months], np.ndarray]:
    places = [EXITS.index(fate) for fate in fates]
    return lambda months: months["exits"][..., places].sum((2, 3))


def _harm(months: Months) -> np.ndarray:
    return months["harm_ground"] + months["harm_air"] + months["harm_crackdown"]


_LEFT = _exits("defected", "deserted")
QUANTITIES: dict[str, Mapped] = {
    "control": Mapped("Under stable control of the regime", "% of the region", "share", lambda m: 100 * m["control"]),
    "support": Mapped("Support for the resistance", "% of people", "share", lambda m: 100 * m["support"]),
    "left": Mapped("Defected or deserted in the month", "persons", "persons", _LEFT),
    "left_so_far": Mapped("Defected or deserted so far", "persons", "persons", lambda m: _LEFT(m).cumsum(0)),
    "killed": Mapped("Soldiers and police killed in the month", "persons", "persons", _exits("killed")),
    "taken": Mapped("Surrendered or taken in the month", "persons", "persons", _exits("surrendered", "prisoner")),
    "strength": Mapped("Soldiers and police in service", "persons", "persons", lambda m: m["strength"].sum(2)),
    "willing": Mapped("Willing to leave", "persons", "persons", lambda m: m["willing"].sum(2)),
    "militia": Mapped("Members of the militia", "persons", "persons", lambda m: m["militia"]),
    "harm": Mapped("Civilians killed by the regime in the month", "persons", "persons", _harm),
    "strikes": Mapped("Air strikes in the month", "strikes", "events", lambda m: m["strikes"]),
    "overrun": Mapped("Units overrun in the month", "units", "events", lambda m: m["overrun"]),
}


def mapped(study: Study, tell: Progress, *, name: str) -> dict[str, Any]:
    """A quantity in all months and regions: numbers to colour by (``None`` where hidden), and as text; with its map."""
    about = QUANTITIES[name]
    stack = np.stack([about.read(months) for months in study.months(progress=tell)]).astype(float)
    low, median, high = np.quantile(stack, [0.05, 0.5, 0.95], axis=0)
    shown = _shown(about, median)
    months = months_of(study.case.start, study.case.until)
    return {
        "title": about.title,
        "unit": about.unit,
        "months": [day.isoformat() for day in months],
        "regions": [{"id": region.id, "name": region.name} for region in study.case.regions],
        "values": _plain(shown),
        "told": [[_told(about, value) for value in row] for row in median],
        "bands": [
            [f"{_told(about, a)} to {_told(about, b)}" for a, b in zip(*pair, strict=True)]
            for pair in zip(low, high, strict=True)
        ],
        "range": {"low": _plain(_shown(about, low)), "high": _plain(_shown(about, high))},
        "legend": legend(about, shown),
        "spec": map_spec(study.case, about, shown),
        "line": line_spec(about),
    }


def named_months(case: Case) -> dict[str, str]:
    """The months of a case as an address has them, ``2021-02``, with their names."""
    return {f"{day:%Y-%m}": f"{day:%B %Y}" for day in months_of(case.start, case.until)}


def _told(about: Mapped, value: float) -> str:
    return suppress(value) if about.kind == "persons" else f"{value:,.0f}"


def _shown(about: Mapped, values: np.ndarray) -> np.ndarray:
    """Values as they may be shown; not a number where a cell is hidden."""
    return suppress_array(values) if about.kind == "persons" else np.round(values, 1)


def _plain(shown: np.ndarray) -> list[list[float | None]]:
    """Rows for JSON, ``None`` where a cell is hidden."""
    return [[None if np.isnan(value) else float(value) for value in row] for row in shown]


def map_spec(case: Case, about: Mapped, shown: np.ndarray) -> dict[str, Any] | None:
    """The regions, coloured by the rows of the data set ``now``; nothing where the case has no outlines."""
    if not case.outlines:
        return None
    features = [
        {"type": "Feature", "id": one["properties"]["id"], "geometry": clockwise(one["geometry"])}
        for one in case.outlines["features"]
    ]
    colour = {
        "field": "value",
        "type": "quantitative",
        "scale": {"type": "threshold", "domain": steps(about, shown), "range": list(SHARE_COLOURS)},
        "legend": None,
    }
    return {
        "data": {"values": features},
        "transform": [
            {"lookup": "id", "from": {"data": {"name": "now", "values": []}, "key": "id", "fields": ["value", "tip", "chosen"]}}
        ],
        "width": _WIDTH,
        "height": round(_WIDTH * outline_shape(case.outlines)),
        "projection": {"type": "mercator"},
        "mark": {"type": "geoshape", "cursor": "pointer"},
        "encoding": {
            "color": {"condition": {"test": "datum.value === null", "value": _HIDDEN}, **colour},
            "stroke": {"condition": {"test": "datum.chosen", "value": ORANGE}, "value": "#ffffff"},
            "strokeWidth": {"condition": {"test": "datum.chosen", "value": 3}, "value": 0.8},
            "order": {"field": "chosen"},
            "tooltip": {"field": "tip"},
        },
        "config": configuration("wide"),
    }


def legend(about: Mapped, shown: np.ndarray) -> list[dict[str, str]]:
    """What each colour stands for; the last is that of hidden cells, where there can be any."""
    ends = [say_exactly(step) for step in steps(about, shown)]
    words = [f"below {ends[0]}", *(f"{low}–{high}" for low, high in pairwise(ends)), f"{ends[-1]} or more"]
    named = [{"colour": colour, "label": word} for colour, word in zip(SHARE_COLOURS, words, strict=True)]
    return [*named, {"colour": _HIDDEN, "label": f"{HIDDEN}, not shown"}] if about.kind == "persons" else named


def steps(about: Mapped, shown: np.ndarray) -> list[float]:
    """Where the colour changes: fifths of a share, or round parts of the largest count."""
    if about.kind == "share":
        return [float(step) for step in STEPS]
    most = float(np.nanmax(shown, initial=0.0)) or 1.0
    return [_round_number(most * cut) for cut in _CUTS]


def _round_number(value: float) -> float:
    """To one significant digit."""
    size = 10.0 ** np.floor(np.log10(value))
    return float(np.round(value / size) * size)


def line_spec(about: Mapped) -> dict[str, Any]:
    """One region over time, from the rows of the data set ``line``: the month shown is marked."""
    x = {
        "field": "month",
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": {"title": None, "tickCount": 4, "format": "%b %Y"},
    }
    return {
        "data": {"name": "line", "values": []},
        "width": 300,
        "height": 180,
        "layer": [
            {
                "mark": {"type": "area", "color": BLUE, "opacity": 0.25},
                "encoding": {
                    "x": x,
                    "y": {
                        "field": "low",
                        "type": "quantitative",
                        "axis": {"title": about.unit, "titleY": -20, "titleX": 0, "tickCount": 5, "format": ",~r"},
                    },
                    "y2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "line", "color": BLUE, "strokeWidth": 2.2},
                "encoding": {"x": x, "y": {"field": "value", "type": "quantitative"}},
            },
            {
                "transform": [{"filter": "datum.now"}],
                "mark": {"type": "rule", "color": ORANGE, "strokeWidth": 2},
                "encoding": {"x": x},
            },
        ],
        "config": configuration("narrow"),
    }
