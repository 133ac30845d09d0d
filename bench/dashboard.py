"""Load on the dashboard: clients that read cached views at once, while a fit runs beside it; errors and the 95th percentile.

python bench/dashboard.py                      # 20 clients, 120 seconds, on this machine alone
python bench/dashboard.py --seconds 10 --no-fit
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

import muster
from muster.report.figures import PLANS

VIEWS = (
    "/", "/map", "/series", "/evidence", "/scenarios", "/programme", "/model", "/validation", "/runs", "/parts/overview",
    "/parts/checks", "/parts/table", "/parts/conflicts", "/parts/runs", "/parts/claim?id=MM161", "/quantities/control",
    "/quantities/left", "/static/vega.js", "/static/dashboard.css", *(f"/figures/{plan.key}?width=wide" for plan in PLANS),
)  # fmt: skip
RESULTS = Path(__file__).parent / "dashboard.json"
CLIENTS, SECONDS = 20, 120
WAIT = 900  # for the histories behind the views


def fetch(port, path):
    """Status and seconds of one request."""
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.monotonic() - begun
    finally:
        connection.close()


def read(port, number, end, found):
    """One client: view after view, each beginning elsewhere in the list, with the pause of a quick reader."""
    place = number * 7
    while time.monotonic() < end:
        path = VIEWS[place % len(VIEWS)]
        place += 1
        try:
            status, seconds = fetch(port, path)
        except OSError as error:
            status, seconds = type(error).__name__, 0.0
        found.append((path, status, seconds))
        time.sleep(0.1)


def warm(port):
    """Ask for every view until all are kept."""
    end = time.monotonic() + WAIT
    waiting = set(VIEWS)
    while waiting:
        if time.monotonic() > end:
            raise SystemExit(f"not ready after {WAIT} s: {sorted(waiting)}")
        waiting = {path for path in waiting if fetch(port, path)[0] != 200}
        time.sleep(0.5)


def measure(port, *, clients, seconds):
    """Numbers of requests and errors, and how long answers took."""
    found, end = [], time.monotonic() + seconds
    readers = [threading.Thread(target=read, args=(port, k, end, found)) for k in range(clients)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    by_path = defaultdict(list)
    for path, _, taken in found:
        by_path[path].append(taken)
    times = np.array([taken for _, _, taken in found])
    slow = sorted(((float(np.quantile(values, 0.95)), path) for path, values in by_path.items()), reverse=True)[:3]
    return {
        "clients": clients,
        "seconds": seconds,
        "requests": len(found),
        "errors": sum(status != 200 for _, status, _ in found),
        "median_ms": round(1000 * float(np.median(times)), 1),
        "p95_ms": round(1000 * float(np.quantile(times, 0.95)), 1),
        "p99_ms": round(1000 * float(np.quantile(times, 0.99)), 1),
        "slowest_views_p95_ms": {path: round(1000 * value, 1) for value, path in slow},
    }


def pull(port, *, times=40):
    """Milliseconds for a pulled lever to be answered, nothing else asked meanwhile: median and 95th percentile."""
    while fetch(port, "/live?places=2")[0] == 202:
        time.sleep(0.5)
    taken = [fetch(port, f"/live?strikes={0.5 + 0.05 * k:.2f}")[1] for k in range(times)]
    return {
        "pulls": times,
        "median_ms": round(1000 * float(np.median(taken))),
        "p95_ms": round(1000 * float(np.quantile(taken, 0.95))),
    }


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--clients", type=int, default=CLIENTS)
    asked.add_argument("--seconds", type=int, default=SECONDS)
    asked.add_argument("--no-fit", action="store_true")
    given = asked.parse_args()
    environment = {**os.environ, "PYTHONPATH": str(Path(muster.__file__).parents[1])}
    run = [sys.executable, "-m", "muster"]
    with TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [*run, "serve", "myanmar", "--port", "0", "--no-browser", "-q"],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=folder,
        )
        fit = None
        try:
            port = int(server.stdout.readline().strip().rstrip("/").rpartition(":")[2])
            warm(port)
            result = {"pull": pull(port)}
            if not given.no_fit:
                words = ["fit", "myanmar", "--until", "2023-10-26", "--out", f"{folder}/fit", "-q"]
                fit = subprocess.Popen([*run, *words], env=environment, cwd=folder)
                time.sleep(5)
            result["load"] = measure(port, clients=given.clients, seconds=given.seconds)
            result["fit_still_running"] = fit is not None and fit.poll() is None
        finally:
            for process in (fit, server):
                if process is not None:
                    process.kill()
                    process.wait()
    RESULTS.write_text(json.dumps(result, indent=2) + "\n")
    print(RESULTS.read_text(), end="")


if __name__ == "__main__":
    main()
