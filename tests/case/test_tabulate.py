"""Values per day, each worked out by hand. Day 0 is 2020-12-31, so 2021-01-0d is day d."""

from __future__ import annotations

import numpy as np
import pytest

from muster.case import DRIVERS, tabulate
from muster.core.errors import MusterError

HEADER = "driver,region,start,end,form,value,unit,basis,source,note"


def tab(pack, driver: str, rows: str, days: int = 10, until: str = "2022-12-31") -> np.ndarray:
    """Rows are written as driver,region,start,end,form,value; days of January as two digits."""
    lines = [f"{driver},{row},,judgement,,x" for row in rows.split()]
    pack.write("drivers.csv", "\n".join([HEADER, *lines]) + "\n")
    pack.swap("pack.toml", "until = 2022-12-31", f"until = {until}")
    return tabulate(pack.load(), driver, days)


def test_shapes_and_defaults(pack):
    pack.write("drivers.csv", HEADER + "\n")
    case = pack.load()
    for driver in DRIVERS:
        values = tabulate(case, driver.name, 5)
        assert values.shape == ((5, 3) if driver.by_region else (5,))
        assert values.dtype == np.float64
        wanted = [0.75, 0.6, 0.65] if driver.name == "baseline" else driver.default
        assert (values == wanted).all(), driver.name


def test_a_level_holds_until_the_next_row(pack):
    values = tab(pack, "places", ",2021-01-02,,level,10 ,2021-01-05,,level,30")
    assert values.tolist() == [0, 0, 10, 10, 10, 30, 30, 30, 30, 30]


def test_a_level_ends_where_its_end_says(pack):
    values = tab(pack, "arming", ",2021-01-02,2021-01-04,level,0.5")
    assert values.tolist() == [1, 1, 0.5, 0.5, 0.5, 1, 1, 1, 1, 1]


def test_an_order_of_one_day(pack):
    values = tab(pack, "families_ordered", ",2021-01-03,2021-01-03,level,-0.5")
    assert values.tolist() == [0, 0, 0, -0.5, 0, 0, 0, 0, 0, 0]


def test_a_ramp_moves_from_the_value_before_and_holds(pack):
    values = tab(pack, "places", ",2021-01-01,,level,10 ,2021-01-03,2021-01-07,ramp,30")
    # Day 3 still 10, day 7 already 30, steps of 5.
    assert values.tolist() == [0, 10, 10, 10, 15, 20, 25, 30, 30, 30]


def test_a_ramp_cut_short_by_the_next_ramp_starts_from_where_it_got(pack):
    values = tab(pack, "places", ",2021-01-01,2021-01-05,ramp,40 ,2021-01-06,2021-01-08,ramp,0")
    assert values.tolist() == [0, 0, 10, 20, 30, 40, 40, 20, 0, 0]


def test_a_total_is_spread_over_its_days_and_nothing_outside(pack):
    values = tab(pack, "recall", ",2021-01-02,2021-01-05,total,20")
    assert values.tolist() == [0, 0, 5, 5, 5, 5, 0, 0, 0, 0]
    assert values.sum() == 20


def test_the_value_of_a_row_that_started_before_day_0(pack):
    values = tab(pack, "places", ",2020-12-21,2020-12-31,ramp,100 ,2021-01-03,,level,7", days=5)
    assert values.tolist() == [100, 100, 100, 7, 7]
    values = tab(pack, "recall", ",2020-12-30,2021-01-02,total,8", days=5)
    assert values.tolist() == [2, 2, 2, 0, 0]


def test_regional_rows_lie_over_those_of_all_regions(pack):
    values = tab(
        pack, "engagement", ",2021-01-01,,level,0.2 AR-P,2021-01-03,2021-01-05,level,0.9 AR-C,2021-01-04,,level,0.4", days=8
    )
    assert values[:, 0].tolist() == [0, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2]
    assert values[:, 1].tolist() == [0, 0.2, 0.2, 0.9, 0.9, 0.9, 0.2, 0.2]
    assert values[:, 2].tolist() == [0, 0.2, 0.2, 0.2, 0.4, 0.4, 0.4, 0.4]


def test_a_regional_ramp_starts_from_the_value_of_all_regions(pack):
    values = tab(pack, "engagement", ",2021-01-01,,level,0.2 AR-P,2021-01-03,2021-01-05,ramp,1", days=8)
    assert values[:, 1] == pytest.approx([0, 0.2, 0.2, 0.2, 0.6, 1, 1, 1])


def test_baseline_starts_from_the_support_of_each_region(pack):
    values = tab(pack, "baseline", "AR-N,2021-01-02,2021-01-04,ramp,0.95", days=6)
    assert values[:, 0] == pytest.approx([0.75, 0.75, 0.75, 0.85, 0.95, 0.95])
    assert (values[:, 1] == 0.6).all()


@pytest.mark.parametrize("end", ["", "2021-01-04", "2021-01-09"])
def test_a_level_that_reaches_the_end_of_the_data_is_kept_after_it(pack, end):
    values = tab(pack, "places", f",2021-01-02,{end},level,10", days=8, until="2021-01-04")
    assert values.tolist() == [0, 0, 10, 10, 10, 10, 10, 10]


def test_totals_and_orders_give_nothing_after_the_end_of_the_data(pack):
    assert tab(pack, "recall", ",2021-01-03,2021-01-04,total,8", days=7, until="2021-01-04").tolist() == [0, 0, 0, 4, 4, 0, 0]


def test_an_order_on_the_last_day_is_not_repeated(pack):
    values = tab(pack, "families_ordered", ",2021-01-04,2021-01-04,level,1", days=7, until="2021-01-04")
    assert values.tolist() == [0, 0, 0, 0, 1, 0, 0]


def test_a_short_run_sees_only_its_days(pack):
    assert tab(pack, "places", ",2021-01-02,,level,10", days=2).tolist() == [0, 0]
    assert tab(pack, "places", ",2021-01-02,,level,10", days=0, until="2022-12-30").shape == (0,)


def test_unknown_driver(pack):
    with pytest.raises(MusterError, match='Did you mean "engagement"'):
        tabulate(pack.load(), "engagment", 5)


def test_defaults_lie_within_their_bounds():
    assert len({driver.name for driver in DRIVERS}) == len(DRIVERS)
    for driver in DRIVERS:
        assert driver.meaning
        assert driver.low < driver.high
        assert driver.default is None or driver.low <= driver.default <= driver.high


def test_a_ramp_that_starts_on_day_0_starts_from_the_value_before_it(pack):
    values = tab(pack, "engagement", ",2021-01-03,,level,0.2 AR-P,2020-12-31,2021-01-02,ramp,1", days=5)
    assert values[:, 1] == pytest.approx([0, 0.5, 1, 1, 1])
    assert values[:, 0] == pytest.approx([0, 0, 0, 0.2, 0.2])


def test_the_bounds_of_a_driver_hold_for_the_day_not_for_the_total(pack):
    # 1,000,000 over ten days is 100,000 a day, the most there may be.
    assert tab(pack, "recall", ",2021-01-01,2021-01-10,total,1000000")[1] == 100_000
