"""How the uncalibrated defaults were found: a rough random search within the priors. Not a fit.

The targets are a dozen figures published before 26 October 2023 (see docs/explanation/defaults.md), each with a width that
says how far it can be believed. The search keeps the set with the least sum of squared deviations. It is a starting point
for the fit and no evidence for the model: later claims, unit-level and regional patterns are not looked at.

    python tools/search_defaults.py --points 400 --workers 2
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

import muster
from muster.simulate.result import Run
from muster.simulate.scenario import Change, Scenario

MILITARY, POLICE = slice(0, 4), slice(4, 5)
DEF, DES, _, KIL = range(4)
REGISTERED = (0.3, 0.8)  # of deserting soldiers and police register too (judgement)
UNTIL = "2023-10-26"


def searched() -> dict[str, tuple[float, float, bool]]:
    """Median, sd and whether on the log scale, of the parameters that are searched."""
    log = lambda median, sd: (math.log(median), sd, True)  # noqa: E731
    return {
        "resolve.threshold_army": (2.4, 0.3, False),
        "resolve.threshold_police": (1.9, 0.4, False),
        "orders.hardening": log(0.01, 0.7),
        "resolve.weight_injury": log(1.3, 0.4),
        "orders.half_injury": log(0.02, 0.8),
        "resolve.weight_shaming": log(0.5, 0.5),
        "resolve.weight_losing": log(0.4, 0.6),
        "resolve.weight_peers": log(2.5, 0.3),
        "resolve.weight_risk": log(0.5, 0.8),
        "security.alarm": log(2.5, 0.6),
        "exit.attempt_rate": log(0.005, 0.5),
        "programme.contact_rate": log(0.004, 0.8),
        "exit.wastage": log(1.5e-4, 0.3),
        "combat.losses_per_fighter": log(9e-4, 0.5),
        "combat.fire_rate": log(6e-3, 0.5),
        "combat.civilians_per_hit": log(0.01, 0.5),
        "combat.civilians_per_fighter": log(2.4e-4, 0.4),
        "combat.soldiers_per_fighter": log(8.0, 0.5),
        "control.speed": log(0.008, 0.4),
        "airpower.strikes_per_clash": log(0.3, 0.5),
        "militia.joining_rate": log(2e-5, 0.4),
        "public.per_death": log(0.1, 0.8),
        "public.resistance_weight": log(0.3, 0.5),
        "recruitment.elasticity": log(3.0, 0.4),
    }


def measure(run: Run) -> dict[str, tuple[float, float, float]]:
    """Simulated, reported, width of the logarithm (or of the share, for control)."""
    day = lambda text: (date.fromisoformat(text) - run.case.start).days  # noqa: E731
    exits = run.data["exits"].sum(axis=1).cumsum(axis=0)

    def registered(text: str, branch: slice) -> float:
        row = exits[day(text), branch].sum(axis=0)
        return float(row[DEF] + REGISTERED[branch is POLICE] * row[DES])

    at = day("2023-05-05")
    left = float(exits[at, MILITARY][:, [DEF, DES]].sum())
    harm = sum(run.data[name].sum(axis=1) for name in ("harm_ground", "harm_air", "harm_crackdown"))
    volunteers = run.data["intake"][:, :, [0, 3]].sum(axis=(1, 2))
    before = 1.5e-4 * float(run.data["strength"][0][:, MILITARY].sum())
    militia = run.data["militia"].sum(axis=1)
    people = np.array([region.population for region in run.case.regions])
    rise = float((run.data["support"][300] - run.data["support"][0]) @ people / people.sum())
    strikes = run.data["strikes"].sum(axis=1).cumsum()
    return {
        "soldiers registered 2021-09": (registered("2021-09-02", MILITARY), 1500, 0.2),
        "soldiers registered 2021-12": (registered("2021-12-01", MILITARY), 2000, 0.2),
        "soldiers registered 2022-06": (registered("2022-06-15", MILITARY), 2800, 0.2),
        "soldiers registered 2023-01": (registered("2023-01-31", MILITARY), 3000, 0.2),
        "soldiers registered 2023-09": (registered("2023-09-07", MILITARY), 3300, 0.2),
        "soldiers left in all 2023-05": (left, 8000, 0.25),
        "police registered 2021-12": (registered("2021-12-01", POLICE), 6000, 0.4),
        "police registered 2023-03": (registered("2023-03-15", POLICE), 9000, 0.25),
        "police strength 2022-06": (float(run.data["strength"][day("2022-06-15"), :, POLICE].sum()), 70000, 0.12),
        "soldiers killed 2023-05": (float(exits[at, MILITARY, KIL].sum()), 13000, 0.3),
        "military strength 2023-06": (float(run.data["strength"][day("2023-06-15")][:, MILITARY].sum()), 150000, 0.12),
        "militia 2021-07": (float(militia[day("2021-07-15")]), 8000, 0.5),
        "militia 2022-11": (float(militia[day("2022-11-15")]), 65000, 0.2),
        "air strikes 2023-10": (float(strikes[-1]), 2000, 0.25),
        "air strikes 2022-12 of all": (float(strikes[day("2022-12-31")]) / max(strikes[-1], 1.0), 0.45, 0.4),
        "civilians killed 2022-09": (float(harm[: day("2022-09-30")].sum()), 3400, 0.2),
        "civilians killed by resistance 2022-09": (float(run.data["harm_resistance"][: day("2022-09-30")].sum()), 2152, 0.2),
        "volunteers 2022 of usual": (float(volunteers[day("2022-01-01") : day("2022-12-31")].mean()) / before, 0.15, 0.5),
        "volunteers 2023 of usual": (float(volunteers[day("2023-01-01") : day("2023-10-26")].mean()) / before, 0.15, 0.5),
        "rise of support by day 300": (rise, 0.07, 0.3),
        "mean control 2022-09": (float(run.data["mean_control"][day("2022-09-30")]), 0.6, 0.25),
        "mean control 2023-10": (float(run.data["mean_control"][-1]), 0.5, 0.25),
    }


def distance(rows: dict[str, tuple[float, float, float]]) -> float:
    """Sum of squared deviations in widths."""
    return sum((math.log(max(simulated, 1e-9) / reported) / width) ** 2 for simulated, reported, width in rows.values())


def draw(rng: np.random.Generator, centre: dict[str, float] | None, spread: float) -> dict[str, float]:
    """A set: from the priors, or around the best so far, pulled towards the prior."""
    values = {}
    for name, (middle, sd, log) in searched().items():
        if centre is None:
            value = middle + sd * rng.standard_normal()
        else:
            here = math.log(centre[name]) if log else centre[name]
            value = here + spread * sd * rng.standard_normal() * (rng.random() < 0.5)
        values[name] = math.exp(value) if log else value
    return values


def penalty(values: dict[str, float]) -> float:
    """Distance of a set from the medians of the priors, in their sds."""
    total = 0.0
    for name, (middle, sd, log) in searched().items():
        total += (((math.log(values[name]) if log else values[name]) - middle) / sd) ** 2
    return total


def main() -> int:
    """Search and print the best set with its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", help="JSON file of a set to start from")
    arguments = parser.parse_args()
    case = muster.load_case("myanmar")
    rng = np.random.default_rng(arguments.seed)

    def evaluate(values: dict[str, float]) -> tuple[float, dict[str, float], Any]:
        changes = tuple(Change(name, "set", value) for name, value in values.items())
        rows = measure(muster.simulate(case, seed=1, scenario=Scenario("search", changes=changes), until=UNTIL))
        return distance(rows) + penalty(values), values, rows

    best: tuple[float, dict[str, float], Any] = (math.inf, {}, {})
    if arguments.start:
        best = evaluate(json.loads(Path(arguments.start).read_text()))
    batch = 2 * arguments.workers
    with ThreadPoolExecutor(arguments.workers) as pool:
        for done in range(0, arguments.points, batch):
            explore = not best[1] or (done < arguments.points // 4 and not arguments.start)
            spread = 0.7 if done < arguments.points * 0.6 else 0.3
            sets = [draw(rng, None if explore else best[1], spread) for _ in range(batch)]
            best = min([best, *pool.map(evaluate, sets)], key=lambda found: found[0])
            print(f"{done + batch:5d}  {best[0]:.2f}", file=sys.stderr)
    print(json.dumps({name: float(f"{value:.4g}") for name, value in best[1].items()}, indent=2))
    for name, (simulated, reported, width) in best[2].items():
        print(f"{name:32s} simulated {simulated:12.4g}   reported {reported:10.4g}   width {width}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
