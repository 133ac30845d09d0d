"""The index behind each observable of a directional claim: what a run would have to show for "it rose" to be right.

An index is read over a span of days and a set of regions. Rates and numbers are logarithms, shares are themselves; each is
divided by the change that a reporter would notice (``notice``, judgement): then a change of 1 is told rightly five times in six.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from muster.core.vocabulary import BRANCHES, ENTRIES, EXITS, MILITARY, TERMS, VOLUNTARY
from muster.observe.area import region_areas
from muster.observe.special import volunteers_at_rest

if TYPE_CHECKING:
    from muster.simulate.result import Run

_SOLDIERS = [BRANCHES.index(name) for name in MILITARY]
_FEWEST = 0.5  # added to a count before its logarithm


@dataclass(frozen=True, slots=True)
class Span:
    """Days ``first``..``last`` (both counted) of a run in ``regions``; ``rest`` is the state before the crisis, read on day 0."""

    run: Run
    first: int
    last: int
    regions: tuple[int, ...]
    rest: bool

    @property
    def national(self) -> bool:
        return len(self.regions) == len(self.run.case.regions)

    def flow(self, values: np.ndarray) -> float:
        """Log of the mean per day of a count (day, region, ...). At rest there is none to compare with."""
        if self.rest:
            return np.nan
        days = self.last - self.first + 1
        return float(np.log((values[self.first : self.last + 1][:, list(self.regions)].sum() + _FEWEST) / days))

    def mean(self, values: np.ndarray) -> np.ndarray:
        """Mean over the days of a state: (day, region, ...) gives (regions, ...)."""
        return np.asarray(values[self.first : self.last + 1].mean(axis=0)[list(self.regions)])

    def nation(self, values: np.ndarray) -> float:
        """Mean over the days of a state (day,) that is kept for the nation only."""
        return float(values[self.first : self.last + 1].mean()) if self.national else np.nan


@dataclass(frozen=True, slots=True)
class Index:
    """An observable's simulated counterpart: how it is read, what is noticed, and what it stands for."""

    read: Callable[[Span], float]
    notice: float
    meaning: str


def _recruitment(span: Span) -> float:
    """Volunteers per day, those under lowered standards too."""
    if span.rest:
        return float(np.log(volunteers_at_rest(span.run)[list(span.regions)].sum() + 1e-6))
    columns = [ENTRIES.index(name) for name in ("volunteer", "lowered_standard")]
    return span.flow(span.run.data["intake"][:, :, columns])


def _exits(span: Span) -> float:
    columns = [EXITS.index(name) for name in VOLUNTARY]
    return span.flow(span.run.data["exits"][..., columns])


def _soldiers(span: Span, name: str) -> float:
    return float(span.mean(span.run.data[name])[:, _SOLDIERS].sum())


def _manpower(span: Span) -> float:
    return float(np.log(_soldiers(span, "strength") + _FEWEST))


def _morale(span: Span) -> float:
    if span.rest and len(span.run.data["willing"]) > 1:  # who is willing is first worked out on day 1
        span = replace(span, first=1, last=1)
    return -float(np.log((_soldiers(span, "willing") + _FEWEST) / (_soldiers(span, "strength") + _FEWEST)))


def _moral_injury(span: Span) -> float:
    drive = span.run.data["drive"][:, _SOLDIERS, TERMS.index("moral_injury")]
    heads = span.run.data["strength"][:, :, _SOLDIERS].sum(axis=1)
    return span.nation((drive * heads).sum(axis=1) / np.maximum(heads.sum(axis=1), 1))


def _opponents(span: Span) -> float:
    return float(np.log(span.mean(span.run.data["armed_opponents"]).sum() + _FEWEST))


def _control(span: Span) -> float:
    return float(np.average(span.mean(span.run.data["control"]), weights=region_areas(span.run.case)[list(span.regions)]))


def _support(span: Span) -> float:
    people = np.array([region.population for region in span.run.case.regions])[list(span.regions)]
    return float(np.average(span.mean(span.run.data["support"]), weights=people))


def _attacks(span: Span) -> float:
    return span.flow(span.run.data["clashes"].astype(float) - span.run.data["own_initiative"])


def _of_flow(name: str) -> Callable[[Span], float]:
    return lambda span: span.flow(span.run.data[name])


def _of_nation(name: str, *, times: float = 1.0) -> Callable[[Span], float]:
    return lambda span: times * span.nation(span.run.data[name])


INDICES: Mapping[str, Index] = {
    "recruitment": Index(_recruitment, 0.2, "log of volunteers per day, by home region"),
    "militia_recruitment": Index(_of_flow("militia_joined"), 0.2, "log of those who join the militia per day"),
    "exit_rate": Index(_exits, 0.2, "log of those who defect, desert or surrender per day"),
    "exit_cost": Index(_of_nation("arrest_risk"), 0.05, "probability that an unaided attempt is caught"),
    "manpower": Index(_manpower, 0.05, "log of soldiers in service"),
    "morale": Index(_morale, 0.3, "less the log of the share of soldiers who are willing to leave"),
    "moral_injury": Index(_moral_injury, 0.1, "mean of that term of the soldiers' drive, sd of thresholds"),
    "shaming": Index(_of_nation("shaming"), 0.05, "public hostility to soldiers"),
    "territory_state": Index(_control, 0.02, "share of the area under stable control"),
    "opposition_strength": Index(_opponents, 0.1, "log of armed militia and engaged fighters"),
    "popular_support_opposition": Index(_support, 0.02, "share of the population"),
    "air_substitution": Index(_of_flow("strikes"), 0.2, "log of air strikes per day"),
    "attacks_on_state": Index(_attacks, 0.2, "log of clashes per day that the resistance began"),
    "brutality": Index(_of_flow("harm_ground"), 0.2, "log of civilians killed by ground fire per day"),
    "information_control": Index(_of_nation("information", times=-1.0), 0.05, "less the access to information"),
}
# Kept for the reader: drivers of the case (what people were given, who was drawn from where), or nothing the model has.
NOT_READ = ("recruitment_base", "cohesion", "support_programme")
