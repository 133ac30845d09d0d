"""``muster sensitivity``: which parameters an answer hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from muster.cli.experiment import ALL, USUAL, Asked, Experiment, Quantity
from muster.cli.options import CaseName
from muster.cli.terminal import print_json, print_table, say, show_progress

if TYPE_CHECKING:
    from muster.compare.sensitivity import Sensitivity

Method = Annotated[
    Literal["morris", "sobol"],
    Parameter(help="morris: a ranking, few histories; sobol: shares of the variance, many.", show_default=True),
]
Over = Annotated[
    Literal["prior", "posterior"] | None, Parameter(help="Ranges to move over; default: the posterior where there is a fit.")
]
Named = Annotated[tuple[str, ...] | None, Parameter(help="Parameters to move; default: all that a fit moves.")]
Scenario = Annotated[str, Parameter(help="The scenario under which it is asked.", show_default=True)]
Runs = Annotated[int | None, Parameter(help="Most histories; default: 316 for morris, 2064 for sobol.")]
Log = Annotated[bool, Parameter(name="--log", help="Ask about ratios rather than differences: take logarithms.")]
_SHOWN = 15


def sensitivity(
    case: CaseName,
    /,
    *,
    output: Quantity = "left",
    method: Method = "morris",
    over: Over = None,
    parameters: Named = None,
    scenario: Scenario = "baseline",
    asked: Asked = ALL,
    runs: Runs = None,
    log: Log = False,
    experiment: Experiment = USUAL,
) -> int:
    """Rank parameters by how much an answer hangs on them, beside what is known of each. Twin of ``muster.sensitivity``."""
    import muster

    pack, posterior = experiment.load(case)
    with show_progress(quiet=experiment.quiet) as tell:
        found = muster.sensitivity(
            pack,
            posterior,
            quantity=output,
            method=method,
            over=over,
            parameters=parameters,
            scenario=scenario,
            part=asked.part(),
            budget=runs,
            logarithm=log,
            seed=experiment.seed,
            workers=experiment.workers,
            progress=tell,
        )
    if experiment.json:
        print_json(_sensitivity_json(found))
    else:
        _print_sensitivity(found)
    if found.uncertain:
        say(f"Warning: {found.runs} histories are too few for shares; ask for more with --runs.")
    return 0


def _sensitivity_json(found: Sensitivity) -> dict[str, Any]:
    about = {name: getattr(found, name) for name in ("case", "scenario", "method", "over", "logarithm", "runs", "noise")}
    rows = []
    for row in found.rows:
        one = row.factor
        told = {"parameter": one.name, "size": row.size, "low": row.low, "high": row.high, **row.further}
        rows.append(told | {"learned": one.learned, "assumed": one.assumed, "meaning": one.meaning, "source": one.source})
    return {**about, "output": found.outcome.name, "rows": rows}


def _print_sensitivity(found: Sensitivity) -> None:
    unit = "of the logarithm" if found.logarithm else f"of {found.outcome.unit}"
    heading = {"morris": f"effect {unit}", "sobol": "total share"}[found.method]
    second = {"morris": "mean", "sobol": "alone"}[found.method]
    key, digits = {"morris": "mu", "sobol": "first"}[found.method], ".3g" if found.method == "morris" else ".2f"
    rows = []
    for row in found.rows[:_SHOWN]:
        figures = (f"{row.size:{digits}}", f"{row.low:{digits}} to {row.high:{digits}}", f"{row.further[key]:{digits}}")
        label = "assumed" if row.factor.assumed else "learned"
        known = "" if row.factor.learned is None else f"{row.factor.learned:.0%}"
        rows.append((row.factor.name, *figures, label, known, row.factor.meaning, row.factor.source))
    columns = ["parameter", heading, "90 %", second, "", "learned", "meaning", "prior from"]
    print_table(columns, rows, right=columns[1:4])
    say(f"{found.runs} histories over the {found.over}; luck makes up {found.noise:.0%} of the variance over the points.")
