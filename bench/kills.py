"""kill -9 at many random points of an ensemble, in place or on a Dask cluster: does it always end as if nothing had happened?

`python bench/kills.py local 50` kills the command; `python bench/kills.py dask 50` kills a worker or the scheduler, which are
then started anew. After each kill nothing finished may be lost, damaged or made again; at the end of each ensemble its hash must
be that of one that ran undisturbed.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import muster

DRAWS, PORT = 40, 38790
ASKED = ["ensemble", "tinyland", "--draws", str(DRAWS), "--scenarios", "baseline,early-cash", "--json", "--quiet"]
MUSTER = [sys.executable, "-m", "muster"]


def finished(folder: Path) -> dict[str, int]:
    """The finished files and when they were written."""
    return {path.name: path.stat().st_mtime_ns for path in (folder / "runs").glob("[0-9a-f]*.nc")}


def start(folder: Path, *more: str) -> subprocess.Popen[str]:
    """The command, under way."""
    command = [*MUSTER, *ASKED, "--out", str(folder), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def kill(process: subprocess.Popen[str]) -> None:
    """kill -9 of a process and its children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def check(folder: Path, before: dict[str, int]) -> dict[str, int]:
    """Nothing that was finished is lost, damaged or written again."""
    now = finished(folder)
    assert {name: now.get(name) for name in before} == before, "a finished run was lost or made again"
    if (folder / "plan.json").exists():
        assert muster.verify_store(folder).damaged == (), "a damaged file"
    return now


def wait_for(folder: Path, files: int, process: subprocess.Popen[str]) -> None:
    """Until so many runs are finished, and a random moment more."""
    while process.poll() is None and len(finished(folder)) < files:
        time.sleep(0.002)
    time.sleep(random.uniform(0.0, 0.05))


def kill_in_place(kills: int, whole: str, *more: str) -> None:
    """Several ensembles, each killed at several random points."""
    left = kills
    while left:
        with tempfile.TemporaryDirectory() as name:
            folder, before = Path(name), {}
            for files in sorted(random.sample(range(2 * DRAWS - 1), min(10, left))):
                process = start(folder, *more)
                wait_for(folder, files, process)
                kill(process)
                before = check(folder, before)
                left -= 1
            process = start(folder, *more)
            answer = json.loads(process.communicate()[0])
            assert (answer["found"], answer["hash"]) == (len(before), whole), answer
            print(f"{kills - left} kills, the same hash, {answer['found']} found and {answer['made']} made at last", flush=True)


class Cluster:
    """A scheduler and two workers on loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scheduler = self._start("dask_scheduler", "--port", str(PORT))
        self.workers = [self._worker() for _ in range(2)]

    def _start(self, module: str, *more: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--host", "127.0.0.1", "--no-dashboard", *more]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, text=True, start_new_session=True, **quiet)

    def _worker(self) -> subprocess.Popen[str]:
        more = ["--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder)]
        return self._start("dask_worker", f"tcp://127.0.0.1:{PORT}", *more)

    def kill_worker(self) -> None:
        """Kill one and start another."""
        kill(self.workers.pop(0))
        self.workers.append(self._worker())

    def kill_scheduler(self) -> None:
        """Kill it, and start a new cluster."""
        self.stop()
        self.__init__(self.folder)

    def stop(self) -> None:
        for process in (self.scheduler, *self.workers):
            kill(process)


def kill_on_dask(kills: int, whole: str) -> None:
    """Ensembles on a cluster whose workers (most often) or scheduler are killed at random points."""
    with tempfile.TemporaryDirectory() as scratch:
        cluster, left = Cluster(Path(scratch)), kills
        try:
            while left:
                with tempfile.TemporaryDirectory() as name:
                    left -= _one_on_dask(cluster, Path(name), min(5, left), whole)
                print(f"{kills - left} kills, the same hash", flush=True)
        finally:
            cluster.stop()


def _one_on_dask(cluster: Cluster, folder: Path, kills: int, whole: str) -> int:
    before: dict[str, int] = {}
    address = f"tcp://127.0.0.1:{PORT}"
    process = start(folder, "--dask", address)
    for turn, files in enumerate(sorted(random.sample(range(2 * DRAWS - 1), kills))):
        wait_for(folder, files, process)
        before = {**before, **finished(folder)}
        if turn % 5 == 2:
            cluster.kill_scheduler()
            _, said = process.communicate(timeout=120)
            assert process.returncode in (0, 2), said
            assert "Traceback" not in said, said
            before = check(folder, before)
            process = start(folder, "--dask", address)
        else:
            cluster.kill_worker()
    out, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    check(folder, before)
    assert json.loads(out)["hash"] == whole
    return kills


def main() -> int:
    """Kill, go on, compare."""
    where, kills = sys.argv[1], int(sys.argv[2])
    random.seed(1)
    with tempfile.TemporaryDirectory() as name:
        whole = json.loads(start(Path(name)).communicate()[0])["hash"]
    print(f"undisturbed: {whole}", flush=True)
    if where == "dask":
        kill_on_dask(kills, whole)
    else:
        kill_in_place(kills, whole, *(["--processes"] if where == "processes" else []))
    print(f"{kills} kills: the same store each time, no file damaged, nothing finished made again")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
