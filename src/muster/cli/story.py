"""Whether simulated histories follow the reported course, as lines to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from muster.cli.terminal import say
from muster.core.pool import Progress

if TYPE_CHECKING:
    from muster.case import Case
    from muster.report.story import StoryCheck
    from muster.simulate.result import Run

TRUCE = "ceasefire-north"  # the shipped scenario that ends the fighting in some regions

_WORDS = {True: "holds ", False: "FAILS ", None: "open  "}


def check_course(case: Case, runs: Sequence[Run], *, progress: Progress | None = None) -> list[StoryCheck]:
    """The checks of the story, with runs of the same seeds under the shipped ceasefire."""
    import muster
    from muster.report.story import check_story

    truce = muster.load_scenario(case, TRUCE)
    seeds = [run.seed for run in runs]
    return check_story(case, runs, muster.simulate_seeds(case, seeds, scenario=truce, progress=progress))


def print_course(checks: Sequence[StoryCheck]) -> int:
    """Print the checks; exit code 1 if a statement fails."""
    print()
    for one in checks:
        print(f"{_WORDS[one.ok]} {one.statement}\n        {one.figure}")
    failed = sum(one.ok is False for one in checks)
    if failed:
        say(f"{failed} of {len(checks)} statements of the story fail.")
    return 1 if failed else 0
