"""Histories of a case under draws of a posterior: ranges then hold what is unknown of the parameters, not luck alone."""

from __future__ import annotations

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
    base = scenario or Scenario()
    defaults = {one.name: one.default for mechanism in mechanisms() for one in mechanism.parameters}
    values = {name: defaults[name] for name in case.parameters} | dict(posterior.draw(index % posterior.draws))
    return replace(base, changes=(*(Change(name, "set", value) for name, value in values.items()), *base.changes))


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
