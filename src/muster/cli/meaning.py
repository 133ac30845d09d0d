"""``muster why-number``: what a reported figure implies about the truth."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from muster.cli.options import Json, Quiet
from muster.cli.terminal import print_json, print_table, show_progress
from muster.core.dates import parse_date
from muster.core.errors import MusterError
from muster.evidence.telling import number

ClaimId = Annotated[str, Parameter(help="The id of a claim of the case.")]
PackName = Annotated[str, Parameter(name="--case", help="The case of the claim.", show_default=True)]
Fitted = Annotated[Path | None, Parameter(help="A fit; default: the latest one the pack has.")]
Cut = Annotated[str | None, Parameter(help="Cut of the pack's fit to use; default: the latest.")]


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

    pack = muster.load_case(case)
    day = None if until is None else parse_date(until)
    found = muster.load_posterior(posterior) if posterior else muster.shipped_posterior(pack, day)
    if found is None:
        wanted = "" if until is None else f" for {until}"
        raise MusterError(f"{case} has no fit{wanted}. Make one: muster fit {case} --until DAY --out DIR.")
    with show_progress(quiet=quiet) as progress:
        meaning = muster.explain_claim(pack, found, claim, progress=progress)
    if json:
        print_json({**asdict(meaning), "definition": meaning.definition.counts})
        return 0
    said = meaning.claim
    figure = next(value for value in (said.value, said.low, said.high) if value is not None)
    print(f"{said.claimant} reports {number(figure)} ({said.quantity}, {said.as_of.last if said.as_of else 'undated'})")
    print(f"counted as: {meaning.definition.counts}")
    heard = "learned from its reports" if meaning.learned else "from the prior: it was not heard before"
    low, middle, high = (f"{value:.2f}" for value in (meaning.factor.low, meaning.factor.median, meaning.factor.high))
    print(f"this source reports {middle} times the truth (90 %: {low} to {high}), {heard}")
    rows = [("this figure", *meaning.truth.told()), *((name, *band.told()) for name, band in meaning.parts.items())]
    print_table(["truth by the model", "median", "90 %"], rows, right=["median"])
    if meaning.note:
        print(f"\n{meaning.note}")
    return 0
