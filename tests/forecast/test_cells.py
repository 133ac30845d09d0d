"""Scoring: which claims count, what anchors a report, and that nothing later is looked at."""

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

import muster
from muster.forecast.cells import score_claims
from muster.forecast.predict import forecast, load_forecast, month_ends, months_after
from muster.forecast.reports import expected_report
from muster.forecast.standing import standing_error
from muster.observe.reported import likelihood_terms


@pytest.fixture
def case(tiny, claim):
    past = [claim("P1", 40, -200), claim("P2", 60, -100)]
    return replace(tiny, claims=tuple(past))


def test_cells_and_reasons(case, guess, claim):
    later = [
        claim("A", 90, 60),
        claim("B", 95, 60, region="Nowhere"),
        claim("C", 90, 60),
        claim("D", 80, -20),
        claim("E", 90, 600),
        claim("F", 3, 90, quantity="soldier_life_insurance"),
        replace(claim("G", 3, 90), as_of=None),
    ]
    scores = score_claims(case, guess, later, draws=12, months=6)
    assert [cell.claim for cell in scores.cells] == ["A"]
    reasons = {one.claim: one.reason for one in scores.unused}
    assert set(reasons) == {"B", "C", "D", "E", "F", "G"}
    assert "repeats" in reasons["C"]
    assert "before the forecast" in reasons["D"]
    assert "after the forecast" in reasons["E"]
    assert "no date" in reasons["G"]
    cell = scores.cells[0]
    assert cell.horizon_months == 2
    assert cell.anchor == "P2"
    assert set(cell.rivals) >= {"last value", "drift", "claimant's last"}
    assert cell.best_naive_crps == min(cell.rivals.values())
    told = scores.as_json()["summary"]
    assert (told["cells"], told["won_share"]) == (1, float(cell.won))


def test_the_answer_is_not_looked_at(case, guess, claim):
    low, high = (score_claims(case, guess, [claim("A", value, 60)], draws=8, months=6).cells[0] for value in (10, 9_001))
    assert (low.median, low.low90, low.high90) == (high.median, high.low90, high.high90)
    assert low.crps != high.crps


def test_claims_of_the_case_after_the_cut_teach_nothing(case, guess, claim):
    peeking = replace(case, claims=(*case.claims, claim("L", 7_777, 30)))
    plain, peeked = (score_claims(one, guess, [claim("A", 90, 60)], draws=8, months=6).cells[0] for one in (case, peeking))
    assert plain == peeked


def test_a_running_total_grows_from_the_last_figure(case, guess, claim):
    past = likelihood_terms(case.claims)
    (term,) = likelihood_terms([claim("A", 90, 30)])
    truth, before = np.full(200, 30.0), np.full((200, len(past)), 30.0)
    still = expected_report(term, truth, guess, past, before, seed=1)
    assert still.anchor == "P2"
    assert math.exp(np.median(still.log_draws)) == pytest.approx(60, rel=0.03)
    grown = expected_report(term, truth + 20, guess, past, before, seed=1)
    assert math.exp(np.median(grown.log_draws)) == pytest.approx(60 + 20 * math.exp(0.15), rel=0.06)


def test_an_unheard_source_has_the_prior_of_its_bias(case, guess, claim):
    (term,) = likelihood_terms([claim("A", 90, 30, claimant="Nobody knows")])
    past, before = likelihood_terms(case.claims), np.full((400, 2), 50.0)
    expected = expected_report(term, np.full(400, 100.0), guess, past, before, seed=2)
    assert expected.anchor is None
    error = standing_error(term, past, before, sd=0.7)
    added = 0.5 * 0.7 * math.sqrt(30 / 365.25)  # half of the total came after the last figure
    spread = math.sqrt(0.4**2 + 0.1**2 + error.sd**2 + added**2)
    assert np.std(expected.log_draws) == pytest.approx(spread, rel=0.1)
    assert np.mean(expected.log_draws) == pytest.approx(math.log(100) + 0.15 + error.mean[0], abs=0.1)


def test_a_forecast_is_kept_whole(tiny, guess, tmp_path):
    made = forecast(guess, tiny, months=3, draws=4)
    assert made.days[-1] == months_after(guess.until, 3)
    assert (np.diff(made.series("cumulative_defections_total"), axis=1) >= 0).all()
    made.save(tmp_path)
    again = load_forecast(tmp_path)
    assert again.hash == made.hash
    assert forecast(guess, tiny, months=3, draws=4, workers=1).hash == made.hash
    (tmp_path / "forecast.nc").write_bytes(b"other")
    with pytest.raises(muster.MusterError, match="Forecast again"):
        load_forecast(tmp_path)


def test_a_folder_is_judged_by_a_table(tiny, guess, tmp_path):
    forecast(guess, tiny, months=6, draws=4).save(tmp_path / "made")
    table = tmp_path / "later.csv"
    when = guess.until + timedelta(days=60)
    columns = "id,quantity,value,low,high,unit,period_start,as_of_date,region,claimant,claimant_side,publication_date"
    head = f"{columns},source_title,source_url,note"
    good = f"A,cumulative_defections_military,90,,,persons,,{when},national,Network,resistance,{when},t,https://example.org,"
    bad = f"B,cumulative_defections_military,ninety,,,persons,,{when},national,Network,resistance,{when},t,https://example.org,"
    table.write_text("\n".join((head, good, bad)) + "\n")
    scores = muster.score(tmp_path / "made", claims=table)
    assert [cell.claim for cell in scores.cells] == ["A"]
    assert [one.claim for one in scores.unused] == ["B"]
    assert "ninety" in scores.unused[0].reason


def test_month_ends(tiny):
    days = month_ends(tiny.start, tiny.start + timedelta(days=100))
    assert days[-1] == tiny.start + timedelta(days=100)
    assert all((day + timedelta(days=1)).day == 1 for day in days[:-1])


@pytest.mark.parametrize("months", [0, 121])
def test_too_long_or_short_a_forecast_is_refused(tiny, guess, months):
    with pytest.raises(muster.MusterError, match="1 to 120"):
        forecast(guess, tiny, months=months)


def test_a_forecast_is_repeated_from_its_folder(tiny, guess, tmp_path):
    forecast(guess, tiny, months=2, draws=3).save(tmp_path)
    assert muster.rerun(tmp_path).same


def test_a_stored_forecast_and_its_judgement_rest_on_the_same_histories(tiny, guess):
    long, short = (forecast(guess, tiny, months=months, draws=5) for months in (8, 3))
    shared = [day for day in short.days if day in long.days]
    assert max(shared) > guess.until
    for name in short.quantities:
        mine, theirs = (made.series(name)[:, [made.days.index(day) for day in shared]] for made in (short, long))
        np.testing.assert_array_equal(mine, theirs)
