"""Speed and memory of Muster on this machine: `make bench` prints a table and writes bench/results.json.

Every figure is taken in a process of its own, medians of several repeats, the plain engine (one look at every person on every
day) beside the fast one in the same process. No test asserts these times; they are for people to compare.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

DAYS = 1800
RESULTS = Path(__file__).parent / "results.json"


def _timed(function: Any, repeats: int) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_full() -> dict[str, Any]:
    """The Myanmar force at its higher estimate for 1,800 days, everything on."""
    import muster

    case = muster.load_case("myanmar", strength="high")
    until = case.start + timedelta(days=DAYS)
    muster.simulate(case, seed=1, until=until)
    fast = _timed(lambda: muster.simulate(case, seed=1, until=until), 5)
    peak = _peak_mb()
    muster.simulate(case, seed=1, until=case.start + timedelta(days=2), engine="plain")
    plain = _timed(lambda: muster.simulate(case, seed=1, until=until, engine="plain"), 1)
    persons = sum(formation.persons for formation in case.formations)
    return {"persons": persons, "days": DAYS, "fast_s": fast, "plain_s": plain, "ratio": plain / fast, "peak_mb": peak}


def _grown(case: Any, by: int, *, more_units: bool) -> Any:
    """The same case with ``by`` times the persons, in units of ``by`` times the size or in ``by`` times the units."""
    rows = [replace(row, persons=row.persons * by, units=row.units * (by if more_units else 1)) for row in case.formations]
    return replace(case, formations=tuple(rows))


def measure_growth() -> dict[str, Any]:
    """Ten times the persons, thresholds and clocks set so that about as many leave."""
    import muster
    from muster.simulate.scenario import Change, Scenario

    case = muster.load_case("myanmar")
    quiet = {"exit.wastage": 1e-5, "combat.losses_per_fighter": 1e-4, "security.alarm": 1e6}
    found = {}
    for name, by, more_units, shift in (
        ("1x", 1, False, 0.0),
        ("10x larger units", 10, False, 0.85),
        ("10x more units", 10, True, 0.85),
    ):
        values = dict(quiet, **{"exit.wastage": 1e-5 / by, "orders.hardening": 0.014 / by})  # hardening is an event too
        values |= {f"resolve.threshold_{kind}": 2.9 + shift for kind in ("army", "police", "conscript")}
        values |= {"resolve.threshold_air_navy": 3.4 + shift}
        scenario = Scenario(name, changes=tuple(Change(key, "set", value) for key, value in values.items()))
        grown = _grown(case, by, more_units=more_units)
        run = muster.simulate(grown, seed=1, scenario=scenario)
        set_up = _timed(lambda grown=grown, scenario=scenario: muster.start(grown, seed=1, scenario=scenario), 3)
        whole = _timed(lambda grown=grown, scenario=scenario: muster.simulate(grown, seed=1, scenario=scenario), 3)
        exits, persons = int(run.data["exits"].sum()), int(run.data["strength"][0].sum())
        found[name] = {"persons": persons, "exits": exits, "set_up_s": set_up, "days_s": whole - set_up, "s": whole}
    for name in ("10x larger units", "10x more units"):
        found[name]["cost"] = found[name]["s"] / found["1x"]["s"]
        found[name]["cost_of_days"] = found[name]["days_s"] / found["1x"]["days_s"]
    return found


def measure_start() -> dict[str, float]:
    """Whole processes: importing, the help, the first run of all (it compiles), a warm run."""
    muster = [sys.executable, "-m", "muster"]

    def process(command: list[str], **environment: str) -> None:
        subprocess.run(
            command, check=True, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    with tempfile.TemporaryDirectory() as cache:
        first = _timed(lambda: process([*muster, "run", "myanmar", "--json"], MUSTER_CACHE=cache), 1)
        warm = _timed(lambda: process([*muster, "run", "myanmar", "--json"], MUSTER_CACHE=cache), 5)
    bare = _timed(lambda: process([sys.executable, "-c", "pass"]), 9)
    facade = _timed(lambda: process([sys.executable, "-c", "import muster"]), 9) - bare
    help_ = _timed(lambda: process([*muster, "--help"]), 9)
    return {"import_s": facade, "help_s": help_, "first_run_s": first, "warm_run_s": warm}


MEASURES = {"full": measure_full, "growth": measure_growth, "start": measure_start}


def main() -> int:
    """Measure each in a child process and print what was found."""
    if len(sys.argv) > 1:
        print(json.dumps(MEASURES[sys.argv[1]]()))
        return 0
    results: dict[str, Any] = {}
    for name in MEASURES:
        print(f"measuring: {name}", file=sys.stderr)
        child = subprocess.run([sys.executable, __file__, name], check=True, capture_output=True, text=True)
        results[name] = json.loads(child.stdout.strip().splitlines()[-1])
    from muster.core.provenance import find_versions

    results["machine"] = {"system": f"{platform.system()} {platform.machine()}", "cores": os.cpu_count()}
    results["versions"] = find_versions(("numba", "numpy"))
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    full, growth, start = results["full"], results["growth"], results["start"]
    print(f"Myanmar, {full['persons']:,} persons, {full['days']:,} days, one core")
    print(f"  fast engine   {full['fast_s']:8.2f} s   peak memory {full['peak_mb']:.0f} MB")
    print(f"  plain engine  {full['plain_s']:8.2f} s   {full['ratio']:.1f} times as long")
    print("Ten times the persons, about as many exits")
    for name, row in growth.items():
        cost = f"   {row['cost']:.1f} times the cost, {row['cost_of_days']:.1f} without set-up" if "cost" in row else ""
        print(f"  {name:18s}{row['persons']:>10,} persons {row['exits']:>8,} exits {row['s']:7.2f} s{cost}")
    print("Whole processes")
    print(f"  first run with compilation {start['first_run_s']:.1f} s, warm run {start['warm_run_s']:.2f} s")
    print(f"  import muster {start['import_s']:.3f} s, muster --help {start['help_s']:.2f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
