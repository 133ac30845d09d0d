"""The five naive rivals, by hand."""

import math

import pytest

from muster.forecast.rivals import figure_of, rivals_of
from muster.observe.reported import likelihood_terms


def terms(*claims):
    return [term for one in claims for term in likelihood_terms([one])]


def by_name(rivals):
    return {rival.name: rival for rival in rivals}


def test_levels(claim):
    past = terms(claim("A", 111, -300), claim("B", 222, -200, claimant="Other"), claim("C", 333, -100))
    (wanted,) = terms(claim("D", 500, 100, claimant="Other"))
    found = by_name(rivals_of(wanted, past))
    assert math.exp(found["last value"].log_mean) == pytest.approx(333, rel=1e-4)
    assert math.exp(found["drift"].log_mean) == pytest.approx(333 + 222, rel=1e-3)
    assert math.exp(found["claimant's last"].log_mean) == pytest.approx(222, rel=1e-4)
    assert math.exp(found["exponential smoothing"].log_mean) == pytest.approx(0.5 * (0.5 * (111 + 222)) + 0.5 * 333, rel=1e-3)
    slope = math.log(333 / 111) / 200
    middle = (math.log(111) + math.log(222) + math.log(333)) / 3
    assert found["log-linear trend"].log_mean == pytest.approx(middle + slope * 300, rel=1e-3)


def test_flows_are_compared_by_day(claim):
    flow = dict(quantity="airstrikes_period", side="independent", unit="air strikes")
    past = terms(claim("A", 71, -100, begun=-170, **flow))
    (wanted,) = terms(claim("B", 99, 140, begun=1, **flow))
    assert figure_of(past[0]).days == 71
    assert math.exp(by_name(rivals_of(wanted, past))["last value"].log_mean) == pytest.approx(140, rel=1e-4)


def test_another_place_or_quantity_is_no_past(claim):
    (wanted,) = terms(claim("D", 500, 100))
    elsewhere = terms(claim("A", 111, -300, region="Elsewhere"), claim("B", 111, -300, quantity="cumulative_defections_police"))
    assert rivals_of(wanted, elsewhere) == ()


def test_a_rival_is_as_sure_as_its_own_errors_allow(claim):
    steady = terms(*(claim(str(k), 1000 + 3 * k, -400 + 50 * k) for k in range(7)))
    wild = terms(*(claim(str(k), 1000 if k % 2 else 3001, -400 + 50 * k) for k in range(7)))
    (wanted,) = terms(claim("D", 500, 100))
    assert by_name(rivals_of(wanted, steady))["last value"].log_sd == 0.05
    assert by_name(rivals_of(wanted, wild))["last value"].log_sd == pytest.approx(math.log(3.001), rel=0.01)
    assert by_name(rivals_of(wanted, steady[:2]))["last value"].log_sd == 0.2
