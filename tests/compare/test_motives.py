"""Motives: they add up to those who left of their own will."""

import numpy as np
import pytest

import muster
from muster.compare.motives import motives
from muster.compare.outcome import OUTCOMES
from muster.compare.part import Part, read_period, tabulate
from muster.core.vocabulary import MOTIVES


@pytest.mark.parametrize("part", [Part(), Part(branch="police"), read_period("2031-05..2031-08")])
def test_motives_add_up_to_those_who_left(trio, part):
    from muster.compare.motives import count_motives

    counted = count_motives(trio.case, trio.data, trio.months, part).sum(axis=-1)
    left = tabulate(trio.case, OUTCOMES["left"], trio.data, trio.months, part).sum(axis=-1)
    np.testing.assert_allclose(counted, left, rtol=1e-5)


def test_shares_are_of_all_who_left(trio):
    found = motives(trio, "baseline")
    assert tuple(one.name for one in found) == MOTIVES
    assert sum(one.share for one in found) == pytest.approx(1.0, abs=0.05)
    assert all(one.low90 <= one.persons <= one.high90 for one in found)


def test_what_is_not_recorded_or_empty_is_refused(trio):
    with pytest.raises(muster.MusterError, match="leave the region out"):
        motives(trio, "baseline", part=Part(region="Northvale"))
    empty = {**trio.data, "motives": np.zeros_like(trio.data["motives"])}
    from dataclasses import replace

    with pytest.raises(muster.MusterError, match="Nobody left"):
        motives(replace(trio, data=empty), "baseline")
