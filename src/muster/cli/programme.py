"""``muster frontier``: what a support programme could buy."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from muster.cli.experiment import USUAL, Experiment, say_members
from muster.cli.fits import Draws
from muster.cli.options import CaseName
from muster.cli.terminal import print_json, print_table, say, show_progress
from muster.core.dates import parse_date

if TYPE_CHECKING:
    from muster.calibrate.band import Band
    from muster.compare.frontier import Frontier

Budget = Annotated[
    float | None, Parameter(help="Most that may be spent in all, in months of a private's pay; default: 1.5 times what was.")
]
Levers = Annotated[tuple[str, ...] | None, Parameter(help="Of places, cash, stipend, contacts, income; default: all.")]
Designs = Annotated[int, Parameter(help="Designs to draw.", show_default=True)]
Most = Annotated[float, Parameter(help="Levers are multiplied by 1/MOST to MOST.", show_default=True)]
Start = Annotated[str | None, Parameter(help="First day of the designs; default: when the programme begins.")]
PlaceCost = Annotated[float, Parameter(help="Months of pay for a place and month: your assumption.", show_default=True)]
Goals = Annotated[
    tuple[Literal["safe", "housed", "wait", "spent"], ...] | None, Parameter(help="What a front is of; default: safe, spent.")
]
_SHOWN = 15


def frontier(
    case: CaseName,
    /,
    *,
    budget: Budget = None,
    levers: Levers = None,
    designs: Designs = 32,
    most: Most = 3.0,
    start: Start = None,
    place_cost: PlaceCost = 1.0,
    goals: Goals = None,
    draws: Draws = 8,
    experiment: Experiment = USUAL,
) -> int:
    """Draw designs of the support programme under a budget and say which are efficient. Twin of ``muster.frontier``."""
    import muster
    from muster.compare.design import LEVERS

    pack, posterior = experiment.load(case)
    with show_progress(quiet=experiment.quiet) as tell:
        found = muster.frontier(
            pack,
            posterior,
            budget=budget,
            levers=levers or LEVERS,
            designs=designs,
            most=most,
            start=None if start is None else parse_date(start),
            place_cost=place_cost,
            goals=goals or ("safe", "spent"),
            draws=draws,
            seed=experiment.seed,
            workers=experiment.workers,
            progress=tell,
        )
    if experiment.json:
        print_json(asdict(found))
        return 0
    _print_frontier(found)
    if not experiment.quiet:
        price = f"a place costs {found.place_cost:g} a month (your assumption)"
        say(f"Budget from {found.start}: {found.budget:,.0f} months of a private's pay; {price}.")
        say(say_members(found.members, posterior))
    return 0


def _print_frontier(found: Frontier) -> None:
    from muster.report.spread import say as figure

    names = list(found.designs[0].design.factors)
    rows = []
    for one in found.designs[:_SHOWN]:
        pulled = (f"{one.design.factors[name]:.2f}" for name in names)
        price = "none for certain" if one.cost is None else _tell(one.cost)
        means = (figure(band.median) for band in (one.housed, one.wait, one.spent))
        rows.append((one.design.name, *pulled, _tell(one.safe), *means, price, f"{one.affordable:.0%}", f"{one.front:.0%}"))
    figures = ["more safe exits", "housed", "days waited", "spent", "cost of one more", "affordable", "on the front"]
    print_table(["design", *names, *figures], rows, right=[*names, *figures])


def _tell(band: Band) -> str:
    from muster.report.spread import say as figure

    return f"{figure(band.median)} ({figure(band.low)} to {figure(band.high)})"
