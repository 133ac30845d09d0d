"""What was known on a day holds nothing from later, by construction."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

import muster
from muster.calibrate.known import is_known, known_by
from muster.case import DRIVERS, Claim, tabulate
from muster.core.dates import Interval
from muster.core.errors import MusterError

CUT = date(2023, 10, 26)


@pytest.fixture(scope="module")
def case():
    return muster.load_case("myanmar")


def test_nothing_dated_or_published_later_is_left(case):
    known = known_by(case, CUT)
    assert known.claims
    assert len(known.claims) < len(case.claims)
    assert all(claim.as_of.last <= CUT for claim in known.claims)
    assert all(claim.published is None or claim.published.last <= CUT for claim in known.claims)
    assert all(row.start <= CUT and (row.end is None or row.end <= CUT) for row in known.series)
    assert all(event.day <= CUT for event in known.timeline)
    assert known.until == CUT


def test_a_claim_published_after_the_cut_about_days_before_it_is_not_known():
    day = date(2023, 10, 1)
    late = Interval(CUT + timedelta(days=1), CUT + timedelta(days=1))
    claim = Claim("A", "x", 1.0, None, None, "", None, Interval(day, day), "national", "X", "independent", late, "", "", "")
    assert not is_known(claim, CUT)
    assert is_known(replace(claim, published=Interval(day, day)), CUT)
    assert is_known(replace(claim, published=None), CUT)
    assert not is_known(replace(claim, as_of=None), CUT)


def test_a_year_of_publication_counts_by_its_last_day():
    day, year = date(2023, 5, 1), Interval(date(2023, 1, 1), date(2023, 12, 31))
    claim = Claim("A", "x", 1.0, None, None, "", None, Interval(day, day), "national", "X", "independent", year, "", "", "")
    assert not is_known(claim, CUT)


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda driver: driver.name)
def test_drivers_up_to_the_cut_are_as_they_were(case, driver):
    days = (CUT - case.start).days + 1
    np.testing.assert_allclose(tabulate(known_by(case, CUT), driver.name, days), tabulate(case, driver.name, days))


def test_what_comes_later_cannot_change_what_was_known(case):
    def told_otherwise(claim):
        return claim if is_known(claim, CUT) else replace(claim, value=1.0, low=None, high=None)

    other = replace(
        case,
        series=tuple(row if row.start <= CUT else replace(row, value=row.value * 7 + 1) for row in case.series),
        claims=tuple(told_otherwise(claim) for claim in case.claims),
        counts=tuple(row if row.published.last <= CUT else replace(row, value=9_999.0) for row in case.counts),
        directions=tuple(row if row.published.last <= CUT else replace(row, sign=-row.sign) for row in case.directions),
    )
    assert other != case
    assert known_by(other, CUT) == known_by(case, CUT)


def test_a_cut_before_the_start_is_refused(case):
    with pytest.raises(MusterError, match="Give a later --until"):
        known_by(case, case.start)


def test_a_ramp_cut_on_its_first_day_has_not_moved():
    case = muster.load_case("tinyland")
    (ramp,) = (row for row in case.series if row.driver == "skill" and row.form == "ramp")
    days = (ramp.start - case.start).days + 1
    with np.errstate(all="raise"):
        known = tabulate(known_by(case, ramp.start), ramp.driver, days + 30)
    np.testing.assert_array_equal(known, np.full(days + 30, tabulate(case, ramp.driver, days)[-1]))
