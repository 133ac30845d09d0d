"""Draws of the parameters x seeds x scenarios, month by month, under common random numbers.

Member ``k`` takes draw ``k`` of the posterior (from the first again when there are more members) and the same seed in every
scenario: what differs between two scenarios of a member is the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from muster.calibrate.posterior import Posterior
from muster.case import Case
from muster.compare.executors import Lost, hire, map_over
from muster.compare.month_file import Months
from muster.compare.plan import Cell, Plan, code_digest, lean, load_plan, plan_ensemble
from muster.compare.store import Shelf, Store
from muster.compare.work import Job, Outcome, work
from muster.core.compile import is_compiled
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.simulate.monthly import MONTHLY
from muster.simulate.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Ensemble:
    """``data`` maps the names of `MONTHLY` to (scenario, member, month, ...) arrays; ``months`` are their last days.

    ``members`` are (draw, seed); without a posterior every draw is 0, the defaults of the case. ``fired`` has the days at whose
    end the triggers of each scenario fired, member by member.
    """

    case: Case
    scenarios: tuple[str, ...]
    members: tuple[tuple[int, int], ...]
    months: tuple[date, ...]
    data: dict[str, np.ndarray]
    fired: tuple[tuple[tuple[date | None, ...], ...], ...] = ()

    def place(self, scenario: str) -> int:
        """Position of a scenario. Errors: a :class:`MusterError` if the ensemble does not hold it."""
        if scenario not in self.scenarios:
            raise MusterError(f'The ensemble holds no scenario "{scenario}". It holds {", ".join(self.scenarios)}.')
        return self.scenarios.index(scenario)


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that could not be finished, and why."""

    scenario: str
    draw: int
    seed: int
    problem: str

    def __str__(self) -> str:
        return f"{self.scenario}, draw {self.draw}, seed {self.seed}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Progressed:
    """What a call did: runs made now, runs found finished, files found damaged and made again, and runs that failed."""

    made: int
    found: int
    damaged: tuple[str, ...]
    failures: tuple[Failure, ...]


def simulate_ensemble(
    case: Case,
    posterior: Posterior | None,
    scenarios: Sequence[str | Scenario],
    *,
    draws: int,
    seeds: int = 1,
    seed: int = 1,
    until: date | str | None = None,
    executor: str | Executor = "threads",
    store: str | Path | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> Ensemble:
    """Simulate ``draws`` x ``seeds`` members under each scenario; where it is done changes nothing but the time.

    ``scenarios`` are names, files or :class:`Scenario` objects. Without a ``posterior`` the case's defaults are used.
    ``executor``: ``"threads"``, ``"processes"``, the address of a Dask scheduler or an executor of ``concurrent.futures``.
    With a ``store``, a folder, finished runs are kept and found again. Errors: a :class:`MusterError` for an unknown scenario, a
    date before the start, or, when all else is done, runs that failed.
    """
    plan = plan_ensemble(case, posterior, scenarios, draws=draws, seeds=seeds, seed=seed, until=until)
    if store is not None:
        done = fill(plan, store, executor=executor, workers=workers, progress=progress)
        refuse(done.failures)
        return load_ensemble(store, case=case)
    kept: dict[str, Months] = {}

    def keep(outcome: Outcome) -> None:
        if outcome.months is not None:
            kept[outcome.key] = outcome.months

    refuse(_run(plan, Shelf(), keep, folder=None, executor=executor, workers=workers, progress=progress).failures)
    return _assemble(plan, kept.__getitem__)


def fill(
    plan: Plan,
    folder: str | Path,
    *,
    executor: str | Executor = "threads",
    workers: int = 2,
    progress: Progress | None = None,
) -> Progressed:
    """Make the runs of a plan that the store in ``folder`` does not hold; one that fails does not keep the others."""
    store = Store(folder)
    store.runs.mkdir(parents=True, exist_ok=True)
    plan.save(store.folder)
    shelf = store.look()
    store.clear(shelf.damaged)

    def check(outcome: Outcome) -> None:
        if outcome.file is not None and not (store.runs / outcome.file).is_file():
            raise MusterError(f"A worker wrote a run to {store.folder}, which is another folder on this machine. Share one.")

    kept = str(store.folder.resolve())
    return _run(plan, shelf, check, folder=kept, executor=executor, workers=workers, progress=progress)


def load_ensemble(folder: str | Path, *, case: Case | None = None) -> Ensemble:
    """The ensemble in a folder that ``muster ensemble --out`` wrote. Errors: a :class:`MusterError` if runs are missing."""
    plan, store = load_plan(folder), Store(folder)
    if case is not None:
        plan = replace(plan, case=case)
    whole = store.look().whole
    missing = sum(cell.key not in whole for cell in plan.cells())
    if missing:
        raise MusterError(f"{folder} lacks {missing} of {plan.runs} runs. Give the muster ensemble command again to finish it.")
    return _assemble(plan, lambda key: store.read(whole[key]))


def _assemble(plan: Plan, read: Callable[[str], Months]) -> Ensemble:
    """Arrays of all runs, filled one run at a time."""
    data: dict[str, np.ndarray] = {}
    fired: list[list[tuple[date | None, ...]]] = [[] for _ in plan.scenarios]
    shape = (len(plan.scenarios), len(plan.members))
    for cell in plan.cells():
        months = read(cell.key)
        for name, values in months.data.items():
            data.setdefault(name, np.empty((*shape, *values.shape), values.dtype))[cell.place, cell.member] = values
        fired[cell.place].append(months.fired)
    ordered = {name: data[name] for name in MONTHLY}
    return Ensemble(plan.case, plan.names, plan.members, plan.months, ordered, tuple(map(tuple, fired)))


def _run(
    plan: Plan,
    shelf: Shelf,
    receive: Callable[[Outcome], None],
    *,
    folder: str | None,
    executor: str | Executor,
    workers: int,
    progress: Progress | None,
) -> Progressed:
    """Make what the shelf lacks, a run asked for twice once, and hand each to ``receive``."""
    missing = {cell.key: cell for cell in plan.cells() if cell.key not in shelf.whole}
    found, problems = plan.runs - len(missing), dict[str, str]()
    job = Job(lean(plan.case), plan.until, plan.engine, code_digest(), folder)
    for outcome in _outcomes(job, list(missing.values()), executor, workers):
        receive(outcome)
        missing.pop(outcome.key) if outcome.problem is None else problems.setdefault(outcome.key, outcome.problem)
        if progress:
            progress(plan.runs - len(missing) + len(problems), plan.runs, "histories")
    failures = tuple(_failure(plan, cell, problems[cell.key]) for cell in plan.cells() if cell.key in problems)
    made = plan.runs - found - len(missing)
    return Progressed(made, found, tuple(path.name for path in shelf.damaged), failures)


def _outcomes(job: Job, cells: list[Cell], executor: str | Executor, workers: int) -> Iterator[Outcome]:
    """What becomes of each cell, in the order in which they are finished."""
    if not cells:
        return
    first = 0 if is_compiled() else 1  # compiles the engine once, before many workers would
    for cell in cells[:first]:
        yield from work(job, [cell])
    with hire(executor, workers) as crew:
        rest = cells[first:]
        pieces = [rest[place : place + crew.size] for place in range(0, len(rest), crew.size)]
        for piece in map_over(crew, partial(work, job), pieces):
            if isinstance(piece, Lost):
                yield from (Outcome(cell.key, problem="workers died at it again and again") for cell in piece.piece)
            else:
                yield from piece


def _failure(plan: Plan, cell: Cell, problem: str) -> Failure:
    draw, seed = plan.members[cell.member]
    return Failure(plan.names[cell.place], draw, seed, problem)


def refuse(failures: Sequence[Failure]) -> None:
    """Errors: a :class:`MusterError` that names the first of the runs that failed, if any did."""
    if failures:
        raise MusterError(f"{len(failures)} runs failed; the others are done. First: {failures[0]}")
