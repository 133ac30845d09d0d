"""Differences as shown: small regional cells are hidden, in text and in numbers."""

import pytest

from muster.compare.contrast import Contrast, Difference
from muster.compare.outcome import OUTCOMES
from muster.compare.part import Part
from muster.compare.why import Explanation, Share
from muster.report.differences import list_row, list_share, tell_row, tell_share

SMALL = Difference("Northvale", 4.0, 64.0, 60.0, 50.0, 66.0, 40.0, 70.0, 1.0, 0.0)
LARGE = Difference("Northvale", 104.0, 161.0, 57.0, 53.0, 61.0, -4.0, 72.0, 0.9, 0.1)


def contrast(quantity, row, *, by="region"):
    return Contrast("tinyland", "baseline", "other", OUTCOMES[quantity], Part(), by, False, 4, (row,))


def test_a_small_regional_cell_is_hidden_with_its_difference():
    assert tell_row(contrast("left", SMALL), SMALL) == ("Northvale", *["<10"] * 5, "100%", "0%")
    listed = list_row(contrast("left", SMALL), SMALL)
    assert [listed[name] for name in ("before", "after", "median", "low90", "high90")] == [None] * 5


def test_a_large_regional_cell_is_rounded():
    told = tell_row(contrast("left", LARGE), LARGE)
    assert told == ("Northvale", "100", "160", "60", "50 to 60", "within 10 to 70", "90%", "10%")
    assert list_row(contrast("left", LARGE), LARGE)["median"] == 60.0


@pytest.mark.parametrize(("quantity", "by"), [("left", "branch"), ("left", None), ("control", "region"), ("strikes", "region")])
def test_what_is_no_regional_count_of_persons_is_shown_as_it_is(quantity, by):
    assert tell_row(contrast(quantity, SMALL, by=by), SMALL)[1] == "4"
    assert list_row(contrast(quantity, SMALL, by=by), SMALL)["before"] == 4.0


def test_parts_of_a_regional_difference_are_rounded_and_an_unknown_error_is_said():
    share = Share("peers", 6.0, float("nan"), -4.0, 31.0)
    for regional, told in ((True, "within 10"), (False, "6")):
        found = Explanation("tinyland", "", OUTCOMES["left"], 1, 2, share, share, (share,), False, regional, {})
        assert tell_share(found, share)["mean"] == told
        assert tell_share(found, share)["error"] == "unknown"
        assert list_share(found, share)["error"] is None
        assert list_share(found, share)["high90"] == (30.0 if regional else 31.0)
