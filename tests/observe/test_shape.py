"""Which counts become terms, what weighs how much, and what a run answers to them."""

from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from muster.case import Claim, Count, load_case
from muster.core.dates import parse_interval
from muster.observe.shape import ALIKE, read_shape, shape_names, shape_terms


@dataclass(frozen=True)
class Country:
    """As much of a case as counts need: three regions, the last of them with a standing organisation."""

    counts: tuple = ()
    claims: tuple = ()
    series: tuple = ()
    start: date = date(2030, 1, 31)
    until: date = date(2031, 12, 31)
    regions: tuple = tuple(
        SimpleNamespace(id=name, population=1e6, fighters=fighters)
        for name, fighters in (("N", 0.0), ("S", 500.0), ("E", 5000.0))
    )


def counts(
    quantity="civilian_deaths", months=range(2, 13), *, year=2030, values=(1, 2, 3), source="events-data", published="2031-06"
):
    return tuple(
        Count(source, parse_interval(f"{year}-{month:02d}"), region, quantity, float(value), parse_interval(published), "")
        for month in months
        for region, value in enumerate(values)
    )


def yearly(quantity, claimant, *, since="2030-01-01", region="national"):
    as_of = parse_interval("2030-12-31")
    return Claim(
        "C", quantity, 9.0, None, None, "", parse_interval(since), as_of, region, claimant, "independent", None, "", "", ""
    )


def test_half_years_and_their_sums():
    first, second = shape_terms(Country(counts()))
    assert (first.label, second.label) == ("2030-H1", "2030-H2")
    assert first.counts == (5.0, 10.0, 15.0)  # February to June
    assert second.counts == (6.0, 12.0, 18.0)
    assert first.months[0] == (date(2030, 2, 1), date(2030, 2, 28))
    assert (second.total, second.size) == (36.0, 4)


def test_months_before_the_start_after_the_end_or_too_few_are_left_out():
    early = Country(counts(months=range(1, 7)))
    assert shape_terms(early)[0].counts == (5.0, 10.0, 15.0)
    assert shape_terms(Country(counts(months=range(5, 7)))) == ()
    assert [term.label for term in shape_terms(Country(counts(), until=date(2030, 8, 31)))] == ["2030-H1"]


def test_a_region_with_a_month_missing_is_left_out_of_the_half_year():
    kept = tuple(count for count in counts(months=range(2, 7)) if (count.region, count.month.first.month) != (1, 4))
    (term,) = shape_terms(Country(kept))
    assert (term.regions, term.region_ids) == ((0, 2), ("N", "E"))


def test_nothing_counted_says_nothing():
    assert shape_terms(Country(counts(values=(0, 0, 0)))) == ()
    assert shape_terms(Country()) == ()


def test_a_sum_is_not_used_beside_its_parts_of_the_same_source():
    both = counts() + counts("deaths")
    assert {term.quantity for term in shape_terms(Country(both))} == {"civilian_deaths"}
    apart = counts() + counts("deaths", source="other")
    assert {term.quantity for term in shape_terms(Country(apart))} == {"civilian_deaths", "deaths"}


def test_weights_are_those_of_independent_ones():
    (single,) = shape_terms(Country(counts(months=range(2, 7))))
    assert (single.shares_weight, single.course_weight) == (1.0, 1.0)
    two = shape_terms(Country(counts()))
    assert {term.shares_weight for term in two} == {1 / (1 + ALIKE)}
    four = shape_terms(Country(counts() + counts("events")))
    assert {(term.shares_weight, term.course_weight) for term in four} == {(1 / (1 + ALIKE) / (1 + ALIKE), 1 / (1 + ALIKE))}


def test_a_region_is_imposed_where_it_has_fighters_and_the_source_set_its_driver():
    def row(region, source):
        return SimpleNamespace(region=region, source=source)

    def imposed(*rows):
        return shape_terms(Country(counts(), series=rows))[0].imposed

    assert imposed() == (False, False, False)
    assert imposed(row(2, "other;events-data"), row(0, "events-data")) == (False, False, True)
    assert imposed(row(None, "events-data")) == (False, False, True)
    assert imposed(row(2, "other")) == (False, False, False)


def test_the_level_of_a_year_is_free_where_a_claim_tells_its_total():
    def level(*claims):
        return shape_terms(Country(counts(), claims=claims))[0].level

    assert level() == ""
    assert level(yearly("civilian_deaths_period", "Events Data, version 2")) == "2030"
    assert level(yearly("civilian_deaths_period", "Monitors")) == ""
    assert level(yearly("military_deaths_period", "Events Data")) == ""
    assert level(yearly("civilian_deaths_period", "Events Data", since="2030-09-01")) == ""
    assert level(yearly("civilian_deaths_period", "Events Data", region="N")) == ""


def test_answers_of_a_run_by_hand(run):
    run.data["clashes"] = np.full((41, 2), [3.0, 1.0])
    months = ((date(2030, 2, 1), date(2030, 2, 28)),)
    (term,) = shape_terms(Country(counts("events", months=range(2, 7))))
    term = replace(term, months=months, regions=(0, 1), region_ids=("N", "S"))
    # 28 days of 3 or 1 clashes and 2 strikes.
    np.testing.assert_allclose(read_shape(run, [term]), [28 * 5, 28 * 3, 28 * 8])
    deaths = {name: replace(term, quantity=name) for name in ("state_deaths", "resistance_deaths", "civilian_deaths", "deaths")}
    seen = {name: read_shape(run, [one])[0] / 28 for name, one in deaths.items()}
    assert seen == {"state_deaths": 1.0, "resistance_deaths": 2.0, "civilian_deaths": 6.0, "deaths": 9.0}
    assert shape_names([term]) == (
        "events-data events 2030-H1 N",
        "events-data events 2030-H1 S",
        "events-data events 2030-H1 all",
    )


def test_a_run_that_ends_too_early_has_no_answer(run):
    (term,) = shape_terms(Country(counts("resistance_deaths", months=range(2, 7))))
    assert np.isnan(read_shape(run, [replace(term, regions=(0, 1))])[:3]).all()


def test_the_counts_of_a_shipped_case():
    case = load_case("myanmar")
    terms = shape_terms(case)
    assert {term.quantity for term in terms} == {"state_deaths", "resistance_deaths", "civilian_deaths", "events"}
    assert {term.label for term in terms} == {f"{year}-H{half}" for year in (2021, 2022, 2023) for half in (1, 2)}
    imposed = {case.regions[region].type for region, so in zip(terms[0].regions, terms[0].imposed, strict=True) if so}
    assert imposed == {"state"}
    assert terms[0].shares_weight == pytest.approx(1 / (1 + 5 * ALIKE) / (1 + 3 * ALIKE))
    assert {term.level for term in terms if term.quantity == "events"} == {""}  # the yearly totals of the source count otherwise
    assert {term.level for term in terms if term.quantity == "state_deaths"} == {"2021", "2022", "2023"}
