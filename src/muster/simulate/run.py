"""Simulations: started, advanced, branched, saved half-way, finished."""

from __future__ import annotations

import math
from datetime import date
from typing import Any, Literal

import numpy as np

from muster.case import Case
from muster.core.compile import is_compiled, uncollected
from muster.core.dates import day_date, day_index, parse_date
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.model.order import Parameters
from muster.model.parameter import packed
from muster.model.populate import clash_tables, empty_persons, populate
from muster.model.state import copied
from muster.model.tally import empty_record
from muster.model.wastage import reschedule
from muster.simulate import engine as fast
from muster.simulate import plain
from muster.simulate.collect import tabulate_leavers, tabulate_units
from muster.simulate.recorder import close_record, named
from muster.simulate.result import Run
from muster.simulate.scenario import Scenario
from muster.simulate.settings import parameter_days, parameters_on, tabulate_drivers, with_fired

Engine = Literal["fast", "plain"]
_ADVANCE = {"fast": fast.advance, "plain": plain.advance}
_CHUNK = 60  # days between two reports of progress
_LEAST_CONTROL = 9e-4  # its log-odds are bounded


class Simulation:
    """One history under way: its state, what it has recorded, and the day it has reached.

    ``dt`` is the length of a step in days: 1, or a half for the test of convergence.
    """

    def __init__(
        self,
        case: Case,
        *,
        seed: int = 1,
        scenario: Scenario | None = None,
        until: date | None = None,
        engine: Engine = "fast",
        dt: float = 1.0,
    ) -> None:
        if engine not in _ADVANCE:
            raise MusterError(f'"{engine}" is not an engine. Write fast or plain.')
        if isinstance(seed, bool) or int(seed) != seed:
            raise MusterError(f"{seed} is not a seed. Give a whole number.")
        last = until or case.until
        if last <= case.start:
            raise MusterError(f"The run would end on {last}, but {case.name} starts on {case.start}. Give a later --until.")
        self.case, self.seed, self.engine, self.dt = case, seed, engine, dt
        self.days = day_index(last, case.start)
        self.steps = round(self.days / dt)
        self.day = 0
        self.use(scenario or Scenario())
        self.parameters = parameters_on(case, self._effective, day_date(1, case.start))
        with uncollected():
            self.state = populate(case, seed=seed, parameters=self.parameters, steps=self.steps, dt=dt)
            self.record = empty_record(self.steps, len(case.regions), len(self.state.units))
            close_record(self.state, packed(self.parameters), self.drivers, self.record, 0, dt)

    def use(self, scenario: Scenario) -> None:
        """Follow a scenario from the next day on; what has happened stays, and no trigger has fired yet."""
        self.scenario = scenario
        self.fired: tuple[date | None, ...] = (None,) * len(scenario.triggers)
        if scenario.triggers:
            chances = tuple(trigger.first_chance(self.case.start, self.days) for trigger in scenario.triggers)
            self._follow(with_fired(scenario, chances))  # refused now, not half-way
        self._follow(scenario)

    def _follow(self, effective: Scenario) -> None:
        """Drivers and parameters from the next day on: those of the scenario and of the triggers that have fired."""
        self._effective = effective
        self.drivers = tabulate_drivers(self.case, effective, self.days, per_day=round(1.0 / self.dt))
        self._turns = parameter_days(self.case, effective, self.days)
        for day in (1, *self._turns):
            parameters_on(self.case, effective, day_date(day, self.case.start))  # refused now, not half-way

    def fire(self, fired: tuple[date | None, ...]) -> None:
        """Take triggers as fired at the end of these days; their changes begin on the day after."""
        self.fired = fired
        self._follow(with_fired(self.scenario, fired))

    def _look(self) -> None:
        """Fire the triggers that are due today and hold."""
        step = round(self.day / self.dt)
        today = day_date(self.day, self.case.start)
        fired = list(self.fired)
        for place, trigger in enumerate(self.scenario.triggers):
            if fired[place] is None and trigger.is_due(self.day, self.case.start) and trigger.holds(self.record, step):
                fired[place] = today
        if tuple(fired) != self.fired:
            self.fire(tuple(fired))

    def _next_look(self) -> int:
        """The next day on which a trigger is to be looked at; the last day of the run if there is none."""
        waiting = [one for one, day in zip(self.scenario.triggers, self.fired, strict=True) if day is None]
        coming = range(self.day + 1, self.days if waiting else 0)
        return next((day for day in coming if any(one.is_due(day, self.case.start) for one in waiting)), self.days)

    def advance(self, until: str | date | None = None, *, progress: Progress | None = None) -> Simulation:
        """Go on to the end of a day, or to the end. Returns itself."""
        target = (
            self.days if until is None else day_index(parse_date(until) if isinstance(until, str) else until, self.case.start)
        )
        if target > self.days:
            raise MusterError(f"This simulation ends on {day_date(self.days, self.case.start)}. Start it with a later end.")
        what = "simulating" if is_compiled() else "compiling the model (only this once)"
        while self.day < target:
            if progress:
                progress(self.day, self.days, what)
            chunk = _CHUNK if progress else target
            turns = (turn - 1 for turn in self._turns if turn - 1 > self.day)
            self._go(min([target, self.day + chunk, self._next_look(), *turns]))
            self._look()
            what = "simulating"
        if progress:
            progress(self.day, self.days, what)
        return self

    def _go(self, stop: int) -> None:
        """Days up to and with ``stop``, through which the parameters do not change."""
        self._take_up(parameters_on(self.case, self._effective, day_date(self.day + 1, self.case.start)))
        step, end = round(self.day / self.dt) + 1, round(stop / self.dt) + 1
        room, parameters = self._daily_room(), packed(self.parameters)
        with uncollected():
            if self.engine == "fast" and not is_compiled():
                fast.compile_parts(self.state, parameters, self.drivers, self.record)
            while step < end:
                step = self._compute(parameters, step, end, room)
                if step < end:
                    self._make_room(room)
        self.day = stop

    def _compute(self, parameters: Any, start: int, stop: int, room: int) -> int:
        """Steps ``start`` up to and without ``stop``, or fewer, if room for recruits runs out; returns the step that is next."""
        return _ADVANCE[self.engine](self.state, parameters, self.drivers, self.record, start, stop, self.dt, room)

    def _take_up(self, parameters: Parameters) -> None:
        """New parameters, and what is derived from them."""
        if parameters == self.parameters:
            return
        if parameters.exit.wastage != self.parameters.exit.wastage:
            reschedule(self.state, parameters.exit.wastage, round(self.day / self.dt), self.dt)
        if parameters.combat.clash_exponent != self.parameters.combat.clash_exponent:
            tables = clash_tables(parameters.combat.clash_exponent, max(200, int(self.state.units["cap"].max())))
            self.state = self.state._replace(clashes=tables)
        self.parameters = parameters

    def _daily_room(self) -> int:
        """More recruits than a day can bring: intake is capped by free places, and by its drivers far below that."""
        nation, regions = self.drivers.nation, self.state.regions
        asked = sum(float(nation[name].max()) for name in ("quota", "recall", "police_intake"))
        draft = float(self.state.regime["draft_control"])  # control at the first draft, below which it may have fallen
        asked += float(nation["quota_planned"].max()) / (_LEAST_CONTROL if math.isnan(draft) else draft)
        free = self.parameters.exit.wastage * float(self.state.regime["military0"]) * float(nation["volunteer_multiplier"].max())
        most = self.parameters.recruitment.surge / regions["control0"]
        mean = self.dt * (asked + free * float((regions["history"] * most).sum()))
        places = int(self.state.units["cap"].sum())
        return min(math.ceil(mean + 20.0 * math.sqrt(mean)) + 100, places)

    def _make_room(self, room: int) -> None:
        """Longer arrays of persons, with the waiting list unrolled."""
        state = self.state
        count = int(state.regime["people"])
        longer = empty_persons(count + count // 8 + 2 * room)
        longer[:count] = state.persons[:count]
        head, tail = int(state.programme["head"]), int(state.programme["tail"])
        queue = np.full(len(longer), -1, np.int32)
        queue[: tail - head] = state.queue[np.arange(head, tail) % len(state.queue)]
        state.programme["head"], state.programme["tail"] = 0, tail - head
        self.state = state._replace(persons=longer, queue=queue)

    def branch(self, scenario: Scenario | None = None) -> Simulation:
        """A copy that goes its own way from today, under another scenario if one is given."""
        twin = Simulation.__new__(Simulation)
        twin.__dict__.update(self.__dict__)
        twin.state, twin.record = copied(self.state), copied(self.record)
        if scenario is not None:
            twin.use(scenario)
        return twin

    def finish(self, *, progress: Progress | None = None) -> Run:
        """Go on to the end and hand out the run."""
        self.advance(progress=progress)
        return self.result()

    def result(self) -> Run:
        """What has been recorded up to today."""
        data = named(self.record, round(self.day / self.dt))
        leavers, units = tabulate_leavers(self.state, self.dt), tabulate_units(self.state, self.record)
        return Run(self.case, self.seed, self.engine, self.scenario, self.day, data, leavers, units, self.fired)


def start(
    case: Case, *, seed: int = 1, scenario: Scenario | None = None, until: date | str | None = None, engine: Engine = "fast"
) -> Simulation:
    """A simulation at day 0: advance it, branch it, save it, finish it."""
    last = parse_date(until) if isinstance(until, str) else until
    return Simulation(case, seed=seed, scenario=scenario, until=last, engine=engine)


def simulate(
    case: Case,
    *,
    seed: int = 1,
    scenario: Scenario | None = None,
    until: date | str | None = None,
    engine: Engine = "fast",
    threads: int = 1,
    progress: Progress | None = None,
) -> Run:
    """One history of a case, from day 0 to ``until`` (the end of the pack's data unless said).

    The same case, seed and scenario give the same bits, on either engine and for any number of ``threads``: a single history
    is computed by one thread, `simulate_seeds` spreads many. Raises MusterError for a date before the start.
    """
    if threads < 1:
        raise MusterError(f"{threads} threads cannot compute. Give 1 or more.")
    return start(case, seed=seed, scenario=scenario, until=until, engine=engine).finish(progress=progress)
