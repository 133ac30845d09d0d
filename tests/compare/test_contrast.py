"""Contrasts: paired, exactly 0 for a null scenario, and surer for the pairing."""

import numpy as np
import pytest

import muster
from muster.compare.contrast import contrast, paired, summarise
from muster.compare.outcome import OUTCOMES
from muster.compare.part import Part


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_null_scenario_differs_by_exactly_nothing(trio, name):
    for by in (None, "month", *OUTCOMES[name].axes):
        for row in contrast(trio, "baseline", "null", quantity=name, by=by).rows:
            assert (row.median, row.low90, row.high90, row.low50, row.high50, row.up, row.down) == (0, 0, 0, 0, 0, 0, 0)


def test_a_row_summarises_the_pairs():
    row = summarise("x", np.array([30.0, 10.0, 20.0]), np.array([11.0, 19.0, 35.0]))
    assert (row.before, row.after, row.median) == (20.0, 19.0, 9.0)
    assert (row.up, row.down) == (2 / 3, 1 / 3)
    assert row.low90 < row.low50 < row.median < row.high50 < row.high90


def test_a_contrast_is_second_less_first_member_by_member(trio):
    change = paired(trio, "baseline", "fewer-places", quantity="defected")
    exits = trio.data["exits"].sum(axis=(2, 3, 4))[..., 0]
    np.testing.assert_array_equal(change, exits[1] - exits[0])
    found = contrast(trio, "baseline", "fewer-places", quantity="defected")
    assert found.rows[0].median == np.median(change)
    assert not found.regional
    assert contrast(trio, "baseline", "fewer-places", by="region").regional


def test_nothing_differs_before_the_scenario_begins(trio):
    rows = contrast(trio, "baseline", "fewer-places", by="month").rows
    early = [row for row in rows if row.label < "2032-01"]
    assert len(early) == 10
    assert all(row.low90 == row.high90 == 0 for row in early)


def test_months_summed_up_end_at_the_whole(trio):
    rows = contrast(trio, "baseline", "fewer-places", quantity="defected", by="month", cumulative=True).rows
    assert rows[-1].after == contrast(trio, "baseline", "fewer-places", quantity="defected").rows[0].after
    with pytest.raises(muster.MusterError, match="Only a flow by month"):
        contrast(trio, "baseline", "null", quantity="control", by="month", cumulative=True)


def test_a_part_is_a_part(trio):
    found = contrast(trio, "baseline", "fewer-places", quantity="strength", by="branch", part=Part(branch="police"))
    assert [row.label for row in found.rows] == ["police"]


def test_common_luck_makes_a_difference_surer_than_independent_seeds(tiny, fewer):
    """At least 10 times; the measured factors of the full case stand in bench/pairing.json."""
    ensemble = muster.simulate_ensemble(tiny, None, ["baseline", fewer], draws=24)
    change = paired(ensemble, "baseline", "fewer-places", quantity="strength")
    each = [ensemble.data["strength"][place][:, -1].sum(axis=(1, 2)) for place in (0, 1)]
    assert change.var() > 0
    assert sum(values.var(ddof=1) for values in each) > 10 * change.var(ddof=1)
