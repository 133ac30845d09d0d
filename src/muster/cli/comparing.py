"""``muster compare``: how one scenario differs from another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from muster.cli.histories import Unfitted
from muster.cli.members import Branch, Draws, Quantity, Region, Since, Workers, find_fit, holds_ensemble, read_part, say_members
from muster.cli.options import Json, Quiet, Seed, Strength, Until
from muster.cli.terminal import print_json, print_table, say, show_progress

if TYPE_CHECKING:
    from muster.compare.contrast import Contrast

Subject = Annotated[str, Parameter(help="A case, or a folder that muster ensemble --out wrote: nothing is simulated then.")]
First = Annotated[str, Parameter(help="The scenario that is compared with: a name or a file.")]
Second = Annotated[str, Parameter(help="The scenario asked about: a name or a file.")]
Seeds = Annotated[int, Parameter(help="Histories for each draw.", show_default=True)]
By = Annotated[Literal["region", "branch", "month"] | None, Parameter(help="A row for each region, branch or month.")]
To = Annotated[Path | None, Parameter(help="Draw the difference by month in a file, as change.svg, instead of a table.")]
Cumulative = Annotated[bool, Parameter(help="By month: sums up to each month.")]


def compare(
    case: Subject,
    first: First,
    second: Second,
    /,
    *,
    quantity: Quantity = "left",
    by: By = None,
    cumulative: Cumulative = False,
    since: Since = None,
    until: Until = None,
    region: Region = None,
    branch: Branch = None,
    draws: Draws = 20,
    seeds: Seeds = 1,
    seed: Seed = 1,
    to: To = None,
    unfitted: Unfitted = False,
    workers: Workers = 2,
    strength: Strength = None,
    quiet: Quiet = False,
    json: Json = False,
) -> int:
    """Say what a scenario changes, pair by pair of histories with the same luck. Twin of ``muster.compare``."""
    import muster

    part, rows = read_part(since, until, region, branch), "month" if to else by
    if holds_ensemble(case):
        ensemble, names = muster.load_ensemble(case), (first, second)
        told = f"The {len(ensemble.members)} members of {case}."
    else:
        pack = muster.load_case(case, strength=strength)
        posterior, last = find_fit(pack, unfitted=unfitted), part.within(pack)
        with show_progress(quiet=quiet) as tell:
            ensemble = muster.simulate_ensemble(
                pack, posterior, [first, second], draws=draws, seeds=seeds, seed=seed, until=last, workers=workers, progress=tell
            )
        names, told = (ensemble.scenarios[0], ensemble.scenarios[1]), say_members(len(ensemble.members), posterior)
    found = muster.compare(ensemble, names[0], names[1], quantity=quantity, by=rows, part=part, cumulative=cumulative)
    if to:
        print(muster.draw_changes([found], to))
        return 0
    if json:
        print_json(_as_json(found))
        return 0
    _print_contrast(found)
    if not quiet:
        say(told)
    return 0


def _as_json(found: Contrast) -> dict[str, object]:
    from muster.report.differences import list_row

    about = {"case": found.case, "first": found.first, "second": found.second, "members": found.members}
    about |= {"quantity": found.outcome.name, "unit": found.outcome.unit}
    return {**about, "by": found.by, "cumulative": found.cumulative, "rows": [list_row(found, row) for row in found.rows]}


def _print_contrast(found: Contrast) -> None:
    from muster.report.differences import tell_row

    asked = found.outcome
    print(f"{asked.meaning[0].upper()}{asked.meaning[1:]} ({asked.unit}): {found.second} less {found.first}")
    rows = [tell_row(found, row) for row in found.rows]
    columns = ["", found.first, found.second, "difference", "50 %", "90 %", "rise", "fall"]
    print_table(columns, rows, right=columns[1:])
