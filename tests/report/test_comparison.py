from __future__ import annotations

import pytest

from muster.report.comparison import compare_claims, judge_distance, say_date


@pytest.mark.parametrize(
    ("bounds", "median", "mark", "ratio"),
    [
        ({}, 120, "near", 1.2),
        ({}, 130, "above", 1.3),
        ({}, 79, "below", 0.79),
        ({"low": 80, "high": 150}, 140, "near", 1.0),
        ({"low": 80, "high": 150}, 300, "above", 2.0),
        ({"low": 100}, 300, "met", 1.0),  # a bound alone holds on its right side, however far away
        ({"high": 100}, 3, "met", 1.0),
        ({"low": 100}, 90, "near", 0.9),
        ({"low": 100}, 60, "below", 0.6),
        ({"high": 100}, 160, "above", 1.6),
    ],
)
def test_distance_from_the_nearest_end(make_claim, bounds, median, mark, ratio):
    assert judge_distance(make_claim("X", "pdf_fighters", 100, **bounds), median) == (pytest.approx(ratio), mark)


def test_claims_are_told_with_their_bounds(make_claim, with_claims):
    case, runs = with_claims(
        make_claim("A", "pdf_fighters", 100, low=100),
        make_claim("B", "pdf_fighters", 100, high=100),
        make_claim("C", "pdf_fighters", 100, low=80, high=120),
        make_claim("D", "pdf_fighters", None),
    )
    assert [c.reported for c in compare_claims(case, runs)] == ["at least 100", "up to 100", "100 (80–120)", "not a number"]


def test_a_bound_that_holds_reads_as_met(make_claim, with_claims):
    case, runs = with_claims(make_claim("A", "pdf_fighters", 1, low=1), make_claim("B", "pdf_fighters", 10**9, low=10**9))
    assert [(c.mark, c.verdict[:1]) for c in compare_claims(case, runs)] == [("met", "m"), ("below", "×")]


def test_small_regional_counts_are_hidden(make_claim, with_claims):
    quiet = make_claim("A", "defections_period", 3, since="2030-12-01", as_of="2031-01-20", region="Westhaven", unit="soldiers")
    case, runs = with_claims(quiet)
    (found,) = compare_claims(case, runs)
    assert found.simulated is not None
    assert 0 < found.simulated.median < 10
    assert found.told == "<10"
    assert not any(digit in found.verdict for digit in "0123456789")


def test_an_index_is_shown_but_not_judged(make_claim, with_claims):
    case, runs = with_claims(make_claim("A", "cadet_applicants", 12_000))
    (found,) = compare_claims(case, runs)
    assert found.simulated is not None
    assert found.mark == "none"


@pytest.mark.parametrize(
    ("quantity", "since", "as_of", "told"),
    [
        ("pdf_fighters", None, "2031-03-01", "1 Mar 2031"),
        ("pdf_fighters", "2031-01-01", "2031-03", "Mar 2031"),
        ("pdf_fighters", None, "2031", "2031"),
        ("airstrikes_period", "2031-01-01", "2031-03-31", "1 Jan 2031 – 31 Mar 2031"),
        ("surrenders", "2031-03-31", "2031-03-31", "31 Mar 2031"),
        ("pdf_fighters", None, None, "undated"),
    ],
)
def test_dates_are_told_as_precisely_as_they_are_known(make_claim, quantity, since, as_of, told):
    assert say_date(make_claim("A", quantity, 1, since=since, as_of=as_of)) == told
