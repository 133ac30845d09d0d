"""What a loaded case pack is: plain frozen records, all of it checked before they are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from muster.core.dates import Interval
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level administrative unit. Shares lie in [0, 1]; ``youth`` and ``fighters`` are persons."""

    id: str
    name: str
    type: str
    population: float
    youth: float
    support: float
    control: float
    history: float
    fighters: float
    basis: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Formation:
    """Units of one branch in one region; ``persons`` is already scaled to the chosen strength."""

    id: str
    branch: str
    region: int
    units: int
    persons: int
    basis: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Series:
    """One dated value of a driver. ``region`` is an index, or ``None`` for the nation or all regions."""

    driver: str
    region: int | None
    start: date
    end: date | None
    form: str
    value: float
    basis: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening, for figures and the story."""

    day: date
    kind: str
    label: str
    region: int | None
    driver: str
    basis: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody said of a quantity. Dates may be known to a month or a year only."""

    id: str
    quantity: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    period_start: Interval | None
    as_of: Interval | None
    region: str
    claimant: str
    claimant_side: str
    published: Interval | None
    source_title: str
    source_url: str
    note: str


@dataclass(frozen=True, slots=True)
class Count:
    """What one source counted in one region (an index) in one calendar month. ``published``: when it could be known."""

    source: str
    month: Interval
    region: int
    quantity: str
    value: float
    published: Interval
    note: str


@dataclass(frozen=True, slots=True)
class Direction:
    """What somebody said rose (+1), fell (-1) or stayed (0), without a number. ``region``: an index, ``None`` for the nation.

    The period spoken of is compared with the baseline; one that ends by the start of the case is the state of rest.
    """

    id: str
    observable: str
    sign: int
    region: int | None
    period_start: date
    period_end: date
    baseline_start: date
    baseline_end: date
    claimant: str
    claimant_side: str
    published: Interval
    source_title: str
    source_url: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that values rest on."""

    id: str
    title: str
    publisher: str
    url: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class Composition:
    """Who serves: shares by rank, with dependants, in barracks, and age at entry."""

    nco_share: float
    officer_share: float
    dependants_share: Mapping[str, float]
    in_barracks_share: Mapping[str, float]
    recruit_dependants_share: float
    entry_ages: Mapping[int, float]
    air_volunteer_share: float
    navy_volunteer_share: float


@dataclass(frozen=True, slots=True)
class CaseListing:
    """A shipped case, as a list shows it."""

    name: str
    title: str
    summary: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Case:
    """A country, its force, what moved it from outside and what was said about it."""

    name: str
    title: str
    summary: str
    start: date
    until: date
    licence: str
    strength: str
    regions: tuple[Region, ...]
    adjacency: tuple[tuple[int, int], ...]
    formations: tuple[Formation, ...]
    series: tuple[Series, ...]
    timeline: tuple[Event, ...]
    claims: tuple[Claim, ...]
    sources: dict[str, Source]
    parameters: dict[str, float]
    parameters_label: str
    composition: Composition
    outlines: dict[str, Any] | None
    scenarios: dict[str, Path]
    sha256: str
    folder: Path
    counts: tuple[Count, ...] = ()
    directions: tuple[Direction, ...] = ()

    def region_index(self, name_or_id: str) -> int:
        """Position of a region by id or name (case does not matter); :class:`MusterError` if there is none."""
        wanted = name_or_id.strip().lower()
        for index, region in enumerate(self.regions):
            if wanted in (region.id.lower(), region.name.lower()):
                return index
        names = [region.name for region in self.regions]
        hint = did_you_mean(name_or_id, [*names, *(region.id for region in self.regions)])
        raise MusterError(f'{quote(name_or_id)} is not a region of "{self.name}". {hint}Write one of {one_of(names, 20)}.')
