"""The answer as sentences: what happened to the force in the runs, with the range over seeds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from muster.core.dates import day_date
from muster.observe.definition import EVERYONE, POLICE, SOLDIERS
from muster.report.comparison import say_day
from muster.report.curves import LEFT, exit_flow, strength
from muster.report.findings import TAKEN, strikes_per_thousand, tell_branches, tell_control, tell_motives, tell_regions
from muster.report.spread import Spread, say

if TYPE_CHECKING:
    from muster.case import Case
    from muster.report.findings import Finding
    from muster.simulate.result import Run


def tell_answer(case: Case, runs: Sequence[Run], figures: Sequence[Finding]) -> list[tuple[str, str]]:
    """Headings and sentences of the short answer."""
    value = {finding.label: finding.spread for finding in figures if finding.spread is not None}
    start = strength(runs[0], SOLDIERS)[0]

    def gone(fates: Sequence[str], branches: Sequence[str] = EVERYONE) -> str:
        return Spread.of(exit_flow(run, fates, branches).sum() for run in runs).text()

    first, last = (Spread.of(strikes_per_thousand(run)[k] for run in runs) for k in (0, 1))
    return [
        (
            "Strength",
            (
                f"{say(start)} soldiers at the start, {value['soldiers'].text()} on {say_day(end_of(case, runs))}; "
                f"of them {value['infantry'].text()} infantry. Police: {value['police'].text()}."
            ),
        ),
        (
            "Who left",
            (
                f"{gone(LEFT)} defected or deserted: {gone(LEFT, SOLDIERS)} soldiers and {gone(LEFT, POLICE)} police. "
                f"{_upper(tell_branches(runs))}. Another {value['caught leaving'].text()} were caught leaving."
            ),
        ),
        ("Why", f"{_upper(tell_motives(runs))} of those who left of their own will."),
        ("Where", f"{_upper(tell_regions(case, runs))}."),
        ("Losses", f"{gone(('killed',))} soldiers and police killed; {gone(TAKEN)} surrendered or were taken prisoner."),
        ("Ground", f"{value['% of the area'].text()} % of the area under stable control at the end; {tell_control(case, runs)}."),
        (
            "Air",
            (
                f"{value['strikes'].text()} strikes; for each 1,000 ground soldiers {first.text(digits=2)} in the first year and "
                f"{last.text(digits=2)} in the last."
            ),
        ),
        (
            "Both sides' recruits",
            (
                f"Volunteers of the last 13 weeks at {value['volunteering'].text(digits=2)} (rate before the crisis: 100). "
                f"{value['conscripts'].text()} conscripts. Militia: {value['members'].text()} members."
            ),
        ),
        (
            "The programme",
            (
                f"{value['contacts'].text()} contacts, {value['brought out'].text()} persons brought out, "
                f"{value['waiting, end'].text()} waiting at the end."
            ),
        ),
    ]


def end_of(case: Case, runs: Sequence[Run]) -> date:
    """The last day of the runs."""
    return day_date(runs[0].days, case.start)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
