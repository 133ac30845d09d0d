"""Tables that say in numbers what a figure shows, for those who cannot see it or want to reuse it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from muster.core.dates import day_date
from muster.core.vocabulary import BRANCHES
from muster.report.comparison import say_day
from muster.report.curves import left_from, median_array
from muster.report.map import map_days
from muster.report.suppress import suppress

if TYPE_CHECKING:
    from muster.case import Case
    from muster.simulate.result import Run


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, the column heads and the rows, whose first cell heads the row."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def exits_table(case: Case, runs: Sequence[Run]) -> Table:
    """Persons who defected or deserted by region and branch, small cells hidden, most first."""
    left = median_array(runs, left_from)
    rows = tuple(
        (case.regions[r].name, *(suppress(count) for count in left[r]), suppress(left[r].sum())) for r in np.argsort(-left.sum(1))
    )
    heads = ("region", *(branch.replace("_", " ") for branch in BRANCHES), "all")
    return Table("Persons who defected or deserted, median over histories, rounded to tens", heads, rows)


def control_table(case: Case, runs: Sequence[Run]) -> Table:
    """Percent under stable control by region at the dates of the maps."""
    control = 100 * median_array(runs, lambda run: run.data["control"])
    days = map_days(len(control) - 1)
    rows = tuple((region.name, *(f"{control[day, r]:.0f}" for day in days)) for r, region in enumerate(case.regions))
    heads = ("region", *(say_day(day_date(day, case.start)) for day in days))
    return Table("Percent of each region under stable control of the regime, median over histories", heads, rows)
