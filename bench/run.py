"""Speed and memory of Muster on this machine: `make bench` prints a table, writes bench/results.json and the page.

Every figure is taken in a process of its own, medians of several repeats, the plain engine (one look at every person on every
day) beside the fast one in the same process. No test asserts these times; they are for people to compare.
"""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from growth import grown

PERSONS, DAYS = 400_000, 1800
MUSTER = [sys.executable, "-m", "muster"]
RESULTS = Path(__file__).parent / "results.json"
PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "performance.md"
MARKED = re.compile(r"(?<=<!-- full -->\n).*?(?=<!-- end of full -->)", re.DOTALL)


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
    """The Myanmar case with 400,000 persons for 1,800 days, everything on: wall time, processor time, memory of the process."""
    import muster

    case = muster.load_case("myanmar")
    case = grown(case, PERSONS, sum(row.units for row in case.formations))
    until = case.start + timedelta(days=DAYS)
    muster.simulate(muster.load_case("tinyland"))
    bare = _peak_mb()
    fast = _timed(lambda: muster.simulate(case, seed=1, until=until), 7)
    peak = _peak_mb()
    began = time.process_time()
    for seed in range(2, 7):
        muster.simulate(case, seed=seed, until=until)
    cpu = (time.process_time() - began) / 5
    muster.simulate(muster.load_case("tinyland"), engine="plain")
    plain = _timed(lambda: muster.simulate(case, seed=1, until=until, engine="plain"), 3)
    persons = sum(formation.persons for formation in case.formations)
    times = {"fast_s": fast, "fast_cpu_s": cpu, "plain_s": plain, "ratio": plain / fast}
    return {"persons": persons, "days": DAYS, **times, "peak_mb": peak, "without_a_run_mb": bare}


def measure_start() -> dict[str, float]:
    """Whole processes: importing, the help, the first run of all (it compiles), a warm run."""

    def process(command: list[str], **environment: str) -> None:
        subprocess.run(
            command, check=True, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    with tempfile.TemporaryDirectory() as cache:
        first = _timed(lambda: process([*MUSTER, "run", "myanmar", "--json"], MUSTER_CACHE=cache), 1)
        warm = _timed(lambda: process([*MUSTER, "run", "myanmar", "--json"], MUSTER_CACHE=cache), 5)
    bare = _timed(lambda: process([sys.executable, "-c", "pass"]), 9)
    facade = _timed(lambda: process([sys.executable, "-c", "import muster"]), 9) - bare
    return {"import_s": facade, "first_run_s": first, "warm_run_s": warm}


def measure_help() -> dict[str, float]:
    """Seconds to the help of Muster and of each of its commands, the slowest first."""
    from muster.cli.app import COMMANDS

    times = {}
    for words in ("", *(command.words for command in COMMANDS)):
        command = [*MUSTER, *words.split(), "--help"]
        times[f"muster {words}".strip()] = _timed(lambda command=command: subprocess.run(command, capture_output=True), 3)
    return dict(sorted(times.items(), key=lambda row: -row[1]))


def tabulate(results: dict[str, Any]) -> str:
    """What was measured, as the table of the page."""
    full, start, helps = results["full"], results["start"], results["help"]
    slowest = next(iter(helps))
    rows = {
        f"{full['persons']:,} persons, {full['days']:,} days, everything on": f"{full['fast_s']:.2f} s",
        "the same in processor time": f"{full['fast_cpu_s']:.2f} s",
        "the same with the plain engine": f"{full['plain_s']:.2f} s",
        "memory that this run adds": f"{full['peak_mb'] - full['without_a_run_mb']:.0f} MB",
        "memory of the process, numba and its compiler included": f"{full['peak_mb']:.0f} MB",
        "first `muster run myanmar` of all, which compiles": f"{start['first_run_s']:.1f} s",
        "every further `muster run myanmar`, whole process": f"{start['warm_run_s']:.2f} s",
        "`import muster`": f"{start['import_s']:.3f} s",
        "`muster --help`": f"{helps['muster']:.2f} s",
        f"the slowest help, `{slowest} --help`": f"{helps[slowest]:.2f} s",
    }
    return "| what | figure |\n|---|---:|\n" + "".join(f"| {what} | {figure} |\n" for what, figure in rows.items())


MEASURES = {"full": measure_full, "start": measure_start, "help": measure_help}


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
    RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    table = tabulate(results)
    PAGE.write_text(MARKED.sub(lambda _: table, PAGE.read_text()))
    print(table, end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
