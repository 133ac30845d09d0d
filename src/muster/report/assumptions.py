"""What rests on judgement: every figure of the case without a source that states it or that it was derived from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from muster.report.comparison import say_day
from muster.report.spread import say_exactly

if TYPE_CHECKING:
    from muster.case import Case

JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One judged figure: what it is, for what part, its value and the reason given."""

    kind: str
    part: str
    value: str
    reason: str
    source: str


def list_assumptions(case: Case) -> list[Assumption]:
    """The judged regions, formations and driver values of a case, in the order of its files."""
    return [*_regions(case), *_formations(case), *_drivers(case)]


def _regions(case: Case) -> Iterator[Assumption]:
    for region in case.regions:
        if region.basis == JUDGEMENT:
            value = f"support {region.support:.2f}, control {region.control:.2f}, share of recruits {region.history:.2f}"
            yield Assumption("region", region.name, value, region.note, region.source)


def _formations(case: Case) -> Iterator[Assumption]:
    for formation in case.formations:
        if formation.basis == JUDGEMENT:
            where = case.regions[formation.region].name
            value = f"{formation.units:,} units, {formation.persons:,} persons"
            yield Assumption(
                "order of battle", f"{formation.branch.replace('_', ' ')}, {where}", value, formation.note, formation.source
            )


def _drivers(case: Case) -> Iterator[Assumption]:
    for series in case.series:
        if series.basis == JUDGEMENT:
            where = "national" if series.region is None else case.regions[series.region].name
            span = say_day(series.start) if series.end is None else f"{say_day(series.start)} – {say_day(series.end)}"
            value = f"{series.form} {say_exactly(series.value)}, {span}"
            yield Assumption(f"driver {series.driver.replace('_', ' ')}", where, value, series.note, series.source)
