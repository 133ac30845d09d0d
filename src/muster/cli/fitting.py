"""``muster fit``, ``forecast``, ``score``: from claims to a posterior, from a posterior to a forecast that is judged."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.cli.options import CaseName, Json, Quiet, Seed, Strength, Workers, new_folder
from muster.cli.terminal import print_json, print_table, say, show_progress
from muster.core.dates import parse_date
from muster.evidence.telling import number

if TYPE_CHECKING:
    from muster.calibrate.posterior import Posterior
    from muster.case import Case
    from muster.core.pool import Progress
    from muster.forecast.cells import Scores
    from muster.forecast.histories import DriversAhead
    from muster.forecast.predict import Forecast

Cut = Annotated[str, Parameter(help="Learn from what was published by this day, as 2023-10-26.")]
Out = Annotated[Path, Parameter(help="Folder to write to.")]
Runs = Annotated[int | None, Parameter(help="Runs of the first wave; each further wave has half as many. Default: 1024.")]
Months = Annotated[int, Parameter(help="How many months ahead.", show_default=True)]
Draws = Annotated[int, Parameter(help="Histories drawn.", show_default=True)]
Conditional = Annotated[
    bool, Parameter(help="Take the drivers beyond the cut from the pack: a conditional forecast, labelled so.")
]
Fitted = Annotated[Path | None, Parameter(help="A fit; default: the one the pack has for this day, else a new one.")]
ForecastFolder = Annotated[Path, Parameter(help="Folder that muster forecast --out wrote.")]
Register = Annotated[
    Path | None, Parameter(help="Register of forecasts: a file that is only ever added to, so that this one can be proved.")
]
RegisterFile = Annotated[Path, Parameter(help="A register that muster forecast --register began.")]
Claims = Annotated[Path, Parameter(help="Table of later claims, in the columns of a pack's claims.csv.")]


def fit(
    case: CaseName,
    /,
    *,
    until: Cut,
    out: Out,
    seed: Seed = 1,
    runs: Runs = None,
    workers: Workers = 2,
    strength: Strength = None,
    quiet: Quiet = False,
    json: Json = False,
) -> int:
    """Learn the parameters of a case from its claims; goes on after an interruption. Twin of ``muster.calibrate``."""
    import muster
    from muster.calibrate.plan import Plan

    pack = muster.load_case(case, strength=strength)
    plan = Plan() if runs is None else replace(Plan(), first=runs, further=max(runs // 2, 1))
    with show_progress(quiet=quiet) as progress:
        posterior = muster.calibrate(
            pack, until=parse_date(until), seed=seed, plan=plan, workers=workers, folder=new_folder(out, "fit"), progress=progress
        )
    posterior.save(out)
    if json:
        print_json({"folder": str(out), "posterior_hash": posterior.hash, "runs": posterior.runs, "waves": len(posterior.waves)})
        return 0
    _print_posterior(posterior)
    say(f"Next: muster forecast {case} --until {until} --months 12 --out forecast --posterior {out}")
    return 0


def _print_posterior(posterior: Posterior) -> None:
    from muster.calibrate.band import Band
    from muster.calibrate.prior import fitted_priors

    rows = []
    for place, prior in enumerate(fitted_priors(posterior.parameters)):
        band, before = Band.of(posterior.values[:, place]), float(prior.value(0.0))
        told = (f"{before:.3g}", f"{band.median:.3g}", f"{band.low:.3g} to {band.high:.3g}", f"{posterior.learned[place]:.0%}")
        rows.append((prior.name, *told))
    print_table(
        ["parameter", "prior median", "posterior", "90 %", "learned"], rows, right=["prior median", "posterior", "learned"]
    )
    last = posterior.waves[-1]
    say(f"{posterior.runs} runs in {len(posterior.waves)} waves on {len(posterior.terms)} claims.")
    say(f"Last move of a mean: {last.moved:.2f} sd of the prior; error of the emulator: {last.emulator_sd:.2f}.")
    say(f"Hash of the posterior: {posterior.hash}")


def forecast(
    case: CaseName,
    /,
    *,
    until: Cut,
    months: Months = 12,
    out: Out,
    posterior: Fitted = None,
    seed: Seed = 1,
    draws: Draws = 200,
    conditional: Conditional = False,
    register: Register = None,
    workers: Workers = 2,
    strength: Strength = None,
    quiet: Quiet = False,
    json: Json = False,
) -> int:
    """Forecast the months after a day from what was known on it. Twin of ``muster.forecast``."""
    import muster
    from muster.calibrate.known import check_cut
    from muster.forecast.predict import refuse_other_forecast

    pack = muster.load_case(case, strength=strength)
    cut = parse_date(until)
    drivers: DriversAhead = "known" if conditional else "prior"
    check_cut(pack, cut)
    new_folder(out, "forecast")
    refuse_other_forecast(out, until=until, months=months, draws=draws, seed=seed, drivers=drivers)
    if register is not None and register.exists():
        muster.read_register(register)
    with show_progress(quiet=quiet) as progress:
        fitted = muster.load_posterior(posterior) if posterior else muster.shipped_posterior(pack, cut)
        if fitted is None:
            say(f"The pack has no fit for {until}; fitting one into {out / 'fit'}, which takes minutes.")
            say("Interrupted, it goes on when the command is given again.")
            fitted = _fit_and_keep(pack, cut, new_folder(out / "fit", "fit"), seed=seed, workers=workers, progress=progress)
        made = muster.forecast(
            fitted,
            pack,
            months=months,
            draws=draws,
            seed=seed,
            drivers=drivers,
            workers=workers,
            progress=progress,
        )
    made.save(out)
    if register is not None:
        line = muster.register(made, register, written=date.today())
        say(f"Line {line.number} of {register}, written {line.written}. Keep this hash where others see it: {line.hash}")
    if json:
        print_json({"folder": str(out), "forecast_hash": made.hash, "until": made.until, "quantities": made.quantities})
        return 0
    _print_forecast(made, cut)
    say(f"Next, when new claims arrive: muster score {out} --claims later.csv")
    return 0


def _fit_and_keep(pack: Case, cut: date, folder: Path, *, seed: int, workers: int, progress: Progress | None) -> Posterior:
    """A fit to what was known on a day, kept in a folder; goes on there after an interruption."""
    import muster

    made = muster.calibrate(pack, until=cut, seed=seed, workers=workers, folder=folder, progress=progress)
    made.save(folder)
    return made


def _print_forecast(made: Forecast, cut: date) -> None:
    from muster.calibrate.band import Band
    from muster.forecast.predict import FEW_DRAWS
    from muster.observe.quantities import DEFINITIONS

    given = ", given the drivers as they became known" if made.drivers == "known" else ""
    print(f"Forecast for {made.until}, from what was known on {cut}{given}")
    shown = [
        name for name in made.quantities if not name.endswith("_region")
    ]  # asked of a region; of the nation it is another's twin
    rows = [(name, *Band.of(made.series(name)[:, -1]).told(), DEFINITIONS[name].unit) for name in shown]
    print_table(["quantity (truth, not reports)", "median", "90 %", "unit"], rows, right=["median"])
    ahead = "taken as they became known" if made.drivers == "known" else "unknown, drawn from changes of the size seen before"
    say(f"{len(made.truth)} draws, national. Fighting, policy and money after {cut}: {ahead}.")
    if len(made.truth) < FEW_DRAWS:
        say(f"So few draws tell little of a 90 % range: take {FEW_DRAWS} or more.")


def list_register(file: RegisterFile, /, *, json: Json = False) -> int:
    """List a register of forecasts, after checking that no line was changed. Twin of ``muster.read_register``."""
    import muster

    lines = muster.read_register(file)
    if json:
        print_json([asdict(line) for line in lines])
        return 0
    rows = [
        (line.number, line.written, line.case, line.until, line.months, line.drivers, line.forecast_hash[:12]) for line in lines
    ]
    print_table(["line", "written", "case", "known until", "months", "drivers", "forecast"], rows, right=["line", "months"])
    count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    say(f"{count}, unchanged. The last hash stands for all of them: {lines[-1].hash if lines else 'none'}")
    return 0


def score(
    folder: ForecastFolder,
    /,
    *,
    claims: Claims,
    register: Register = None,
    workers: Workers = 2,
    quiet: Quiet = False,
    json: Json = False,
) -> int:
    """Judge a stored forecast by claims that came later, beside five naive rivals. Twin of ``muster.score``."""
    import muster

    if register is not None:
        line = muster.find_registered(muster.load_forecast(folder), register)
        say(f"This forecast was written down on {line.written}: line {line.number} of {register}, hash {line.hash}")
    with show_progress(quiet=quiet) as progress:
        scores = muster.score(folder, claims=claims, workers=workers, progress=progress)
    if json:
        print_json(scores.as_json())
    else:
        _print_scores(scores)
    return 0


def _print_scores(scores: Scores) -> None:
    columns = ["quantity", "region", "as of", "claimant", "reported", "forecast", "90 %", "CRPS", "best rival", "its CRPS", "won"]
    rows: list[tuple[object, ...]] = []
    for cell in scores.cells:
        won = {True: "yes", False: "no", None: ""}[cell.won]
        naive = "" if cell.best_naive_crps is None else f"{cell.best_naive_crps:.2f}"
        band = f"{number(round(cell.low90))} to {number(round(cell.high90))}"
        figures = (number(round(cell.reported, 1)), number(round(cell.median)), band, f"{cell.crps:.2f}")
        rows.append((cell.quantity, cell.region, cell.as_of, cell.claimant[:30], *figures, cell.best_naive or "none", naive, won))
    told = scores.summary
    if told["cells"]:
        print_table(columns, rows, right=["reported", "forecast", "CRPS", "its CRPS"])
        won = "no rival" if told["won_share"] is None else f"{told['won_share']:.0%} won against the best rival"
        held = f"the 50 % interval held {told['coverage50']:.0%}, the 90 % interval {told['coverage90']:.0%}"
        print(f"\n{told['cells']} cells, {won}; {held}.")
    else:
        print(f"None of the {len(scores.unused)} claims is about a day and a quantity that the forecast speaks of.")
    for one in scores.unused:
        print(f"not used: {one.claim or 'a row'} {one.quantity}: {one.reason}")
