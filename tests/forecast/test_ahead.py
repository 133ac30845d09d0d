"""Drivers beyond the cut: drawn, bounded, and blind to what the pack knows of later days."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

import muster
from muster.calibrate.known import known_by
from muster.case import DRIVERS, tabulate
from muster.forecast.ahead import with_drivers_ahead


@pytest.fixture(scope="module")
def case():
    return muster.load_case("myanmar")


@pytest.fixture(scope="module")
def day(case):
    return case.start + timedelta(days=900)


def test_the_past_is_untouched_and_values_stay_within_bounds(case, day):
    known = known_by(case, day)
    until = day + timedelta(days=400)
    ahead = with_drivers_ahead(known, cut=day, until=until, seed=3)
    for driver in DRIVERS:
        before = tabulate(known, driver.name, 901)
        drawn = tabulate(ahead, driver.name, (until - case.start).days + 1)
        np.testing.assert_allclose(drawn[:901], before)
        assert (drawn >= driver.low).all()
        assert (drawn <= driver.high).all()


def test_what_became_known_later_changes_nothing(case, day):
    other = replace(case, series=tuple(row if row.start <= day else replace(row, value=row.value * 3) for row in case.series))
    until = day + timedelta(days=200)
    mine, theirs = (with_drivers_ahead(known_by(one, day), cut=day, until=until, seed=1).series for one in (case, other))
    assert mine == theirs


def test_seeds_differ_and_a_seed_repeats(case, day):
    until = day + timedelta(days=300)
    one, same, other = (with_drivers_ahead(known_by(case, day), cut=day, until=until, seed=s).series for s in (1, 1, 2))
    assert one == same
    assert one != other


def test_what_has_not_moved_for_a_year_stays(case, day):
    until = day + timedelta(days=300)
    ahead = with_drivers_ahead(known_by(case, day), cut=day, until=until, seed=9)
    drawn = tabulate(ahead, "rising", (until - case.start).days + 1)
    assert (drawn[900:] == drawn[900]).all()


@pytest.mark.parametrize("seed", range(4))  # both kinds of path: those that keep their direction, and those that do not
def test_a_longer_path_begins_with_the_shorter_one(case, day, seed):
    known = known_by(case, day)
    short, long = (with_drivers_ahead(known, cut=day, until=day + timedelta(days=days), seed=seed).series for days in (200, 500))
    assert set(short) <= set(long)
