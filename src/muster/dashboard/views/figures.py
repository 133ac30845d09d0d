"""The figures of the report as the browser draws them: the same plans, marks that answer a click."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from muster.core.pool import Progress
from muster.report.figures import PLANS, Plan, hint, spec_of
from muster.report.style import Width

if TYPE_CHECKING:
    from muster.dashboard.study import Study

BY_KEY = {plan.key: plan for plan in PLANS}


def specification(study: Study, tell: Progress, *, plan: Plan, width: Width) -> dict[str, Any]:
    """A figure of the report as a Vega-Lite specification, and the ids of the claims it shows."""
    found = study.summary(progress=tell)
    spec = spec_of(plan, study.scene(found.comparisons), width)
    hints = {one.claim.id: hint(one) for one in found.comparisons}
    claims = []
    for part in _parts(spec):
        if part.get("encoding", {}).pop("href", None):
            part["encoding"]["tooltip"] = {"field": "tip"}
        for row in part.get("data", {}).get("values", ()):
            if "claim" in row:
                row["tip"] = hints[row["claim"]]
                claims.append(row["claim"])
    return {"spec": spec, "claims": list(dict.fromkeys(claims))}


def _parts(spec: Any) -> Iterator[dict[str, Any]]:
    """Every view within a specification, whatever it is composed of."""
    if isinstance(spec, dict):
        yield spec
        for value in spec.values():
            if isinstance(value, (dict, list)):
                yield from _parts(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _parts(value)
