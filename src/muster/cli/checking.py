"""``muster check``: a fit held against what it was and was not fitted to."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.cli.fits import Cut, Fitted, load_fitted
from muster.cli.options import CaseName, Json, Quiet
from muster.cli.terminal import print_json, print_table, show_progress

if TYPE_CHECKING:
    from muster.calibrate.checked import Checked
    from muster.calibrate.patterns import Shown

Draws = Annotated[int, Parameter(help="Histories that patterns are read from.", show_default=True)]


def check(
    case: CaseName,
    /,
    *,
    posterior: Fitted = None,
    until: Cut = None,
    draws: Draws = 40,
    quiet: Quiet = False,
    json: Json = False,
) -> int:
    """Hold a fit against its reports, against patterns it was not fitted to, and say what it cannot tell apart.

    Twin of ``muster.check_fit``.
    """
    import muster

    pack, fitted = load_fitted(case, posterior=posterior, until=until)
    with show_progress(quiet=quiet) as progress:
        checked = muster.check_fit(pack, fitted, draws=draws, progress=progress)
    if json:
        print_json(asdict(checked))
    else:
        _print(checked)
    return 0


def _print(checked: Checked) -> None:
    print(f"Fit to what was known on {checked.until}. Reports it learned from, worst first (a good fit holds 50 % and 90 %).")
    print("Reports are compared after correction for the bias of each claimant.")
    rows = [(one.quantity, one.figures, f"{one.in50:.0%}", f"{one.in90:.0%}", _place(one.place)) for one in checked.series]
    columns = ["quantity", "figures", "in 50 %", "in 90 %", "reports lie"]
    print_table(columns, rows, right=["figures", "in 50 %", "in 90 %"])
    print("\nPatterns it did not learn from. Seen: the range that fits what was seen; shown by: the histories that lie in it.")
    columns = ["pattern", "unit", "model", "seen", "shown by"]
    print_table(columns, [_pattern(one) for one in checked.patterns], right=["shown by"])
    print("\nWhat the evidence cannot, or only in part, tell apart:")
    print("\n".join(pair.sentence for pair in checked.pairs) or "no pair of parameters stands out")


def _pattern(one: Shown) -> tuple[str, ...]:
    """A row of the table of patterns, long cells broken into lines."""
    band = f"{one.band.median:.3g} ({one.band.low:.3g} to {one.band.high:.3g})"
    seen, share = ("nothing was reported", "") if one.seen is None else (one.seen.told, f"{one.share:.0%}")
    return fill(one.meaning, 30), fill(one.unit, 12), band, fill(seen, 32), share


def _place(place: float) -> str:
    if 0.35 <= place <= 0.65:
        return "about right"
    return "above the model" if place > 0.65 else "below the model"
