"""What a person is given on entry."""

import numpy as np
import pytest

from muster.core.draws import name_key, normal
from muster.core.vocabulary import BRANCHES
from muster.model.enlistment import age_at_entry, mean_threshold, threshold
from muster.model.order import Parameters
from muster.model.parameter import packed
from muster.model.tally import CONSCRIPT, LOWERED_STANDARD, OFFICER, RECALLED, VOLUNTEER

INFANTRY, SUPPORT, AIR_FORCE, NAVY, POLICE = range(len(BRANCHES))
CHOSEN = Parameters()
CHOSEN = packed(
    CHOSEN._replace(
        resolve=CHOSEN.resolve._replace(
            threshold_army=2.4, threshold_police=1.5, threshold_air_navy=3.5, threshold_conscript=2.0, officer_offset=0.2
        )
    )
)


@pytest.mark.parametrize(
    ("branch", "entry", "rank", "mean"),
    [
        (INFANTRY, VOLUNTEER, 0, 2.4),
        (SUPPORT, VOLUNTEER, 1, 2.4),
        (INFANTRY, VOLUNTEER, OFFICER, 2.6),  # 2.4 + .2
        (AIR_FORCE, VOLUNTEER, 0, 3.5),
        (NAVY, VOLUNTEER, OFFICER, 3.7),
        (POLICE, VOLUNTEER, 0, 1.5),
        (POLICE, RECALLED, 0, 1.5),
        (INFANTRY, RECALLED, 0, 2.4),
        (INFANTRY, CONSCRIPT, 0, 2.0),
        (AIR_FORCE, LOWERED_STANDARD, 0, 2.0),  # how they came in outweighs the branch
    ],
)
def test_mean_threshold(branch, entry, rank, mean):
    assert mean_threshold(CHOSEN, branch, entry, rank) == pytest.approx(mean)


def test_threshold():
    key = name_key("somebody")
    own = normal(key, name_key("entry.threshold"))
    # mean 2.4, unit's shift .3, the person's own part with sd sqrt(1 - .19) = .9
    assert threshold(key, 2.4, 0.3, 0.19) == np.float32(2.4 + 0.3 + 0.9 * own)
    assert threshold(key, 2.4, 0.3, 1.0) == np.float32(2.7)  # all of it is the unit's


def test_thresholds_of_a_class_have_variance_one():
    keys = [name_key("person", i) for i in range(4000)]
    shifts = [np.sqrt(0.15) * normal(name_key("unit", i), name_key("entry.unit")) for i in range(4000)]
    thetas = np.array([threshold(key, 0.0, shift, 0.15) for key, shift in zip(keys, shifts, strict=True)])
    assert thetas.mean() == pytest.approx(0.0, abs=5 / np.sqrt(4000))
    assert thetas.std() == pytest.approx(1.0, abs=0.06)


AGES = np.cumsum([0.0] * 16 + [0.1, 0.0, 0.5, 0.0, 0.4])  # 16: .1, 18: .5, 20: .4


def ages(entry, floor):
    return [age_at_entry(name_key("entrant", i), AGES, entry, floor) for i in range(2000)]


def test_age_at_entry_follows_the_table():
    drawn = ages(VOLUNTEER, 0.0)
    assert set(drawn) == {16, 18, 20}
    assert drawn.count(16) / 2000 == pytest.approx(0.1, abs=0.035)  # five times sqrt(.09/2000)
    assert drawn.count(20) / 2000 == pytest.approx(0.4, abs=0.055)


def test_a_floor_cuts_the_table():
    drawn = ages(CONSCRIPT, 18.0)
    assert set(drawn) == {18, 20}
    assert drawn.count(18) / 2000 == pytest.approx(5 / 9, abs=0.056)
    assert set(ages(VOLUNTEER, 19.0)) == {20}
    assert set(ages(VOLUNTEER, 30.0)) == {30}  # beyond the table: the floor itself


def test_veterans_are_around_45():
    drawn = ages(RECALLED, 18.0)
    assert min(drawn) >= 35
    assert max(drawn) <= 60
    assert np.mean(drawn) == pytest.approx(44.5, abs=0.6)  # whole years, so half a year lower
