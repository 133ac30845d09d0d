"""How time and memory grow with persons and with units, beside what the machine's memory allows: writes bench/growth.json.

`python bench/growth.py` measures every point in a process of its own: CPU seconds of set-up, days and hand-over (medians; the
largest once), the memory a run adds, and the memory bandwidth, read in the same process right after. Two ways to grow:

- *constant rate*: everybody has the hazards of the case, so events grow with persons;
- *constant exits*: every hazard of a person is divided by the growth, so about as many leave as of the smallest force.

The limit beside is the *dense floor*: the time in which this machine could read 24 bytes of every person on every day (a
threshold, a clock, a key and a number), which a model that looks at everybody daily cannot undercut however it is written.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "growth.json"
DAYS = 365
PERSONS = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)
UNITS = (100, 300, 1_000, 3_000, 10_000)
USUAL_UNITS, USUAL_PERSONS = 1_000, 1_000_000
BYTES_A_DAY = 24
MEASURED = {"rate": "constant rate", "exits": "constant exits"}
_HAZARDS = (
    "exit.wastage", "exit.attempt_rate", "orders.hardening", "combat.losses_per_fighter", "programme.contact_rate",
)  # fmt: skip


def grown(case: Any, persons: int, units: int) -> Any:
    """The case with so many persons in so many units, shared out over its formations as before."""
    rows = case.formations
    heads, number = sum(row.persons for row in rows), sum(row.units for row in rows)
    larger = [
        replace(row, persons=round(row.persons * persons / heads), units=max(1, round(row.units * units / number)))
        for row in rows
    ]
    return replace(case, formations=tuple(larger))


def thinned(by: float) -> Any:
    """A scenario that divides every hazard of a person by ``by``."""
    from muster.simulate.scenario import Change, Scenario

    return Scenario("thinned", changes=tuple(Change(name, "multiply", 1.0 / by) for name in _HAZARDS))


def bandwidth() -> float:
    """Bytes a second at which one core reads and writes memory far larger than its caches: the best of five copies."""
    import numpy as np

    source, target = np.ones(40_000_000), np.zeros(40_000_000)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        np.copyto(target, source)
        times.append(time.perf_counter() - began)
    return 2 * source.nbytes / min(times)


def measure(persons: int, units: int, way: str) -> dict[str, Any]:
    """One point."""
    import muster
    from muster.simulate.run import Simulation

    muster.simulate(muster.load_case("tinyland"))  # compiles, or loads what is compiled: not counted
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    case = grown(muster.load_case("myanmar"), persons, units)
    until = case.start + timedelta(days=DAYS)
    scenario = thinned(persons / PERSONS[0]) if way == "exits" else None
    times: dict[str, list[float]] = {"set_up_s": [], "days_s": [], "hand_over_s": []}
    for _ in range(1 if persons > 1_000_000 else 3):
        marks = [time.process_time()]
        simulation = Simulation(case, seed=1, scenario=scenario, until=until)
        marks.append(time.process_time())
        simulation.advance()
        marks.append(time.process_time())
        run = simulation.result()
        marks.append(time.process_time())
        for name, start, stop in zip(times, marks, marks[1:], strict=False):
            times[name].append(stop - start)
        heads, exits = int(run.data["strength"][0].sum()), int(run.data["exits"].sum())
        del simulation, run
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    speed = bandwidth()
    return {
        "way": MEASURED[way],
        "persons": heads,
        "units": sum(row.units for row in case.formations),
        "exits": exits,
        **{name: statistics.median(found) for name, found in times.items()},
        "added_mb": (peak - base) / 1024,
        "bandwidth_gb_s": speed / 1e9,
        "dense_floor_s": heads * BYTES_A_DAY * DAYS / speed,
    }


def points() -> list[tuple[int, int, str]]:
    """Persons at the usual number of units, then units at the usual number of persons, each both ways."""
    rows = [(persons, USUAL_UNITS if persons > 10_000 else 300, way) for way in MEASURED for persons in PERSONS]
    return rows + [(USUAL_PERSONS, units, way) for way in MEASURED for units in UNITS if units != USUAL_UNITS]


def main() -> int:
    """Measure every point in a child process, one after the other."""
    if len(sys.argv) > 1:
        persons, units, way = json.loads(sys.argv[1])
        print(json.dumps(measure(persons, units, way)))
        return 0
    rows = []
    for point in points():
        child = subprocess.run([sys.executable, __file__, json.dumps(point)], check=True, capture_output=True, text=True)
        rows.append(json.loads(child.stdout.strip().splitlines()[-1]))
        row = rows[-1]
        print(
            f"{row['way']:15s}{row['persons']:>11,} persons {row['units']:>6,} units {row['exits']:>9,} exits "
            f"set-up {row['set_up_s']:6.2f} s  days {row['days_s']:6.2f} s  dense floor {row['dense_floor_s']:6.2f} s  "
            f"{row['added_mb']:6.0f} MB",
            flush=True,
        )
    from muster.core.provenance import find_versions

    machine = {"system": f"{platform.system()} {platform.machine()}", "cores": os.cpu_count()}
    found = {"days": DAYS, "bytes_a_day": BYTES_A_DAY, "points": rows, "machine": machine}
    RESULTS.write_text(json.dumps(found | {"versions": find_versions(("numba", "numpy"))}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
