from __future__ import annotations

import json
from io import StringIO

import pytest
from rich.console import Console

from muster.report.words import say_short, summary


def test_fits_one_screen(case, runs):
    lines = str(summary(case, runs)).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80


def test_rich_prints_the_same_lines(case, runs):
    found, out = summary(case, runs), StringIO()
    Console(file=out, width=80, color_system=None).print(found)
    assert [line.rstrip() for line in out.getvalue().splitlines()] == str(found).splitlines()


def test_names_the_label_the_claimants_and_the_misses(case, runs):
    told = str(summary(case, runs))
    assert "Uncalibrated defaults" in told
    assert "≥300 The mov… Mar 31" in told
    assert "×0.4" in told
    assert "Of 8 comparable claims" in told


def test_bounds_that_hold_are_counted_with_those_that_agree(make_claim, with_claims):
    found = summary(*with_claims(make_claim("A", "pdf_fighters", 1, low=1), make_claim("B", "pdf_fighters", 1)))
    assert found.tally == ("Of 2 comparable claims 1 are simulated within 25 % or within the bound they state, 1 above, 0 below.")


def test_json_is_plain_and_hides_small_cells(case, make_run, make_claim, with_claims):
    quiet = make_claim("A", "defections_period", 3, since="2030-12-01", as_of="2031-01-20", region="Westhaven", unit="soldiers")
    told = summary(*with_claims(quiet)).to_dict()
    assert json.loads(json.dumps(told))["claims"][0]["simulated"] == "<10"


@pytest.mark.parametrize(
    ("value", "told"), [(9_880, "9,880"), (13_771, "13.8k"), (142_300, "142k"), (2_000_000, "2m"), (0.42, "0.42")]
)
def test_short_numbers(value, told):
    assert say_short(value) == told


def test_a_single_run_is_enough(case, runs):
    assert "1 seed ·" in str(summary(case, runs[:1]))
