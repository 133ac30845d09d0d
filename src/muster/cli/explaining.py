"""``muster why`` and ``muster motives``: which pathways carry a difference, and what moved those who left."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.cli.experiment import ALL, USUAL, Asked, Branch, Experiment, Quantity, Since, read_periods, say_members
from muster.cli.fits import Draws
from muster.cli.options import CaseName, Until
from muster.cli.terminal import print_json, print_table, say, show_progress

if TYPE_CHECKING:
    from muster.compare.why import Explanation

Scenario = Annotated[str, Parameter(help="The scenario asked about: a name or a file.")]
Against = Annotated[str, Parameter(help="The scenario that is compared with.", show_default=True)]
Periods = Annotated[
    str | None, Parameter(help="Two periods to compare instead: 2021-02..2021-12,2023-01..2023-12 asks why the second differs.")
]
Pathways = Annotated[tuple[str, ...] | None, Parameter(help="Pathways to share out over; default: all.")]
Pairs = Annotated[int, Parameter(help="Orders drawn for each draw, each with its reverse.", show_default=True)]


def why(
    case: CaseName,
    scenario: Scenario = "baseline",
    /,
    *,
    against: Against = "baseline",
    periods: Periods = None,
    quantity: Quantity = "left",
    asked: Asked = ALL,
    pathways: Pathways = None,
    draws: Draws = 8,
    pairs: Pairs = 1,
    experiment: Experiment = USUAL,
) -> int:
    """Share out a difference over the pathways that carry it. Twin of ``muster.why``."""
    import muster

    pack, posterior = experiment.load(case)
    with show_progress(quiet=experiment.quiet) as tell:
        found = muster.why(
            pack,
            posterior,
            scenario,
            against=against,
            periods=None if periods is None else read_periods(periods),
            quantity=quantity,
            part=asked.part(),
            pathways=pathways,
            draws=draws,
            pairs=pairs,
            seed=experiment.seed,
            workers=experiment.workers,
            progress=tell,
        )
    if experiment.json:
        print_json(_as_json(found))
        return 0
    _print_explanation(found)
    if not experiment.quiet:
        say(say_members(found.members, posterior))
    return 0


def _as_json(found: Explanation) -> dict[str, object]:
    from muster.report.differences import list_share

    about = {"case": found.case, "question": found.question, "quantity": found.outcome.name, "unit": found.outcome.unit}
    shares = [list_share(found, share) for share in found.shares]
    ends = {"whole": list_share(found, found.whole), "direct": list_share(found, found.direct)}
    return {**about, "members": found.members, "orders": found.orders, **ends, "shares": shares}


def _print_explanation(found: Explanation) -> None:
    from muster.report.differences import tell_share

    rate = " per month" if found.monthly else ""
    asked = found.outcome
    print(f"{asked.meaning[0].upper()}{asked.meaning[1:]} ({asked.unit}{rate}). {found.question}")
    told = [tell_share(found, share) for share in (*found.shares, found.direct, found.whole)]
    rows = [(one["name"], one["mean"], f"± {one['error']}", f"{one['low90']} to {one['high90']}") for one in told]
    print_table(["part", "mean", "error", "90 % of members"], rows, right=["mean", "error", "90 % of members"])


def motives(
    case: CaseName,
    scenario: Scenario = "baseline",
    /,
    *,
    since: Since = None,
    until: Until = None,
    branch: Branch = None,
    draws: Draws = 20,
    experiment: Experiment = USUAL,
) -> int:
    """Say what moved those who left of their own will. Twin of ``muster.motives``."""
    import muster

    part = Asked(since=since, until=until, branch=branch).part()
    ensemble, posterior = experiment.simulate(case, [scenario], part, draws=draws)
    found = muster.motives(ensemble, ensemble.scenarios[0], part=part)
    if experiment.json:
        print_json([asdict(one) for one in found])
        return 0
    rows = []
    for one in found:
        persons = f"{one.persons:,.0f}", f"{one.low90:,.0f} to {one.high90:,.0f}"
        shares = f"{one.share:.0%}", f"{one.share_low90:.0%} to {one.share_high90:.0%}"
        rows.append((one.name.replace("_", " "), *persons, *shares))
    columns = ["motive", "persons", "90 %", "share", "90 % "]
    print_table(columns, rows, right=columns[1:])
    if not experiment.quiet:
        say(say_members(draws, posterior))
    return 0
