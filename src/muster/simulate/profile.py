"""Where the time of a run goes: every step of the day timed by the clock while the engine takes it.

The day is the engine's own, step by step in the order of `ORDER`; only a look at the clock stands between two steps. What
looking costs is measured too and taken off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from time import get_clock_info, perf_counter, thread_time
from typing import Any

import numba
import numpy as np
from numba import objmode

from muster.case import Case
from muster.core.pool import Progress
from muster.model.order import ORDER, Step
from muster.simulate import engine
from muster.simulate.recorder import close_record
from muster.simulate.run import Simulation
from muster.simulate.scenario import Scenario

SET_UP, RECORDING, HAND_OVER = "set-up", "recording", "hand-over"
_ARGUMENTS = "state, parameters, drivers, record, t, dt"
_now = thread_time if get_clock_info("thread_time").resolution < 1e-6 else perf_counter  # no other program is timed with us
_LOOKS = 5_000  # at the clock, to learn what one takes


@dataclass(frozen=True, slots=True)
class Spent:
    """What one step took over all days of a run: its mechanism, or set-up, recording or hand-over; seconds and their share."""

    mechanism: str
    step: str
    does: str
    seconds: float
    share: float


def profile(
    case: Case,
    *,
    seed: int = 1,
    scenario: Scenario | None = None,
    until: date | None = None,
    repeats: int = 3,
    progress: Progress | None = None,
) -> list[Spent]:
    """One row a step, in the order of the day: CPU seconds in the quickest of ``repeats`` runs of one thread.

    The timed loop is compiled first, which takes some seconds and is not counted.
    """
    names = [
        ("populate", SET_UP, "everybody in the force and the tables of drivers"),
        *_steps(),
        ("result", HAND_OVER, "tables of the run"),
    ]
    quickest: list[float] = []
    for turn in range(repeats + 1):  # the first compiles
        if progress:
            progress(turn, repeats + 1, "profiling" if turn else "compiling the timed loop")
        spent = _run(case, seed, scenario, until)
        if turn and (not quickest or sum(spent) < sum(quickest)):
            quickest = spent
    if progress:
        progress(repeats + 1, repeats + 1, "profiling")
    total = sum(quickest)
    rows = zip(names, quickest, strict=True)
    return [Spent(mechanism, step, does, seconds, seconds / total) for (step, mechanism, does), seconds in rows]


def by_mechanism(rows: Iterable[Spent]) -> dict[str, float]:
    """Seconds by mechanism (and set-up, recording, hand-over), the costliest first."""
    found: dict[str, float] = {}
    for row in rows:
        found[row.mechanism] = found.get(row.mechanism, 0.0) + row.seconds
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _steps() -> list[tuple[str, str, str]]:
    return [(step.function, step.mechanism, step.does) for step in ORDER] + [
        ("close_record", RECORDING, "states at the end of the day")
    ]


def _function(step: Step) -> Callable[..., None]:
    """The compiled loop behind a step: of the mechanism, or of the engine where that goes through persons."""
    module = engine if hasattr(engine, step.function) else import_module(f"muster.model.mechanisms.{step.mechanism}")
    function: Callable[..., None] = getattr(module, step.function)
    return function


def _source(steps: int) -> str:
    """The loop over days, written out: compiled code has no loop over functions."""
    looked = [
        line
        for k in range(steps)
        for line in (f"step{k}({_ARGUMENTS})", "now = clock()", f"spent[{k}] += now - before", "before = now")
    ]
    body = ["if len(state.persons) - state.regime.people < room:", "    return t", "before = clock()", *looked]
    head = "def advance(state, parameters, drivers, record, start, stop, dt, room, spent):\n    for t in range(start, stop):\n"
    return head + "".join(f"        {line}\n" for line in body) + "    return stop\n"


@cache
def _loop() -> tuple[Callable[..., int], float]:
    """The engine's loop over days with a clock between the steps, and what one look at that clock takes, in seconds."""
    compiled = numba.njit(error_model="numpy")

    @compiled
    def clock() -> float:
        with objmode(now="f8"):
            now = _now()
        return now  # noqa: RET504 (what leaves Python's mode must have a name)

    @compiled
    def look(times: int) -> float:
        total = 0.0
        for _ in range(times):
            total += clock()
        return total

    functions = [*map(_function, ORDER), close_record]
    names: dict[str, Any] = {"clock": clock, **{f"step{k}": function for k, function in enumerate(functions)}}
    exec(_source(len(functions)), names)
    look(1)
    return compiled(names["advance"]), min(_timed(look, _LOOKS) for _ in range(5)) / _LOOKS


def _timed(function: Callable[[int], object], times: int) -> float:
    began = _now()
    function(times)
    return _now() - began


class _Timed(Simulation):
    """A simulation that keeps the time of its steps."""

    spent: np.ndarray

    def _compute(self, parameters: Any, start: int, stop: int, room: int) -> int:
        advance, look = _loop()
        reached = advance(self.state, parameters, self.drivers, self.record, start, stop, self.dt, room, self.spent)
        self.spent -= look * (reached - start)
        return reached


def _run(case: Case, seed: int, scenario: Scenario | None, until: date | None) -> list[float]:
    """Seconds of every part of one run."""
    began = _now()
    simulation = _Timed(case, seed=seed, scenario=scenario, until=until)
    ready = _now()
    simulation.spent = np.zeros(len(ORDER) + 1)
    simulation.advance()
    done = _now()
    simulation.result()
    return [ready - began, *np.maximum(simulation.spent, 0.0).tolist(), _now() - done]
