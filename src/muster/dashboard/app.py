"""The web application: which address shows what, and what becomes of an error."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from muster.core.errors import MusterError
from muster.dashboard import answers
from muster.dashboard.assets import ASSETS
from muster.dashboard.deciding import decide, take_document, undo
from muster.dashboard.guard import UPLOADS, Guard
from muster.dashboard.levers import AS_IS, NEW, read_levers
from muster.dashboard.pages import VIEWS, render
from muster.dashboard.showing import PAGES, PARTS
from muster.dashboard.study import Study
from muster.dashboard.views import model, scenarios, validation
from muster.dashboard.work import Job
from muster.report.style import darkened

DRAWN: dict[str, Callable[[Study, Mapping[str, str]], bytes | Job]] = {
    "compared": answers.ask_compared,
    "why": answers.ask_why,
    "frontier": lambda study, query: answers.ask_frontier(study),
}
Handler = Callable[[Request], Response]


def build_app(study: Study, *, hosts: Collection[str], token: str = "") -> Guard:
    """The dashboard of a study as an ASGI application that answers to ``hosts``, behind its guard."""
    app = Starlette(
        routes=[
            *(Route(path, _page(name), name=name) for name, (path, _) in VIEWS.items()),
            Route("/parts/{name}", _part),
            Route("/figures/{key}", _figure),
            Route("/responses/{key}", _response),
            Route("/coverage", _coverage),
            Route("/quantities/{name}", _quantity),
            Route("/drawn/{what}", _drawn),
            Route("/live", _live),
            Route("/work", _work),
            Route("/evidence/decide", _deciding(decide), methods=["POST"]),
            Route("/evidence/undo", _deciding(undo), methods=["POST"]),
            Route(UPLOADS, _document, methods=["POST"]),
            Route("/static/{name}", _asset),
            Route("/favicon.ico", lambda _: Response(status_code=204)),
        ],
        exception_handlers={MusterError: _refuse, HTTPException: _lost, ClientDisconnect: _cut, Exception: _fail},
    )
    app.state.study = study
    return Guard(app, frozenset(hosts), token)


def _study(request: Request) -> Study:
    found: Study = request.app.state.study
    return found


def _page(name: str) -> Handler:
    def show(request: Request) -> Response:
        return render(f"{name}.html.j2", {"page": name, "study": _study(request), **PAGES[name](_study(request), request)})

    return show


def _part(request: Request) -> Response:
    """A part of a page, or the work that is making it."""
    name = request.path_params["name"]
    if name not in PARTS:
        raise HTTPException(404)
    values = PARTS[name](_study(request), request.query_params)
    if isinstance(values, Job):
        return _waiting(values)
    return render(f"parts/{name}.html.j2", {"study": _study(request), **values})


def _waiting(job: Job) -> Response:
    status = 500 if job.state == "failed" else 202
    return JSONResponse(job.as_json(), status)


def _given(found: bytes | Job, request: Request) -> Response:
    """Kept JSON in the colours asked for, or the work that is making it."""
    if isinstance(found, Job):
        return _waiting(found)
    if request.query_params.get("theme") == "dark":
        found = darkened(found.decode()).encode()
    return Response(found, media_type="application/json")


def _figure(request: Request) -> Response:
    width: Any = request.query_params.get("width", "wide")
    return _given(answers.ask_figure(_study(request), request.path_params["key"], width), request)


def _quantity(request: Request) -> Response:
    return _given(answers.ask_map(_study(request), request.path_params["name"]), request)


def _response(request: Request) -> Response:
    return _spec(model.response(request.path_params["key"]), request)


def _coverage(request: Request) -> Response:
    return _spec(validation.coverage_spec(_study(request)), request)


def _spec(spec: dict[str, Any] | None, request: Request) -> Response:
    if spec is None:
        raise HTTPException(404)
    return _given(json.dumps({"spec": spec}).encode(), request)


def _drawn(request: Request) -> Response:
    """The figure of a comparison, a why or a frontier."""
    make = DRAWN.get(request.path_params["what"])
    if make is None:
        raise HTTPException(404)
    found = make(_study(request), request.query_params)
    if isinstance(found, Job):
        return _waiting(found)
    width = "narrow" if request.query_params.get("width") == "narrow" else "wide"
    return _spec(json.loads(found)["figure"][width], request)


def _live(request: Request) -> Response:
    """What pulled levers change, from few histories, at once; no content when a later pull has overtaken this one."""
    study = _study(request)
    pulled = read_levers(study.case, request.query_params)
    live = answers.ask_live(study, pulled.start)
    if isinstance(live, Job):
        return _waiting(live)
    quantity = request.query_params.get("quantity", "left")
    scenarios.question(AS_IS, NEW, pulled, quantity)
    ensemble = live.pull(pulled)
    if ensemble is None:
        return Response(status_code=204)
    found = scenarios.told(ensemble, quantity)
    shown = {name: found[name] for name in ("whole", "members", "unit")}
    shown |= {"levers": pulled.told(), "spec": found["figure"]["narrow"]}
    return _given(json.dumps(shown).encode(), request)


def _work(request: Request) -> Response:
    return JSONResponse([job.as_json() for job in _study(request).work.jobs()])


def _deciding(act: Callable[[Study, Any], dict[str, Any]]) -> Callable[[Request], Any]:
    """A decision sent as JSON. What the ledger refuses is a conflict, told in its own sentence."""

    async def answer(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        try:
            body = json.loads(await request.body())
        except (ValueError, RecursionError) as error:
            raise MusterError("This is not valid JSON.") from error
        if not isinstance(body, dict):
            raise MusterError("A decision is a JSON object.")
        try:
            return JSONResponse(await run_in_threadpool(act, _study(request), body))
        except MusterError as error:
            return PlainTextResponse(str(error), 409)

    return answer


async def _document(request: Request) -> Response:
    """A document to read, as bytes; its name is used for nothing but its kind and a label."""
    from starlette.concurrency import run_in_threadpool

    name = request.query_params.get("name", "")
    return JSONResponse(await run_in_threadpool(take_document, _study(request), name, await request.body()))


def _asset(request: Request) -> Response:
    make = ASSETS.get(request.path_params["name"])
    if make is None:
        raise HTTPException(404)
    content, kind = make()
    return Response(content, media_type=kind, headers={"cache-control": "public, max-age=31536000, immutable"})


async def _refuse(request: Request, error: Exception) -> Response:
    return PlainTextResponse(str(error), 400)


async def _lost(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return PlainTextResponse("There is no such page. The dashboard begins at /.", status)


async def _cut(request: Request, error: Exception) -> Response:
    return PlainTextResponse("The request ended before its body did, or went on after it.", 400)


async def _fail(request: Request, error: Exception) -> Response:
    return PlainTextResponse("This failed inside; the terminal that serves the page says where.", 500)
