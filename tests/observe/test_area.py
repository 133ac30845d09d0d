from __future__ import annotations

from copy import deepcopy
from types import SimpleNamespace

import pytest

from muster.observe.area import region_areas


def test_a_square_degree_at_the_equator(case):
    assert region_areas(case)[0] == pytest.approx(12_364, rel=0.001)  # (111.19 km)^2


def test_a_hole_is_taken_out(case):
    hole = [[0.25, 0.25], [0.75, 0.25], [0.75, 0.75], [0.25, 0.75], [0.25, 0.25]]
    whole = region_areas(case)[0]
    outlines = deepcopy(case.outlines)
    outlines["features"][0]["geometry"]["coordinates"].append(hole)
    assert region_areas(SimpleNamespace(outlines=outlines, regions=case.regions))[0] == pytest.approx(0.75 * whole, rel=0.001)


def test_without_outlines_all_regions_weigh_the_same():
    case = SimpleNamespace(outlines=None, regions=(SimpleNamespace(id="A"), SimpleNamespace(id="B")))
    assert list(region_areas(case)) == [1.0, 1.0]


def test_areas_are_of_the_outlines_asked_about(case):
    halved = deepcopy(case.outlines)
    ring = halved["features"][0]["geometry"]["coordinates"][0]
    ring[:] = [[longitude / 2, latitude] for longitude, latitude in ring]
    first = region_areas(case)[0]
    assert region_areas(SimpleNamespace(outlines=halved, regions=case.regions))[0] == pytest.approx(first / 2, rel=1e-6)
    assert region_areas(case)[0] == first
