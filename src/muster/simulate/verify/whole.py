"""The whole model at once: book-keeping, the length of the step, two engines, and results that can be had again."""

from __future__ import annotations

import math
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from muster.case import Case, load_case
from muster.core.vocabulary import EXITS, RANKS, VOLUNTARY
from muster.simulate.checkpoint import resume, save_checkpoint
from muster.simulate.ensemble import simulate_seeds
from muster.simulate.result import Run
from muster.simulate.run import Engine, Simulation, simulate
from muster.simulate.scenario import Scenario, scenario
from muster.simulate.verify.bench import NO_FAMILIES, case, formation, level, region
from muster.simulate.verify.check import Finding, below, equal, sampled
from muster.simulate.verify.invariants import broken

_GONE = [EXITS.index(fate) for fate in VOLUNTARY]


def conservation() -> list[Finding]:
    """Nobody is lost, and all that has a range stays in it: by the day and then by ten in one case, by the quarter in another."""
    found = []
    for name, first, every in (("tinyland", 120, 10), ("myanmar", 1, 90)):
        run = Simulation(load_case(name))
        problems: list[str] = []
        days = [*range(first), *range(first, run.days + every, every)]
        for day in days:
            run.advance(run.case.start + timedelta(days=min(day, run.days)))
            problems += [f"day {run.day}: {problem}" for problem in broken(run)]
        words = problems[0] if problems else "none"
        found.append(equal(f"{name}: laws of book-keeping broken on {len(days)} days", "none", words))
    return found


_FLOWS = ("clashes", "militia_joined", "militia_killed", "harm_ground", "intake")


def _totals(of: Case, seed: int, dt: float) -> np.ndarray:
    """Sums of a run: voluntary exits, discharges, the hardened at the end, and `_FLOWS`."""
    run = Simulation(of, seed=seed, dt=dt).advance()
    rows, units = run.record.region, run.state.units
    exits = rows["exits"].sum(axis=(0, 1, 2), dtype=np.int64)
    hardened = (units["n"] - units["unhardened"]).sum()
    flows = [rows[name].sum(dtype=np.float64) for name in _FLOWS]
    return np.array([exits[_GONE].sum(), exits[EXITS.index("discharged")], hardened, *flows])


def step() -> list[Finding]:
    """Halving the step changes national sums by less than three in a hundred."""
    myanmar, seeds = load_case("myanmar"), range(1, 9)
    whole, half = (np.mean([_totals(myanmar, seed, dt) for seed in seeds], axis=0) for dt in (1.0, 0.5))
    names = ("voluntary exits", "discharges", "hardened at the end", *(name.replace("_", " ") for name in _FLOWS))
    note = f"{len(seeds)} seeds each"
    found = [
        below(f"{name} in steps of a day against half a day, relative", 0.03, change, note)
        for name, change in zip(names, whole / half - 1.0, strict=True)
    ]
    return found + _orders_of_a_day()


def _orders_of_a_day() -> list[Finding]:
    """What is ordered for a day happens once, and on that day, whatever the step."""
    found, persons = [], 4000
    outside = replace(NO_FAMILIES, dependants_share=dict.fromkeys(RANKS, 1.0))
    drivers = [level("families_ordered", 0.5, first=3, last=3), level("quota", 40.0, first=2, last=2)]
    small = case([formation(persons)], regions=[region(history=0.0)], drivers=drivers, composition=outside, days=5)
    for dt in (1.0, 0.5, 0.25):
        run = Simulation(small, dt=dt).advance()
        came = np.flatnonzero(run.record.region["intake"].sum(axis=(1, 2)))
        days = sorted({int(np.ceil(t * dt)) for t in came})
        inside = float(run.state.persons["in_barracks"][:persons].mean())
        error = math.sqrt(0.25 / persons)
        found.append(equal(f"days with recruits of a draft on day 2 in steps of {dt:g}", "[2]", str(days)))
        found.append(sampled(f"families moved by an order for half of them in steps of {dt:g}", 0.5, inside, error, "binomial"))
    return found


def _hash(of: Case, engine: Engine, days: int | None, *, seed: int = 1, changes: Scenario | None = None) -> str:
    until = None if days is None else of.start + timedelta(days=days)
    return simulate(of, seed=seed, until=until, engine=engine, scenario=changes).result_hash


def engines() -> list[Finding]:
    """The fast engine and the plain one, which asks everybody every day: the same bits in every array and the same leavers."""
    found = []
    for name, days, seed in (("tinyland", None, 1), ("tinyland", None, 2), ("myanmar", 300, 1)):
        one = load_case(name)
        plain = _hash(one, "plain", days, seed=seed)
        found.append(equal(f"{name}, seed {seed}: hash of the run", plain[:16], _hash(one, "fast", days, seed=seed)[:16]))
    return found


def again() -> list[Finding]:
    """The same case and seed give the same bits: twice, on more threads, after a stop, in a branch, under an idle scenario."""
    found = []
    for name, days in (("tinyland", 730), ("myanmar", 300)):
        one = load_case(name)
        end, half = one.start + timedelta(days=days), one.start + timedelta(days=days // 2)
        first = _hash(one, "fast", days)
        found.append(equal(f"{name}: run again", first[:16], _hash(one, "fast", days)[:16]))
        idle = _hash(one, "fast", days, changes=Scenario("idle"))
        found.append(equal(f"{name}: under a scenario that changes nothing", first[:16], idle[:16]))
        begun = Simulation(one, until=end).advance(half)
        twin = begun.branch(scenario(one, "bold", {"exit.attempt_rate": 3.0, "driver.places": 2.0}, start=half))
        changed = twin.finish().result_hash
        found.append(equal(f"{name}: with a stop, beside a branch", first[:16], _resumed(begun)[:16]))
        found.append(equal(f"{name}: without the stop on disk", first[:16], begun.finish().result_hash[:16]))
        found.append(equal(f"{name}: is the branch another run", "yes", "yes" if changed != first else "no"))
    return found + _threads()


def _resumed(begun: Simulation) -> str:
    """The hash of a simulation that went through a checkpoint on disk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "half-way.npz"
        save_checkpoint(begun, path)
        return resume(begun.case, path).finish().result_hash


def _threads() -> list[Finding]:
    """Seeds on one thread and on two."""
    one, seeds = load_case("tinyland"), (1, 2, 3, 4)

    def hashes(runs: list[Run]) -> str:
        return " ".join(run.result_hash[:8] for run in runs)

    alone = hashes(simulate_seeds(one, seeds, workers=1))
    return [
        equal("tinyland: four seeds on one thread and on two", alone, hashes(simulate_seeds(one, seeds, workers=2))),
        equal("tinyland: seeds that differ", len(seeds), len(set(alone.split()))),
    ]
