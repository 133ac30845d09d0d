"""Definitions by hand: 20 February 2030 is day 20 of the run, so a count since the start sums twenty days."""

from __future__ import annotations

import pytest

from muster.core.vocabulary import BRANCHES
from muster.observe.quantities import DEFINITIONS
from muster.observe.series import explain, observe


@pytest.mark.parametrize(
    ("quantity", "value"),
    [
        # 2 regions x 20 days x (1 defected + 0.3 x 2 deserted)
        ("cumulative_defections_military", 2 * 20 * 1.6),
        ("cumulative_defections_police", 2 * 20 * 0.8 * 3),
        ("cumulative_defections_total", 2 * 20 * (1 + 0.3 * 2 + 0.8 * 3)),
        ("cumulative_defections_and_desertions", 2 * 20 * 3),
        # defected, deserted and killed; the discharged are no loss
        ("cumulative_losses_all_causes", 2 * 20 * 4),
        ("military_deaths_cumulative", 2 * 20),
        ("airstrikes_cumulative", 2 * 20 * 2),
        ("airstrike_civilian_deaths_cumulative", 2 * 20 * 3),
        ("civilian_deaths_cumulative", 2 * 20 * 5),
        ("resistance_deaths_cumulative", 2 * 20 * 2),
        ("conflict_deaths_cumulative", 2 * 20 * (1 + 5 + 1 + 2)),
        ("military_personnel_total", 2 * 4 * 400),
        ("police_total", 2 * 400),
        ("military_combat_troops", 2 * 400),
        ("battalion_strength", 800 / 8),
        ("pdf_fighters", 140),
        ("conscripts_cumulative", 10),
        ("defectors_joining_resistance_forces", 20),
        # 20 days x 2 regions x 3 of 4 branches x 400 = 3,200 at the start
        ("cumulative_desertions_pct", 100 * 120 / 3200),
        # one officer defected on day 3, one deserted on day 5; the third went on day 39
        ("defector_officers_cumulative", 1.3),
    ],
)
def test_national_value_by_hand(run, claim, quantity, value):
    assert observe(run, claim(quantity)) == pytest.approx(value)


def test_period_and_region_are_kept(run, claim):
    period = claim("defections_period", since="2030-02-11", as_of="2030-02-20", region="South", unit="soldiers")
    assert observe(run, period) == pytest.approx(10 * 1.6)


def test_unit_of_the_claim_narrows_the_branches(run, claim):
    assert observe(run, claim("defections_period", since="2030-02-11", unit="persons (soldiers+police)")) == pytest.approx(
        2 * 10 * (1 + 0.3 * 2 + 0.8 * 3)
    )
    assert observe(run, claim("military_personnel_total", unit="persons (army)")) == 2 * 2 * 400


def test_control_is_weighted_by_area(run, claim):
    """North has four times the area of South (nearly: the squares lie at slightly different latitudes)."""
    assert observe(run, claim("territory_control_military_pct")) == pytest.approx(0.8 * 50 + 0.2 * 90, abs=0.05)
    assert observe(run, claim("territory_control_resistance_pct")) == pytest.approx(100 - 58, abs=0.05)


def test_volunteers_against_the_rate_at_rest(run, claim):
    """Ten soldiers a day are discharged, so ten volunteers a day would be rest: five in each region; four came, all in North."""
    assert observe(run, claim("cadet_applicants")) == pytest.approx(40, rel=1e-3)
    assert observe(run, claim("cadet_applicants", region="North")) == pytest.approx(80, rel=1e-3)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"as_of": "2031-01-01"}, "later than the end"),
        ({"as_of": "2029-01-01"}, "earlier than the start"),
        ({"as_of": None}, "no date"),
        ({"region": "north and south"}, "not one region"),
        ({"since": "2029-06-01"}, "begins before the run"),
        ({"note": "1 of 2 [plan, applies later]"}, "plan"),
        ({"unit": "persons in establishment"}, "establishment"),
        ({"unit": "persons incl. family"}, "family"),
    ],
)
def test_refusals_say_why(run, claim, change, words):
    seen = explain(run, claim("cumulative_defections_military", **change))
    assert seen.value is None
    assert words in seen.reason


def test_unknown_quantity_and_single_events_are_refused(run, claim):
    assert explain(run, claim("idps")).reason == "no simulated counterpart"
    event = claim("surrenders", since="2030-02-19", as_of="2030-02-20")
    assert "single event" in explain(run, event).reason


def test_national_counter_is_refused_for_a_region(run, claim):
    assert "whole country" in explain(run, claim("defectors_joining_resistance_forces", region="North")).reason


def test_registered_share_is_an_argument(run, claim):
    assert explain(run, claim("cumulative_defections_military"), registered_share=dict.fromkeys(BRANCHES, 0.0)).value == 40


def test_every_definition_is_told():
    for name, definition in DEFINITIONS.items():
        assert definition.quantity == name
        assert definition.counts
        assert definition.unit
