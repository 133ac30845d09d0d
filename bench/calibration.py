"""Simulation-based calibration of the full case: `python bench/calibration.py` writes bench/calibration.json.

Parameters are drawn from their priors, histories simulated, reports drawn, and the posterior of each set of reports sampled
as hard as a fit does, on an emulator of the whole prior. An hour for 200 on two cores. Finished histories are kept; the
figures are written anew after every ten replicates.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

import muster
from muster.calibrate.check import Calibration, check_calibration
from muster.calibrate.emulator import fit_emulator
from muster.calibrate.fit import spread_out
from muster.calibrate.known import known_by
from muster.calibrate.plan import Plan
from muster.calibrate.prior import fitted_priors
from muster.calibrate.runs import Desk
from muster.observe.evidence import evidence_of

RESULTS = Path(__file__).parent / "calibration.json"
PART = 10  # replicates between two writings of the figures
PLAN = Plan()


def main() -> int:
    """Check, print coverage by parameter, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default="myanmar")
    parser.add_argument("--until", default="2023-10-26")
    parser.add_argument("--replicates", type=int, default=200)
    parser.add_argument("--runs", type=int, default=1024)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, required=True, help="keeps histories, so that the work can go on")
    arguments = parser.parse_args()
    case = known_by(muster.load_case(arguments.case), date.fromisoformat(arguments.until))
    asked = evidence_of(case, kinds=["claims"])
    asked = asked.answered(asked.read(muster.simulate(case, seed=1)))
    priors = fitted_priors()
    z = spread_out(len(priors), arguments.runs + arguments.replicates, 1)
    question = f"sbc {case.sha256}"
    desk = Desk(case, priors, lambda run: asked.learned(asked.read(run)), question, arguments.workers, arguments.folder, told)
    seen = desk.answer(z, first=0, what="histories")
    emulator = fit_emulator(z[: arguments.runs], seen[: arguments.runs])
    truths, answers = z[arguments.runs :], asked.natural(seen[arguments.runs :])
    names = [one.name for one in priors]
    work = {"parameters": names, "draws": PLAN.particles, "moves": PLAN.moves}
    parts: list[Calibration] = []
    with ProcessPoolExecutor(arguments.workers, initializer=threadpool_limits, initargs=(1,)) as pool:
        waiting = [
            pool.submit(check_calibration, emulator, asked.terms, truths[part], answers[part], first=part.start, **work)
            for part in (slice(first, first + PART) for first in range(0, arguments.replicates, PART))
        ]
        for done in waiting:
            parts.append(done.result())
            told(sum(len(part.ranks) for part in parts), arguments.replicates, "replicates")
            write(parts, {"case": arguments.case, "until": arguments.until, "runs": arguments.runs})
    return 0


def told(done: int, total: int, what: str) -> None:
    """Progress."""
    print(f"\r{what}: {done} of {total}", end="", file=sys.stderr, flush=True)


def write(parts: list[Calibration], settings: dict[str, Any]) -> None:
    """The figures of all parts so far, to bench/calibration.json."""
    found = replace(
        parts[0],
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in ("ranks", "covered50", "covered90")},
    )
    names, fifty, ninety = found.parameters, found.covered50.mean(axis=0), found.coverage90
    rows = [
        {"parameter": name, "covered50": float(c50), "covered90": float(c90), "p_uniform": float(p)}
        for name, c50, c90, p in zip(names, fifty, ninety, found.uniformity(bins=10), strict=True)
    ]
    whole = {"covered50": float(found.covered50.mean()), "covered90": float(found.covered90.mean())}
    settings = {**settings, "replicates": len(found.ranks), "draws": PLAN.particles, "moves": PLAN.moves}
    RESULTS.write_text(json.dumps({"settings": settings, "all": whole, "parameters": rows}, indent=1) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
