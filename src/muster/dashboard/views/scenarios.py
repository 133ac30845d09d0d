"""Two scenarios beside each other under the same luck: the paired difference, by region, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from muster.compare.contrast import Contrast, contrast
from muster.compare.ensemble import Ensemble, simulate_ensemble
from muster.compare.outcome import OUTCOMES
from muster.compare.why import why
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.dashboard.levers import Pulled
from muster.report.changes import draw_changes
from muster.report.differences import tell_row, tell_share
from muster.report.render import plain_spec
from muster.report.shares import draw_shares
from muster.report.style import WIDTHS, Width
from muster.simulate.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from muster.dashboard.study import Study

MEMBERS = 12
WHY_MEMBERS = 3
_ACROSS: dict[Width, int] = {"wide": 560, "narrow": 270}


@lru_cache(maxsize=4)
def listed(study: Study) -> tuple[dict[str, str], ...]:
    """The scenarios of the case: name, title, motive."""
    found = [load_scenario(study.case, name) for name in study.case.scenarios]
    return tuple({"name": one.name, "title": one.title or one.name, "motive": one.motive} for one in found)


def other(study: Study, first: str = "baseline") -> str:
    """The first scenario that is not ``first``, to begin with."""
    return next((name for name in study.case.scenarios if name != first), first)


def chosen(study: Study, name: str, pulled: Pulled) -> Scenario:
    """A scenario of the case with levers pulled on top. Errors: a :class:`MusterError` for a name that is none."""
    if name not in study.case.scenarios:
        raise MusterError(f"The case has no such scenario. Choose one of {', '.join(study.case.scenarios)}.")
    found = load_scenario(study.case, name)
    if not pulled.factors:
        return found
    return replace(found, name=f"{name}, levers pulled", changes=(*found.changes, *pulled.changes()))


def question(first: str, second: str, pulled: Pulled, quantity: str) -> str:
    """What the answer to a comparison is kept under. Errors: a :class:`MusterError` for a quantity that is none."""
    if quantity not in OUTCOMES:
        raise MusterError(f"There is no such outcome. Choose one of {', '.join(OUTCOMES)}.")
    return f"{first} | {second} | {pulled.told()} | {quantity}"


def compared(study: Study, tell: Progress, *, first: str, second: str, pulled: Pulled, quantity: str) -> dict[str, Any]:
    """The difference of ``second``, with levers pulled, from ``first``: in all, by month as a figure, by region as rows."""
    one, two = chosen(study, first, Pulled(pulled.start, {})), chosen(study, second, pulled)
    if two.name == one.name:
        two = replace(two, name=f"{two.name} again")  # the same twice: every difference is exactly nought
    ensemble = simulate_ensemble(study.case, study.posterior, [one, two], draws=MEMBERS, store=study.kept.runs, progress=tell)
    return told(ensemble, quantity) | {"motive": two.motive, "levers": pulled.told()}


def told(ensemble: Ensemble, quantity: str) -> dict[str, Any]:
    """A comparison as plain values, small regional cells hidden."""
    first, second = ensemble.scenarios
    outcome = OUTCOMES[quantity]
    whole = contrast(ensemble, first, second, quantity=quantity)
    monthly = contrast(ensemble, first, second, quantity=quantity, by="month", cumulative=outcome.flow)
    regions = contrast(ensemble, first, second, quantity=quantity, by="region").rows if "region" in outcome.axes else ()
    by_region = replace(whole, by="region", rows=regions)
    return {
        "first": first,
        "second": second,
        "members": whole.members,
        "meaning": outcome.meaning,
        "unit": outcome.unit,
        "whole": tell_row(whole, whole.rows[0]),
        "sentence": sentence(whole),
        "regions": [tell_row(by_region, row) for row in regions],
        "figure": {width: plain_spec(draw_changes([monthly], width).properties(width=_ACROSS[width]), width) for width in WIDTHS},
    }


def sentence(found: Contrast) -> str:
    """How sure the difference is, in words."""
    row = found.rows[0]
    if row.low90 == row.high90 == 0:
        return "No difference at all: the two are the same."
    if row.low90 <= 0 <= row.high90:
        return "The 90 % interval holds nought: the model does not say which way this goes."
    return f"{max(row.up, row.down):.0%} of the pairs go the same way."


def explained(study: Study, tell: Progress, *, first: str, second: str, pulled: Pulled, quantity: str) -> dict[str, Any]:
    """The difference shared out over pathways, by ``muster.why``."""
    one, two = chosen(study, first, Pulled(pulled.start, {})), chosen(study, second, pulled)
    found = why(study.case, study.posterior, two, against=one, quantity=quantity, draws=WHY_MEMBERS, progress=tell)
    return {
        "question": found.question,
        "members": found.members,
        "whole": tell_share(found, found.whole),
        "shares": [tell_share(found, share) for share in (*found.shares, found.direct)],
        "figure": {width: plain_spec(draw_shares(found, width), width) for width in WIDTHS},
    }


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """What an address asks for, with what is taken otherwise."""
    return {
        "first": query.get("first", "baseline"),
        "second": query.get("second", "baseline"),
        "quantity": query.get("quantity", "left"),
    }
