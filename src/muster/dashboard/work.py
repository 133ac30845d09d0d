"""Long work behind the page: one piece at a time, with its progress, so that no request waits for it."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import PriorityQueue
from threading import Lock, Thread
from time import monotonic
from typing import Any, Literal

from muster.core.errors import MusterError
from muster.core.pool import Progress

State = Literal["waiting", "running", "done", "failed"]
Make = Callable[[Progress], object]
_SHOWN = 50
_RETRY = 10.0  # seconds after which asking again tries again
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Job:
    """One piece of work and how far it is; ``total`` is 0 while that is not known."""

    name: str
    title: str
    state: State = "waiting"
    done: int = 0
    total: int = 0
    what: str = ""
    problem: str = ""
    seconds: float = 0.0
    began: float = field(default=0.0, repr=False)

    def tell(self, done: int, total: int, what: str) -> None:
        """Note the progress: a ``Progress`` function."""
        self.done, self.total, self.what = done, total, what

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        running = monotonic() - self.began if self.state == "running" else self.seconds
        return {
            "name": self.name,
            "title": self.title,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "what": self.what,
            "problem": self.problem,
            "seconds": round(running, 1),
        }


class Work:
    """A queue with one worker thread. Asking twice for the same name is asking once; what failed is tried again after a while."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._queue: PriorityQueue[tuple[int, int, Job, Make]] = PriorityQueue()
        self._count = itertools.count()
        self._lock = Lock()
        self._thread: Thread | None = None

    def ask(self, name: str, title: str, make: Make, *, first: Literal["soon", "late"] = "soon", again: bool = False) -> Job:
        """Have ``make`` run behind the page; what a reader waits for goes ``soon``, what may be wanted ``late``.

        What is done already is only done ``again`` if so asked.
        """
        with self._lock:
            job = self._jobs.get(name)
            if job is not None and not (self._stale(job) or (again and job.state == "done")):
                return job
            job = self._jobs[name] = Job(name, title)
            self._queue.put((0 if first == "soon" else 1, next(self._count), job, make))
            self._begin()
            return job

    @staticmethod
    def _stale(job: Job) -> bool:
        return job.state == "failed" and monotonic() - job.began > _RETRY

    def job(self, name: str) -> Job | None:
        """The piece of work of that name."""
        with self._lock:
            return self._jobs.get(name)

    def jobs(self) -> tuple[Job, ...]:
        """The latest pieces of work, newest first."""
        with self._lock:
            return tuple(reversed(list(self._jobs.values())))[:_SHOWN]

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._run, name="muster-work", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            _, _, job, make = self._queue.get()
            job.state, job.began = "running", monotonic()
            try:
                make(job.tell)
            except MusterError as error:
                job.problem, job.state = str(error), "failed"
            except Exception:
                _log.exception("The work %r failed.", job.title)
                job.problem, job.state = "This failed inside; the terminal that serves the page says where.", "failed"
            else:
                job.state = "done"
            job.seconds = monotonic() - job.began
