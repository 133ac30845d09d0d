"""Width learned from judged forecasts: hand-computed factors, and what may be learned by when."""

import math
from dataclasses import replace

import numpy as np
import pytest

from muster.core.dates import Interval
from muster.forecast.cells import score_claims
from muster.forecast.rolling import roll, widths_by
from muster.forecast.width import KINDS, kind_of, learn_widths, stretched, surprise
from muster.observe.reported import likelihood_terms


def test_surprise_is_a_normal_deviate():
    draws = np.random.default_rng(1).standard_normal(200_000)
    assert surprise(draws, 1.0) == pytest.approx(1.0, abs=0.02)
    assert surprise(draws, 99.0) == 3.0
    assert surprise(draws, -99.0) == -3.0


def test_stretching_keeps_the_median():
    draws = np.array([1.0, 2.0, 4.0])
    np.testing.assert_array_equal(stretched(draws, 2.0), [0.0, 2.0, 6.0])


def test_factors_by_hand():
    judged = [("A", "flow", 2.0), ("B", "flow", -1.0), ("C", "total", 0.0), ("A", "flow", 3.0)]
    widths = learn_widths(judged)
    assert widths["flow"] == pytest.approx(math.sqrt((10 + 9 + 1) / 12)), "of two forecasts of A the last counts"
    assert widths["total"] == pytest.approx(math.sqrt(10 / 11))
    assert widths["region"] == widths["level"] == 1.0
    assert set(widths) == set(KINDS)


def test_forecasts_as_wide_as_they_ought_to_be_teach_nothing():
    z = np.random.default_rng(2).standard_normal(20_000)
    widths = learn_widths((str(place), "flow", value) for place, value in enumerate(z))
    assert widths["flow"] == pytest.approx(1.0, abs=0.02)


def test_kinds(claim):
    def kind(anchored, **changes):
        (term,) = likelihood_terms([claim("A", 90, 30, **changes)])
        return kind_of(term, anchored=anchored)

    assert kind(anchored=True) == "total"
    assert kind(anchored=False) == "flow"
    assert kind(anchored=True, region="Nowhere") == "region"
    assert kind(anchored=True, quantity="military_personnel_total") == "level"


def test_a_wider_forecast_has_the_same_median(tiny, guess, claim):
    later = [claim("A", 90, 60)]
    plain = score_claims(tiny, guess, later, draws=10, months=6).cells[0]
    wide = score_claims(tiny, guess, later, draws=10, months=6, widths={plain.kind: 2.0}).cells[0]
    assert wide.median == pytest.approx(plain.median)
    assert math.log(wide.high90 / wide.low90) == pytest.approx(2 * math.log(plain.high90 / plain.low90))
    assert (wide.surprise, plain.width, wide.width) == (plain.surprise, 1.0, 2.0)


def test_only_what_was_published_by_the_cut_teaches(tiny, claim, cut):
    early, late = claim("A", 90, -60), claim("B", 90, 60)
    told_late = replace(claim("C", 90, -60), published=Interval(cut.replace(year=cut.year + 1), cut.replace(year=cut.year + 1)))
    case = replace(tiny, claims=(early, late, told_late))
    widths = widths_by(case, cut, [("A", "flow", 3.0), ("B", "level", 3.0), ("C", "total", 3.0)])
    assert widths["flow"] > 1.0
    assert widths["level"] == widths["total"] == 1.0


def test_an_origin_learns_from_those_before_it(tiny, guess, claim, cut):
    claims = [claim(str(days), 10_000, days, claimant=f"C{days}") for days in (20, 40, 60, 80)]
    case = replace(tiny, claims=tuple(claims))
    later = replace(guess, until=claims[2].as_of.first)
    record = roll(case, [guess, later], months=6, draws=6)
    first, second = record.scores["prior"]
    assert {cell.width for cell in first.cells} == {1.0}
    known = [cell for cell in first.cells if cell.claim != "80"]
    taught = math.sqrt((10 + sum(cell.surprise**2 for cell in known)) / (10 + len(known)))
    assert taught > 1.5
    assert [(cell.claim, cell.width) for cell in second.cells] == [("80", pytest.approx(taught))]
