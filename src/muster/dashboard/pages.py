"""Templates: a whole page, or a part of one that is put into it when it is ready."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response

from muster.dashboard.assets import stamp
from muster.report.responses import RESPONSES
from muster.report.style import darkened
from muster.report.text import open_templates

if TYPE_CHECKING:
    from jinja2 import Environment

    from muster.dashboard.study import Study

VIEWS = {
    "overview": ("/", "Overview"),
    "map": ("/map", "Map"),
    "series": ("/series", "Series"),
    "evidence": ("/evidence", "Evidence"),
    "scenarios": ("/scenarios", "Scenarios"),
    "programme": ("/programme", "Programme"),
    "model": ("/model", "Model"),
    "validation": ("/validation", "Validation"),
    "runs": ("/runs", "Runs"),
}


@cache
def environment() -> Environment:
    """Templates of the dashboard and, for what they share, of the report; everything put into one is escaped."""
    found = open_templates("muster.dashboard", "muster.report")
    found.filters.update(dark=darkened, log2=math.log2)
    found.globals.update(views=VIEWS, stamp=stamp, label=_label, titles=lambda: {one.key: one.title for one in RESPONSES})
    return found


def render(template: str, values: Mapping[str, Any]) -> Response:
    """A template as an answer."""
    return HTMLResponse(environment().get_template(template).render(**values))


def _label(study: Study) -> str:
    """What the histories rest on, in a sentence."""
    from muster.report.words import fitted_label

    said = study.case.parameters_label if study.posterior is None else fitted_label(study.posterior)
    return f"{said[:1].upper()}{said[1:]}."
