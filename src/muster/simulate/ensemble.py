"""Many seeds of one case, spread over threads: kernels hold no interpreter lock, and no state is shared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from muster.case import Case
from muster.core.pool import Progress, map_pieces
from muster.simulate.result import Run
from muster.simulate.run import simulate
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

    def one(place: int) -> Run:
        return simulate(case, seed=wanted[place + 1], scenario=scenario, until=until)

    def after_the_first(done: int, total: int, what: str) -> None:
        if progress:
            progress(done + 1, total + 1, what)

    if not wanted:
        return []
    runs = [simulate(case, seed=wanted[0], scenario=scenario, until=until, progress=progress)]  # compiles, if it must
    return runs + map_pieces(one, len(wanted) - 1, workers=workers, progress=after_the_first, what="seeds")
