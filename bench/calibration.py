"""Simulation-based calibration of the full case: `python bench/calibration.py` writes bench/calibration.json.

Parameters are drawn from their priors, histories simulated, reports drawn, and the posterior of each set of reports sampled
on an emulator of the whole prior. Hours for 200 replicates; finished histories and replicates are kept, so that it can be
stopped and goes on.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

import muster
from muster.calibrate.check import check_calibration
from muster.calibrate.emulator import fit_emulator
from muster.calibrate.fit import spread_out
from muster.calibrate.known import known_by
from muster.calibrate.prior import fitted_priors
from muster.calibrate.runs import Desk
from muster.observe.evidence import evidence_of

RESULTS = Path(__file__).parent / "calibration.json"


def main() -> int:
    """Check, print coverage by parameter, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default="myanmar")
    parser.add_argument("--until", default="2023-10-26")
    parser.add_argument("--replicates", type=int, default=200)
    parser.add_argument("--runs", type=int, default=1024)
    parser.add_argument("--folder", type=Path, required=True, help="keeps histories, so that the work can go on")
    arguments = parser.parse_args()
    case = known_by(muster.load_case(arguments.case), date.fromisoformat(arguments.until))
    asked = evidence_of(case, kinds=["claims"])
    asked = asked.answered(asked.read(muster.simulate(case, seed=1)))
    priors = fitted_priors()
    z = spread_out(len(priors), arguments.runs + arguments.replicates, 1)

    def told(done: int, total: int, what: str) -> None:
        print(f"\r{what}: {done} of {total}", end="", file=sys.stderr, flush=True)

    desk = Desk(case, priors, lambda run: asked.learned(asked.read(run)), f"sbc {case.sha256}", 2, arguments.folder, told)
    seen = desk.answer(z, first=0, what="histories")
    emulator = fit_emulator(z[: arguments.runs], seen[: arguments.runs])
    truths, answers = z[arguments.runs :], asked.natural(seen[arguments.runs :])
    found = check_calibration(
        emulator, asked.terms, truths, answers, parameters=[one.name for one in priors], draws=199, moves=16, progress=told
    )
    p_values = found.uniformity(bins=10)
    rows = [
        {"parameter": name, "covered50": float(c50), "covered90": float(c90), "p_uniform": float(p)}
        for name, c50, c90, p in zip(found.parameters, found.covered50.mean(axis=0), found.coverage90, p_values, strict=True)
    ]
    whole = {"covered50": float(found.covered50.mean()), "covered90": float(found.covered90.mean())}
    settings = {"case": arguments.case, "until": arguments.until, "replicates": arguments.replicates, "runs": arguments.runs}
    RESULTS.write_text(json.dumps({"settings": settings, "all": whole, "parameters": rows}, indent=1) + "\n")
    for row in rows:
        print(f"{row['parameter']:32} 50 %: {row['covered50']:.2f}  90 %: {row['covered90']:.2f}  p {row['p_uniform']:.3f}")
    print(f"all: 50 %: {whole['covered50']:.2f}  90 %: {whole['covered90']:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
