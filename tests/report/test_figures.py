from __future__ import annotations

import re

import pytest

from muster.report.comparison import compare_claims
from muster.report.figures import PLANS
from muster.report.map import clockwise, map_days
from muster.report.render import claim_anchor, render_svg
from muster.report.scene import Scene, key_events


@pytest.fixture(scope="module")
def scene(case, runs):
    return Scene(case, runs, compare_claims(case, runs), tuple((number, event.day) for number, event in key_events(case)))


@pytest.mark.parametrize("plan", PLANS, ids=[plan.key for plan in PLANS])
def test_charts_obey_the_schema_and_fit(scene, plan):
    """Altair checks every piece here; the report itself leaves that out."""
    for width, most in (("wide", 880), ("narrow", 350)):
        chart = plan.draw(scene, width)
        chart.to_dict()
        svg = render_svg(chart, name=plan.key, width=width, alt_text=plan.title)
        assert int(re.search(r'width="(\d+)', svg).group(1)) <= most
        assert f'aria-label="{plan.title}"' in svg
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"\bNaN\b", svg)


def test_every_colour_of_a_legend_is_drawn(scene):
    for plan in PLANS:
        svg = render_svg(plan.draw(scene, "wide"), name="x", width="wide", alt_text="x").lower()
        missing = [name for name, colour in plan.legend.items() if colour.lower() not in svg]
        assert missing in ([], ["below 20 %"], ["recalled veterans"], ["navy"], ["air force", "navy"]), plan.key


def test_events_keep_their_distance(case):
    days = [event.day for _, event in key_events(case)]
    assert all((later - earlier).days >= 35 for earlier, later in zip(days, days[1:], strict=False))
    assert [number for number, _ in key_events(case)] == [1, 2]


def test_anchors_are_plain():
    assert claim_anchor('MM1"><b>') == "claim-MM1___b_"


def test_rings_are_turned_clockwise():
    against = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    turned = clockwise({"type": "Polygon", "coordinates": [against, against]})["coordinates"][0]
    assert turned[0] == against[::-1]
    assert turned[1] == against  # a hole runs the other way


def test_map_days_run_from_start_to_end():
    assert map_days(500) == [0, 100, 200, 300, 400, 500]
    assert map_days(2) == [0, 1, 2]


def test_a_case_without_outlines_says_so(case, runs):
    from dataclasses import replace

    bare = replace(case, outlines=None)
    plan = next(plan for plan in PLANS if plan.key == "fig-map")
    svg = render_svg(plan.draw(Scene(bare, runs, (), ()), "narrow"), name="m", width="narrow", alt_text="m")
    assert "no outlines" in svg
