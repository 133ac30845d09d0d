"""What should be compared, and above all what should not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.evidence.ledger.builders import PLAIN, extraction

from muster.evidence.compare.conflicts import find_conflicts, link_conflicts
from muster.evidence.ledger import Entry, open_ledger


def entry(name, document="d1", status="accepted", **fields):
    low = {"lo": fields["point"], "hi": fields["point"], "qualifier": "exact"} if "point" in fields and "lo" not in fields else {}
    claim = replace(PLAIN, id=name, **(low | fields))
    return Entry(name, "claim", document, fields.get("origin", document), status, claim, claim, 1)


def by(source, **fields):
    """A claim of a source in a document of its own."""
    return entry(f"{source}{fields.get('point')}", document=source, claimant=source, **fields)


def checks(*entries, **options):
    return [(found.check, found.claims) for found in find_conflicts(entries, **options)]


def test_two_sources_that_cannot_both_be_right_are_to_be_compared():
    found = find_conflicts([by("Ministry", point=4000.0), by("Exiles", point=13000.0)])
    assert [(one.check, one.severity, one.claims) for one in found] == [("disjoint", "high", ("Exiles13000.0", "Ministry4000.0"))]
    assert found[0].explanation.startswith("Compare: Exiles says 13,000")
    assert len(found[0].quotes) == len(found[0].spans) == 2


@pytest.mark.parametrize(
    "difference",
    [
        {"side": "opposition"},
        {"population": "police officers"},
        {"kind": "killed"},
        {"scope": "part"},
        {"branch": "police"},
        {"place": "Harbour Region"},
        {"modality": "planned"},
        {"date_lo": date(2018, 1, 1), "date_hi": date(2019, 1, 1)},
        {"date_basis": "default"},
        {"includes": ("deserted",)},
        {"unit": "money"},
        {"status": "proposed"},
        {"status": "rejected"},
    ],
)
def test_figures_of_different_things_are_left_alone(difference):
    alike = {"branch": "army", "place": "Hill Region"}
    assert len(checks(by("Ministry", point=4000.0, **alike), by("Exiles", point=13000.0, **alike))) == 1
    one = by("Ministry", point=4000.0, unit=difference.get("unit", "persons"), **alike)
    assert checks(one, by("Exiles", point=13000.0, **(alike | difference))) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"point": 13000.0, "lo": 13000.0, "hi": None, "qualifier": "at_least"}, {"point": 15000.0}),
        ({"point": 14000.0}, {"point": 13771.0}),
        ({"point": 4000.0}, {"point": 4200.0}),
        ({"point": None, "lo": 1000.0, "hi": 9999.0, "qualifier": "vague"}, {"point": 9000.0}),
    ],
)
def test_wording_and_rounding_leave_room(one, two):
    assert checks(by("Ministry", **one), by("Exiles", **two)) == []


def test_one_source_is_not_held_against_itself_nor_copies_against_each_other():
    assert checks(by("Exiles", point=4000.0), by("Exiles", point=13000.0)) == []
    copies = [replace(by(name, point=point), origin="wire") for name, point in (("Daily", 4000.0), ("Herald", 13000.0))]
    assert checks(*copies) == []


def test_population_is_compared_as_words_not_as_letters():
    one = by("Ministry", point=4000.0, population="police officers and soldiers")
    assert len(checks(one, by("Exiles", point=13000.0, population="soldiers+police"))) == 1


def test_less_in_the_longer_time_than_in_the_shorter():
    inner = by("Exiles", point=13000.0, date_hi=date(2022, 1, 1))
    outer = by("Ministry", point=9000.0, date_hi=date(2023, 5, 31))
    assert checks(inner, outer) == [("disjoint", ("Exiles13000.0", "Ministry9000.0"))]
    assert checks(by("Exiles", point=9000.0, date_hi=date(2022, 1, 1)), by("Ministry", point=13000.0)) == []


def test_a_running_total_may_not_fall():
    first = by("Exiles", point=15000.0, date_hi=date(2023, 9, 1))
    later = by("Exiles", point=13771.0, date_hi=date(2023, 9, 7))
    assert checks(first, later) == [("falls", ("Exiles15000.0", "Exiles13771.0"))]
    assert checks(by("Exiles", point=13000.0, date_hi=date(2023, 9, 1)), later) == []
    # 14,000 is told to the thousand, so it does not contradict 13,771 a week later.
    assert checks(by("Exiles", point=14000.0, date_hi=date(2023, 9, 1)), later) == []
    month = replace(later, record=replace(later.claim, measure="flow"))
    assert checks(first, month) == []


def test_a_part_may_not_be_above_its_whole():
    whole = entry("whole", point=9000.0)
    assert checks(whole, entry("part", point=10000.0, scope="part", population="officers")) == [("part", ("part", "whole"))]
    assert checks(whole, entry("part", point=100.0, scope="part", population="officers")) == []
    assert checks(whole, entry("part", document="d2", point=10000.0, scope="part", population="officers")) == []
    region = by("Exiles", point=10000.0, place="Harbour Region")
    assert checks(by("Ministry", point=9000.0), region) == [("part", ("Exiles10000.0", "Ministry9000.0"))]


def test_rates_are_brought_to_one_unit_of_time():
    month = entry("month", point=684.0, per="month", measure="rate", kind="killed")
    day = entry("day", point=34.0, per="day", measure="rate", kind="killed")
    assert checks(month, day) == [("rate", ("month", "day"))]
    assert checks(month, entry("day", point=22.0, per="day", measure="rate", kind="killed")) == []
    told = find_conflicts([month, day])[0]
    assert (told.severity, "is 22.5 a day, where" in told.explanation) == ("medium", True)
    window = {"date_lo": date(2023, 1, 1), "date_hi": date(2023, 12, 31), "kind": "killed"}
    rate = entry("rate", point=684.0, per="month", measure="rate", **window)
    assert checks(rate, entry("total", point=8200.0, measure="flow", **window)) == []
    assert checks(rate, entry("total", point=2000.0, measure="flow", **window)) == [("rate", ("rate", "total"))]
    loose = entry("loose", point=None, lo=500.0, hi=700.0, qualifier="range", per="month", measure="rate", **window)
    assert checks(loose, entry("total", point=8200.0, measure="flow", **window)) == []
    assert checks(loose, entry("total", point=9500.0, measure="flow", **window)) == [("rate", ("loose", "total"))]


def test_parts_of_a_sum_add_up():
    soldiers = entry("s", point=3235.0, population="soldiers")
    police = entry("p", point=10536.0, population="police officers", branch="police")
    assert checks(soldiers, police, entry("w", point=13771.0)) == []
    found = checks(soldiers, police, entry("w", point=15000.0))
    assert found == [("sum", ("w", "p", "s"))]
    force = {"kind": "strength", "measure": "stock", "population": "personnel"}
    army, guard = (entry(name, point=point, branch=name, **force) for name, point in (("army", 165622.0), ("police", 130787.0)))
    assert checks(army, guard, entry("w", point=296409.0, **force)) == []
    assert checks(army, guard, entry("w", point=250000.0, **force)) == [("sum", ("w", "army", "police"))]
    regions = [entry(f"r{number}", point=800.0, place=f"Region {number}") for number in range(3)]
    assert checks(*regions, entry("w", point=2400.0)) == []
    assert checks(*regions, entry("w", point=2000.0))[0][0] == "sum"


def test_shares_of_one_whole_are_no_more_than_all_of_it():
    land = {"kind": "territory", "unit": "share", "measure": "share", "population": "country area"}
    assert checks(entry("x", point=140.0, **land)) == [("share", ("x",))]
    assert checks(entry("x", point=140.0, **(land | {"measure": "change"}))) == []
    parts = [
        entry(side, point=point, side=side, **land) for side, point in (("state", 17.0), ("opposition", 52.0), ("other", 23.0))
    ]
    assert checks(*parts) == []
    more = entry("eao", point=40.0, side="eao", **land)
    assert checks(*parts, more) == [("sum", ("state", "opposition", "other", "eao"))]


def test_more_cannot_leave_than_there_were():
    gone = by("Exiles", point=200000.0)
    assert checks(gone) == []
    assert checks(gone, strength=150000.0) == [("strength", ("Exiles200000.0",))]
    army = by("Institute", point=150000.0, kind="strength", measure="stock", population="soldiers")
    assert checks(gone, army) == [("strength", ("Exiles200000.0",))]
    assert checks(gone, army, strength=300000.0) == []


def test_a_stock_is_compared_with_one_of_about_its_time():
    then = {"kind": "strength", "measure": "stock", "population": "soldiers", "date_lo": None}
    one = by("Institute", point=150000.0, date_hi=date(2023, 5, 4), as_of=date(2023, 5, 4), **then)
    near = by("Ministry", point=400000.0, date_hi=date(2023, 2, 1), as_of=date(2023, 2, 1), **then)
    long_ago = by("Ministry", point=400000.0, date_hi=date(2021, 2, 1), as_of=date(2021, 2, 1), **then)
    assert [check for check, _ in checks(one, near)] == ["disjoint"]
    assert checks(one, long_ago) == []


def test_the_same_figure_twice_in_one_origin_is_proposed_for_merging():
    one, two = entry("one", point=13000.0), replace(entry("two", document="d2", point=13000.0), origin="d1")
    assert checks(one, two) == [("duplicate", ("one", "two"))]
    assert checks(one, entry("two", document="d2", point=13000.0)) == []


def test_of_many_pairs_of_the_same_two_sources_only_the_worst_is_shown():
    series = [by("Exiles", point=point, date_hi=date(2022, month, 1)) for month, point in ((3, 8e3), (6, 9e3), (9, 1e4))]
    found = find_conflicts([by("Ministry", point=1000.0, date_hi=date(2023, 1, 1)), *series])
    assert [one.claims for one in found] == [("Exiles10000.0", "Ministry1000.0")]
    assert "(2 more of these two sources differ less.)" in found[0].explanation


def test_a_name_of_the_whole_country_is_no_region():
    one, two = by("Ministry", point=4000.0, place="Harbourland"), by("Exiles", point=13000.0)
    assert checks(one, two) == []
    assert checks(one, two, country="Harbourland") == [("disjoint", ("Exiles13000.0", "Ministry4000.0"))]


def test_both_claims_stay_and_are_linked(tmp_path):
    with open_ledger(tmp_path / "case.ledger") as ledger:
        ledger.add(extraction(count=2))
        one, two = (ledger.decide(item.id, "accepted", reviewer="A") for item in ledger.claims())
        sources = (("Exiles", one), ("Ministry", two))
        apart = [replace(item, origin=name, record=replace(item.claim, claimant=name)) for name, item in sources]
        apart[1] = replace(apart[1], record=replace(apart[1].claim, point=100.0, lo=100.0, hi=100.0, qualifier="exact"))
        found = find_conflicts(apart)
        assert link_conflicts(ledger, found, reviewer="A") == 1
        assert link_conflicts(ledger, found, reviewer="A") == 1
        stands = ledger.claims()
        assert [item.status for item in stands] == ["accepted", "accepted"]
        assert [[tie.other for tie in item.links] for item in stands] == [[two.id], [one.id]]
        assert ledger.verify()
