from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import muster
from muster.case import DRIVERS, Case, check_case, list_cases, load_case, tabulate
from muster.core.dates import Interval
from muster.core.errors import InputError, MusterError
from muster.core.provenance import digest_files
from muster.core.vocabulary import BRANCHES

LISTED = [listing.name for listing in list_cases()]


def persons_by_branch(case: Case) -> dict[str, int]:
    return {branch: sum(f.persons for f in case.formations if f.branch == branch) for branch in BRANCHES}


def test_the_fields_of_a_pack(pack):
    case = pack.load()
    assert (case.name, case.start, case.until, case.strength) == ("example", date(2020, 12, 31), date(2022, 12, 31), "central")
    assert [region.id for region in case.regions] == ["AR-N", "AR-P", "AR-C"]
    assert case.regions[0].youth == pytest.approx(0.26 * 900_000)  # from [youth]
    assert case.regions[2].youth == 520_000  # its own
    assert case.adjacency == ((0, 1), (1, 2))
    assert case.timeline[0].day == date(2021, 1, 1)
    assert case.sources["example-count"].publisher == "Arland Institute"
    assert case.parameters == {}
    assert case.parameters_label == "uncalibrated defaults"
    assert list(case.scenarios) == ["more-places"]
    assert case.outlines is None
    assert case.composition.entry_ages == {17: 0.1, 18: 0.4, 20: 0.3, 23: 0.2}
    assert case.composition.in_barracks_share["navy"] == 0.0


def test_volunteers_are_spread_as_those_serving_where_the_pack_says_nothing(pack):
    # 1,500 of 24,000 + 4,000 + 1,500 soldiers serve in the air force.
    assert pack.load().composition.air_volunteer_share == pytest.approx(1500 / 29_500)
    pack.append("pack.toml", "air_volunteer_share = 0.01")
    assert pack.load().composition.air_volunteer_share == 0.01


def test_claims_keep_what_is_known_of_their_dates(pack):
    first, second = pack.load().claims
    assert (first.value, first.low, first.high) == (900.0, None, None)
    assert (second.value, second.low, second.high) == (None, 300.0, 600.0)
    assert second.as_of == Interval(date(2021, 12, 1), date(2021, 12, 31))
    assert second.published == Interval(date(2022, 3, 1), date(2022, 3, 31))


def test_counts_and_directions(pack):
    case = pack.load()
    march, later = Interval(date(2021, 3, 1), date(2021, 3, 31)), Interval(date(2022, 6, 1), date(2022, 6, 30))
    assert [(count.month, count.region, count.value, count.published) for count in case.counts] == [
        (march, 0, 4.0, later),
        (march, 1, 9.0, later),
        (march, 2, 0.0, later),
    ]
    nation, north = case.directions
    assert (nation.observable, nation.sign, nation.region) == ("recruitment", -1, None)
    assert (north.sign, north.region, north.published.last) == (1, 0, date(2022, 1, 10))


def test_a_pack_may_have_neither_counts_nor_directions(pack):
    pack.delete("counts.csv")
    pack.delete("directions.csv")
    assert (pack.load().counts, pack.load().directions) == ((), ())


@pytest.mark.parametrize("strength", ["central", "low"])
def test_branch_totals_are_exact(pack, strength):
    wanted = {"central": (24_000, 4_000, 1_500, 0, 12_000), "low": (18_000, 3_000, 1_200, 0, 12_000)}[strength]
    assert tuple(persons_by_branch(pack.load(strength)).values()) == wanted


def test_largest_remainder_by_hand(pack):
    # Weights 40, 50, 30 of 120 and 121 persons: 40.33, 50.42, 30.25; the one left over goes to the largest remainder.
    pack.swap("pack.toml", "infantry = 24000", "infantry = 121")
    assert [f.persons for f in pack.load().formations if f.branch == "infantry"] == [40, 51, 30]


def test_regions_may_be_named_by_id_or_name(pack):
    before = pack.load()
    for file in ("adjacency.csv", "units.csv", "drivers.csv"):
        pack.swap_all(file, "AR-N", "Northmark")
    after = pack.load()
    assert (after.adjacency, after.formations, after.series) == (before.adjacency, before.formations, before.series)


def test_region_index(pack):
    case = pack.load()
    assert case.region_index("AR-P") == case.region_index("plains") == 1
    with pytest.raises(MusterError, match='Did you mean "Plains"'):
        case.region_index("Plain")


def test_all_faults_come_at_once(pack):
    pack.swap("regions.csv", "900000", "many")
    pack.swap("units.csv", "40", "-40")
    pack.swap("claims.csv", "resistance", "rebels")
    pack.swap("pack.toml", "nco_share = 0.2", "nco_share = 2")
    found = {(fault.file, fault.row, fault.field) for fault in pack.faults()}
    assert found == {
        ("regions.csv", 2, "population"),
        ("units.csv", 2, "units"),
        ("claims.csv", 2, "claimant_side"),
        ("pack.toml", None, "composition.nco_share"),
    }


def test_check_case_and_load_case_say_the_same(pack):
    assert check_case(pack.folder) == []
    pack.swap("regions.csv", "900000", '"1,2 m"')
    (fault,) = check_case(pack.folder)
    assert str(fault) == 'regions.csv, row 2, "population": "1,2 m" is not a number. Write 1200000.'
    with pytest.raises(InputError) as caught:
        pack.load()
    assert caught.value.faults == (fault,)


def test_rows_are_counted_as_an_editor_does(pack):
    pack.swap(
        "units.csv",
        "infantry-plains,infantry,AR-P,50,,judgement,,invented",
        '\ninfantry-plains,infantry,AR-P,50,,judgement,,"in\nvented"',
    )
    pack.swap("units.csv", "AR-C,20,30", "AR-C,no,30")
    (fault,) = check_case(pack.folder)
    assert fault.row == 6  # header, north, blank line, two lines of plains, capital


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(pack):
    before = pack.load()
    for file in ("regions.csv", "pack.toml"):
        pack.write(file, b"\xef\xbb\xbf" + pack.read(file).replace("\n", "\r\n").encode())
    assert pack.load().regions == before.regions


def test_includes_are_merged(pack):
    head = pack.read("pack.toml")
    cut = head.index("[composition]")
    pack.write("who.toml", head[cut:])
    pack.write("pack.toml", 'include = ["who.toml"]\n' + head[:cut])
    assert pack.load().composition.nco_share == 0.2
    assert pack.load().sha256 == digest_files(
        pack.folder, [path for path in pack.folder.rglob("*") if path.is_file() and path.parent == pack.folder]
    )


def test_the_digest_is_of_names_and_bytes_of_what_is_read(pack, make_pack):
    first = pack.load().sha256
    assert make_pack("elsewhere").load().sha256 == first
    pack.write("notes.txt", "not read")
    assert pack.load().sha256 == first
    pack.write("scenarios/one-more.toml", 'name = "one-more"\n')
    assert pack.load().sha256 == first, "one more question is no other case"
    pack.append("timeline.csv", "")
    assert pack.load().sha256 != first


def test_a_link_within_the_pack_is_fine(pack):
    (pack.folder / "units.csv").rename(pack.folder / "order-of-battle.csv")
    (pack.folder / "units.csv").symlink_to(pack.folder / "order-of-battle.csv")
    assert pack.load().formations


def test_a_pack_needs_only_three_files_and_borders(pack):
    for file in (
        "drivers.csv",
        "timeline.csv",
        "claims.csv",
        "counts.csv",
        "directions.csv",
        "sources.csv",
        "parameters.toml",
        "scenarios/more-places.toml",
    ):
        pack.delete(file)
    case = pack.load()
    assert case.series == case.timeline == case.claims == ()
    assert case.parameters_label == "model defaults"


def test_parameters_are_flattened(pack):
    pack.append(
        "parameters.toml",
        "[combat]",
        "losses_per_fighter = 0.0009",
        'losses_per_fighter_note = "why"',
        "[public.harm]",
        "memory = 90",
    )
    assert pack.load().parameters == {"combat.losses_per_fighter": 0.0009, "public.harm.memory": 90.0}


def test_unknown_strength(pack):
    with pytest.raises(MusterError, match='Did you mean "low"'):
        pack.load("lowe")


@pytest.mark.parametrize("wrong", ["mianmar", "", "/no/such/folder", "a\0b", "x" * 5_000, "."])
def test_unknown_case(wrong, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MusterError) as caught:
        load_case(wrong)
    assert wrong == "." or "myanmar" in str(caught.value)


def test_a_file_in_place_of_a_folder(pack):
    with pytest.raises(MusterError, match="is a file"):
        load_case(pack.folder / "units.csv")
    assert load_case(pack.folder / "pack.toml").name == "example"


def test_a_shipped_name_wins_over_a_folder(pack, tmp_path, monkeypatch):
    pack.folder.rename(tmp_path / "myanmar")
    monkeypatch.chdir(tmp_path)
    assert load_case("myanmar").name == "myanmar"
    assert load_case("./myanmar").name == "example"
    assert load_case(Path("myanmar").resolve()).name == "example"


@pytest.mark.parametrize("name", LISTED)
def test_shipped_cases_have_no_fault(name):
    assert check_case(name) == []
    case = load_case(name)
    assert (case.name, case.folder.name) == (name, name)
    head = tomllib.loads((case.folder / "pack.toml").read_text(encoding="utf-8"))
    for variant, table in head["strength"].items():
        persons = persons_by_branch(load_case(name, strength=variant))
        assert {branch: number for branch, number in persons.items() if number} == table["persons"]
    for driver in DRIVERS:
        assert np.isfinite(tabulate(case, driver.name, 1_500)).all()


def test_the_shipped_cases_are_listed_with_what_they_are():
    assert "myanmar" in LISTED
    assert all(listing.title and listing.summary for listing in list_cases())


def test_importing_the_case_floor_is_light():
    code = "import sys, muster.case; print([m for m in ('numpy', 'pydantic', 'numba', 'pandas', 'xarray') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_facade_offers_the_case_functions():
    assert muster.load_case is load_case
