"""Judging a stored forecast by claims that arrived later, read from a table in the columns of a pack's claims.csv."""

from __future__ import annotations

from pathlib import Path

from muster.case.later import read_claims
from muster.core.pool import Progress
from muster.forecast.cells import Scores, Unused, score_claims
from muster.forecast.predict import Forecast, load_forecast


def score(forecast: Forecast | str | Path, *, claims: str | Path, workers: int = 2, progress: Progress | None = None) -> Scores:
    """Score a forecast, or the folder of one, against the claims of a file.

    Rows that cannot be used are named with the reason, and never dropped in silence. Errors: an ``InputError`` when the
    file cannot be read as a table of claims at all.
    """
    made = forecast if isinstance(forecast, Forecast) else load_forecast(forecast)
    later, refused = read_claims(Path(claims))
    scores = score_claims(
        made.case,
        made.posterior,
        later,
        draws=len(made.truth),
        seed=made.seed,
        drivers=made.drivers,
        widths=made.widths,
        months=made.months,
        workers=workers,
        progress=progress,
    )
    return Scores(scores.cells, (*(Unused(row.id, row.quantity, row.reason) for row in refused), *scores.unused))
