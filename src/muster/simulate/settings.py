"""What a run goes by: the parameters and drivers of a case on every day, with a scenario's changes in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from muster.case import DRIVER_BY_NAME, Case, Driver, tabulate
from muster.core.dates import day_date, day_index
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean
from muster.model.driver import NATIONAL, REGIONAL, Drivers
from muster.model.order import Parameters
from muster.simulate.change import parameters_by_name
from muster.simulate.scenario import Change, Scenario


def replaced(parameters: Parameters, name: str, value: float) -> Parameters:
    """The parameters with ``mechanism.parameter`` set to ``value``."""
    mechanism, _, field = name.partition(".")
    group = getattr(parameters, mechanism)
    return parameters._replace(**{mechanism: group._replace(**{field: float(value)})})


def value_of(parameters: Parameters, name: str) -> float:
    """The value of ``mechanism.parameter``."""
    mechanism, _, field = name.partition(".")
    return float(getattr(getattr(parameters, mechanism), field))


def case_parameters(case: Case) -> Parameters:
    """The defaults with what the pack overrides. Raises MusterError for a name the model does not have or a value out of bounds.

    A case made in code, which has no digest, may leave the bounds: checks of limiting cases do.
    """
    parameters, known = Parameters(), parameters_by_name()
    for name, value in case.parameters.items():
        if name not in known:
            hint = did_you_mean(name, known)
            raise MusterError(f'parameters.toml, "{name}": is not a parameter of the model. {hint}See `muster model params`.')
        parameters = replaced(parameters, name, value)
        if case.sha256:
            _check_parameter(name, float(value), "parameters.toml sets")
    return parameters


def _check_parameter(name: str, value: float, who: str) -> None:
    about = parameters_by_name()[name]
    if not about.admits(value):
        least = f"above {about.low:g}" if about.divides else f"at least {about.low:g}"
        most = f" and at most {about.high:g}" if about.high < math.inf else ""
        raise MusterError(f"{who} {name} to {value:g}. It must be a number {least}{most}.")


def with_fired(scenario: Scenario, fired: Sequence[date | None]) -> Scenario:
    """The scenario with the changes of its triggers that fired at the end of these days; None: has not fired."""
    days = zip(scenario.triggers, fired, strict=True)
    changes = [change for trigger, day in days if day is not None for change in trigger.fired(day)]
    return replace(scenario, changes=(*scenario.changes, *changes))


def _covers(change: Change, day: date) -> bool:
    return (change.start is None or change.start <= day) and (change.until is None or day <= change.until)


def parameters_on(case: Case, scenario: Scenario, day: date) -> Parameters:
    """The parameters that hold on a day. Raises MusterError where a change leads out of a parameter's bounds."""
    parameters = case_parameters(case)
    changed = [change for change in scenario.changes if change.driver is None and _covers(change, day)]
    for change in changed:
        parameters = replaced(parameters, change.target, change.apply(value_of(parameters, change.target)))
    for name in dict.fromkeys(change.target for change in changed):
        _check_parameter(name, value_of(parameters, name), f'On {day} scenario "{scenario.name}" takes')
    return parameters


def parameter_days(case: Case, scenario: Scenario, days: int) -> list[int]:
    """The days from 1 to ``days`` on which parameters may differ from those of the day before."""
    turns: set[int] = set()
    for change in scenario.changes:
        if change.driver is None:
            if change.start is not None:
                turns.add(day_index(change.start, case.start))
            if change.until is not None:
                turns.add(day_index(change.until, case.start) + 1)
    return sorted(turn for turn in turns if 1 < turn <= days)


def _span(change: Change, case: Case, days: int) -> slice:
    first = 0 if change.start is None else max(0, day_index(change.start, case.start))
    last = days if change.until is None else min(days, day_index(change.until, case.start))
    return slice(first, max(first, last + 1))


def tabulate_drivers(case: Case, scenario: Scenario, days: int, *, per_day: int = 1) -> Drivers:
    """Every driver on days 0 to ``days``, changes applied in their order; each day after day 0 stands ``per_day`` times.

    Raises MusterError where a change leads out of the driver's bounds.
    """
    drivers = Drivers(np.zeros((days + 1, len(case.regions)), REGIONAL), np.zeros(days + 1, NATIONAL))
    for driver in DRIVER_BY_NAME.values():
        values = np.asarray(tabulate(case, driver.name, days + 1), dtype=np.float64)
        changes = [change for change in scenario.changes if change.driver == driver.name]
        for change in changes:
            span = _span(change, case, days)
            place = (span, slice(None) if change.region is None else change.region) if driver.by_region else (span,)
            values[place] = change.apply(values[place])
        if changes:
            _check_bounds(case, scenario, driver, values)
        (drivers.region if driver.by_region else drivers.nation)[driver.name] = values
    spread = Drivers(*(np.repeat(table, per_day, axis=0)[per_day - 1 :] for table in drivers))
    steps = np.arange(1, len(spread.nation))
    spread.nation["families_ordered"][steps[(steps - 1) % per_day != 0]] = 0.0  # an order of a day is given once
    return spread


def _check_bounds(case: Case, scenario: Scenario, driver: Driver, values: np.ndarray) -> None:
    wrong = np.argwhere((values < driver.low - 1e-12) | (values > driver.high + 1e-12))
    if len(wrong):
        day, value = day_date(int(wrong[0][0]), case.start), float(values[tuple(wrong[0])])
        raise MusterError(
            f'Scenario "{scenario.name}" takes {driver.name} to {value:g} on {day}. '
            f"It must stay within {driver.low:g} and {driver.high:g}."
        )
