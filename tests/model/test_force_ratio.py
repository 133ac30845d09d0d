"""Who outweighs whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.model.force_ratio import share_against


def test_share_against():
    assert share_against(100.0, 840.0, 8.4) == pytest.approx(0.5)  # 840 against 840
    assert share_against(100.0, 2520.0, 8.4) == pytest.approx(0.25)  # 840/(2,520 + 840)
    assert share_against(0.0, 0.0, 8.4) == 0.0  # nobody against nobody
    assert share_against(1.0, 0.0, 8.4) == 1.0
    assert share_against(5.0, 100.0, 0.0) == 0.0


@given(a=st.floats(0, 1e5), g=st.floats(0, 1e6), more=st.floats(0, 1e4))
def test_more_opponents_weigh_more_and_more_soldiers_less(a, g, more):
    assert 0.0 <= share_against(a, g, 8.4) <= share_against(a + more, g, 8.4) <= 1.0
    assert share_against(a, g + more, 8.4) <= share_against(a, g, 8.4)
