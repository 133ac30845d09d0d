"""What each page and each part of a page shows: values for its template."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from muster.compare.outcome import OUTCOMES
from muster.core.errors import MusterError
from muster.core.suggest import quote
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
    chosen, notices = _read(
        request,
        Choice("quantity", {name: one.title for name, one in map.QUANTITIES.items()}, "control"),
        Choice("month", months := map.named_months(study.case), list(months)[-1]),
        Choice("region", {one.id: one.name for one in study.case.regions}, study.case.regions[0].id),
    )
    return {
        "quantities": map.QUANTITIES,
        "outlined": bool(study.case.outlines),
        "chosen": chosen["quantity"],
        "notices": notices,
    }


def _series(study: Study, request: Request) -> Values:
    return {"plans": PLANS, "chosen": _one_of(request, "figure", "fig-registered"), "events": key_events(study.case)}


def _evidence(study: Study, request: Request) -> Values:
    frame = evidence.frame(study)
    filters = (("subject", frame["kinds"]), ("side", frame["sides"]), ("status", frame["statuses"]))
    chosen, notices = _read(
        request,
        Choice("tab", {"table": "Claims", "review": "Review", "conflicts": "Conflicts"}, "table"),
        *(Choice(name, {"": "any", **{word: word for word in words}}, "") for name, words in filters),
    )
    return {"tab": chosen["tab"], "query": dict(request.query_params), "notices": notices, **frame}


def _model(study: Study, request: Request) -> Values:
    return {"lanes": model.lanes(), "steps": model.steps(), "mechanisms": model.model()}


def _one_of(request: Request, name: str, otherwise: str) -> str:
    return request.query_params.get(name, otherwise)


@dataclass(frozen=True, slots=True)
class Choice:
    """A word of an address: its values with what the page calls them, and the one taken where none or an unknown one is given."""

    name: str
    known: Mapping[str, str]
    otherwise: str
    called: str = ""  # in a sentence, where it is not the name


def _read(request: Request, *choices: Choice) -> tuple[dict[str, str], list[str]]:
    """What is shown for each choice, and a notice for each that the address asks for and the page does not have."""
    chosen, notices = {}, []
    for one in choices:
        wanted = request.query_params.get(one.name, one.otherwise)
        chosen[one.name] = wanted if wanted in one.known else one.otherwise
        if wanted not in one.known:
            notices.append(f"There is no {one.called or one.name} {quote(wanted)}. Shown instead: {one.known[one.otherwise]}.")
    return chosen, notices


def _scenarios(study: Study, request: Request) -> Values:
    listed = scenarios.listed(study)
    titles = {one["name"]: one["title"] for one in listed}
    usual = scenarios.asked({})
    outcomes = {name: one.meaning for name, one in OUTCOMES.items()}
    asked, notices = _read(
        request,
        Choice("first", titles, usual["first"], "scenario"),
        Choice("quantity", outcomes, usual["quantity"], "outcome"),
    )
    second, more = _read(request, Choice("second", titles, scenarios.other(study, asked["first"]), "scenario"))
    return {
        "listed": listed,
        "quantities": OUTCOMES,
        "asked": asked | second,
        "notices": notices + more,
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
