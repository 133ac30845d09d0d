"""Counts by region and month as evidence of shape: where things happened and in which half of a year, never how many.

A source of counted events misses a share of them that nobody knows, and not the same share everywhere. So the counts of a
half-year are held against the simulated ones in two ways: how they were spread over the regions, and how the total of the
nation moved from one half-year to the next about a level that is left free. The likelihood is in ``shape_likelihood``.

Nothing counts twice:

* Of deaths by side and their sum, only the sides are used.
* Where claims tell a source's total of a year, the level of that year is free: only its halves are compared.
* Where a driver of a region was set with the help of the same source (its row names it) and the region has standing
  organisations for the driver to move, the region's part is ``imposed`` and weighs less.
* Half-years, and quantities, of one kind of source miss the same places: they are weighed down to the number of independent
  ones that many of equal correlation would be worth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from muster.core.dates import day_index
from muster.core.vocabulary import EXITS
from muster.observe.window import NATIONAL

if TYPE_CHECKING:
    from muster.case import Case, Claim, Count
    from muster.simulate.result import Run

# How alike two half-years, or two quantities, are in what a source misses and where. Judgement: in the first case the gaps
# between counted and simulated shares correlate by 0.3 to 0.6 from one half-year to another and by 0.6 from one quantity to
# another, with the noise of small counts in it.
ALIKE = 0.7
# From so many standing fighters per inhabitant on, the driver of their engagement decides much of a region's fighting: seven of
# fifteen regions in the first case, from 1.3 to 7.8 in a thousand; elsewhere at most 0.8.
STANDING = 0.001
# A half-year of fewer months says too little.
FEWEST_MONTHS = 3

_SUM, _PARTS = "deaths", ("state_deaths", "resistance_deaths", "civilian_deaths")
# The names under which claims tell the same totals.
_TOLD_AS = {
    "state_deaths": "military_deaths_period",
    "resistance_deaths": "resistance_deaths_period",
    "civilian_deaths": "civilian_deaths_period",
    "deaths": "conflict_deaths_period",
    "events": "conflict_events_period",
}


@dataclass(frozen=True, slots=True)
class ShapeTerm:
    """What a source counted of one quantity in one half-year, in the regions it covered throughout.

    ``shares_weight`` and ``course_weight`` are the exponents of the two likelihoods. Terms of one source and quantity with the
    same ``level`` share a free level.
    """

    source: str
    quantity: str
    half: int  # 2 x year, +1 for the second half
    months: tuple[tuple[date, date], ...]
    regions: tuple[int, ...]
    region_ids: tuple[str, ...]
    counts: tuple[float, ...]
    imposed: tuple[bool, ...]
    shares_weight: float
    course_weight: float
    level: str

    @property
    def total(self) -> float:
        return sum(self.counts)

    @property
    def label(self) -> str:
        return f"{self.half // 2}-H{self.half % 2 + 1}"

    @property
    def size(self) -> int:
        """Answers of a run to this term: one a region and their sum."""
        return len(self.regions) + 1


def shape_terms(case: Case) -> tuple[ShapeTerm, ...]:
    """The terms that the counts of a case give, by source, quantity and half-year, within the days of the case."""
    series: dict[tuple[str, str], dict[int, list[Count]]] = {}
    for count in case.counts:
        if case.start < count.month.first and count.month.last <= case.until:
            half = 2 * count.month.first.year + (count.month.first.month > 6)
            series.setdefault((count.source, count.quantity), {}).setdefault(half, []).append(count)
    used = {key: halves for key, halves in series.items() if not _is_sum_of_parts(key, series)}
    terms = []
    for (source, quantity), halves in used.items():
        blocks = {half: block for half, rows in sorted(halves.items()) if (block := _covered(rows)) is not None}
        course = 1.0 / (1.0 + (len(used) - 1) * ALIKE)
        shares = course / (1.0 + max(len(blocks) - 1, 0) * ALIKE)
        imposed = _imposed(case, source)
        for half, (months, values) in blocks.items():
            regions = tuple(sorted(values))
            year = half // 2
            terms.append(
                ShapeTerm(
                    source,
                    quantity,
                    half,
                    months,
                    regions,
                    tuple(case.regions[region].id for region in regions),
                    tuple(values[region] for region in regions),
                    tuple(imposed[region] for region in regions),
                    shares,
                    course,
                    str(year) if _is_told(case, source, quantity, year) else "",
                )
            )
    return tuple(terms)


def _is_sum_of_parts(key: tuple[str, str], series: object) -> bool:
    source, quantity = key
    assert isinstance(series, dict)
    return quantity == _SUM and any((source, part) in series for part in _PARTS)


def _covered(rows: Sequence[Count]) -> tuple[tuple[tuple[date, date], ...], dict[int, float]] | None:
    """Months of a half-year and sums of the regions with a row in each of them; nothing if there is too little of either."""
    months = sorted({(count.month.first, count.month.last) for count in rows})
    found: dict[int, list[float]] = {}
    for count in rows:
        found.setdefault(count.region, []).append(count.value)
    values = {region: sum(counts) for region, counts in found.items() if len(counts) == len(months)}
    if len(months) < FEWEST_MONTHS or len(values) < 2 or sum(values.values()) == 0:
        return None
    return tuple(months), values


def _imposed(case: Case, source: str) -> list[bool]:
    """Whether a region's fighting is moved by drivers that were set with the help of the source."""
    driven = {row.region for row in case.series if source in [part.strip() for part in row.source.split(";")]}
    return [
        region.fighters >= STANDING * region.population and (place in driven or None in driven)
        for place, region in enumerate(case.regions)
    ]


def _is_told(case: Case, source: str, quantity: str, year: int) -> bool:
    return any(claim.quantity == _TOLD_AS[quantity] and _is_year_of(claim, source, year) for claim in case.claims)


def _is_year_of(claim: Claim, source: str, year: int) -> bool:
    """Whether a claim is a source's national total of a year. A source is known by the first word of its id."""
    begun, end = claim.period_start, claim.as_of
    if begun is None or end is None or claim.region != NATIONAL:
        return False
    whole = begun.first.year == end.last.year == year and (end.last - begun.first).days > 300
    return whole and source.replace("_", "-").split("-")[0].lower() in claim.claimant.lower().replace(",", " ").split()


def shape_names(terms: Sequence[ShapeTerm]) -> tuple[str, ...]:
    """A name for each answer of ``read_shape``."""
    names: list[str] = []
    for term in terms:
        stem = f"{term.source} {term.quantity} {term.label}"
        names += [f"{stem} {region}" for region in term.region_ids]
        names.append(f"{stem} all")
    return tuple(names)


def read_shape(run: Run, terms: Sequence[ShapeTerm]) -> np.ndarray:
    """What a run says to the terms: simulated counts by region, then their sum, term after term. NaN beyond the run's end."""
    daily = {quantity: _COUNTERS[quantity](run) for quantity in {term.quantity for term in terms}}
    answers: list[np.ndarray] = []
    for term in terms:
        by_day = daily[term.quantity]
        days = np.concatenate([_days(month, run.case.start) for month in term.months])
        if days[-1] >= len(by_day):
            answers.append(np.full(term.size, np.nan))
            continue
        found = by_day[days].sum(axis=0)[list(term.regions)]
        answers.append(np.append(found, found.sum()))
    return np.concatenate(answers) if answers else np.empty(0)


def _days(month: tuple[date, date], start: date) -> np.ndarray:
    return np.arange(day_index(month[0], start), day_index(month[1] + timedelta(days=1), start))


def _summed(*counters: str) -> Callable[[Run], np.ndarray]:
    def read(run: Run) -> np.ndarray:
        return np.sum([run.data[name] for name in counters], axis=0, dtype=float)

    return read


def _killed(run: Run) -> np.ndarray:
    return run.data["exits"][..., EXITS.index("killed")].sum(axis=2).astype(float)


_RESISTANCE = ("militia_killed", "fighters_lost")
_CIVILIANS = ("harm_ground", "harm_air", "harm_crackdown", "harm_resistance")
# Simulated counterparts, (day, region). Coded civilian deaths are those by either side; repression is in them as a driver.
_COUNTERS: dict[str, Callable[[Run], np.ndarray]] = {
    "state_deaths": _killed,
    "resistance_deaths": _summed(*_RESISTANCE),
    "civilian_deaths": _summed(*_CIVILIANS),
    "deaths": lambda run: _killed(run) + _summed(*_RESISTANCE, *_CIVILIANS)(run),
    "events": _summed("clashes", "strikes"),
}
