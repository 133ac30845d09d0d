"""An ensemble of the Myanmar case on this machine: throughput per core against a single run, and memory as runs are added.

`make bench-ensemble` (or `python bench/ensemble.py RUNS WORKERS threads|processes`) prints both by the wall and by the processor:
the second holds where other work shares the machine. No test asserts these times.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "ensemble.json"


def _cpu() -> float:
    """Seconds of processor time, of this process and of those it has waited for."""
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def _rss_mb() -> float:
    """Memory held now, of this process."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(runs: int, workers: int, place: str) -> dict[str, Any]:
    """One run alone, several times; then an ensemble, memory looked at as it goes."""
    import muster

    case = muster.load_case("myanmar")
    posterior = muster.shipped_posterior(case)
    muster.simulate(case, seed=1)
    alone = []
    for seed in range(2, 12):
        scenario = muster.plan_ensemble(case, posterior, ["baseline"], draws=seed)
        drawn = list(scenario.cells())[-1].scenario
        wall, cpu = time.perf_counter(), _cpu()
        muster.simulate(case, seed=seed, scenario=drawn)
        alone.append((time.perf_counter() - wall, _cpu() - cpu))
    wall_alone, cpu_alone = (statistics.median(column) for column in zip(*alone, strict=True))
    plan = muster.plan_ensemble(case, posterior, ["baseline"], draws=runs)
    memory: dict[int, float] = {}

    def watch(done: int, total: int, what: str) -> None:
        if done in (total // 10, total // 2, total):
            memory[done] = round(_rss_mb(), 1)

    with tempfile.TemporaryDirectory() as folder:
        wall, cpu = time.perf_counter(), _cpu()
        made = muster.complete_ensemble(plan, folder, executor=place, workers=workers, progress=watch)
        wall, cpu = time.perf_counter() - wall, _cpu() - cpu
    assert made.verdict.whole
    return {
        "runs": runs,
        "workers": workers,
        "place": place,
        "run_alone_s": wall_alone,
        "run_alone_cpu_s": cpu_alone,
        "ensemble_s": wall,
        "per_core": wall_alone / (wall * workers / runs),
        "per_core_by_cpu": cpu_alone / (cpu / runs),
        "memory_mb": memory,
        "store_hash": made.verdict.hash,
    }


def main() -> int:
    """Measure, print, keep."""
    given = [*sys.argv[1:], *("1000", "2", "threads")[len(sys.argv) - 1 :]]
    found = measure(int(given[0]), int(given[1]), given[2])
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    kept[f"{found['runs']} runs, {found['workers']} {found['place']}"] = found
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n")
    print(f"Myanmar, {found['runs']} runs on {found['workers']} {found['place']}: {found['ensemble_s']:.0f} s")
    print(f"  one run alone       {found['run_alone_s']:.3f} s ({found['run_alone_cpu_s']:.3f} s of processor)")
    both = (found["per_core"], found["per_core_by_cpu"])
    print("  throughput a core   {:.2f} of a run alone by the wall, {:.2f} by the processor".format(*both))
    print("  memory              " + ", ".join(f"{mb:.0f} MB at {done} runs" for done, mb in found["memory_mb"].items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
