"""Muster and its peers on the same model: curves first, then times. `make bench-race`, or in pieces:

    python bench/race.py curves [PEER ...]      simulate seeds at 10,000 soldiers and hold the curves against Muster's
    python bench/race.py times [PEER ...]       time the peers whose curves agree, in turn with Muster, and write the results

A time without agreeing curves of the same code and versions is not taken. Results go into bench/peers.json.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import agree
from reference import DAYS, DAYS_COMPARED

HERE = Path(__file__).parent
RESULTS = HERE / "peers.json"
MUSTER, PLAIN = "muster", "muster-plain"
PEERS = (
    MUSTER, PLAIN, "numpy", "numpy-events", "laser", "starsim", "starsim-fast", "neworder", "mesa-frames", "mesa", "agentpy",
    "repast4py", "vivarium",
)  # fmt: skip
SMALL, SIZES = 10_000, (10_000, 100_000)
ROUNDS = 5  # pairs of timings
LONGEST = 2.5  # CPU seconds a peer is given for one timed run; a slower one simulates fewer days
SEEDS = {
    MUSTER: 2000, PLAIN: 400, "numpy": 1000, "numpy-events": 500, "laser": 400, "starsim": 60, "starsim-fast": 60,
    "neworder": 160, "mesa-frames": 30, "mesa": 40, "agentpy": 16, "repast4py": 16, "vivarium": 5,
}  # fmt: skip


def python_of(peer: str) -> Path | None:
    """The interpreter a peer runs in: Muster's own, or that of its environment; None where that is not installed."""
    if peer.startswith(MUSTER):
        return Path(sys.executable)
    home = peer if (HERE / "peers" / peer / "requirements.txt").exists() else peer.rsplit("-", 1)[0]
    python = HERE / ".envs" / home / "bin" / "python"
    return python if python.exists() else None


class Worker:
    """A peer's process, kept alive between runs."""

    def __init__(self, peer: str, python: Path) -> None:
        one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS"), "1")
        self.peer = peer
        self.process = subprocess.Popen(
            [str(python), str(HERE / "worker.py"), peer],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **one_thread},
        )  # fmt: skip
        self.versions: dict[str, str] = self._answer()["versions"]

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            assert self.process.stderr is not None
            raise RuntimeError(self.process.stderr.read().strip().splitlines()[-1])
        found: dict[str, Any] = json.loads(line)
        return found

    def run(self, persons: int, days: int, seed: int) -> dict[str, Any]:
        """One run."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"persons": persons, "days": days, "seed": seed}) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.communicate()


def digest(peer: str, versions: dict[str, str]) -> str:
    """What a peer's curves hold for: its code, the model's constants and the versions installed. Muster's own code is left out:
    its tests hold its results fixed."""
    total = hashlib.sha256(json.dumps(versions, sort_keys=True).encode())
    for name in ("reference.py", f"peers/{peer}/model.py", f"peers/{peer.rsplit('-', 1)[0]}/model.py"):
        path = HERE / name
        total.update(path.read_bytes() if path.exists() else b"")
    return total.hexdigest()[:16]


def load() -> dict[str, Any]:
    """Results so far."""
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {"peers": {}}


def save(peer: str, taken: dict[str, Any]) -> None:
    """What was taken of one peer, beside the results as they stand by now."""
    results = load()
    if peer in taken["peers"]:
        results["peers"][peer] = taken["peers"][peer]
    results["model"] = {"persons": SMALL, "days": DAYS, "days_compared": list(DAYS_COMPARED)}
    system = f"{platform.system()} {platform.machine()}"
    results["machine"] = {"processor": _processor(), "cores": os.cpu_count(), "system": system}
    results["peers"] = {peer: results["peers"][peer] for peer in PEERS if peer in results["peers"]}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()


def take_curves(peer: str, python: Path, results: dict[str, Any]) -> str:
    """Curves of one peer over its seeds, and the verdict; a word on it."""
    with Worker(peer, python) as worker:
        first = 10_000 * (1 + PEERS.index(peer))  # programs that share a generator must not share its luck
        curves = agree.gather([worker.run(SMALL, DAYS, first + number)["curve"] for number in range(SEEDS[peer])])
        row = {"versions": worker.versions, "digest": digest(peer, worker.versions), "curves": agree.written(curves)}
    results["peers"][peer] = row
    if peer == MUSTER:
        return f"{curves.runs} runs, {curves.mean[-1]:.1f} gone: what the others are held against"
    verdict = agree.judge(curves, agree.read(results["peers"][MUSTER]["curves"]))
    row["verdict"] = agree.written(verdict)
    word = "agrees" if verdict.agrees else "DISAGREES and will not be timed"
    return f"{curves.runs} runs, {curves.mean[-1]:.1f} gone, {word} (least p {verdict.least_p:.2g})"


def may_be_timed(peer: str, versions: dict[str, str], results: dict[str, Any]) -> str:
    """Why a peer may not be timed; empty if it may."""
    row = results["peers"].get(peer)
    if row is None or row["digest"] != digest(peer, versions):
        return "its code or versions have no curves yet: run curves first"
    if peer != MUSTER and not row["verdict"]["agrees"]:
        return "its curves disagree with Muster's"
    return ""


def _rates(run: dict[str, Any], persons: int, days: int) -> dict[str, float]:
    """Million soldier-days per second of a run: of CPU and of wall time, days alone and with set-up."""
    work = persons * days / 1e6
    whole = run["setup_cpu_s"] + run["days_cpu_s"]
    return {"cpu": work / run["days_cpu_s"], "wall": work / run["days_s"], "whole_cpu": work / whole, "peak_mb": run["peak_mb"]}


def _middle(runs: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _days_for(worker: Worker, persons: int) -> int:
    """Days a timed run simulates: all, or as many as `LONGEST` allows by a short try (whose first run also compiles)."""
    worker.run(SMALL, 5, 1)
    short = worker.run(persons, 20, 1)["days_cpu_s"] / 20.0
    return min(DAYS, max(40, int(LONGEST / short)))


def time_pairs(worker: Worker, muster: Worker, plain: Worker, persons: int) -> dict[str, Any]:
    """`ROUNDS` times in turn: Muster's two engines (the median of five and of one), then the peer. Ratios pair by pair."""
    days = _days_for(worker, persons)
    rounds = []
    for number in range(ROUNDS):
        fast = _middle([_rates(muster.run(persons, DAYS, 10 * number + k), persons, DAYS) for k in range(5)])
        dense = _rates(plain.run(persons, DAYS, number), persons, DAYS)
        rounds.append((fast, dense, _rates(worker.run(persons, days, number), persons, days)))
    own = _middle([peer for _, _, peer in rounds])
    row: dict[str, Any] = {"days": days, "rounds": ROUNDS, **{name: round(value, 3) for name, value in own.items()}}
    row["muster_cpu"] = round(statistics.median(fast["cpu"] for fast, _, _ in rounds), 1)
    row["plain_cpu"] = round(statistics.median(dense["cpu"] for _, dense, _ in rounds), 1)
    row["event_ratios"] = [round(fast["cpu"] / peer["cpu"], 2) for fast, _, peer in rounds]
    row["event_ratios_wall"] = [round(fast["wall"] / peer["wall"], 2) for fast, _, peer in rounds]
    row["dense_ratios"] = [round(dense["cpu"] / peer["cpu"], 2) for _, dense, peer in rounds]
    return row


def take_times(peer: str, python: Path, results: dict[str, Any]) -> str:
    """Times of one peer beside Muster's, if its curves allow it."""
    own = Path(sys.executable)
    with Worker(peer, python) as worker, Worker(MUSTER, own) as muster, Worker(PLAIN, own) as plain:
        refusal = may_be_timed(peer, worker.versions, results)
        if refusal:
            results["peers"].get(peer, {}).pop("times", None)
            return f"not timed: {refusal}"
        for one in (muster, plain):
            for persons in SIZES:
                one.run(persons, 20, 1)
        times = {str(persons): time_pairs(worker, muster, plain, persons) for persons in SIZES}
    results["peers"][peer]["times"] = {"on": date.today().isoformat(), **times}
    last = times[str(SIZES[-1])]
    fast, dense = (statistics.median(last[name]) for name in ("event_ratios", "dense_ratios"))
    return (
        f"{last['cpu']:,.1f} M soldier-days a CPU second; Muster {fast:,.1f} times, its plain engine {dense:,.2f} times as fast"
    )


STEPS = {"curves": take_curves, "times": take_times}


def main() -> int:
    """Take one step for the peers named, or for all."""
    if len(sys.argv) < 2 or sys.argv[1] not in STEPS:
        print(__doc__, file=sys.stderr)
        return 2
    results = load()
    for peer in sys.argv[2:] or PEERS:
        began, python = time.perf_counter(), python_of(peer)
        if python is None:
            print(f"{peer:14s} skipped: not installed (make bench-peers)", flush=True)
            continue
        try:
            word = STEPS[sys.argv[1]](peer, python, results)
        except (RuntimeError, OSError) as error:
            word = f"skipped: {error}"
        save(peer, results)
        print(f"{peer:14s} {word}   [{time.perf_counter() - began:.0f} s]", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
