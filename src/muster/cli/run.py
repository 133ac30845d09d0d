"""``muster run`` and ``muster rerun``: one history of a case, and the same once more."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from muster.cli.options import CaseName, Json, Quiet, ScenarioName, Seed, Strength, Until, new_folder, read_until
from muster.cli.terminal import print_json, print_rich, say, show_progress
from muster.core.errors import MusterError

Engine = Annotated[
    Literal["fast", "plain"], Parameter(help="fast: compiled; plain: slow, obvious code, the same results.", show_default=True)
]
Threads = Annotated[int, Parameter(help="Threads to compute with; the result does not depend on it.", show_default=True)]
Out = Annotated[Path | None, Parameter(help="Folder to save the run in, with a manifest: muster rerun repeats it.")]
Csv = Annotated[bool, Parameter(name="--csv", help="Print every recorded quantity as a tidy CSV table.")]
Folder = Annotated[Path, Parameter(help="A folder that muster run --out wrote.")]


def run(
    case: CaseName,
    /,
    *,
    seed: Seed = 1,
    until: Until = None,
    scenario: ScenarioName = None,
    engine: Engine = "fast",
    strength: Strength = None,
    threads: Threads = 1,
    out: Out = None,
    csv: Csv = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Simulate one history of a case. Twin of ``muster.simulate``."""
    if csv and json:
        raise MusterError("--csv and --json both want the output. Give one of them.")
    last = read_until(until)
    folder = None if out is None else new_folder(out, "run")

    import muster

    pack = muster.load_case(case, strength=strength)
    change = None if scenario is None else muster.load_scenario(pack, scenario)
    with show_progress(quiet=quiet) as tell:
        history = muster.simulate(pack, seed=seed, scenario=change, until=last, engine=engine, threads=threads, progress=tell)
    if folder is not None:
        history.save(folder)
        if not quiet:
            say(f"Saved in {folder}.")
    if csv:
        history.to_frame().to_csv(sys.stdout, index=False)
    elif json:
        print_json(history.summary_dict())
    else:
        from muster.report.words import summary

        print_rich(summary(pack, [history]))
    return 0


def rerun_folder(folder: Folder, /, *, json: Json = False, quiet: Quiet = False) -> int:
    """Repeat a saved run and compare the results; exit code 1 if they differ. Twin of ``muster.rerun``."""
    import muster

    if not quiet:
        say(f"Repeating the run of {folder}.")
    again = muster.rerun(folder)
    if json:
        print_json({"same": again.same, "before": again.before, "after": again.after})
    elif again.same:
        print(f"Same result: {again.after}")
    else:
        print(f"DIFFERENT result.\nbefore {again.before}\nafter  {again.after}")
    return 0 if again.same else 1
