"""The histories a summary or a page is made of: draws of the pack's fit where it has one, else seeds of its defaults."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from muster.cli.fits import find_fit
from muster.cli.options import count_seeds
from muster.core.pool import Progress

if TYPE_CHECKING:
    from muster.calibrate.posterior import Posterior
    from muster.case import Case
    from muster.simulate.result import Run
    from muster.simulate.scenario import Scenario


def make_histories(
    pack: Case,
    count: int,
    *,
    unfitted: bool,
    scenario: Scenario | None = None,
    until: date | None = None,
    progress: Progress | None = None,
) -> tuple[list[Run], Posterior | None]:
    """``count`` runs, and the fit they are draws of."""
    import muster
    from muster.calibrate.draws import simulate_draws

    seeds = count_seeds(count)
    posterior = find_fit(pack, unfitted=unfitted)
    if posterior is None:
        return muster.simulate_seeds(pack, seeds, scenario=scenario, until=until, progress=progress), None
    return simulate_draws(pack, posterior, count, scenario=scenario, until=until, progress=progress), posterior
