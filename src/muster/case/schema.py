"""The files of a case pack, column by column: the door through which everything comes in.

A field with a default may be left out (a whole column in CSV, a key in TOML). Checks that need more than one
value are not here but with their subject (geography, forces, timeline, claims).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from muster.case.cells import (
    AnyNumber,
    Basis,
    Branch,
    CountOfUnits,
    Day,
    Id,
    Month,
    NeededInterval,
    NeededText,
    OpenShare,
    OptionalDay,
    OptionalInterval,
    OptionalNumber,
    OptionalPersons,
    OptionalPositive,
    Persons,
    PersonsOrZero,
    Positive,
    Share,
    ShareBelowOne,
    Side,
    Sign,
    Slug,
    Text,
    Url,
    WholePersons,
    choice,
)
from muster.case.drivers import DRIVER_BY_NAME, FORMS
from muster.core.vocabulary import TRENDS

DriverName = Annotated[str, BeforeValidator(choice(tuple(DRIVER_BY_NAME), "a driver"))]
OptionalDriverName = Annotated[str, BeforeValidator(choice(tuple(DRIVER_BY_NAME), "a driver", needed=False))]
Form = Annotated[str, BeforeValidator(choice(FORMS, "a form"))]
# What a source may count by region and month: deaths of each side, all of them, and events of fighting.
COUNTED = ("state_deaths", "resistance_deaths", "civilian_deaths", "deaths", "events")
Counted = Annotated[str, BeforeValidator(choice(COUNTED, "a counted quantity"))]
Observable = Annotated[str, BeforeValidator(choice(TRENDS, "an observable"))]


class Record(BaseModel):
    """A row or table of a pack: nothing unknown is let in, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class RegionRow(Record):
    """regions.csv"""

    id: Id
    name: NeededText
    type: NeededText
    population: Positive
    youth: OptionalPersons = None
    support: ShareBelowOne
    control: OpenShare
    history: Share
    fighters: PersonsOrZero = 0.0
    basis: Basis
    source: Text = ""
    note: Text = ""


class AdjacencyRow(Record):
    """adjacency.csv"""

    region_a: NeededText
    region_b: NeededText
    source: Text = ""
    note: Text = ""


class UnitRow(Record):
    """units.csv"""

    id: Id
    branch: Branch
    region: NeededText
    units: CountOfUnits
    weight: OptionalPositive = None
    basis: Basis
    source: Text = ""
    note: Text = ""


class DriverRow(Record):
    """drivers.csv"""

    driver: DriverName
    region: Text = ""
    start: Day
    end: OptionalDay = None
    form: Form
    value: AnyNumber
    unit: Text = ""
    basis: Basis
    source: Text = ""
    note: Text = ""


class TimelineRow(Record):
    """timeline.csv"""

    date: Day
    kind: NeededText
    label: NeededText
    region: Text = ""
    driver: OptionalDriverName = ""
    basis: Basis
    source: Text = ""
    note: Text = ""


class ClaimRow(Record):
    """claims.csv"""

    id: Id
    quantity: NeededText
    value: OptionalNumber
    low: OptionalNumber
    high: OptionalNumber
    unit: NeededText
    period_start: OptionalInterval
    as_of_date: OptionalInterval
    region: Text
    claimant: NeededText
    claimant_side: Side
    publication_date: OptionalInterval
    source_title: NeededText
    source_url: Url
    note: Text


class CountRow(Record):
    """counts.csv"""

    source: NeededText
    month: Month
    region: NeededText
    quantity: Counted
    value: Persons
    published: NeededInterval
    note: Text = ""


class DirectionRow(Record):
    """directions.csv"""

    id: Id
    observable: Observable
    sign: Sign
    region: NeededText
    period_start: Day
    period_end: Day
    baseline_start: Day
    baseline_end: Day
    claimant: NeededText
    claimant_side: Side
    published: NeededInterval
    source_title: NeededText
    source_url: Url = ""
    note: Text = ""


class SourceRow(Record):
    """sources.csv"""

    id: Id
    title: NeededText
    publisher: Text = ""
    url: Url = ""
    licence: Text = ""
    note: Text = ""


class StrengthTable(Record):
    """[strength.NAME] of pack.toml"""

    persons: dict[Branch, WholePersons]
    basis: Text = ""
    source: Text = ""
    note: Text = ""


class YouthTable(Record):
    """[youth] of pack.toml"""

    share: OpenShare
    basis: Text = ""
    source: Text = ""
    note: Text = ""


class CompositionTable(Record):
    """[composition] of pack.toml; keys that end in _note, _source or _basis are taken out before"""

    nco_share: Share
    officer_share: Share
    dependants_share: dict[str, Share]
    in_barracks_share: dict[Branch, Share]
    recruit_dependants_share: Share = 0.1
    entry_ages: dict[str, Share]
    air_volunteer_share: Share | None = None
    navy_volunteer_share: Share | None = None
    basis: Text = ""
    source: Text = ""
    note: Text = ""


class PackTable(Record):
    """pack.toml"""

    name: Slug
    title: NeededText
    summary: NeededText
    start: Day
    until: Day
    licence: NeededText
    default_strength: NeededText
    strength: dict[str, StrengthTable] = Field(min_length=1, max_length=50)
    composition: CompositionTable
    youth: YouthTable | None = None
    note: Text = ""
