"""``muster demo``: the shipped case from start to report, with no network."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from muster.cli.fits import Unfitted
from muster.cli.histories import make_histories
from muster.cli.options import Json, Quiet, Seeds, count_seeds, new_folder, warn_of_compiling
from muster.cli.story import check_course, print_course
from muster.cli.terminal import print_json, print_rich, say, show_progress

CASE = "myanmar"

Out = Annotated[Path, Parameter(help="Folder for the report and the first history.", show_default=True)]
CheckStory = Annotated[
    bool, Parameter(help="Check histories of the defaults against the reported course; exit code 1 if they miss it.")
]


def demo(
    *,
    out: Out = Path("demo-output"),
    seeds: Seeds = 16,
    unfitted: Unfitted = False,
    check_story: CheckStory = False,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Simulate the shipped case, print what happens, write a report."""
    count_seeds(seeds)
    folder = new_folder(out, "demo")

    import muster
    from muster.report.words import summary

    pack = muster.load_case(CASE)
    if not quiet:
        say(f"Simulating {pack.title}: {seeds} histories.{warn_of_compiling()}")
    with show_progress(quiet=quiet) as tell:
        runs, posterior = make_histories(pack, seeds, unfitted=unfitted or check_story, progress=tell)
        checks = check_course(pack, runs, progress=tell) if check_story else []
    runs[0].save(folder / "run")
    page = folder / "report.html"
    muster.report(pack, runs, to=page, posterior=posterior)
    found = summary(pack, runs, posterior=posterior)
    if json:
        print_json(found.to_dict() | {"report": page, "first_run": folder / "run", "story": [asdict(one) for one in checks]})
        return int(any(one.ok is False for one in checks))
    print_rich(found)
    code = print_course(checks) if check_story else 0
    print(f"\nReport: {page}\nFirst history: {folder / 'run'}")
    return code
