"""The levers as a page has them: factors on what the case says, from a day on; few histories, so that a drag is followed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock

import numpy as np

from muster.calibrate.draws import drawn_values, led_by
from muster.calibrate.posterior import Posterior
from muster.case import Case
from muster.compare.ensemble import Ensemble
from muster.core.dates import day_date, day_index
from muster.core.errors import MusterError
from muster.core.pool import Progress, map_pieces
from muster.simulate.change import pull_levers
from muster.simulate.monthly import MONTHLY, months_of, read_monthly
from muster.simulate.run import Simulation, start
from muster.simulate.scenario import Change, Scenario

# Of the levers of a scenario those that a factor can pull either way, whatever the case says.
PULLED = ("places", "cash", "stipend", "contacts", "income", "strikes", "conscription")
LEAST, MOST = 0.25, 4.0
MEMBERS = 2
_LEAD = 90  # days before and after a pull
NEW = "levers pulled"
AS_IS = "as it was"


@dataclass(frozen=True, slots=True)
class Pulled:
    """Factors other than 1 by lever, from a day on."""

    start: date
    factors: Mapping[str, float]

    def changes(self) -> tuple[Change, ...]:
        """The changes they make."""
        return pull_levers(self.factors, self.start)

    def told(self) -> str:
        """In words, in the order of the levers; empty where all are as they were."""
        told = ", ".join(f"{name} ×{self.factors[name]:g}" for name in PULLED if name in self.factors)
        return f"{told} from {self.start}" if told else ""


def read_levers(case: Case, query: Mapping[str, str]) -> Pulled:
    """The levers of an address. Errors: a :class:`MusterError` for a factor that is none."""
    days = {day.isoformat(): day for day in pull_days(case)}
    if (begin := query.get("from", usual_day(case).isoformat())) not in days:
        raise MusterError(f"Levers are pulled from one of {', '.join(days)}.")
    factors = {}
    for name in PULLED:
        text = query.get(name, "1")
        try:
            factor = float(text) if len(text) < 12 else math.nan
        except ValueError:
            factor = math.nan
        if not LEAST <= factor <= MOST:
            raise MusterError(f"A lever is pulled by {LEAST:g} to {MOST:g}.")
        if factor != 1.0:
            factors[name] = round(factor, 3)
    return Pulled(days[begin], factors)


def pull_days(case: Case) -> tuple[date, ...]:
    """The days from which levers can be pulled: each New Year well within the span, or else its middle."""
    years = (date(year, 1, 1) for year in range(case.start.year, case.until.year + 1))
    found = tuple(day for day in years if (day - case.start).days >= _LEAD and (case.until - day).days >= _LEAD)
    return found or (day_date(day_index(case.until, case.start) // 2, case.start),)


def usual_day(case: Case) -> date:
    """The day taken unless another is asked for: late enough that a drag has little to simulate, early enough to matter."""
    days = pull_days(case)
    return days[len(days) // 2]


@dataclass(slots=True)
class Live:
    """Histories held on the day before levers are pulled, so that each drag simulates only what comes after.

    ``drawn`` are the parameters of each member, none without a fit; ``before`` its months as they were.
    """

    case: Case
    start: date
    drawn: tuple[Mapping[str, float], ...]
    begun: tuple[Simulation, ...]
    before: tuple[dict[str, np.ndarray], ...]
    _lock: Lock = field(default_factory=Lock)
    _tickets: itertools.count[int] = field(default_factory=itertools.count)
    _latest: int = -1

    def pull(self, pulled: Pulled) -> Ensemble | None:
        """Both arms under the same luck; nothing when a later pull has come meanwhile."""
        ticket = self._latest = next(self._tickets)
        with self._lock:
            if ticket != self._latest:
                return None
            after = map_pieces(lambda k: self._branch(k, pulled), len(self.begun), workers=2)
        data = {name: np.stack([[run[name] for run in arm] for arm in (self.before, after)]) for name in MONTHLY}
        members = tuple((k, k + 1) for k in range(len(self.begun)))
        return Ensemble(self.case, (AS_IS, NEW), members, months_of(self.case.start, self.case.until), data)

    def _branch(self, place: int, pulled: Pulled) -> dict[str, np.ndarray]:
        scenario = led_by(self.drawn[place], Scenario(NEW, changes=pulled.changes()))
        return read_monthly(self.begun[place].branch(scenario).finish())


def begin(case: Case, posterior: Posterior | None, *, day: date, progress: Progress) -> Live:
    """Simulate the members up to the day before levers are pulled, and on from there as it was."""
    last = day - timedelta(days=1)
    drawn = tuple(drawn_values(case, posterior, place) if posterior else {} for place in range(MEMBERS))

    def one(place: int) -> tuple[Simulation, dict[str, np.ndarray]]:
        begun = start(case, seed=place + 1, scenario=led_by(drawn[place], Scenario(AS_IS))).advance(last)
        return begun, read_monthly(begun.branch().finish())

    found = map_pieces(one, MEMBERS, workers=2, progress=progress, what="histories to pull levers on")
    return Live(case, day, drawn, tuple(begun for begun, _ in found), tuple(run for _, run in found))
