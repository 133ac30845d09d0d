"""How far to trust it: forecasts judged, intervals checked, the reported course, what rests on judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from muster.core.pool import Progress
from muster.report.assumptions import list_assumptions
from muster.report.fitted import tell_fit, tell_skill
from muster.report.style import BLUE, GREY, VERMILION, configuration

if TYPE_CHECKING:
    from muster.dashboard.study import Study

_NOMINAL = 90


@lru_cache(maxsize=4)
def standing(study: Study) -> dict[str, Any]:
    """What is known without a simulation: skill of past forecasts, what was learned, what rests on judgement."""
    return {
        "skill": tell_skill(study.case),
        "fitted": None if study.posterior is None else tell_fit(study.posterior, study.case),
        "assumptions": list_assumptions(study.case),
    }


def checks(study: Study, tell: Progress) -> dict[str, Any]:
    """Checks of the fit on the figures it learned from, and of the course on the median history."""
    from muster.calibrate.known import known_by
    from muster.calibrate.predictive import check_predictive
    from muster.observe.reported import likelihood_terms
    from muster.report.story import check_story

    predictive: list[dict[str, Any]] = []
    if study.posterior is not None:
        terms = likelihood_terms(known_by(study.case, study.posterior.until).claims)
        predictive = [asdict(one) for one in check_predictive(study.posterior, terms)]
    story = check_story(study.case, study.histories(progress=tell))
    return {"predictive": predictive, "story": [asdict(one) for one in story]}


@lru_cache(maxsize=4)
def coverage_spec(study: Study) -> dict[str, Any] | None:
    """Forecasts against what was reported, as a multiple of the forecast's median; nothing where the case has no record."""
    from muster.calibrate.shipped import FOLDER
    from muster.forecast.rolling import read_record

    record = read_record(study.case.folder / FOLDER)
    if record is None:
        return None
    rows = [_cell(cell) for cell in record["prior"]["cells"] if min(cell["median"], cell["low90"], cell["reported"]) > 0]
    rows.sort(key=lambda row: row["ratio"])
    return _forest(rows) if rows else None


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    median, where = cell["median"], "" if cell["region"] == "national" else f", {cell['region']}"
    return {
        "low": cell["low90"] / median,
        "high": cell["high90"] / median,
        "ratio": cell["reported"] / median,
        "held": "within" if cell["in90"] else "outside",
        "claim": cell["claim"],
        "tip": f"{cell['claim']}: {cell['quantity'].replace('_', ' ')}{where}, {cell['claimant']}; "
        f"reported {cell['reported']:,.0f}, forecast {median:,.0f} ({cell['low90']:,.0f} to {cell['high90']:,.0f}), "
        f"{cell['horizon_months']} months ahead",
    }


def _forest(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    numbered = [{**row, "place": place} for place, row in enumerate(rows)]
    y = {"field": "place", "type": "ordinal", "axis": None}
    x = {
        "type": "quantitative",
        "scale": {"type": "log", "clamp": True, "domain": [0.1, 10]},
        "axis": {
            "title": "reported, as a multiple of the forecast's median",
            "values": [0.1, 0.2, 0.5, 1, 2, 5, 10],
            "grid": True,
        },
    }
    colour = {
        "field": "held",
        "type": "nominal",
        "scale": {"domain": ["within", "outside"], "range": [BLUE, VERMILION]},
        "legend": {"title": f"reported figure within the {_NOMINAL} % interval", "titleFontWeight": "normal"},
    }
    shape = {"field": "held", "type": "nominal", "scale": {"domain": ["within", "outside"], "range": ["circle", "triangle-up"]}}
    return {
        "data": {"values": numbered},
        "width": "container",
        "height": 5 * len(numbered),
        "layer": [
            {
                "mark": {"type": "rule", "color": GREY, "opacity": 0.6, "strokeWidth": 2},
                "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 42, "cursor": "pointer"},
                "encoding": {"y": y, "x": {**x, "field": "ratio"}, "color": colour, "shape": shape, "tooltip": {"field": "tip"}},
            },
        ],
        "config": configuration("wide"),
    }
