"""What a statement about an uprising is to the model, and the histories by which its effect is measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from muster.case import Case
from muster.core.vocabulary import BRANCHES, EXITS, VOLUNTARY
from muster.simulate.result import Run
from muster.simulate.run import simulate
from muster.simulate.scenario import Change, Operation, Scenario, resolve_target

# mechanism: the model brings it about. imposed: data or parameters put it in. by construction: the model knows nothing else.
# reported only: it shows in results and acts on nothing.
Label = Literal["mechanism", "imposed", "by construction", "reported only"]
_HORIZON = 880  # days: two years and five months, the time from which the statements speak


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured, in words with figures, and whether the case shows the statement."""

    figure: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in our words, what carries it in the model, where it shows, and how it is measured."""

    number: int
    says: str
    mechanism: str
    observable: str
    label: Label
    measure: Callable[[Histories], Finding]


class Histories:
    """Histories of one case and seed up to a common day: as it stands, and with changes. Each is simulated once."""

    def __init__(self, case: Case, *, seed: int = 1) -> None:
        self.case, self.seed = case, seed
        self.until = min(case.until, case.start + timedelta(days=_HORIZON))
        self._kept: dict[tuple[object, ...], Run] = {}

    @property
    def base(self) -> Run:
        """The case as it stands."""
        return self.changed({})

    def changed(self, changes: Mapping[str, float], *, operation: Operation = "set") -> Run:
        """The case with parameters or drivers changed from day 0."""
        key = (operation, *changes.items())
        if key not in self._kept:
            rows = tuple(Change(resolve_target(target), operation, float(value)) for target, value in changes.items())
            self._kept[key] = simulate(self.case, seed=self.seed, scenario=Scenario("changed", changes=rows), until=self.until)
        return self._kept[key]


def states(
    number: int, says: str, *, mechanism: str, observable: str, label: Label
) -> Callable[[Callable[[Histories], Finding]], Statement]:
    """Make a statement of a measuring function."""

    def make(measure: Callable[[Histories], Finding]) -> Statement:
        return Statement(number, says, mechanism, observable, label, measure)

    return make


def exits(
    run: Run, fates: tuple[str, ...] = VOLUNTARY, *, branch: str | None = None, first: int = 0, last: int | None = None
) -> int:
    """Persons who left by these fates in the days ``first`` up to and without ``last``."""
    columns = [EXITS.index(fate) for fate in fates]
    part = run.data["exits"][first:last] if branch is None else run.data["exits"][first:last, :, [BRANCHES.index(branch)]]
    return int(part[..., columns].sum())


def total(run: Run, name: str, *, first: int = 0, last: int | None = None) -> float:
    """The sum of a flow over days (and regions)."""
    return float(run.data[name][first:last].sum())


def more(after: float, before: float) -> str:
    """A change in per cent, in words."""
    change = 100.0 * (after - before) / max(abs(before), 1e-9)
    return f"{abs(change):.0f} % {'more' if change >= 0 else 'fewer'}"
