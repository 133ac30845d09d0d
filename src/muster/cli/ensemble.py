"""``muster ensemble`` and ``muster runs``: many histories in a folder, resumed, checked and listed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from muster.cli.fits import Draws, Unfitted, load_drawn
from muster.cli.options import Json, Quiet, Seed, Strength, Until, new_folder, warn_of_compiling
from muster.cli.terminal import print_json, print_table, say, show_progress
from muster.core.errors import MusterError
from muster.core.provenance import MANIFEST, read_manifest

if TYPE_CHECKING:
    from muster.calibrate.posterior import Posterior
    from muster.case import Case
    from muster.compare.complete import Completed
    from muster.compare.holdings import Verdict
    from muster.compare.plan import Plan

Maybe = Annotated[str | None, Parameter(help="A shipped case (muster case list) or a folder.")]
Luck = Annotated[int, Parameter(name="--seeds", help="Histories of each draw.", show_default=True)]
Scenarios = Annotated[str, Parameter(help="Scenarios or scenario files, with commas between.", show_default=True)]
Workers = Annotated[int, Parameter(help="Threads or processes; they change nothing but the time.", show_default=True)]
Processes = Annotated[bool, Parameter(help="Compute in processes instead of threads.")]
Dask = Annotated[str | None, Parameter(help="Compute on a Dask cluster, at the address of its scheduler: tcp://HOST:PORT.")]
Out = Annotated[Path | None, Parameter(help="Folder of the runs. The same command again goes on where it stopped.")]
Verify = Annotated[Path | None, Parameter(help="Check every file of such a folder and print one hash of it all.")]
Folder = Annotated[Path, Parameter(help="A folder that muster ensemble --out wrote.")]
Unfinished = Annotated[bool, Parameter(help="Only runs that are not finished.")]
_SHOWN = {
    "exits.voluntary": "left of their own will",
    "admitted": "taken out by the programme",
    "strength": "in service at the end",
    "mean_control": "control at the end",
}


@Parameter(name="*")  # its fields are options of the command
@dataclass(frozen=True, slots=True, kw_only=True)
class Computing:
    """Whose histories are simulated, to which day, and where the work is done."""

    seed: Seed = 1
    until: Until = None
    workers: Workers = 2
    processes: Processes = False
    dask: Dask = None
    unfitted: Unfitted = False
    strength: Strength = None

    @property
    def place(self) -> str:
        """The executor that the options ask for. Errors: a :class:`MusterError` for two of them."""
        if self.dask is not None and self.processes:
            raise MusterError("--dask and --processes are two places. Give one of them.")
        return self.dask or ("processes" if self.processes else "threads")

    def load(self, case: str) -> tuple[Case, Posterior | None]:
        """The case, and the fit that its histories are draws of."""
        return load_drawn(case, strength=self.strength, unfitted=self.unfitted)


HERE = Computing()


def ensemble(
    case: Maybe = None,
    /,
    *,
    draws: Draws = 40,
    seeds: Luck = 1,
    scenarios: Scenarios = "baseline",
    computing: Computing = HERE,
    out: Out = None,
    verify: Verify = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Simulate draws x seeds x scenarios into a folder; resumes. Twin of ``muster.complete_ensemble``.

    Exit code 1 if runs failed; the others are finished all the same.
    """
    import muster

    if verify is not None:
        return _verify(verify, json=json)
    if case is None or out is None:
        raise MusterError("An ensemble needs a case and a folder, as in: muster ensemble myanmar --draws 40 --out my-ensemble")
    place = computing.place
    pack, posterior = computing.load(case)
    names, last = read_names(scenarios), computing.until
    plan = muster.plan_ensemble(pack, posterior, names, draws=draws, seeds=seeds, seed=computing.seed, until=last)
    if not quiet:
        say(f"{plan.runs} histories under {describe_fit(pack, posterior)}.{warn_of_compiling()}")
    _say_replaced(out, plan)
    with show_progress(quiet=quiet) as progress:
        made = muster.complete_ensemble(
            plan, new_folder(out, "ensemble"), executor=place, workers=computing.workers, progress=progress
        )
    print_json(_told(out, made)) if json else _print(out, made, quiet=quiet)
    return 1 if made.done.failures else 0


def _say_replaced(out: Path, plan: Plan) -> None:
    """Where a folder was completed under a plan that is not part of this one, that its runs are no longer listed."""
    held = read_manifest(out).settings if (out / MANIFEST).is_file() else None
    if held is None:
        return
    names, until, members = held.get("scenarios", []), held.get("until"), held.get("members", 0)
    if not set(names) <= set(plan.names) or until != plan.until.isoformat() or members > len(plan.members):
        told = f"{', '.join(names)} to {until}, {members} members each"
        say(f"{out} held another plan ({told}). Its runs stay in the folder, but summary and list are of this plan from now on.")


def describe_fit(case: Case, posterior: Posterior | None) -> str:
    """Where the parameters are from, in words."""
    if posterior is None:
        return f"the defaults of {case.name}, without a fit: ranges hold luck alone"
    return f"draws of the fit of {case.name} to {posterior.until}"


def read_names(text: str) -> list[str]:
    """Names with commas between."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _bands(made: Completed) -> dict[str, dict[str, tuple[float, float, float]]]:
    """Median, 5 and 95 % of the headline quantities of each scenario."""
    import numpy as np

    summary = made.summary
    return {
        name: {key: tuple(np.quantile(summary.total(key, place), (0.5, 0.05, 0.95)).tolist()) for key in _SHOWN}
        for place, name in enumerate(summary.plan.names)
    }


def _told(out: Path, made: Completed) -> dict[str, Any]:
    plan, done = made.summary.plan, made.done
    return {
        "folder": str(out),
        "hash": made.verdict.hash,
        "fit": plan.fit,
        "until": plan.until,
        "runs": made.verdict.runs,
        "finished": made.verdict.finished,
        "made": done.made,
        "found": done.found,
        "damaged": list(done.damaged),
        "failures": [asdict(one) for one in done.failures],
        "scenarios": _bands(made),
    }


def _print(out: Path, made: Completed, *, quiet: bool) -> None:
    columns = ["scenario", "quantity", "median", "90 % of histories"]
    rows = [
        (name, _SHOWN[key], _number(key, median), f"{_number(key, low)} to {_number(key, high)}")
        for name, bands in _bands(made).items()
        for key, (median, low, high) in bands.items()
    ]
    print_table(columns, rows, right=["median"])
    for name in made.done.damaged:
        say(f"{name} was damaged and has been made again.")
    for one in made.done.failures:
        say(f"failed: {one}")
    if not quiet:
        say(f"{made.verdict.finished} of {made.verdict.runs} runs in {out}: {made.done.made} made now, {made.done.found} found.")
        say(f"Hash of the store: {made.verdict.hash}")


def _number(key: str, value: float) -> str:
    return f"{value:.3f}" if key == "mean_control" else f"{value:,.0f}"


def _verify(folder: Path, *, json: bool) -> int:
    import muster

    verdict = muster.verify_store(folder)
    if json:
        print_json({**asdict(verdict), "whole": verdict.whole})
    else:
        print(verdict.hash)
        _say_verdict(folder, verdict)
    return 0 if verdict.whole else 1


def _say_verdict(folder: Path, verdict: Verdict) -> None:
    for name in verdict.damaged:
        say(f"damaged: {folder / 'runs' / name}")
    others = f" {verdict.others} more belong to an earlier plan or other code." if verdict.others else ""
    say(f"{verdict.finished} of {verdict.runs} runs are whole.{others}")
    if not verdict.whole:
        say("The muster ensemble command that began it makes the rest.")


def runs(folder: Folder, /, *, unfinished: Unfinished = False, json: Json = False) -> int:
    """List the runs of an ensemble's folder: finished, missing, damaged or failed. Twin of ``muster.list_holdings``."""
    import muster
    from muster.compare.complete import read_failures

    found = muster.list_holdings(folder, failures=read_failures(folder))
    shown = [one for one in found if not (unfinished and one.state == "finished")]
    if json:
        print_json([asdict(one) for one in shown])
    else:
        rows = []
        for one in shown:
            days = ", ".join(day.isoformat() if day else "never" for day in one.fired)
            rows.append((one.scenario, one.draw, one.seed, one.state, days, one.problem or one.file))
        print_table(["scenario", "draw", "seed", "state", "fired", "file or reason"], rows, right=["draw", "seed"])
    count = {state: sum(one.state == state for one in found) for state in ("finished", "missing", "damaged", "failed")}
    say(", ".join(f"{number} {state}" for state, number in count.items() if number) + ".")
    return 0 if count["finished"] == len(found) else 1
