"""``muster sweep``: a parameter or a lever at several values."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from muster.cli.ensemble import HERE, Computing, Scenarios, describe_fit, read_names
from muster.cli.fits import Draws
from muster.cli.options import CaseName, Json, Quiet, new_folder, read_until, warn_of_compiling
from muster.cli.terminal import print_json, print_table, say, show_progress
from muster.core.errors import MusterError

if TYPE_CHECKING:
    import pandas as pd

    from muster.compare.sweep import Knob

Parameters = Annotated[
    list[str], Parameter(name="--parameter", help="Set a parameter: exit.attempt_rate=0.003:0.012:4 (low:high:values).")
]
Levers = Annotated[list[str], Parameter(name="--lever", help="Multiply a lever or driver: places=0.5:2:4.")]
Start = Annotated[str | None, Parameter(help="First day on which levers are pulled; default: the first of all.")]
Design = Annotated[Literal["one", "grid"], Parameter(help="one: one at a time; grid: all combinations.", show_default=True)]
Out = Annotated[Path | None, Parameter(help="Folder for the runs and sweep.csv; an interrupted sweep goes on.")]


def sweep(
    case: CaseName,
    /,
    *,
    parameter: Parameters = [],  # noqa: B006  cyclopts reads it and never changes it
    lever: Levers = [],  # noqa: B006
    start: Start = None,
    scenarios: Scenarios = "baseline",
    design: Design = "one",
    draws: Draws = 10,
    computing: Computing = HERE,
    out: Out = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Turn parameters or levers and tell what changes, with intervals. Twin of ``muster.sweep``."""
    import muster
    from muster.compare.sweep import far_from_prior

    pack, posterior = computing.load(case)
    first = read_until(start)
    knobs = [_read_knob(text, None) for text in parameter] + [_read_knob(text, first or pack.start) for text in lever]
    for warning in far_from_prior(knobs):
        say(f"Warning: {warning}")
    if not quiet:
        say(f"Under {describe_fit(pack, posterior)}.{warn_of_compiling()}")
    with show_progress(quiet=quiet) as progress:
        table = muster.sweep(
            pack,
            posterior,
            knobs,
            scenarios=read_names(scenarios),
            design=design,
            draws=draws,
            seed=computing.seed,
            until=computing.until,
            executor=computing.place,
            folder=None if out is None else new_folder(out, "ensemble"),
            workers=computing.workers,
            progress=progress,
        )
    if out is not None:
        table.to_csv(out / "sweep.csv", index=False, lineterminator="\n")
    if json:
        print_json(table.astype(object).where(table.notna(), None).to_dict(orient="records"))
    else:
        _print(table)
    return 0


def _read_knob(text: str, start: date | None) -> Knob:
    """``NAME=LOW:HIGH:STEPS``, a parameter to set, or with a ``start`` a lever to multiply."""
    from muster.compare.sweep import Knob, spaced

    name, _, values = text.partition("=")
    parts = values.split(":")
    try:
        low, high, count = float(parts[0]), float(parts[1]), int(parts[2])
    except (ValueError, IndexError):
        raise MusterError(f'"{text}" says nothing to turn. Write NAME=LOW:HIGH:STEPS, as in cash=0.5:2:4.') from None
    return Knob(name.strip(), spaced(low, high, count), "set" if start is None else "multiply", start)


def _print(table: pd.DataFrame) -> None:
    knobs = [str(name) for name in table.columns[1 : list(table.columns).index("outcome")]]
    rows = []
    for row in table.to_dict(orient="records"):
        told = [f"{row[name]:g}" if row[name] == row[name] else "as it is" for name in knobs]
        digits = 3 if row["outcome"] == "mean_control" else 0
        shown = ("median", "low90", "high90", "change", "change_low90", "change_high90")
        numbers = [f"{round(row[name], digits) + 0.0:,.{digits}f}" for name in shown]  # no "-0"
        bands = (numbers[0], f"{numbers[1]} to {numbers[2]}", numbers[3], f"{numbers[4]} to {numbers[5]}")
        rows.append((row["scenario"], *told, row["outcome"], *bands))
    columns = ["scenario", *knobs, "outcome", "median", "90 %", "change", "90 % of change"]
    print_table(columns, rows, right=["median", "change"])
