"""The naive forecasts that a model must beat, each with an honest spread of its own.

Each looks at the figures reported before the cut on the same quantity and place. Its spread is that of its own errors, had
it been used on them one after another (at least a fifth, the usual scatter of such figures, when it was not used often).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from muster.observe.reported import Term
from muster.observe.wording import stated_figure

_FEWEST_ERRORS = 3
_LEAST_SD = 0.05
_USUAL_SD = 0.2
_SMOOTHING = 0.5
_TREND_MEMORY = 730  # days of figures a trend is fitted to


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure as a rival sees it: day, length of its period in days (1 for a level), value, claimant."""

    day: int
    days: int
    value: float
    claimant: str

    @property
    def rate(self) -> float:
        """A flow by day; a level as it is."""
        return self.value / self.days


@dataclass(frozen=True, slots=True)
class Rival:
    """A naive forecast: normal on the log scale."""

    name: str
    log_mean: float
    log_sd: float


Guess = Callable[[Sequence[Figure], Figure], float | None]


def figure_of(term: Term) -> Figure:
    """A term as a rival sees it."""
    claim = term.claim
    flow = term.definition.kind == "flow" and claim.period_start is not None
    days = (term.day - claim.period_start.first).days + 1 if flow and claim.period_start is not None else 1
    return Figure(term.day.toordinal(), max(days, 1), stated_figure(claim), term.group[0])


def last_value(past: Sequence[Figure], wanted: Figure) -> float | None:
    """The last figure of anybody."""
    return past[-1].rate if past else None


def drift(past: Sequence[Figure], wanted: Figure) -> float | None:
    """The line from the first figure through the last."""
    if len(past) < 2 or past[-1].day == past[0].day:
        return None
    slope = (past[-1].rate - past[0].rate) / (past[-1].day - past[0].day)
    return past[-1].rate + slope * (wanted.day - past[-1].day)


def log_linear(past: Sequence[Figure], wanted: Figure) -> float | None:
    """A straight line through the logarithms of the last two years."""
    recent = [one for one in past if past[-1].day - one.day <= _TREND_MEMORY and one.rate > 0]
    if len(recent) < 3 or recent[0].day == recent[-1].day:
        return None
    slope, start = np.polyfit([one.day - recent[-1].day for one in recent], [math.log(one.rate) for one in recent], 1)
    return math.exp(min(start + slope * (wanted.day - recent[-1].day), 50.0))


def smoothing(past: Sequence[Figure], wanted: Figure) -> float | None:
    """Simple exponential smoothing of the figures in order."""
    level = None
    for one in past:
        level = one.rate if level is None else level + _SMOOTHING * (one.rate - level)
    return level


def own_last(past: Sequence[Figure], wanted: Figure) -> float | None:
    """The claimant's own last figure carried forward."""
    same = [one for one in past if one.claimant == wanted.claimant]
    return same[-1].rate if same else None


RIVALS: dict[str, Guess] = {
    "last value": last_value,
    "drift": drift,
    "log-linear trend": log_linear,
    "exponential smoothing": smoothing,
    "claimant's last": own_last,
}


def rivals_of(term: Term, past: Sequence[Term]) -> tuple[Rival, ...]:
    """The naive forecasts of a term from the terms known at the cut; empty when nothing like it was reported before."""
    known = sorted(
        (figure_of(one) for one in past if one.claim.quantity == term.claim.quantity and one.claim.region == term.claim.region),
        key=lambda one: one.day,
    )
    wanted = figure_of(term)
    found = []
    for name, guess in RIVALS.items():
        rate = guess(known, wanted)
        if rate is not None and rate > 0:
            found.append(Rival(name, math.log(rate * wanted.days), _spread(guess, known)))
    return tuple(found)


def _spread(guess: Guess, known: Sequence[Figure]) -> float:
    """Root mean square of the errors a guess would have made on the figures it knows."""
    errors = []
    for place in range(1, len(known)):
        rate = guess(known[:place], known[place])
        if rate is not None and rate > 0 and known[place].rate > 0:
            errors.append(math.log(known[place].rate / rate))
    if len(errors) < _FEWEST_ERRORS:
        return _USUAL_SD
    return max(float(np.sqrt(np.mean(np.square(errors)))), _LEAST_SD)
