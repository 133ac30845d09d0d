"""Which fit a command goes by: that of the pack unless it is to be left out, or one that is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.core.dates import parse_date
from muster.core.errors import MusterError

if TYPE_CHECKING:
    from muster.calibrate.posterior import Posterior
    from muster.case import Case

Unfitted = Annotated[bool, Parameter(help="Use the pack's uncalibrated defaults, one history a seed, although it has a fit.")]
Draws = Annotated[int, Parameter(help="Draws of the pack's fit; without a fit, seeds of its defaults.", show_default=True)]
Fitted = Annotated[Path | None, Parameter(help="A fit; default: the latest one the pack has.")]
Cut = Annotated[str | None, Parameter(help="Cut of the pack's fit to use; default: the latest.")]


def find_fit(pack: Case, *, unfitted: bool) -> Posterior | None:
    """The fit that histories are draws of; None where the pack has none or it is to be left out."""
    import muster

    return None if unfitted else muster.shipped_posterior(pack)


def load_drawn(case: str, *, strength: str | None, unfitted: bool) -> tuple[Case, Posterior | None]:
    """A case, and the fit that its histories are draws of."""
    import muster

    pack = muster.load_case(case, strength=strength)
    return pack, find_fit(pack, unfitted=unfitted)


def load_fitted(case: str, *, posterior: Path | None, until: str | None) -> tuple[Case, Posterior]:
    """A case and a fit of it: that of a folder, else the pack's, to a cut or the latest. Errors: a :class:`MusterError`."""
    import muster

    pack = muster.load_case(case)
    day = None if until is None else parse_date(until)
    found = muster.load_posterior(posterior) if posterior else muster.shipped_posterior(pack, day)
    if found is None:
        wanted = "" if until is None else f" for {until}"
        raise MusterError(f"{case} has no fit{wanted}. Make one: muster fit {case} --until DAY --out DIR.")
    return pack, found
