"""The report: one HTML file that needs no network, no script and no other file; or the same in short, as text to paste."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from muster.core.errors import MusterError
from muster.core.provenance import find_versions, write_text
from muster.report.answer import end_of, tell_answer
from muster.report.assumptions import list_assumptions
from muster.report.figures import draw_figures
from muster.report.fitted import tell_fit, tell_skill
from muster.report.scene import key_events
from muster.report.story import check_story
from muster.report.tables import control_table, exits_table
from muster.report.target import Format, page_target
from muster.report.text import open_templates
from muster.report.words import summary

if TYPE_CHECKING:
    from muster.calibrate.posterior import Posterior
    from muster.case import Case
    from muster.simulate.result import Run

SECTIONS = {
    "strength": "The force and its losses",
    "why": "Why they left",
    "where": "Where it happened",
    "means": "Militia, recruits, air power, programme",
}


def write_report(
    case: Case, runs: Sequence[Run], *, to: Path | str, posterior: Posterior | None = None, format: Format | None = None
) -> Path:
    """Write the report on ``runs`` (one scenario) to the file ``to`` and return its path.

    The runs are one a seed, or one a draw of ``posterior``; the page then says what was fitted, and how such forecasts did.
    ``format`` is a page (``html``) or text to paste (``md``); unless given, the ending of the file decides.
    An ending that is not of the format, and a folder that does not exist, are refused.

    A page holds everything it shows: nothing is fetched when it is opened. It appears whole or not at all.
    """
    if not runs:
        raise MusterError("A report needs at least one run. Simulate at least one seed.")
    path, chosen = page_target(to, format)
    render = render_report if chosen == "html" else render_text
    write_text(path, render(case, runs, posterior=posterior))
    return path


def render_report(case: Case, runs: Sequence[Run], *, posterior: Posterior | None = None) -> str:
    """The text of the page."""
    from markupsafe import Markup

    told = _tell(case, runs, posterior)
    figures = draw_figures(case, runs, told["found"].comparisons)
    template = open_templates("muster.report").get_template("report.html.j2")
    return template.render(
        **told,
        sections=SECTIONS,
        # Drawn by vl-convert from numbers and names of the case, which it escapes: the only markup not escaped here.
        figures=[(figure.plan, Markup(figure.wide), Markup(figure.narrow)) for figure in figures],
        events=key_events(case),
        exits=exits_table(case, runs),
        control=control_table(case, runs),
        assumptions=list_assumptions(case),
        runs=runs,
        end=end_of(case, runs),
    )


def render_text(case: Case, runs: Sequence[Run], *, posterior: Posterior | None = None) -> str:
    """The report as Markdown: the answer, the figures beside the claims, skill, sources, limits, how to make it again."""
    told = _tell(case, runs, posterior)
    named = {c.claim.id: c for one in told["found"].figures for c in one.beside}
    failed = [check for check in told["story"] if not check.ok]
    template = open_templates("muster.report", escaped=False).get_template("report.md.j2")
    return f"{template.render(**told, named=named.values(), failed=failed).strip()}\n"


def _tell(case: Case, runs: Sequence[Run], posterior: Posterior | None) -> dict[str, Any]:
    """What page and text both say."""
    found = summary(case, runs, posterior=posterior)
    return {
        "case": case,
        "found": found,
        "answer": tell_answer(case, runs, found.figures),
        "story": check_story(case, runs),
        "fitted": None if posterior is None else tell_fit(posterior, case),
        "skill": None if posterior is None else tell_skill(case),
        "recipe": _recipe(case, runs, found.scenario),
        "versions": find_versions(),
    }


def _recipe(case: Case, runs: Sequence[Run], scenario: str) -> str:
    """The command that makes this page again, or nothing where no command line does."""
    seeds = sorted(run.seed for run in runs)
    if seeds != list(range(1, len(seeds) + 1)):
        return ""
    change = "" if scenario == "baseline" else f" --scenario {scenario}"
    span = f"--strength {case.strength} --until {end_of(case, runs)}"
    return f"muster report {case.name} --seeds {len(seeds)} {span}{change} --to report.html"
