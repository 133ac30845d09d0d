"""Every page and part of a small case, and what the answers rest on."""

import json
import re

import pytest
from tests.dashboard.conftest import client_of, wait_for

import muster
from muster.core.errors import MusterError
from muster.dashboard.pages import VIEWS
from muster.dashboard.views.map import QUANTITIES, Mapped, steps
from muster.report.figures import PLANS
from muster.report.responses import RESPONSES
from muster.report.style import darkened


@pytest.mark.parametrize("path", [path for path, _ in VIEWS.values()])
def test_a_view_answers_at_once_and_holds_no_script_of_its_own(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert 'aria-current="page"' in page.text
    assert re.findall(r"<script(?![^>]*src=)", page.text) == []
    assert re.findall(r"\son\w+=", page.text) == []
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_the_overview_says_the_answer_with_ranges(client):
    part = wait_for(client, "/parts/overview")
    assert part.status_code == 200
    assert "Who left" in part.text
    assert re.search(r"\[[\d,]+–[\d,]+\]", part.text)
    assert "data-claim" in part.text


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.key)
def test_a_figure_is_that_of_the_report_with_marks_to_click(client, plan, width):
    found = wait_for(client, f"/figures/{plan.key}?width={width}").json()
    assert "config" in found["spec"]
    text = json.dumps(found["spec"])
    assert '"href"' not in text
    assert all(f'"claim": "{name}"' in text for name in found["claims"])
    assert not found["claims"] or plan.claims


def test_a_dark_page_gets_light_inks(client):
    light = wait_for(client, "/figures/fig-strength").text
    dark = client.get("/figures/fig-strength?theme=dark").text
    assert '"#222222"' in light
    assert dark == darkened(light) != light


@pytest.mark.parametrize("name", QUANTITIES)
def test_the_map_hides_small_cells_of_persons(client, name):
    found = wait_for(client, f"/quantities/{name}").json()
    assert len(found["values"]) == len(found["told"]) == len(found["months"])
    for row, words in zip(found["values"], found["told"], strict=True):
        for value, told in zip(row, words, strict=True):
            assert (value is None) == (told == "<10")
            if QUANTITIES[name].kind == "persons" and value is not None:
                assert value == 0 or value % 10 == 0


def test_colours_of_a_count_change_at_round_numbers():
    about = Mapped("", "", "persons", lambda months: months["x"])
    import numpy as np

    assert steps(about, np.array([[0.0, 12_345.0, np.nan]])) == [600.0, 2000.0, 4000.0, 8000.0]


def test_a_claim_shows_its_passage_source_and_counterpart(study, client):
    wait_for(client, "/parts/overview")
    claim = study.case.claims[0]
    part = wait_for(client, f"/parts/claim?id={claim.id}")
    assert part.status_code == 200
    assert "<blockquote>" in part.text
    assert claim.source_title in part.text
    assert "Against it" in part.text


def test_the_ledger_is_filtered(client, study):
    whole = wait_for(client, "/parts/table").text
    assert f"{len(study.case.claims)} of {len(study.case.claims)}" in whole
    assert "No entry is like that" in client.get("/parts/table?words=nothing+says+this").text
    side = client.get("/parts/table?side=opposition").text
    assert 0 < side.count("<tr>") < whole.count("<tr>")


@pytest.mark.parametrize("response", RESPONSES, ids=lambda one: one.key)
def test_a_response_curve_is_finite_and_not_flat(client, response):
    rows = client.get(f"/responses/{response.key}").json()["spec"]["data"]["values"]
    values = [row["y"] for row in rows]
    assert all(abs(value) < 1e6 for value in values)
    assert max(values) > min(values)


def test_every_mechanism_has_a_curve_and_a_place_in_the_day(client):
    page = client.get("/model").text
    for mechanism in muster.mechanisms():
        assert f'id="{mechanism.name}"' in page
        assert mechanism.name in {response.mechanism for response in RESPONSES}


def test_checks_and_conflicts_are_shown_or_said_to_be_none(client):
    assert "Holds" in wait_for(client, "/parts/checks").text
    assert wait_for(client, "/parts/conflicts").status_code == 200
    assert "no ledger to review in" in client.get("/parts/review").text


def test_an_answer_is_worked_out_once_and_outlives_the_program(study, client, tmp_path):
    wait_for(client, "/parts/overview")
    again = muster.open_study("tinyland", draws=3, cache=study.kept._folder)
    assert client_of(again).get("/parts/overview").status_code == 200
    other = muster.open_study("tinyland", draws=4, cache=study.kept._folder)
    assert other.kept.get("overview") is None


def test_what_cannot_be_served_is_said(tmp_path):
    with pytest.raises(MusterError, match="2 or more"):
        muster.open_study("tinyland", draws=1)
    run = muster.simulate(muster.load_case("tinyland"), until="2031-04-01")
    with pytest.raises(MusterError, match="written by muster run"):
        muster.open_study(str(run.save(tmp_path / "run")))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            "/map?quantity=nonsense",
            ["There is no quantity &#34;nonsense&#34;. Shown instead: Under stable control of the regime."],
        ),
        ("/map?month=2099-12", ["There is no month &#34;2099-12&#34;. Shown instead: February 2033."]),
        ("/map?region=XX&month=2031-03", ["There is no region &#34;XX&#34;. Shown instead: Northvale."]),
        ("/map?region=TL-2&quantity=left&month=2031-03", []),
        ("/map", []),
        ("/scenarios?first=bogus&quantity=b", ["no scenario &#34;bogus&#34;", "no outcome &#34;b&#34;"]),
        ("/scenarios", []),
        ("/evidence?tab=x&side=y", ["no tab &#34;x&#34;. Shown instead: Claims.", "no side &#34;y&#34;. Shown instead: any."]),
        ("/evidence?subject=&side=opposition", []),
    ],
)
def test_what_an_address_asks_for_in_vain_is_told(client, address, said):
    page = client.get(address).text
    (notices,) = re.findall(r'<div class="warning" role="status">(.*?)</div>', page) or [""]
    assert notices.count("<p>") == len(said)
    assert all(one in notices for one in said)


@pytest.mark.parametrize("first", ["baseline", "more-safehouses", "early-cash"])
def test_a_scenario_that_is_none_is_not_a_comparison_with_itself(client, first):
    page = client.get(f"/scenarios?second=bogus&first={first}").text
    assert "There is no scenario &#34;bogus&#34;" in page
    two, one = re.findall(r'<option value="([^"]+)" selected', page)[:2]
    assert one == first
    assert two != one


def test_a_case_without_a_fit_speaks_of_none(client):
    page = client.get("/validation").text
    assert "The fit on its own figures" not in page
    assert "The case has no fit" in page
    assert "make one" not in page


def test_a_case_with_a_fit_is_held_against_its_figures(tmp_path):
    page = client_of(muster.open_study("myanmar", draws=2, cache=tmp_path)).get("/validation").text
    assert "The fit on its own figures" in page
    assert "The case has no fit" not in page


def test_the_map_is_as_high_as_its_outline(client, study):
    from muster.report.map import outline_shape

    spec = wait_for(client, "/quantities/control").json()["spec"]
    assert spec["height"] / spec["width"] == pytest.approx(outline_shape(study.case.outlines), rel=0.01)
