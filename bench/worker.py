"""Runs one peer in the peer's own environment: a line of JSON in (persons, days, seed), a line of JSON out. Started by `race`.

The process stays alive between runs, so imports and compilation are paid once and are not in any time.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import resource
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def load(peer: str) -> Any:
    """The module of a peer."""
    spec = importlib.util.spec_from_file_location("peer", HERE / "peers" / peer / "model.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["peer"] = module
    spec.loader.exec_module(module)
    return module


def cpu() -> float:
    """CPU seconds of this process, all its threads."""
    return time.process_time()


def measure(peer: Any, persons: int, days: int, seed: int) -> dict[str, Any]:
    """One run: wall and CPU seconds of set-up and of the days, and the curve."""
    moments = [(time.perf_counter(), cpu())]
    model = peer.begin(persons, days, seed)
    moments.append((time.perf_counter(), cpu()))
    gone = peer.go(model)
    moments.append((time.perf_counter(), cpu()))
    (a, a_cpu), (b, b_cpu), (c, c_cpu) = moments
    total, curve = 0, []
    for count in gone:
        total += int(count)
        curve.append(total)
    if len(curve) != days + 1 or curve[0] != 0:
        raise RuntimeError(f"a curve has days 0 to {days}, and nobody leaves on day 0; got {len(curve)} values from {curve[:1]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = {"setup_s": b - a, "setup_cpu_s": b_cpu - a_cpu, "days_s": c - b, "days_cpu_s": c_cpu - b_cpu}
    return {**times, "curve": curve, "peak_mb": peak}


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """What is installed of the packages a peer rests on."""
    found = {"python": platform.python_version()}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "source"
    return found


def main() -> int:
    """Say what runs here, then answer until the input ends."""
    sys.path.insert(0, str(HERE))
    answers = os.fdopen(os.dup(1), "w")  # what a library prints must not mix with the answers
    os.dup2(2, 1)
    peer = load(sys.argv[1])
    print(json.dumps({"versions": versions(peer.PACKAGES)}), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(measure(peer, **json.loads(line))), file=answers, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
