"""Posteriors that come with a case pack, one for each cut, in ``posterior/YYYY-MM-DD``."""

from __future__ import annotations

from datetime import date

from muster.calibrate.posterior import FILE, Posterior, load_posterior
from muster.case import Case
from muster.core.dates import parse_date
from muster.core.errors import MusterError

FOLDER = "posterior"


def shipped_cuts(case: Case) -> tuple[date, ...]:
    """The cuts a case pack has a posterior for, earliest first."""
    found = []
    for folder in sorted((case.folder / FOLDER).glob("*-*-*")):
        try:
            day = parse_date(folder.name)
        except MusterError:
            continue
        if (folder / FILE).is_file():
            found.append(day)
    return tuple(found)


def shipped_posterior(case: Case, until: date | None = None) -> Posterior | None:
    """The posterior of a cut (default: the latest), or ``None`` if the pack has none for this case as it is now.

    One that was fitted to another version of the case, or to another strength of the force, does not count.
    """
    cuts = shipped_cuts(case)
    cut = until if until is not None else (cuts[-1] if cuts else None)
    if cut is None or cut not in cuts:
        return None
    posterior = load_posterior(case.folder / FOLDER / cut.isoformat())
    return posterior if (posterior.case_sha256, posterior.strength) == (case.sha256, case.strength) else None
