"""Sweeps: a parameter or lever at several values, one at a time or all combinations, under common random numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

import numpy as np

from muster.calibrate.posterior import Posterior
from muster.calibrate.prior import read_prior
from muster.case import Case
from muster.compare.complete import complete_ensemble
from muster.compare.ensemble import refuse
from muster.compare.plan import plan_ensemble
from muster.compare.reduce import Summary
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.simulate.change import parameters_by_name
from muster.simulate.scenario import Scenario, find_scenario, scenario

if TYPE_CHECKING:
    import pandas as pd

Design = Literal["one", "grid"]
OUTCOMES = ("exits.voluntary", "admitted", "arrested_leaving", "strength", "mean_control")
_FAR = 3.2905  # standard deviations: 99.9 % of a normal lies within
_MOST = 500  # points: a slip of the pen should not ask for a week of computing


@dataclass(frozen=True, slots=True)
class Knob:
    """What is turned, a parameter (set) or a lever or driver (multiplied from ``start`` on), and the values it takes."""

    name: str
    values: tuple[float, ...]
    operation: Literal["set", "multiply"] = "set"
    start: date | None = None

    def turn(self, case: Case, before: Scenario, value: float) -> Scenario:
        """The scenario with the knob at a value."""
        turned = scenario(case, before.name, {self.name: value}, operation=self.operation, start=self.start)
        return replace(before, changes=(*before.changes, *turned.changes))


def spaced(low: float, high: float, count: int) -> tuple[float, ...]:
    """``count`` values from ``low`` to ``high``, evenly."""
    if count < 1 or not np.isfinite([low, high]).all():
        raise MusterError(f"{low:g}:{high:g}:{count} are no values. Write LOW:HIGH:STEPS, as in 0.5:2:4.")
    return tuple(float(value) for value in np.linspace(low, high, count))


def sweep(
    case: Case,
    posterior: Posterior | None,
    knobs: Sequence[Knob],
    *,
    scenarios: Sequence[str | Scenario] = ("baseline",),
    design: Design = "one",
    draws: int = 10,
    seed: int = 1,
    until: date | str | None = None,
    executor: str | Executor = "threads",
    folder: str | Path | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """A tidy table: the outcomes of each scenario with the knobs at each point, and the paired difference to it unturned.

    ``design``: ``"one"`` turns one knob at a time, ``"grid"`` all combinations. With a ``folder`` runs are kept, and a sweep that
    was interrupted goes on. Errors: a :class:`MusterError` for an unknown name, a value out of bounds, or too many points.
    """
    bases = [find_scenario(case, one) for one in scenarios]
    points = _points(knobs, design)
    turned = [(base, point, _turned(case, base, knobs, point)) for base in bases for point in points]
    plan = plan_ensemble(case, posterior, [one for *_, one in turned], draws=draws, seed=seed, until=until)
    with nullcontext(folder) if folder else TemporaryDirectory(prefix="muster-sweep-") as place:
        made = complete_ensemble(plan, str(place), executor=executor, workers=workers, progress=progress)
    refuse(made.done.failures)
    return _table(made.summary, [(base.name, point) for base, point, _ in turned])


def far_from_prior(knobs: Sequence[Knob]) -> tuple[str, ...]:
    """A sentence for each parameter that is set to a value outside the central 99.9 % of its prior."""
    declared, found = parameters_by_name(), []
    for knob in knobs:
        if knob.operation != "set" or knob.name not in declared or declared[knob.name].prior == "fixed":
            continue
        prior = read_prior(declared[knob.name])
        with np.errstate(invalid="ignore", divide="ignore"):  # a value that the prior does not know at all
            far = [value for value in knob.values if not abs(float(prior.standard(value))) <= _FAR]
        if far:
            low, high = (float(prior.value(z)) for z in (-_FAR, _FAR))
            said = ", ".join(f"{value:g}" for value in far[:3]) + (" and more" if far[3:] else "")
            found.append(f"{knob.name}: {said} outside {low:.3g} to {high:.3g}, the central 99.9 % of its prior.")
    return tuple(found)


def _points(knobs: Sequence[Knob], design: Design) -> list[dict[str, float]]:
    """The values of the knobs that are turned at each point; the first point turns none."""
    if not knobs:
        raise MusterError("Nothing is to be turned. Name a parameter or a lever, as in exit.attempt_rate=0.003:0.012:4.")
    if twice := {knob.name for knob in knobs if [one.name for one in knobs].count(knob.name) > 1}:
        raise MusterError(f'"{min(twice)}" is given twice. Give each parameter or lever once.')
    size = np.prod([len(knob.values) for knob in knobs]) if design == "grid" else sum(len(knob.values) for knob in knobs)
    if size > _MOST:
        raise MusterError(f"{size:.0f} points are more than {_MOST}. Take fewer values, or one at a time.")
    if design == "grid":
        names = [knob.name for knob in knobs]
        return [{}, *(dict(zip(names, values, strict=True)) for values in product(*(knob.values for knob in knobs)))]
    return [{}, *({knob.name: value} for knob in knobs for value in knob.values)]


def _turned(case: Case, base: Scenario, knobs: Sequence[Knob], point: Mapping[str, float]) -> Scenario:
    found = base
    for knob in knobs:
        if knob.name in point:
            found = knob.turn(case, found, point[knob.name])
    label = ", ".join(f"{name} {value:g}" for name, value in point.items())
    return replace(found, name=f"{base.name}: {label}" if point else base.name)


def _table(summary: Summary, points: Sequence[tuple[str, Mapping[str, float]]]) -> pd.DataFrame:
    import pandas as pd

    rows, unturned = [], 0
    knobs = list(dict.fromkeys(name for _, point in points for name in point))
    for place, (base, point) in enumerate(points):
        unturned = unturned if point else place
        for outcome in OUTCOMES:
            values, before = summary.total(outcome, place).astype(float), summary.total(outcome, unturned).astype(float)
            levels = [*np.quantile(values, (0.5, 0.05, 0.95)), *np.quantile(values - before, (0.5, 0.05, 0.95))]
            rows.append((base, *(point.get(name, np.nan) for name in knobs), outcome, *levels))
    columns = ["scenario", *knobs, "outcome", "median", "low90", "high90", "change", "change_low90", "change_high90"]
    return pd.DataFrame(rows, columns=pd.Index(columns))
