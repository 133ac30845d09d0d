"""Outcomes cut by time, region and branch: the cuts sum to the whole."""

from datetime import date

import numpy as np
import pytest

import muster
from muster.compare.outcome import OUTCOMES, find_outcome
from muster.compare.part import Part, group_names, read_period, sum_up, tabulate
from muster.core.vocabulary import BRANCHES, EXITS


@pytest.mark.parametrize("name", OUTCOMES)
def test_every_outcome_can_be_read_and_its_groups_sum_to_the_whole(trio, name):
    outcome = OUTCOMES[name]
    whole = tabulate(trio.case, outcome, trio.data, trio.months, Part())
    assert whole.shape == (3, 4, len(trio.months))
    for by in outcome.axes:
        groups = tabulate(trio.case, outcome, trio.data, trio.months, Part(), by=by)
        assert groups.shape[2] == len(group_names(trio.case, Part(), by))
        if not outcome.shares:
            np.testing.assert_allclose(groups.sum(axis=2), whole)


def test_a_share_is_averaged_over_people(trio):
    control = tabulate(trio.case, OUTCOMES["control"], trio.data, trio.months, Part())
    np.testing.assert_allclose(control, trio.data["mean_control"], atol=1e-6)


def test_one_region_and_branch_is_the_cell_of_the_record(trio):
    part = Part(region="Northvale", branch="police")
    found = tabulate(trio.case, OUTCOMES["killed"], trio.data, trio.months, part)
    cell = trio.data["exits"][..., trio.case.region_index("Northvale"), BRANCHES.index("police"), EXITS.index("killed")]
    np.testing.assert_array_equal(found, cell)
    kept = tabulate(trio.case, OUTCOMES["killed"], trio.data, trio.months, part, by="branch")
    np.testing.assert_array_equal(kept[:, :, 0], cell)


def test_safe_exits_count_the_caught_and_killed_against():
    exits = np.zeros((1, 1, 1, len(EXITS)))
    for fate, number in (("defected", 9), ("deserted", 5), ("surrendered", 3), ("arrested", 2), ("killed", 4), ("prisoner", 100)):
        exits[0, 0, 0, EXITS.index(fate)] = number
    assert find_outcome("safe_exits").read({"exits": exits}).item() == 9 + 5 + 3 - 2 - 4


def test_flows_are_summed_and_states_are_taken_at_the_end():
    values = np.array([[1.0, 2.0, 3.0]])
    assert sum_up(OUTCOMES["left"], values) == 6.0
    assert sum_up(OUTCOMES["control"], values) == 3.0


def test_a_period_covers_the_months_it_touches(trio):
    part = read_period("2031-04..2031-05-10")
    assert (part.since, part.until) == (date(2031, 4, 1), date(2031, 5, 10))
    assert [f"{day:%Y-%m}" for day in trio.months[part.months(trio.months)]] == ["2031-04", "2031-05"]


@pytest.mark.parametrize("text", ["2031", "2032..2031", "a..b"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(muster.MusterError):
        read_period(text)


@pytest.mark.parametrize(
    ("name", "part", "by", "said"),
    [
        ("waiting", Part(), "region", "not told apart by region"),
        ("control", Part(branch="police"), None, "not told apart by branch"),
        ("left", Part(region="Atlantis"), None, "not a region"),
        ("left", Part(branch="cavalry"), None, "not a branch"),
        ("left", Part(branch="infantri"), None, 'Did you mean "infantry"'),
        ("left", Part(since=date(2050, 1, 1)), None, "No simulated month"),
    ],
)
def test_what_is_not_recorded_is_refused(trio, name, part, by, said):
    with pytest.raises(muster.MusterError, match=said):
        tabulate(trio.case, OUTCOMES[name], trio.data, trio.months, part, by=by)


def test_an_unknown_outcome_is_refused_with_a_hint():
    with pytest.raises(muster.MusterError, match='Did you mean "killed"'):
        find_outcome("kiled")
