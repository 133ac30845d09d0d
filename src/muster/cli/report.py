"""``muster report``: the page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from muster.cli.fits import Unfitted
from muster.cli.histories import make_histories
from muster.cli.options import CaseName, Quiet, ScenarioName, Seeds, Strength, Until, count_seeds, read_until
from muster.cli.terminal import show_progress

To = Annotated[Path, Parameter(help="The file to write; one HTML file that needs no network, or Markdown.")]
As = Annotated[
    Literal["html", "md"] | None,
    Parameter(name="--format", help="A page (html) or text to paste (md); default: by the file's ending."),
]


def report(
    case: CaseName,
    /,
    *,
    to: To,
    seeds: Seeds = 16,
    unfitted: Unfitted = False,
    until: Until = None,
    scenario: ScenarioName = None,
    strength: Strength = None,
    format: As = None,
    quiet: Quiet = False,
) -> int:
    """Write a page with figures, map and sources, from several histories. Twin of ``muster.report``."""
    last = read_until(until)
    count_seeds(seeds)

    import muster
    from muster.report.target import page_target

    page_target(to, format)  # before anything is simulated
    pack = muster.load_case(case, strength=strength)
    change = None if scenario is None else muster.load_scenario(pack, scenario)
    with show_progress(quiet=quiet) as tell:
        runs, posterior = make_histories(pack, seeds, unfitted=unfitted, scenario=change, until=last, progress=tell)
    muster.report(pack, runs, to=to, posterior=posterior, format=format)
    print(to)
    return 0
