from __future__ import annotations

import numpy as np
import pytest

from muster.report.suppress import suppress, suppress_array


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0"), (0.4, "<10"), (1, "<10"), (9, "<10"), (10, "10"), (14, "10"), (1236, "1,240")]
)
def test_small_cells_are_hidden_and_others_rounded(count, told):
    assert suppress(count) == told


def test_figures_get_no_small_cell():
    shown = suppress_array(np.array([0.0, 3.0, 9.9, 12.0, 255.0]))
    assert np.isnan(shown[[1, 2]]).all()
    assert list(shown[[0, 3, 4]]) == [0, 10, 260]
