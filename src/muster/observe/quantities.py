"""The table of quantities: each name used in a pack's claims.csv, and the simulated counters it adds up."""

from __future__ import annotations

from muster.observe.definition import EVERYONE, POLICE, SOLDIERS, Definition, Kind
from muster.observe.special import (
    battalion_strength,
    conscripts,
    control_pct,
    left_pct,
    lost_control_pct,
    officers,
    volunteering_index,
)
from muster.observe.window import Window

_REGISTER = "A register counts those who came forward: everybody who left with the programme and a share of the rest."
_LATE = "Registers lag, and their definition widened over time."
_TAKEN = {"surrendered": 1.0, "prisoner": 1.0}
_LOST = {"defected": 1.0, "deserted": 1.0, "arrested": 1.0, "killed": 1.0, "surrendered": 1.0, "prisoner": 1.0}
_BY_REGIME = {"harm_ground": 1.0, "harm_air": 1.0, "harm_crackdown": 1.0}
_ALL_DEATHS = {**_BY_REGIME, "harm_resistance": 1.0, "militia_killed": 1.0, "fighters_lost": 1.0}

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
        special=left_pct,
    ),
    Definition(
        "defector_officers_cumulative",
        "cumulative",
        "persons",
        "officers of the armed forces who defected, plus the registered share of those who deserted",
        _REGISTER,
        branches=SOLDIERS,
        special=officers,
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
        special=battalion_strength,
    ),
    Definition(
        "pdf_fighters",
        "stock",
        "persons",
        "members of the local militia",
        "The armed share differs by source.",
        counters={"militia": 1.0},
    ),
    Definition("conscripts_cumulative", "cumulative", "persons", "conscripts who entered", "", special=conscripts),
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
        special=control_pct,
    ),
    Definition(
        "territory_control_resistance_pct",
        "share",
        "percent of area",
        "share of the area not under stable control of the regime",
        "Includes contested land, so it is an upper bound of what the resistance holds.",
        special=lost_control_pct,
    ),
)

DEFINITIONS: dict[str, Definition] = {d.quantity: d for d in (*_EXITS, *_FORCES, *_WAR, *_GROUND_HELD)}
