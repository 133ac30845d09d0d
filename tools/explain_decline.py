"""What the fit says of the decline after 2021: each explanation taken out in turn, on draws of the posterior and of the prior.

`python tools/explain_decline.py` (a few minutes) prints the table of docs/explanation/calibration.md and writes
docs/figures/decline.json. Asked is the rate at which soldiers and police leave of their own will, per 1,000 in service and month.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

CASE, UNTIL, DRAWS = "myanmar", date(2023, 9, 30), 40
EARLY, LATE = (0, 11), (12, 32)  # months of the case: February to December 2021, February 2022 to September 2023
RESULTS = Path(__file__).parents[1] / "docs" / "figures" / "decline.json"
AMPLE = 20.0  # times the places and the money: no queue


def explanations() -> dict[str, Any]:
    """The decline without each of three explanations; depletion cannot be taken out and is what they leave, with the drivers."""
    from muster.compare.pathway import without
    from muster.simulate.scenario import Change, Scenario

    plenty = tuple(Change(f"driver.{name}", "multiply", AMPLE) for name in ("places", "income"))
    return {
        "as it was": Scenario("as-it-was"),
        "security": replace(without(Scenario("x"), frozenset({"tightening"})), name="no-tightening"),
        "hardening": Scenario("no-hardening", changes=(Change("orders.hardening", "set", 0.0),)),
        "capacity": Scenario("room-for-all", changes=plenty),
    }


def decline(ensemble: Any) -> np.ndarray:
    """Logarithm of the early rate of leaving over the late one, (scenarios, members)."""
    from muster.compare.outcome import OUTCOMES

    left = OUTCOMES["left"].read(ensemble.data).sum(axis=(-2, -1))
    serving = OUTCOMES["strength"].read(ensemble.data).sum(axis=(-2, -1))
    early, late = (left[..., slice(*part)].sum(axis=-1) / serving[..., slice(*part)].sum(axis=-1) for part in (EARLY, LATE))
    return np.log(early / late)


def main() -> None:
    """Simulate, print, write."""
    import muster
    from muster.calibrate.prior import fitted_priors

    case = muster.load_case(CASE)
    posterior = muster.shipped_posterior(case)
    z = np.random.default_rng(1).standard_normal((DRAWS, len(posterior.parameters)))
    values = np.column_stack([one.value(z[:, place]) for place, one in enumerate(fitted_priors(posterior.parameters))])
    sources = {"posterior": posterior, "prior": replace(posterior, z=z, values=values)}
    asked, found = explanations(), {}
    for source, draws in sources.items():
        ensemble = muster.simulate_ensemble(case, draws, list(asked.values()), draws=DRAWS, until=UNTIL)
        whole, *others = decline(ensemble)
        parts = {"decline": whole} | {name: whole - other for name, other in zip(list(asked)[1:], others, strict=True)}
        parts["what is left"] = whole - sum(parts[name] for name in list(asked)[1:])
        found[source] = {name: [float(x) for x in np.quantile(part, [0.05, 0.5, 0.95])] for name, part in parts.items()}
    for name in found["posterior"]:
        print(
            f"{name:14}",
            *(f"{source} {row[name][1]:+.2f} ({row[name][0]:+.2f} to {row[name][2]:+.2f})" for source, row in found.items()),
        )
    RESULTS.write_text(json.dumps({"posterior_hash": posterior.hash, "draws": DRAWS, **found}, indent=1) + "\n")


if __name__ == "__main__":
    main()
