"""``muster compare``: how one scenario differs from another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from muster.cli.experiment import ALL, USUAL, Asked, Experiment, Quantity, say_members
from muster.cli.fits import Draws
from muster.cli.terminal import print_json, print_table, say

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
    asked: Asked = ALL,
    draws: Draws = 20,
    seeds: Seeds = 1,
    to: To = None,
    experiment: Experiment = USUAL,
) -> int:
    """Say what a scenario changes, pair by pair of histories with the same luck. Twin of ``muster.compare``."""
    import muster
    from muster.report.target import FIGURE, check_target

    if to:
        check_target(to, FIGURE)  # before anything is simulated
    part, rows = asked.part(), "month" if to else by
    if _holds_ensemble(case):
        ensemble = muster.load_ensemble(case)
        told = f"The {len(ensemble.members)} members of {case}."
    else:
        ensemble, posterior = experiment.simulate(case, [first, second], part, draws=draws, seeds=seeds)
        first, second = ensemble.scenarios  # as a file names them
        told = say_members(len(ensemble.members), posterior)
    found = muster.compare(ensemble, first, second, quantity=quantity, by=rows, part=part, cumulative=cumulative)
    if to:
        print(muster.draw_changes([found], to))
        return 0
    if experiment.json:
        print_json(_as_json(found))
        return 0
    _print_contrast(found)
    if not experiment.quiet:
        say(told)
    return 0


def _holds_ensemble(text: str) -> bool:
    """Whether the text is the folder of a stored ensemble rather than a case."""
    from muster.compare.plan import FILE

    return (Path(text) / FILE).is_file()


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
