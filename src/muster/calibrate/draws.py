"""Histories of a case under draws of a posterior: ranges then hold what is unknown of the parameters, not luck alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from muster.calibrate.posterior import Posterior
from muster.case import Case
from muster.core.pool import Progress, map_pieces
from muster.model.order import mechanisms
from muster.simulate.result import Run
from muster.simulate.run import simulate
from muster.simulate.scenario import Change, Scenario


def drawn_scenario(case: Case, posterior: Posterior, index: int, *, scenario: Scenario | None = None) -> Scenario:
    """A scenario that first sets the parameters to one draw, so that a saved run can be repeated from its manifest.

    What the pack overrides and the fit does not move goes back to the model's default, as in the fit.
    """
    return led_by(drawn_values(case, posterior, index), scenario or Scenario())


def drawn_values(case: Case, posterior: Posterior, index: int) -> dict[str, float]:
    """The parameters of one draw by name, with the defaults of those that the pack overrides and the fit does not move."""
    defaults = {one.name: one.default for mechanism in mechanisms() for one in mechanism.parameters}
    return {name: defaults[name] for name in case.parameters} | dict(posterior.draw(index % posterior.draws))


def led_by(values: Mapping[str, float], scenario: Scenario) -> Scenario:
    """The scenario, with parameters set to these values before its own changes."""
    return replace(scenario, changes=(*(Change(name, "set", value) for name, value in values.items()), *scenario.changes))


def simulate_draws(
    case: Case,
    posterior: Posterior,
    draws: int,
    *,
    scenario: Scenario | None = None,
    until: date | str | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> list[Run]:
    """One run a draw of the posterior, draw ``k`` with seed ``k + 1``; the number of workers changes nothing but the time."""

    def one(index: int) -> Run:
        return simulate(case, seed=index + 1, scenario=drawn_scenario(case, posterior, index, scenario=scenario), until=until)

    return map_pieces(one, draws, workers=workers, progress=progress, what="draws of the posterior")
