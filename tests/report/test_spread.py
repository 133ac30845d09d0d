from __future__ import annotations

import pytest

from muster.report.spread import Spread, say, say_exactly


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0"), (12_345, "12,300"), (999_700, "1,000,000"), (7, "7"), (0.4234, "0.42"), (18.26, "18.3"), (-0.5, "-0.50")],
)
def test_three_digits_and_thousands(value, told):
    assert say(value) == told


def test_a_range_that_shows_nothing_is_left_out():
    assert Spread.of([5, 5, 5]).text() == "5"
    assert Spread.of([120, 100, 140]).text() == "120 [100–140]"


def test_stated_numbers_stay_as_stated():
    assert say_exactly(13771) == "13,771"
    assert say_exactly(0.5) == "0.5"
