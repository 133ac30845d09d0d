"""The table of quantities: each name used in a pack's claims.csv, and the simulated counters it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from muster.core.vocabulary import BRANCHES, EXITS, MILITARY, RANKS
from muster.observe.area import region_areas
from muster.observe.definition import EVERYONE, POLICE, REGISTERED_SHARE, SOLDIERS, Definition, Kind
from muster.observe.window import NotComparable, Window

if TYPE_CHECKING:
    from muster.simulate.result import Run

SEASON = 91  # days over which volunteers are counted for an index

_REGISTER = "A register counts those who came forward: everybody who left with the programme and a share of the rest."
_LATE = "Registers lag, and their definition widened over time."
_TAKEN = {"surrendered": 1.0, "prisoner": 1.0}
_LOST = {"defected": 1.0, "deserted": 1.0, "arrested": 1.0, "killed": 1.0, "surrendered": 1.0, "prisoner": 1.0}
_BY_REGIME = {"harm_ground": 1.0, "harm_air": 1.0, "harm_crackdown": 1.0}
_ALL_DEATHS = {**_BY_REGIME, "harm_resistance": 1.0, "militia_killed": 1.0, "fighters_lost": 1.0}


def _battalion_strength(window: Window, branches: tuple[str, ...]) -> float:
    units = sum(f.units for f in window.run.case.formations if f.branch == "infantry" and f.region in window.regions)
    if units == 0:
        raise NotComparable("no infantry unit is based there")
    return window.strength(branches) / units


def _control_pct(window: Window, branches: tuple[str, ...]) -> float:
    return 100 * window.mean("control", region_areas(window.run.case))


def _lost_control_pct(window: Window, branches: tuple[str, ...]) -> float:
    return 100 - _control_pct(window, branches)


def volunteers_at_rest(run: Run) -> np.ndarray:
    """Volunteers per day and home region before the crisis: what replaces wastage, by share of historical recruitment.

    Wastage is measured in the run itself: soldiers discharged over soldier-days, times the soldiers of day 0.
    """
    columns = [BRANCHES.index(name) for name in SOLDIERS]
    served = float(run.data["strength"][:-1][:, :, columns].sum())
    discharged = float(run.data["exits"][:, :, columns, EXITS.index("discharged")].sum())
    rate = discharged / max(served, 1.0) * float(run.data["strength"][0][:, columns].sum())
    return rate * np.array([region.history for region in run.case.regions])


def volunteering_index(window: Window, branches: tuple[str, ...]) -> float:
    """100 x volunteers of the last 13 weeks, lowered standards left out, over what the same regions gave at rest."""
    first = max(1, window.last - SEASON + 1)
    rest = float(volunteers_at_rest(window.run)[list(window.regions)].sum())
    if rest == 0 or window.last < first:
        raise NotComparable("nobody was discharged, so the rate at rest is unknown")
    came = Window(window.run, first, window.last, window.regions)
    return 100 * came.intake(("volunteer",)) / (rest * came.days)


def _officers(window: Window, branches: tuple[str, ...]) -> float:
    people = window.run.leavers
    day, region = np.asarray(people["day"]), np.asarray(people["region"])
    fate = np.asarray(people["fate"])
    chosen = (np.asarray(people["rank"]) == RANKS.index("officer")) & (day >= window.first) & (day <= window.last)
    chosen &= np.isin(region, window.regions) & np.isin(people["branch"], [BRANCHES.index(name) for name in branches])
    return float((chosen & (fate == 1)).sum() + REGISTERED_SHARE[MILITARY[0]] * (chosen & (fate == 2)).sum())


def _left_pct(window: Window, branches: tuple[str, ...]) -> float:
    start = Window(window.run, 0, 0, window.regions).strength(branches)
    gone = Window(window.run, 1, window.last, window.regions).exits({"defected": 1.0, "deserted": 1.0}, branches)
    return 100 * gone / start


def _conscripts(window: Window, branches: tuple[str, ...]) -> float:
    return window.intake(("conscript",))


_EXITS = (
    Definition(
        "cumulative_defections_military",
        "cumulative",
        "persons",
        "soldiers who defected, plus the registered share of deserters",
        f"{_REGISTER} {_LATE}",
        {"defected": 1.0},
        SOLDIERS,
        registered=True,
    ),
    Definition(
        "cumulative_defections_police",
        "cumulative",
        "persons",
        "police who defected, plus the registered share of deserters",
        f"{_REGISTER} {_LATE}",
        {"defected": 1.0},
        POLICE,
        registered=True,
    ),
    Definition(
        "cumulative_defections_total",
        "cumulative",
        "persons",
        "soldiers and police who defected, plus the registered share of deserters",
        f"{_REGISTER} Some totals also count militia of the regime, whom the model leaves out.",
        {"defected": 1.0},
        EVERYONE,
        registered=True,
    ),
    Definition(
        "defections_period",
        "flow",
        "persons",
        "persons who defected in the period, plus the registered share of deserters",
        _REGISTER,
        {"defected": 1.0},
        EVERYONE,
        registered=True,
    ),
    Definition(
        "cumulative_defections_and_desertions",
        "cumulative",
        "persons",
        "soldiers who defected or deserted",
        "Those caught on the way are not counted.",
        {"defected": 1.0, "deserted": 1.0},
        SOLDIERS,
    ),
    Definition(
        "cumulative_losses_all_causes",
        "cumulative",
        "persons",
        "soldiers who defected, deserted, were arrested leaving, were killed, surrendered or were taken prisoner",
        "Wounded who did not return are left out; so are retirements.",
        _LOST,
        SOLDIERS,
    ),
    Definition(
        "cumulative_desertions_pct",
        "share",
        "percent",
        "soldiers who defected or deserted, as a share of those in service at the start",
        "A figure for battalions, read against the whole force.",
        branches=SOLDIERS,
        special=_left_pct,
    ),
    Definition(
        "defector_officers_cumulative",
        "cumulative",
        "persons",
        "officers of the armed forces who defected, plus the registered share of those who deserted",
        _REGISTER,
        branches=SOLDIERS,
        special=_officers,
    ),
    Definition(
        "surrenders",
        "flow",
        "persons",
        "soldiers and police who surrendered or were taken prisoner",
        "Reports seldom separate laying down arms from capture.",
        _TAKEN,
        EVERYONE,
    ),
    Definition("captured", "flow", "persons", "soldiers and police taken prisoner", "", {"prisoner": 1.0}, EVERYONE),
    Definition(
        "defectors_joining_resistance_forces",
        "cumulative",
        "persons",
        "defectors who joined a resistance force through the programme",
        "Those who joined without the programme are not followed.",
        counters={"joined_militia": 1.0},
    ),
)
_FORCES = (
    Definition(
        "military_personnel_total",
        "stock",
        "persons",
        "soldiers in service",
        "Older figures are establishment, not persons present.",
        branches=SOLDIERS,
        special=Window.strength,
    ),
    Definition(
        "military_personnel_region",
        "stock",
        "persons",
        "soldiers in service based in the region",
        "",
        branches=SOLDIERS,
        special=Window.strength,
    ),
    Definition(
        "military_combat_troops",
        "stock",
        "persons",
        "infantry in service",
        "Combat troops and infantry are not quite the same.",
        branches=("infantry",),
        special=Window.strength,
    ),
    Definition("police_total", "stock", "persons", "police in service", "", branches=POLICE, special=Window.strength),
    Definition(
        "battalion_strength",
        "stock",
        "persons per unit",
        "infantry in service per infantry unit of the start",
        "One battalion reported, an average simulated; units merged since still count.",
        branches=("infantry",),
        special=_battalion_strength,
    ),
    Definition(
        "pdf_fighters",
        "stock",
        "persons",
        "members of the local militia",
        "The armed share differs by source.",
        counters={"militia": 1.0},
    ),
    Definition("conscripts_cumulative", "cumulative", "persons", "conscripts who entered", "", special=_conscripts),
    Definition(
        "cadet_applicants",
        "index",
        "index, state of rest = 100",
        "volunteers of the last 13 weeks against the rate at rest",
        "Applicants for officer schools, read as an index only.",
        special=volunteering_index,
        same_unit=False,
    ),
)
_ENDS: tuple[tuple[str, Kind], ...] = (("cumulative", "cumulative"), ("period", "flow"))
_WAR = tuple(
    Definition(f"{stem}_{end}", kind, unit, counts, gap, fates, branches, counters)
    for stem, unit, counts, gap, fates, branches, counters in (
        (
            "military_deaths",
            "persons",
            "soldiers and police killed in fighting",
            "One side overstates, coded events understate; reports seldom separate police.",
            {"killed": 1.0},
            EVERYONE,
            {},
        ),
        (
            "resistance_deaths",
            "persons",
            "militia members and allied fighters killed",
            "Own losses are seldom told in full.",
            {},
            (),
            {"militia_killed": 1.0, "fighters_lost": 1.0},
        ),
        (
            "airstrikes",
            "air strikes",
            "air strikes",
            "Sources count incidents, sorties or verified strikes.",
            {},
            (),
            {"strikes": 1.0},
        ),
        ("airstrike_civilian_deaths", "persons", "civilians killed by air strikes", "", {}, (), {"harm_air": 1.0}),
        (
            "civilian_deaths",
            "persons",
            "civilians killed by the regime's forces: ground, air, repression",
            "Lists of verified names and coded events are a floor.",
            {},
            (),
            _BY_REGIME,
        ),
        (
            "conflict_deaths",
            "persons",
            "all deaths: both sides and civilians",
            "Event data sets differ by a factor of seven for the same months.",
            {"killed": 1.0},
            EVERYONE,
            _ALL_DEATHS,
        ),
    )
    for end, kind in _ENDS
)
_GROUND_HELD = (
    Definition(
        "territory_control_military_pct",
        "share",
        "percent of area",
        "share of the area under stable control of the regime, regions weighted by area",
        "Control is defined differently by every source.",
        special=_control_pct,
    ),
    Definition(
        "territory_control_resistance_pct",
        "share",
        "percent of area",
        "share of the area not under stable control of the regime",
        "Includes contested land, so it is an upper bound of what the resistance holds.",
        special=_lost_control_pct,
    ),
)

DEFINITIONS: dict[str, Definition] = {d.quantity: d for d in (*_EXITS, *_FORCES, *_WAR, *_GROUND_HELD)}
