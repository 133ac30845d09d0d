"""Months of a run: sums of flows, states at the end, and nothing of the day of rest."""

from datetime import date, timedelta

import numpy as np

import muster
from muster.simulate.monthly import MONTHLY, months_of, read_monthly
from muster.simulate.recorder import RECORDED


def test_months_begin_after_the_day_of_rest_and_end_with_the_run():
    assert months_of(date(2021, 1, 31), date(2021, 3, 13)) == (date(2021, 2, 28), date(2021, 3, 13))
    assert months_of(date(2021, 1, 30), date(2021, 2, 1)) == (date(2021, 1, 31), date(2021, 2, 1))
    assert months_of(date(2021, 2, 1), date(2021, 2, 28)) == (date(2021, 2, 28),)


def test_each_quantity_is_the_sum_or_the_end_of_its_days(case, base):
    monthly, months = read_monthly(base), months_of(case.start, case.until)
    assert list(monthly) == list(MONTHLY)
    days = [
        day for day in range(1, base.days + 1) if (case.start + timedelta(days=day)).strftime("%Y-%m") == f"{months[2]:%Y-%m}"
    ]
    for name, about in MONTHLY.items():
        daily = base.data[name]
        wanted = daily[days].sum(axis=0) if about.flow else daily[days[-1]]
        wanted = wanted.sum(axis=0) if name == "intake" else wanted
        assert monthly[name].shape == (len(months), *wanted.shape)
        assert len(about.dims) == monthly[name].ndim
        np.testing.assert_allclose(monthly[name][2], wanted, rtol=1e-6)


def test_nobody_is_lost_between_the_months(base):
    monthly = read_monthly(base)
    assert monthly["exits"].sum() == base.data["exits"][1:].sum()
    assert monthly["exits"].dtype == np.int32
    assert monthly["control"].dtype == np.float32


def test_a_month_has_no_quantity_per_day():
    assert [name for name, about in MONTHLY.items() if "per day" in about.unit or "of the day" in about.meaning] == []
    assert set(MONTHLY) <= set(RECORDED)


def test_a_run_of_one_day_has_one_month(case):
    run = muster.simulate(case, until=case.start + timedelta(days=1))
    assert read_monthly(run)["strength"].shape[0] == 1
