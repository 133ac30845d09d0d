"""Scenarios, levers, the programme and the queue as a page has them."""

import re

import numpy as np
import pytest
from tests.dashboard.conftest import client_of, wait_for

import muster
from muster.calibrate.draws import drawn_scenario
from muster.dashboard import answers
from muster.dashboard.levers import MEMBERS, NEW, PULLED, Pulled, pull_days, usual_day
from muster.dashboard.views import programme, scenarios
from muster.dashboard.views.runs import watch
from muster.dashboard.work import Job
from muster.simulate.monthly import read_monthly
from muster.simulate.scenario import Scenario


@pytest.fixture(autouse=True)
def few(monkeypatch):
    for module, name, number in (
        (scenarios, "MEMBERS", 3), (scenarios, "WHY_MEMBERS", 1), (programme, "DESIGNS", 2), (programme, "MEMBERS", 2),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, number)


@pytest.fixture(scope="module")
def live(study):
    while isinstance(found := answers.ask_live(study, usual_day(study.case)), Job):
        assert found.state != "failed", found.problem
    return found


def test_a_scenario_against_itself_differs_by_exactly_nought(client):
    found = wait_for(client, "/parts/compared?first=baseline&second=baseline").text
    assert "No difference at all" in found
    assert "<strong>0</strong>" in found


def test_a_difference_has_an_interval_a_figure_and_its_regions(client):
    address = "first=baseline&second=more-safehouses&quantity=admitted"
    found = wait_for(client, f"/parts/compared?{address}").text
    assert re.search(r"90 %: [\d,.-]+ to [\d,.-]+", found)
    assert "3 pairs of histories" in found
    assert "draw of the fit" not in found
    assert "holds luck and nothing else" in found
    spec = client.get(f"/drawn/compared?{address}&width=narrow").json()["spec"]
    assert spec["width"] == 270
    assert "By region" in wait_for(client, "/parts/compared?second=more-safehouses&quantity=left").text


def test_the_parts_of_a_why_add_up(study, client):
    found = wait_for(client, "/parts/why?second=no-air-power&quantity=strikes").text
    assert "direct" in found
    assert client.get("/drawn/why?second=no-air-power&quantity=strikes").json()["spec"]["layer"]


def test_a_pull_is_what_the_scenario_would_be_from_the_start(study, live):
    pulled = Pulled(usual_day(study.case), {"places": 3.0, "cash": 0.5})
    ensemble = live.pull(pulled)
    whole = Scenario(NEW, changes=pulled.changes())
    for place in range(MEMBERS):
        drawn = whole if study.posterior is None else drawn_scenario(study.case, study.posterior, place, scenario=whole)
        alone = read_monthly(muster.simulate(study.case, seed=place + 1, scenario=drawn))
        for name, values in alone.items():
            assert np.array_equal(ensemble.data[name][1, place], values), name


def test_levers_at_rest_change_nothing(study, live):
    ensemble = live.pull(Pulled(usual_day(study.case), {}))
    for values in ensemble.data.values():
        assert np.array_equal(values[0], values[1])


def test_a_later_pull_overtakes(study, live):
    live._lock.acquire()
    found = []
    import threading

    waiting = [threading.Thread(target=lambda k=k: found.append((k, live.pull(Pulled(live.start, {}))))) for k in range(3)]
    for thread in waiting:
        thread.start()
        while live._latest < waiting.index(thread):
            pass
    live._lock.release()
    for thread in waiting:
        thread.join()
    assert sum(ensemble is not None for _, ensemble in found) == 1


def test_the_page_answers_a_drag(client, live):
    found = client.get(f"/live?places=2&quantity=strength&from={live.start}").json()
    assert found["levers"].startswith("places ×2 from ")
    assert found["spec"]["layer"]


@pytest.mark.parametrize(
    "query",
    [
        "places=5",
        "places=0",
        "places=nan",
        "places=inf",
        "places=x",
        "cash=1e-9",
        "from=2020-01-01",
        "quantity=secrets",
        "from=x",
    ],
)
def test_a_lever_beyond_its_bounds_is_refused_by_a_sentence(client, query):
    for address in ("/live", "/parts/compared", "/parts/why", "/drawn/compared"):
        answer = client.get(f"{address}?second=more-safehouses&{query}")
        assert answer.status_code == 400
        assert len(answer.text) < 600


@pytest.mark.parametrize("name", ["../baseline", "baseline.toml", "/etc/passwd", "nothing", ""])
def test_a_scenario_is_a_name_of_the_case_and_never_a_file(client, name):
    answer = client.get("/parts/compared", params={"second": name})
    assert answer.status_code == 400
    assert "Choose one of" in answer.text


def test_levers_name_what_the_model_has(study):
    for name in PULLED:
        muster.scenario(study.case, "x", {name: 2.0})
    assert usual_day(study.case) in pull_days(study.case)


def test_the_programme_is_told_by_half_years_and_by_designs(client):
    assert "Days of waiting" in wait_for(client, "/parts/course").text
    found = wait_for(client, "/parts/frontier").text
    assert "as it was" in found
    assert client.get("/drawn/frontier").json()["spec"]["layer"]


def test_the_queue_and_watched_folders_are_shown(tmp_path):
    runs = tmp_path / "my-fit" / "runs"
    runs.mkdir(parents=True)
    (runs / "000000.npz").write_bytes(b"")
    assert watch(tmp_path / "my-fit")["runs"] == 64
    assert watch(tmp_path / "my-fit")["state"] == "running"
    assert watch(tmp_path / "none")["state"] == "not there"
    plan = muster.plan_ensemble(muster.load_case("tinyland"), None, ["baseline"], draws=2, until="2031-03-31")
    muster.complete_ensemble(plan, tmp_path / "my-ensemble")
    whole = watch(tmp_path / "my-ensemble")
    assert (whole["runs"], whole["total"], whole["state"]) == (2, 2, "finished")
    assert muster.open_study(str(tmp_path / "my-ensemble"), draws=2, cache=tmp_path / "kept").case.name == "tinyland"
    found = muster.open_study("tinyland", draws=3, watched=[tmp_path / "my-fit"], cache=tmp_path / "kept")
    page = client_of(found).get("/parts/runs").text
    assert "my-fit" in page
    assert "64 runs kept" in page
