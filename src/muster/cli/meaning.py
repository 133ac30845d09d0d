"""``muster why-number``: what a reported figure implies about the truth."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter

from muster.cli.fits import Cut, Fitted, load_fitted
from muster.cli.options import Json, Quiet
from muster.cli.terminal import print_json, print_table, show_progress

ClaimId = Annotated[str, Parameter(help="The id of a claim of the case.")]
PackName = Annotated[str, Parameter(name="--case", help="The case of the claim.", show_default=True)]


def why_number(
    claim: ClaimId,
    /,
    *,
    case: PackName = "myanmar",
    posterior: Fitted = None,
    until: Cut = None,
    quiet: Quiet = False,
    json: Json = False,
) -> int:
    """Print what a reported figure implies about the truth under the fitted biases. Twin of ``muster.explain_claim``."""
    import muster
    from muster.report.comparison import say_date, say_reported

    pack, fitted = load_fitted(case, posterior=posterior, until=until)
    with show_progress(quiet=quiet) as progress:
        meaning = muster.explain_claim(pack, fitted, claim, progress=progress)
    if json:
        print_json({**asdict(meaning), "definition": meaning.definition.counts})
        return 0
    said = meaning.claim
    print(f"{said.claimant} ({said.claimant_side}) reports {say_reported(said)} ({said.quantity})")
    print(f"day or period of the figure: {say_date(said)}")
    print(f"counted as: {meaning.definition.counts}")
    heard = "learned from its reports" if meaning.learned else "from the prior: it was not heard before"
    low, middle, high = (f"{value:.2f}" for value in (meaning.factor.low, meaning.factor.median, meaning.factor.high))
    print(f"this source reports {middle} times the truth (90 %: {low} to {high}), {heard}")
    rows = [("this figure", *meaning.truth.told()), *((name, *band.told()) for name, band in meaning.parts.items())]
    print_table(["truth by the model", "median", "90 %"], rows, right=["median"])
    if meaning.note:
        print(f"\n{meaning.note}")
    return 0
