from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.dates import Interval, day_date, day_index, parse_date, parse_interval
from muster.core.errors import MusterError


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-02-01", date(2021, 2, 1), date(2021, 2, 1)),
        (" 2021-12 ", date(2021, 12, 1), date(2021, 12, 31)),
    ],
)
def test_an_interval_is_the_days_a_date_may_mean(text, first, last):
    assert parse_interval(text) == Interval(first, last)


@pytest.mark.parametrize(
    "text", ["", "21-02-01", "2021-2-1", "2021-13", "2021-02-30", "0000-01-01", "1 Feb 2021", "2021-02-01T00:00"]
)
def test_what_is_not_a_date(text):
    with pytest.raises(MusterError, match="Write"):
        parse_interval(text)


def test_a_whole_date_is_wanted():
    assert parse_date("2021-02-01") == date(2021, 2, 1)
    with pytest.raises(MusterError, match="not a whole date"):
        parse_date("2021-02")


@given(st.dates(), st.integers(-3_000, 3_000))
def test_days_and_dates_are_inverse(start, day):
    try:
        when = day_date(day, start)
    except OverflowError:
        return
    assert day_index(when, start) == day


@given(st.dates(), st.dates())
def test_the_middle_lies_within(one, other):
    first, last = sorted((one, other))
    middle = Interval(first, last).middle
    assert first <= middle <= last
    assert abs((middle - first) - (last - middle)).days <= 1
