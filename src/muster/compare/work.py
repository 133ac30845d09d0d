"""What a worker does, in a thread, a process or on another machine: simulate some runs and keep or hand back their months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from muster.case import Case
from muster.compare.month_file import Months, encode
from muster.compare.plan import Cell, code_digest
from muster.compare.store import Store
from muster.core.errors import MusterError
from muster.simulate.run import Engine, simulate


@dataclass(frozen=True, slots=True)
class Job:
    """What the runs of an ensemble have in common. With a ``folder`` a worker writes there, else it hands the months back."""

    case: Case
    until: date
    engine: Engine
    code: str
    folder: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the run of a key: its file, or its months, or the reason why there is none."""

    key: str
    file: str | None = None
    months: Months | None = None
    problem: str | None = None


def work(job: Job, cells: Sequence[Cell]) -> list[Outcome]:
    """Run some cells one after the other; one that fails is told and does not take the others with it."""
    if job.code != code_digest():
        raise MusterError("A worker has another version of Muster than this machine. Install the same one on both.")
    return [_run(job, cell) for cell in cells]


def _run(job: Job, cell: Cell) -> Outcome:
    try:
        run = simulate(job.case, seed=cell.seed, scenario=cell.scenario, until=job.until, engine=job.engine)
        months = Months.of(run)
        if job.folder is None:
            return Outcome(cell.key, months=months)
        return Outcome(cell.key, file=Store(job.folder).write(cell.key, encode(run, months)))
    except MusterError as error:
        return Outcome(cell.key, problem=str(error))
    except OSError:
        raise  # a full disk or a lost folder is not the fault of this run
    except Exception as error:
        return Outcome(cell.key, problem=f"{type(error).__name__}: {error}")
