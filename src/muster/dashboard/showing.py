"""What each page and each part of a page shows: values for its template."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from muster.compare.outcome import OUTCOMES
from muster.core.errors import MusterError
from muster.dashboard import answers
from muster.dashboard.levers import LEAST, MOST, PULLED, pull_days, read_levers
from muster.dashboard.study import Study
from muster.dashboard.views import evidence, figures, map, model, overview, programme, runs, scenarios, validation
from muster.dashboard.work import Job
from muster.report.figures import PLANS
from muster.report.scene import key_events
from muster.simulate.lever import lever

if TYPE_CHECKING:
    from starlette.requests import Request

Values = dict[str, Any]
Query = Mapping[str, str]
Page = Callable[[Study, "Request"], Values]


def _overview(study: Study, request: Request) -> Values:
    return {"plans": [figures.BY_KEY[key] for key in overview.FIGURES], "events": key_events(study.case)}


def _map(study: Study, request: Request) -> Values:
    return {
        "quantities": map.QUANTITIES,
        "outlined": bool(study.case.outlines),
        "chosen": _one_of(request, "quantity", "control"),
    }


def _series(study: Study, request: Request) -> Values:
    return {"plans": PLANS, "chosen": _one_of(request, "figure", "fig-registered"), "events": key_events(study.case)}


def _evidence(study: Study, request: Request) -> Values:
    return {"tab": _one_of(request, "tab", "table"), "query": dict(request.query_params), **evidence.frame(study)}


def _model(study: Study, request: Request) -> Values:
    return {"lanes": model.lanes(), "steps": model.steps(), "mechanisms": model.model()}


def _one_of(request: Request, name: str, otherwise: str) -> str:
    return request.query_params.get(name, otherwise)


def _scenarios(study: Study, request: Request) -> Values:
    return {
        "listed": scenarios.listed(study),
        "quantities": OUTCOMES,
        "asked": scenarios.asked(request.query_params) | {"second": _one_of(request, "second", scenarios.other(study))},
        "pulled": read_levers(study.case, request.query_params),
        "levers": [lever(name) for name in PULLED],
        "days": pull_days(study.case),
        "ends": (LEAST, MOST),
    }


def _programme(study: Study, request: Request) -> Values:
    return {"has": programme.has_programme(study), "plan": figures.BY_KEY["fig-programme"], "events": ()}


def _values(found: bytes | Job) -> Values | Job:
    return found if isinstance(found, Job) else json.loads(found)


def _drawn_values(found: bytes | Job, query: Query) -> Values | Job:
    """With the query, by which the part asks for its figure."""
    return found if isinstance(found, Job) else {**json.loads(found), "query": urlencode(dict(query))}


def _part_claims(study: Study, query: Query) -> Values | Job:
    """The claims of a figure, for those who cannot point at its marks."""
    found = answers.ask_figure(study, query.get("figure", ""), "wide")
    compared = answers.ask_comparisons(study)
    if isinstance(found, Job):
        return found
    if isinstance(compared, Job):
        return compared
    rows = json.loads(compared)
    return {"rows": [rows[name] for name in json.loads(found)["claims"]]}


def _part_claim(study: Study, query: Query) -> Values | Job:
    """One claim: of the ledger, or of the case."""
    name = query.get("id", "")
    found = evidence.shelf_of(study)
    if isinstance(found, Job):
        return found
    card = found["cards"].get(name)
    of_case = next((one for one in study.case.claims if one.id == name), None)
    if card is None and of_case is not None:
        pack = answers.ask_pack(study)
        if isinstance(pack, Job):
            return pack
        card = json.loads(pack)["cards"].get(name)
    if card is None:
        raise MusterError("There is no such claim.")
    compared = None
    if of_case is not None and not isinstance(kept := answers.ask_comparisons(study), Job):
        compared = json.loads(kept)[name]
    return {"card": card, "claim": of_case, "compared": compared, "fitted": study.posterior is not None}


PAGES: dict[str, Page] = {
    "overview": _overview,
    "map": _map,
    "series": _series,
    "evidence": _evidence,
    "model": _model,
    "scenarios": _scenarios,
    "programme": _programme,
    "runs": lambda study, request: {},
    "validation": lambda study, request: validation.standing(study),
}
PARTS: dict[str, Callable[[Study, Query], Values | Job]] = {
    "overview": lambda study, query: _values(answers.ask_overview(study)),
    "claims": _part_claims,
    "claim": _part_claim,
    "meaning": lambda study, query: _values(answers.ask_meaning(study, query.get("id", ""))),
    "checks": lambda study, query: _values(answers.ask_checks(study)),
    "compared": lambda study, query: _drawn_values(answers.ask_compared(study, query), query),
    "why": lambda study, query: _drawn_values(answers.ask_why(study, query), query),
    "course": lambda study, query: _values(answers.ask_programme(study)),
    "frontier": lambda study, query: _values(answers.ask_frontier(study)),
    "runs": lambda study, query: runs.shown(study),
    "table": evidence.table,
    "review": evidence.review,
    "conflicts": evidence.conflicts,
}
