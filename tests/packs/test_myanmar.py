"""Facts the Myanmar pack must keep to, each with the number it rests on written out."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

import muster
from muster.case import DRIVERS, load_case, tabulate
from muster.core.vocabulary import BASES, BRANCHES

PACK = Path(muster.__file__).parent / "packs" / "myanmar"
LAST_DAY = "2024-06-30"
REGIONS = {
    "MM-01": "Sagaing",
    "MM-02": "Bago",
    "MM-03": "Magway",
    "MM-04": "Mandalay",
    "MM-05": "Tanintharyi",
    "MM-06": "Yangon",
    "MM-07": "Ayeyarwady",
    "MM-11": "Kachin",
    "MM-12": "Kayah",
    "MM-13": "Kayin",
    "MM-14": "Chin",
    "MM-15": "Mon",
    "MM-16": "Rakhine",
    "MM-17": "Shan",
    "MM-18": "Naypyidaw",
}
# Deaths on the fatality list by month of incident, all regions together; one of August 2021 has no region.
LISTED = dict(zip([f"2021-{month:02d}" for month in range(2, 13)], [27, 550, 144, 79, 49, 92, 59, 98, 80, 62, 98], strict=True))
POLICE_SHARE = {"2021-02": 0.5, "2021-03": 0.25, "2021-04": 0.15}


def rows(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def case():
    return load_case("myanmar")


def test_regions_are_the_fifteen_of_iso_3166(case):
    assert {region.id: region.name for region in case.regions} == REGIONS
    assert Counter(region.type for region in case.regions) == {"region": 7, "state": 7, "union territory": 1}


def test_population_takes_the_census_for_rakhine_and_planning_figures_elsewhere(case):
    population = {region.name: region.population for region in case.regions}
    assert population["Rakhine"] == 3_188_807
    assert population["Yangon"] == 8_566_000
    assert population["Kayah"] == 331_400
    assert sum(population.values()) == 54_447_407


def test_youth_is_the_national_share(case):
    assert all(region.youth == pytest.approx(0.26 * region.population, abs=0.5) for region in case.regions)


def test_history_sums_to_one_with_magway_and_sagaing_first(case):
    history = {region.name: region.history for region in case.regions}
    assert sum(history.values()) == pytest.approx(1.0, abs=1e-12)
    assert sorted(history, key=history.__getitem__)[-2:] == ["Sagaing", "Magway"]


def test_the_state_of_rest_leaves_room_on_both_sides(case):
    control = {region.name: region.control for region in case.regions}
    assert all(0 < share < 1 for share in control.values())
    assert all(0 < region.support < 1 for region in case.regions)
    held_by_others = ["Chin", "Kachin", "Kayah", "Kayin", "Rakhine", "Shan"]
    elsewhere = [share for name, share in control.items() if name not in held_by_others]
    assert max(control[name] for name in held_by_others) < min(elsewhere)


def test_fighters_leave_out_the_groups_that_keep_a_truce(case):
    fighters = {region.name: region.fighters for region in case.regions}
    assert fighters["Shan"] == 14_000  # without the 30,000 of the Wa
    assert sum(fighters.values()) == 54_350
    assert {name for name, number in fighters.items() if number == 0} == {"Yangon", "Ayeyarwady", "Naypyidaw"}


def test_borders_are_symmetric_and_complete(case):
    pairs = {frozenset(pair) for pair in case.adjacency}
    assert len(pairs) == len(case.adjacency) >= 31
    assert all(len(pair) == 2 for pair in pairs)
    neighbours = defaultdict(set)
    for a, b in case.adjacency:
        neighbours[case.regions[a].name].add(case.regions[b].name)
        neighbours[case.regions[b].name].add(case.regions[a].name)
    assert set(neighbours) == set(REGIONS.values())
    assert neighbours["Tanintharyi"] == {"Mon"}
    assert neighbours["Kachin"] == {"Sagaing", "Shan"}
    assert "Rakhine" in neighbours["Bago"]
    assert "Mandalay" not in neighbours["Kayin"]  # an artefact of the schematic outline of Naypyidaw


def test_outlines_name_the_same_regions_with_clockwise_rings():
    features = json.loads((PACK / "regions.geojson").read_text(encoding="utf-8"))["features"]
    assert {feature["properties"]["id"]: feature["properties"]["name"] for feature in features} == REGIONS
    for feature in features:
        for polygon in feature["geometry"]["coordinates"]:
            assert signed_area(polygon[0]) < 0, feature["properties"]["name"]
    schematic = next(feature for feature in features if feature["properties"]["id"] == "MM-18")
    assert "schematic" in schematic["properties"]["note"]


def signed_area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False)) / 2


@pytest.mark.parametrize(
    ("strength", "military", "police"), [("low", 138_000, 74_165), ("central", 174_000, 78_000), ("high", 400_000, 78_000)]
)
def test_order_of_battle_adds_up_in_every_variant(strength, military, police):
    force = Counter()
    for formation in load_case("myanmar", strength=strength).formations:
        force[formation.branch] += formation.persons
    assert force.pop("police") == police
    assert sum(force.values()) == military


def test_variants_bracket_the_disputed_size():
    variants = [load_case("myanmar", strength=name).formations for name in ("low", "central", "high")]
    totals = [sum(formation.persons for formation in formations) for formations in variants]
    assert totals == sorted(totals)
    assert totals[2] >= 400_000


def test_battalions_as_stated(case):
    units, persons, infantry = Counter(), Counter(), Counter()
    for formation in case.formations:
        units[formation.branch] += formation.units
        persons[formation.branch] += formation.persons
        if formation.branch == "infantry":
            infantry[case.regions[formation.region].name] = formation.units
    assert set(units) == set(BRANCHES)
    assert units["infantry"] == 526
    assert (infantry["Shan"], infantry["Rakhine"]) == (152, 50)
    assert 1_200 <= sum(units.values()) <= 1_500
    assert 190 <= persons["infantry"] / units["infantry"] <= 220
    assert 120 <= persons["police"] / units["police"] <= 200
    assert {row["region"]: row["units"] for row in rows("units.csv") if row["branch"] == "support"}["Shan"] == "66"


def test_police_follow_the_judged_distribution(case):
    police = {case.regions[f.region].name: f.persons for f in case.formations if f.branch == "police"}
    assert police["Yangon"] == pytest.approx(14_310, abs=10)
    assert police["Kayah"] == pytest.approx(400, abs=10)


def crackdown(*, by: str) -> dict[str, float]:
    """Deaths of the crackdown drivers summed by month or region."""
    deaths: dict[str, float] = defaultdict(float)
    for row in rows("drivers.csv"):
        if row["driver"].startswith("crackdown"):
            assert row["form"] == "total"
            deaths[row["start"][:7] if by == "month" else row["region"]] += float(row["value"])
    return deaths


def test_crackdown_deaths_are_the_monthly_aggregates():
    expected = {month: listed * (1.0 if month in POLICE_SHARE else 0.5) for month, listed in LISTED.items()}
    expected["2021-04"] += 50  # Bago, 9 April: known to be missing from the list
    expected["2021-08"] -= 0.5  # the one without a region
    assert crackdown(by="month") == pytest.approx(expected, abs=1e-6)


def test_crackdown_deaths_by_region_where_they_were_most():
    deaths = crackdown(by="region")
    assert sorted(deaths, key=deaths.__getitem__)[-3:] == ["Mandalay", "Sagaing", "Yangon"]
    assert deaths["Yangon"] == pytest.approx(7 + 214 + 4 + 0.5 * (8 + 4 + 4 + 9 + 3 + 7 + 7 + 2))


def test_crackdown_is_split_between_army_and_police_by_month():
    split: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in rows("drivers.csv"):
        if row["driver"].startswith("crackdown"):
            split[row["start"], row["region"]][row["driver"]] = float(row["value"])
            year, month = map(int, row["start"].split("-")[:2])
            assert row["end"] == f"{year}-{month:02d}-{monthrange(year, month)[1]}"
    for (start, region), parts in split.items():
        share = parts["crackdown_police"] / sum(parts.values())
        assert share == pytest.approx(POLICE_SHARE.get(start[:7], 0.08)), (start, region)


def test_tabulated_crackdown_loses_nothing(case):
    days = (case.until - case.start).days + 1
    total = sum(tabulate(case, f"crackdown_{who}", days).sum() for who in ("army", "police"))
    assert total == pytest.approx(sum(crackdown(by="month").values()), rel=1e-9)


def on(case, driver: str, day: str, region: str | None = None) -> float:
    values = tabulate(case, driver, (date.fromisoformat(day) - case.start).days + 1)[-1]
    return float(values if region is None else values[case.region_index(region)])


def test_engagement_turns_where_the_war_turned(case):
    assert (on(case, "engagement", "2023-10-26", "Shan"), on(case, "engagement", "2023-10-27", "Shan")) == (0.35, 0.9)
    assert on(case, "engagement", "2024-02-01", "Shan") == 0.25
    assert on(case, "engagement", "2024-06-30", "Shan") == 0.8
    war_and_truce = ("2021-06-01", "2022-09-01", "2023-06-01", "2023-11-13")
    assert [on(case, "engagement", day, "Rakhine") for day in war_and_truce] == [0.0, 0.6, 0.0, 1.0]
    assert sum(row["driver"] == "engagement" for row in rows("drivers.csv")) == 68


def test_nothing_moves_on_the_day_before_the_coup(case):
    for driver in DRIVERS:
        value = tabulate(case, driver.name, 1)[0]
        if driver.name == "baseline":
            assert list(value) == [region.support for region in case.regions]
        elif driver.name.startswith(("crackdown", "engagement")):
            assert not value.any()
    idle = ("rising", "shaming", "front", "blackout", "outreach", "places", "cash", "stipend", "income", "quota", "recall")
    assert [on(case, name, "2021-01-31") for name in idle] == [0.0] * len(idle)


def test_the_coup_moves_the_baseline_up_but_not_to_certainty(case):
    for region in case.regions:
        after = on(case, "baseline", "2021-02-01", region.id)
        assert region.support < after < 0.97


def test_policy_starts_on_its_day(case):
    assert (on(case, "front", "2022-03-25"), on(case, "front", "2022-09-20")) == (0.0, pytest.approx(0.2))
    assert (on(case, "rising", "2021-05-04"), on(case, "rising", "2021-08-02")) == (0.0, 1.0)
    assert (on(case, "cash", "2022-04-06"), on(case, "cash", "2022-04-07")) == (0.0, 1.0)
    assert (on(case, "quota", "2024-04-07"), on(case, "quota", "2024-04-08")) == (0.0, 120.0)
    assert on(case, "families_ordered", "2023-12-14") < 0 == on(case, "families_ordered", "2023-12-15")


def test_every_driver_is_given_but_the_planned_quota():
    """Realised intake is known, so no plan is needed; what varies by region is given by region."""
    written = {row["driver"] for row in rows("drivers.csv")}
    by_region = {row["driver"] for row in rows("drivers.csv") if row["region"]}
    assert {driver.name for driver in DRIVERS} - written == {"quota_planned"}
    assert {driver.name for driver in DRIVERS if driver.by_region} == by_region


@pytest.mark.parametrize("name", ["regions.csv", "units.csv", "drivers.csv", "timeline.csv"])
def test_every_figure_has_a_source_or_says_that_it_is_judged(name):
    known = {row["id"] for row in rows("sources.csv")}
    for row in rows(name):
        named = [part for part in row["source"].split(";") if part]
        assert set(named) <= known, row
        assert row["basis"] in BASES
        assert named or (row["basis"] == "judgement" and row["note"]), row


def test_every_source_is_used():
    text = (PACK / "pack.toml").read_text(encoding="utf-8")
    used = set(re.findall(r"[a-z0-9-]+", " ".join(re.findall(r'source = "([^"]*)"', text))))
    for name in ("regions.csv", "adjacency.csv", "units.csv", "drivers.csv", "timeline.csv"):
        used |= {part for row in rows(name) for part in row["source"].split(";")}
    assert {row["id"] for row in rows("sources.csv")} - used == set()


def test_claims_are_280_and_none_is_later_than_the_end_of_the_pack(case):
    claims = rows("claims.csv")
    assert len(claims) == len({claim["id"] for claim in claims}) == len(case.claims) == 280
    assert max(claim["as_of_date"] for claim in claims) == LAST_DAY
    assert all(claim["as_of_date"] and claim["source_url"] for claim in claims)
    months = "July|August|September|October|November|December"
    for claim in claims:
        assert not re.search(rf"2024-(?:0[7-9]|1[0-2])|202[5-9]|(?:{months}) 2024", claim["note"]), claim


def test_counts_are_those_of_the_event_data(case):
    total = Counter()
    for count in case.counts:
        total[count.quantity, count.month.first.year] += int(count.value)
    assert len(case.counts) == 35 * 15 * 5
    # Yearly totals of the claims (MM251, MM256, MM257, MM096...), less the few that have no region.
    assert [total["state_deaths", year] for year in (2021, 2022, 2023)] == [455 - 12, 371, 251]
    assert [total["civilian_deaths", year] for year in (2021, 2022, 2023)] == [827 - 3, 1235, 1736]
    assert [total["resistance_deaths", year] for year in (2021, 2022, 2023)] == [296 - 2, 859 - 6, 908]
    assert [total["deaths", year] for year in (2021, 2022, 2023)] == [1780 - 21, 2761 - 8, 3125 - 3]


def test_counts_of_a_year_are_published_in_the_middle_of_the_next(case):
    assert {(count.month.first.year, str(count.published.last)) for count in case.counts} == {
        (2021, "2022-06-30"),
        (2022, "2023-06-30"),
        (2023, "2024-06-30"),
    }


def test_directions_are_sourced_and_known_by_the_end_of_the_pack(case):
    assert len(case.directions) == 25
    assert all(direction.source_url and direction.period_end <= case.until for direction in case.directions)
    assert max(direction.published.first for direction in case.directions) < case.until
    assert {direction.sign for direction in case.directions if direction.observable == "exit_rate"} == {-1, 1}


def test_nothing_else_is_later_than_the_end_of_the_pack():
    for name in ("drivers.csv", "timeline.csv", "regions.csv", "units.csv", "counts.csv", "directions.csv"):
        dates = re.findall(r"20\d\d-\d\d-\d\d", (PACK / name).read_text(encoding="utf-8"))
        assert all(day <= LAST_DAY for day in dates), name


def test_the_conflicting_claims_stay_side_by_side():
    claims = {claim["id"]: claim for claim in rows("claims.csv")}
    assert (claims["MM142"]["value"], claims["MM153"]["value"], claims["MM165"]["value"]) == ("3235", "10536", "13771")
    sizes = [float(claim["value"]) for claim in claims.values() if claim["quantity"] == "military_personnel_total"]
    assert (min(sizes), max(sizes), len(sizes)) == (120_000, 549_000, 10)
    assert {"resistance", "regime", "independent"} == {claim["claimant_side"] for claim in claims.values()}


# Heads of government, spokespersons, and researchers who publish under their names.
PUBLIC = {
    "Min Aung Hlaing",
    "Mahn Win Khaing Than",
    "Kyaw Zaw",
    "Zaw Min Tun",
    "Duwa Lashi La",
    "Miemie Winn Byrd",
    "Ye Myo Hein",
}
PAPERS_AND_GROUPS = {"Than Lwin Times", "Nyan Lynn Thit Analytica", "Nyan Lynn Thit", "Ngwe Maung Tham", "Pyi Thu Yin Khwin"}
NAME_PART = "Aung|Hein|Hlaing|Htet|Htun|Khaing|Kyaw|Lin|Lwin|Maung|Min|Myat|Myint|Naing|Oo|Sein|Soe|Thein|Thit|Thu|Tun|Win|Zaw"


def test_no_private_person_is_named():
    """Officials, spokespersons and researchers may be named; defectors and victims appear by their role only."""
    files = [path for path in sorted(PACK.rglob("*")) if path.suffix in {".csv", ".toml"} and path.name != "lexicon.toml"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    text = re.sub(r"https?://\S+", "", text)
    names = set(re.findall(rf"\b(?:[A-Z][a-z]+ )*(?:{NAME_PART})\b(?: [A-Z][a-z]+)*", text))
    assert names - PAPERS_AND_GROUPS <= PUBLIC
    assert re.findall(r"\b(?:Capt|Captain|Sgt|Sergeant|Lt|Private|Corporal|Major|Maj)\.? [A-Z][a-z]+", text) == []


def test_timeline_is_in_order_and_reaches_from_the_coup_to_the_second_phase():
    events = rows("timeline.csv")
    days = [event["date"] for event in events]
    assert days == sorted(days)
    assert (days[0], days[-1]) == ("2021-02-01", "2024-06-25")
    turning = {"2021-05-05", "2021-09-07", "2022-04-07", "2023-10-27", "2023-12-03", "2024-01-04", "2024-02-10", "2024-04-08"}
    assert turning <= set(days)
    names = {driver.name for driver in DRIVERS} | {""}
    assert {event["driver"] for event in events} <= names


def test_parameters_are_labelled_uncalibrated(case):
    assert case.parameters_label.startswith("uncalibrated")


def test_scenarios(case):
    shipped = {
        "baseline",
        "more-safehouses",
        "cash-doubled",
        "no-conscription",
        "operation-1027-a-year-earlier",
        "ceasefire-north",
        "programme-income-halved",
        "no-air-power",
        "families-evacuated",
        "stipend-for-families",
        "amnesty-and-its-withdrawal",
        "phone-ban-lifted",
        "conscription-doubled",
        "whole-offer-doubled",
        "outreach-when-sagaing-falls",
    }
    assert set(case.scenarios) == shipped
    for name, path in case.scenarios.items():
        scenario = tomllib.loads(path.read_text(encoding="utf-8"))
        assert scenario["name"] == name
        assert scenario["title"]
        assert len(scenario["motive"].split()) >= (30 if name != "baseline" else 5), "a paragraph of motive"
        assert muster.load_scenario(case, name).name == name
        for change in scenario.get("change", []):
            assert len({"set", "multiply", "add"} & set(change)) == 1
            assert case.start < change["start"] <= change.get("until", case.until) <= case.until
            if change.get("target", "").startswith("driver."):
                assert change["target"].removeprefix("driver.") in {driver.name for driver in DRIVERS}
            if "region" in change:
                case.region_index(change["region"])


def test_the_earlier_operation_repeats_the_recorded_steps(case):
    changes = tomllib.loads(case.scenarios["operation-1027-a-year-earlier"].read_text(encoding="utf-8"))["change"]
    a_year_on = [change["start"].replace(year=change["start"].year + 1).isoformat() for change in changes]
    earlier = {(change["region"], day): change["set"] for change, day in zip(changes, a_year_on, strict=True)}
    recorded = {
        (row["region"], row["start"]): float(row["value"])
        for row in rows("drivers.csv")
        if row["driver"] == "engagement" and row["start"] >= "2023-10-20"
    }
    assert earlier == recorded


def test_the_words_of_the_case_name_public_figures_and_known_regions_only():
    """The lexicon holds names to recognise: of office-holders, whom redaction lets stand, and of towns, which become regions."""
    lexicon = tomllib.loads((PACK / "lexicon.toml").read_text(encoding="utf-8"))
    regions = {region.id for region in muster.load_case("myanmar").regions}
    assert {row["id"] for row in lexicon["places"] if row.get("id")} <= regions
    assert all(set(row) <= {"name", "aliases", "office"} for row in lexicon["figures"])
    assert len(lexicon["figures"]) < 80
