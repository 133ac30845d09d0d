"""The report: one HTML file that needs no network, no script and no other file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from muster.core.errors import MusterError
from muster.core.provenance import find_versions, write_text
from muster.report.answer import end_of, tell_answer
from muster.report.assumptions import list_assumptions
from muster.report.figures import draw_figures
from muster.report.fitted import tell_fit, tell_skill
from muster.report.scene import key_events
from muster.report.story import check_story
from muster.report.tables import control_table, exits_table
from muster.report.text import page_tools
from muster.report.words import summary

if TYPE_CHECKING:
    from jinja2 import Environment

    from muster.calibrate.posterior import Posterior
    from muster.case import Case
    from muster.simulate.result import Run

SECTIONS = {
    "strength": "The force and its losses",
    "why": "Why they left",
    "where": "Where it happened",
    "means": "Militia, recruits, air power, programme",
}


def write_report(case: Case, runs: Sequence[Run], *, to: Path | str, posterior: Posterior | None = None) -> Path:
    """Write the report on ``runs`` (one scenario) to the HTML file ``to`` and return its path.

    The runs are one a seed, or one a draw of ``posterior``; the page then says what was fitted, and how such forecasts did.

    The file holds everything it shows: nothing is fetched when it is opened. It appears whole or not at all.
    """
    if not runs:
        raise MusterError("A report needs at least one run. Simulate at least one seed.")
    path = Path(to)
    if path.is_dir():
        raise MusterError(f"{path} is a folder. Give the name of a file, such as {path / 'report.html'}.")
    write_text(path, render_report(case, runs, posterior=posterior))
    return path


def render_report(case: Case, runs: Sequence[Run], *, posterior: Posterior | None = None) -> str:
    """The text of the page."""
    from markupsafe import Markup

    found = summary(case, runs, posterior=posterior)
    figures = draw_figures(case, runs, found.comparisons)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            case=case,
            found=found,
            answer=tell_answer(case, runs, found.figures),
            sections=SECTIONS,
            # Drawn by vl-convert from numbers and names of the case, which it escapes: the only markup not escaped here.
            figures=[(figure.plan, Markup(figure.wide), Markup(figure.narrow)) for figure in figures],
            events=key_events(case),
            exits=exits_table(case, runs),
            control=control_table(case, runs),
            story=check_story(case, runs),
            assumptions=list_assumptions(case),
            fitted=None if posterior is None else tell_fit(posterior, case),
            skill=None if posterior is None else tell_skill(case),
            recipe=_recipe(case, runs, found.scenario),
            versions=find_versions(),
            runs=runs,
            end=end_of(case, runs),
        )
    )


def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("muster.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(page_tools())
    return environment


def _recipe(case: Case, runs: Sequence[Run], scenario: str) -> str:
    """The command that makes this page again, or nothing where no command line does."""
    seeds = sorted(run.seed for run in runs)
    if seeds != list(range(1, len(seeds) + 1)):
        return ""
    change = "" if scenario == "baseline" else f" --scenario {scenario}"
    span = f"--strength {case.strength} --until {end_of(case, runs)}"
    return f"muster report {case.name} --seeds {len(seeds)} {span}{change} --to report.html"
