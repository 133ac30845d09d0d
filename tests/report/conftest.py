"""A made-up case of four regions and runs of it, so that the report can be tested without the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from muster.core.dates import Interval, parse_interval
from muster.core.errors import MusterError
from muster.core.vocabulary import BRANCHES, ENTRIES, EXITS, MOTIVES, TERMS

START, DAYS = date(2030, 1, 31), 500
NAMES = ("Northland", "Eastmark", "Southdale", "Westhaven")


@dataclass(frozen=True)
class FakeClaim:
    id: str
    quantity: str
    value: float | None
    unit: str = "persons"
    region: str = "national"
    as_of: Interval | None = None
    period_start: Interval | None = None
    low: float | None = None
    high: float | None = None
    claimant: str = "A monitor"
    claimant_side: str = "independent"
    published: Interval | None = None
    source_title: str = "A page"
    source_url: str = "https://example.org/page"
    note: str = ""


@dataclass
class FakeCase:
    regions: tuple
    formations: tuple
    claims: tuple
    outlines: dict | None
    series: tuple = ()
    timeline: tuple = ()
    name: str = "testland"
    title: str = "Testland after the coup"
    summary: str = "A country of four squares."
    start: date = START
    until: date = date(2031, 6, 15)
    licence: str = "CC0"
    strength: str = "central"
    adjacency: tuple = ((0, 1), (1, 2), (2, 3), (0, 3))
    sources: dict = field(default_factory=dict)
    parameters: dict = field(default_factory=lambda: {"combat.losses_per_fighter": 0.0009})
    parameters_label: str = "uncalibrated defaults"
    composition: object = None
    scenarios: dict = field(default_factory=dict)
    sha256: str = "ab" * 32
    folder: Path = Path("testland")

    def region_index(self, name: str) -> int:
        for index, region in enumerate(self.regions):
            if name in (region.id, region.name):
                return index
        raise MusterError(f'"{name}" is no region.')


def claim(id: str, quantity: str, value: float | None, as_of: str = "2031-03-01", **rest) -> FakeClaim:
    since = rest.pop("since", None)
    return FakeClaim(
        id,
        quantity,
        value,
        as_of=parse_interval(as_of) if as_of else None,
        period_start=parse_interval(since) if since else None,
        **rest,
    )


def _square(x: float, y: float) -> list:
    return [[x, y], [x, y + 1], [x + 1, y + 1], [x + 1, y], [x, y]]  # clockwise


def build_case(claims: tuple | None = None) -> FakeCase:
    shares, history = (0.3, 0.2, 0.3, 0.2), (0.4, 0.1, 0.35, 0.15)
    regions = tuple(
        SimpleNamespace(
            id=f"TL-{i}",
            name=name,
            type="region",
            population=1e7 * shares[i],
            youth=2.6e6 * shares[i],
            support=0.5,
            control=0.9,
            history=history[i],
            fighters=0.0,
            basis="judgement",
            source="",
            note="made up",
        )
        for i, name in enumerate(NAMES)
    )
    formations = tuple(
        SimpleNamespace(
            id=f"U{b}{r}", branch=branch, region=r, units=5, persons=1000, basis="judgement", source="", note="an equal spread"
        )
        for b, branch in enumerate(BRANCHES)
        for r in range(4)
    )
    features = [
        {
            "type": "Feature",
            "properties": {"id": f"TL-{i}", "name": name},
            "geometry": {"type": "Polygon", "coordinates": [_square(i % 2, i // 2)]},
        }
        for i, name in enumerate(NAMES)
    ]
    series = (
        SimpleNamespace(
            driver="arming",
            region=None,
            start=START,
            end=None,
            form="level",
            value=0.5,
            basis="judgement",
            source="",
            note="half armed",
        ),
        SimpleNamespace(
            driver="engagement",
            region=0,
            start=START,
            end=None,
            form="level",
            value=0.2,
            basis="stated",
            source="S1",
            note="stated",
        ),
    )
    timeline = (
        SimpleNamespace(
            day=date(2030, 2, 1), kind="politics", label="Coup", region=None, driver="", basis="stated", source="S1", note=""
        ),
        SimpleNamespace(
            day=date(2031, 1, 1), kind="policy", label="Draft", region=None, driver="quota", basis="stated", source="S1", note=""
        ),
    )
    return FakeCase(
        regions,
        formations,
        default_claims() if claims is None else claims,
        {"type": "FeatureCollection", "features": features},
        series,
        timeline,
        sources={
            "S1": SimpleNamespace(id="S1", title="A list", publisher="A", url="https://example.org", licence="CC0", note="")
        },
    )


def default_claims() -> tuple:
    return (
        claim("T001", "cumulative_defections_military", 300, low=300, claimant="The movement", claimant_side="resistance"),
        claim("T002", "cumulative_defections_police", 250, since="2030-02-01"),
        claim("T003", "military_personnel_total", 16000),
        claim("T004", "airstrikes_period", 90, since="2030-10-01", as_of="2030-12-31", unit="air strikes"),
        claim("T005", "military_deaths_cumulative", 900, claimant="The movement", claimant_side="resistance"),
        claim("T006", "territory_control_military_pct", 40, unit="percent of country area"),
        claim("T007", "pdf_fighters", 9000, claimant_side="regime", claimant="The regime"),
        claim("T008", "defections_period", 3, since="2030-03-01", as_of="2030-12-31", region="Eastmark"),
        claim("T009", "idps", 5000),
        claim("T010", "surrenders", 40, since="2030-06-01", as_of="2030-12-31", region="north and east"),
    )


def build_run(case: FakeCase, *, seed: int = 1, scenario: str | None = None) -> SimpleNamespace:
    """Smooth curves with a little luck; every count consistent with the person table."""
    rng = np.random.default_rng(seed)
    days, regions, branches = DAYS + 1, len(case.regions), len(BRANCHES)
    time = np.linspace(0, 1, days)
    exits = _draw_exits(rng, time, regions)
    history = np.array([region.history for region in case.regions])
    intake = np.zeros((days, regions, len(ENTRIES)), int)
    intake[:, :, 0] = rng.poisson(2.4 * np.outer(1 - 0.7 * time, history))
    intake[400:, :, 1] = rng.poisson(2.0, (days - 400, regions))
    intake[0] = 0
    strength = 1000.0 - np.cumsum(exits.sum(-1), axis=0)
    control = np.clip(0.9 - 0.5 * time[:, None] * np.linspace(0.4, 1.2, regions), 0, 1)
    support = 0.5 + 0.3 * (1 - np.exp(-5 * time))[:, None] * np.linspace(1.0, 0.4, regions)
    data = {"strength": strength, "willing": strength * 0.01, "hardened": strength * 0.2, "exits": exits, "intake": intake}
    data |= {"control": control, "support": support, "militia": np.cumsum(rng.poisson(5, (days, regions)), axis=0).astype(float)}
    for name, level in _REGION_LEVELS.items():
        data[name] = rng.poisson(level * (0.2 + time)[:, None], (days, regions)).astype(float)
    data["harm_crackdown"] = np.where(
        (np.arange(days) > 20)[:, None] & (np.arange(days) < 90)[:, None], [4.0, 1.0, 2.0, 0.5], 0.0
    )
    for name, level in _NATIONAL_LEVELS.items():
        data[name] = level * (0.5 + 0.5 * time)
    data["mean_control"] = control.mean(1)
    drive = np.zeros((days, branches, len(TERMS)))
    for k, size in enumerate((0.8, 0.3, 0.4, 0.2, -0.15, 0.3)):
        drive[:, :, k] = size * (1 - np.exp(-4 * time))[:, None] * np.linspace(1, 0.5, branches)
    data["drive"] = drive
    wish = exits[..., [EXITS.index(f) for f in ("defected", "deserted", "surrendered")]].sum((1, 3)).astype(float)
    data["motives"] = wish[:, :, None] * np.array([0.1, 0.35, 0.15, 0.2, 0.1, 0.1])
    assert data["motives"].shape[2] == len(MOTIVES)
    return SimpleNamespace(
        case=case,
        seed=seed,
        engine="fast",
        scenario=SimpleNamespace(name=scenario or "baseline"),
        days=DAYS,
        data=data,
        leavers=_people(rng, exits),
        units=_units(exits, rng),
        result_hash=f"{seed:064x}",
    )


_REGION_LEVELS = dict(
    threat=0.3,
    clashes=0.8,
    own_initiative=0.3,
    breaks=0.05,
    overrun=0.01,
    strikes=0.4,
    armed_opponents=900,
    harm_ground=0.5,
    harm_air=0.3,
    harm_resistance=0.2,
    militia_joined=5,
    militia_killed=1,
    militia_left=0.3,
    fighters_lost=0.2,
)
_NATIONAL_LEVELS = dict(
    security=0.5,
    information=0.7,
    arrest_risk=0.3,
    shaming=0.2,
    contacts=2.0,
    vetting=30,
    waiting=80,
    admitted=0.8,
    arrested_leaving=0.4,
    lost_waiting=0.05,
    changed_mind=0.1,
    blocked_family=0.4,
    joined_militia=0.05,
    places=120,
    places_used=100,
    housed=90,
    settled=150,
    balance=400,
    income=12,
    cash_paid=2,
    stipend_paid=8,
    stipend_owed=9,
    credibility=0.6,
    turned_away=0.0,
)


def _draw_exits(rng, time, regions):
    rate = np.zeros((len(time), regions, len(BRANCHES), len(EXITS)))
    fates = np.array([0.25, 0.4, 0.15, 0.5, 0.04, 0.2, 0.02])
    rate += 0.25 * np.exp(-3 * time)[:, None, None, None] * fates * np.array([1, 0.6, 0.2, 0.2, 2.5])[None, None, :, None]
    rate[..., EXITS.index("killed")] = (0.5 * time)[:, None, None] * np.array([1, 0.1, 0, 0, 0.2])
    rate[..., EXITS.index("discharged")] = 0.6 * np.array([1, 0, 0, 0, 0])  # what volunteers replace at rest
    rate[:, 3, :, EXITS.index("defected")] *= 0.02  # the last region keeps small cells
    rate[0] = 0
    return rng.poisson(rate)


def _people(rng, exits):
    day, region, branch, fate = (np.repeat(axis, exits[exits > 0]) for axis in np.nonzero(exits))
    size = len(day)
    return dict(
        fate=fate + 1,
        day=day,
        branch=branch,
        region=region,
        home=rng.integers(0, exits.shape[1], size),
        cohort=rng.integers(0, 30, size),
        entry=np.zeros(size, int),
        rank=rng.choice(3, size, p=[0.8, 0.15, 0.05]),
        age=rng.integers(18, 50, size),
        service_years=rng.integers(0, 30, size),
        dependants=rng.random(size) < 0.5,
        unit=branch * 20 + region * 5 + rng.integers(0, 5, size),
    )


def _units(exits, rng):
    unit_region = np.tile(np.repeat(np.arange(4), 5), len(BRANCHES))
    unit_branch = np.repeat(np.arange(len(BRANCHES)), 20)
    totals = exits.sum(0)
    shares = np.stack([rng.multinomial(totals[r, b, f], np.ones(5) / 5) for b in range(5) for r in range(4) for f in range(7)])
    lost = shares.reshape(5, 4, 7, 5).transpose(0, 1, 3, 2).reshape(100, 7)
    ends = np.concatenate([200 - lost.sum(1, keepdims=True), lost], axis=1)  # the first ending is in service
    return dict(unit_region=unit_region, unit_branch=unit_branch, unit_persons=np.full(100, 200), unit_exits=ends)


@pytest.fixture(scope="session")
def case() -> FakeCase:
    return build_case()


@pytest.fixture(scope="session")
def runs(case: FakeCase) -> list:
    return [build_run(case, seed=seed) for seed in (1, 2, 3)]


@pytest.fixture(scope="session")
def make_claim():
    """Write a claim: id, quantity, value and whatever else matters."""
    return claim


@pytest.fixture(scope="session")
def make_run():
    """Another run of a made-up case."""
    return build_run


@pytest.fixture(scope="session")
def with_claims():
    """A case with other claims, and one run of it."""

    def make(*claims: FakeClaim) -> tuple[FakeCase, list]:
        case = build_case(tuple(claims))
        return case, [build_run(case, seed=1)]

    return make


@pytest.fixture(scope="session")
def page(case, runs) -> str:
    """The whole report, drawn once."""
    from muster.report.page import render_report

    return render_report(case, runs)
