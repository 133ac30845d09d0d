"""Many seeds of one case, spread over threads: kernels hold no interpreter lock, and no state is shared."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from muster.case import Case
from muster.simulate.result import Run
from muster.simulate.run import Progress, simulate
from muster.simulate.scenario import Scenario


def simulate_seeds(
    case: Case,
    seeds: Iterable[int],
    *,
    scenario: Scenario | None = None,
    until: date | str | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> list[Run]:
    """One run a seed, in the order of the seeds; the number of workers changes nothing but the time."""
    wanted = list(seeds)

    def one(seed: int) -> Run:
        return simulate(case, seed=seed, scenario=scenario, until=until)

    if not wanted:
        return []
    runs = [simulate(case, seed=wanted[0], scenario=scenario, until=until, progress=progress)]  # compiles, if it must
    with ThreadPoolExecutor(max_workers=max(1, workers)) as pool:
        for done, run in enumerate(pool.map(one, wanted[1:]), 2):
            runs.append(run)
            if progress:
                progress(done, len(wanted), "seeds")
    return runs
