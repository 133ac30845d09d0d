"""Small made-up cases in which all mechanisms are off but the one under test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from muster.case.records import Case, Composition, Formation, Region, Series
from muster.core.vocabulary import BRANCHES, RANKS
from muster.model.populate import fill_roll
from muster.simulate.run import Engine, Simulation

START = date(2001, 1, 1)
FOR_EVER = 1e15  # days

# Every mechanism off: nobody is discharged, moved, hurt or recruited.
OFF: dict[str, float] = {
    "security.alarm": 1e15,
    "security.information_lost": 0.0,
    "security.arrest_low": 0.0,
    "security.arrest_high": 0.0,
    "combat.losses_per_fighter": 0.0,
    "combat.fire_rate": 0.0,
    "combat.civilians_per_hit": 0.0,
    "combat.civilians_per_fighter": 0.0,
    "combat.surrender": 0.0,
    "combat.overrun": 0.0,
    "airpower.strikes_per_clash": 0.0,
    "control.speed": 0.0,
    "public.per_death": 0.0,
    "public.memory": FOR_EVER,
    "militia.joining_rate": 0.0,
    "militia.wastage": 0.0,
    "militia.help": 0.0,
    "orders.hardening": 0.0,
    "resolve.officer_offset": 0.0,
    "resolve.unit_share": 0.0,
    "resolve.weight_injury": 0.0,
    "resolve.weight_shaming": 0.0,
    "resolve.weight_losing": 0.0,
    "resolve.weight_offer": 0.0,
    "resolve.weight_risk": 0.0,
    "resolve.weight_peers": 0.0,
    "resolve.tie_ratio": 0.0,
    "resolve.hardened_damping": 0.0,
    "resolve.memory": FOR_EVER,
    "exit.wastage": 0.0,
    "exit.attempt_rate": 0.0,
    "exit.refuge": 0.0,
    "exit.family_factor": 1.0,
    "programme.contact_rate": 0.0,
    "programme.joiner_share": 0.0,
    "recruitment.smallest_unit": 0.0,
}

NO_FAMILIES = Composition(
    nco_share=0.0,
    officer_share=0.0,
    dependants_share=dict.fromkeys(RANKS, 0.0),
    in_barracks_share=dict.fromkeys(BRANCHES, 0.0),
    recruit_dependants_share=0.0,
    entry_ages={18: 0.5, 20: 0.5},
    air_volunteer_share=0.0,
    navy_volunteer_share=0.0,
)


def region(
    index: int = 0,
    *,
    population: float = 1e6,
    youth: float = 1e5,
    support: float = 0.5,
    control: float = 0.9,
    history: float = 1.0,
    fighters: float = 0.0,
) -> Region:
    """A region; the first unless ``index`` says so."""
    name = f"Region {index + 1}"
    return Region(f"R-{index}", name, "state", population, youth, support, control, history, fighters, "judgement", "", "")


def formation(persons: int, *, units: int = 1, branch: str = "infantry", place: int = 0) -> Formation:
    """``persons`` in ``units`` of equal size."""
    return Formation(f"{branch}-{place}", branch, place, units, persons, "judgement", "", "")


def level(driver: str, value: float, *, place: int | None = None, first: int = 0, last: int | None = None) -> Series:
    """A driver at a value from day ``first`` to day ``last``, by default to the end."""
    end = None if last is None else START + timedelta(days=last)
    return Series(driver, place, START + timedelta(days=first), end, "level", value, "judgement", "", "")


def case(
    formations: Sequence[Formation],
    *,
    regions: Sequence[Region] = (),
    borders: Sequence[tuple[int, int]] = (),
    drivers: Sequence[Series] = (),
    parameters: Mapping[str, float] | None = None,
    composition: Composition = NO_FAMILIES,
    days: int = 100,
) -> Case:
    """A case of one quiet region unless said otherwise; ``parameters`` go over `OFF`."""
    return Case(
        name="bench",
        title="bench",
        summary="",
        start=START,
        until=START + timedelta(days=days),
        licence="",
        strength="central",
        regions=tuple(regions) or (region(),),
        adjacency=tuple(borders),
        formations=tuple(formations),
        series=tuple(drivers),
        timeline=(),
        claims=(),
        sources={},
        parameters={**OFF, **(parameters or {})},
        parameters_label="made up for a check",
        composition=composition,
        outlines=None,
        scenarios={},
        sha256="",
        folder=Path(),
    )


def simulation(
    of: Case,
    *,
    seed: int = 1,
    thresholds: np.ndarray | float | None = None,
    militia: Sequence[int] | None = None,
    support: float | None = None,
    engine: Engine = "fast",
    dt: float = 1.0,
) -> Simulation:
    """A simulation at day 0, with what a case cannot say: given thresholds (unit by unit), militia, support unlike before."""
    found = Simulation(of, seed=seed, engine=engine, dt=dt)
    if thresholds is not None:
        set_thresholds(found, thresholds)
    if militia is not None:
        found.state.regions["militia"] = militia
    if support is not None:
        found.state.regions["support"] = support
    return found


def set_thresholds(of: Simulation, thresholds: np.ndarray | float) -> None:
    """Give everybody a threshold: one for all, or one each, in the order of units. Nobody else's attributes change."""
    state = of.state
    count = int(state.regime["people"])
    theta = np.broadcast_to(np.asarray(thresholds, np.float32), count)
    unit = state.persons["unit"][:count]
    state.persons["theta"][:count] = theta[np.lexsort((theta, unit))]
    fill_roll(state)


def exits(of: Simulation) -> np.ndarray:
    """Persons who have left, by `EXITS`, over the whole force."""
    return of.record.region["exits"].sum(axis=(0, 1, 2), dtype=np.int64)
