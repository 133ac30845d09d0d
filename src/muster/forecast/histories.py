"""The histories behind a forecast: one run a draw of the posterior, through the cut and on along drawn drivers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

import numpy as np

from muster.calibrate.answer import answers
from muster.calibrate.known import known_by
from muster.calibrate.posterior import Posterior
from muster.case import Case, Claim
from muster.core.errors import MusterError
from muster.core.pool import Progress, map_pieces
from muster.forecast.ahead import with_drivers_ahead
from muster.simulate.result import Run
from muster.simulate.run import simulate

DriversAhead = Literal["prior", "known"]
_STREAM = 1_000_003  # keeps the seeds of runs, drivers and reports apart


def read_histories(
    case: Case,
    posterior: Posterior,
    claims: Sequence[Claim],
    *,
    until: date,
    draws: int,
    seed: int = 1,
    drivers: DriversAhead = "prior",
    workers: int = 2,
    progress: Progress | None = None,
) -> np.ndarray:
    """What each history answers to the claims: (draws, claims), NaN where it has no answer.

    ``drivers`` beyond the cut: ``"prior"`` draws them (``forecast.ahead``); ``"known"`` takes those of the pack, for a
    conditional forecast. Draw ``k`` uses posterior draw ``k`` (from the first again when there are more) and its own seed.
    """
    known = known_by(case, posterior.until)
    if until <= posterior.until:
        raise MusterError(f"The forecast would end on {until}, not after the cut, {posterior.until}. Ask for more months.")

    def one(index: int) -> np.ndarray:
        return answers(history(case, known, posterior, index, until=until, seed=seed, drivers=drivers), claims)

    return np.array(map_pieces(one, draws, workers=workers, progress=progress, what="histories"))


def history(case: Case, known: Case, posterior: Posterior, index: int, *, until: date, seed: int, drivers: DriversAhead) -> Run:
    """The run of one draw."""
    number = seed * _STREAM + index
    if drivers == "known":
        ahead = replace(case, until=until, parameters={})
    else:
        ahead = with_drivers_ahead(known, cut=posterior.until, until=until, seed=number)
    return simulate(replace(ahead, parameters=dict(posterior.draw(index % posterior.draws))), seed=number)
