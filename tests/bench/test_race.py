"""The reduced model in Muster's engine against NumPy's, and the gate before the timings: it must be able to turn a peer away."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"
PERSONS, DAYS = 10_000, 850


@pytest.fixture(scope="module")
def bench():
    """The modules of bench/, which is no package."""
    before = sys.path[:], set(sys.modules)
    sys.path.insert(0, str(BENCH))
    import agree
    import race
    import worker

    yield agree, race, worker
    sys.path[:] = before[0]
    for name in set(sys.modules) - before[1]:
        if getattr(sys.modules[name], "__file__", None) and str(BENCH) in str(sys.modules[name].__file__):
            del sys.modules[name]


def curves(bench, peer, seeds, **constants):
    agree, _, worker = bench
    module = worker.load(peer)
    if constants:
        module.R = replace(module.R, **constants)
    return agree.gather([worker.measure(module, PERSONS, DAYS, seed)["curve"] for seed in seeds])


@pytest.fixture(scope="module")
def muster(bench):
    return curves(bench, "muster", range(120))


def test_the_case_in_the_engine_is_the_model_in_numpy(bench, muster):
    verdict = bench[0].judge(curves(bench, "numpy-events", range(30)), muster)
    assert verdict.agrees, verdict


def test_the_gate_turns_away_another_model(bench, muster):
    verdict = bench[0].judge(curves(bench, "numpy-events", range(30), leave=0.013), muster)
    assert not verdict.agrees, verdict


def test_the_plain_engine_gives_the_same_curve(bench):
    worker = bench[2]
    fast, plain = (worker.measure(worker.load(name), PERSONS, 100, 7)["curve"] for name in ("muster", "muster-plain"))
    assert fast == plain
    assert fast[-1] > 100


def test_a_shifted_mean_or_spread_on_one_day_is_enough(bench):
    agree = bench[0]
    own = agree.Curves(100, (5.0, 34.0, 142.0, 350.0, 486.0, 598.0, 710.0), (2.2, 7.4, 22.0, 48.0, 63.0, 71.0, 74.0))
    assert agree.judge(own, own).agrees
    assert not agree.judge(replace(own, mean=(*own.mean[:2], 142.0 + 5 * 22.0 / 10, *own.mean[3:])), own).agrees
    assert not agree.judge(replace(own, sd=(*own.sd[:-1], 150.0)), own).agrees


def test_who_disagrees_or_has_changed_is_not_timed(bench):
    race, versions = bench[1], {"python": "3", "mesa": "1"}
    digest = race.digest("mesa", versions)
    row = {"versions": versions, "digest": digest, "verdict": {"agrees": True}}
    assert race.may_be_timed("mesa", versions, {"peers": {"mesa": row}}) == ""
    assert "no curves" in race.may_be_timed("mesa", versions, {"peers": {}})
    assert "no curves" in race.may_be_timed("mesa", {**versions, "mesa": "2"}, {"peers": {"mesa": row}})
    assert "disagree" in race.may_be_timed("mesa", versions, {"peers": {"mesa": {**row, "verdict": {"agrees": False}}}})


def test_the_committed_times_belong_to_curves_that_agree_and_to_the_code_that_stands(bench):
    race = bench[1]
    results = json.loads(race.RESULTS.read_text(encoding="utf-8"))
    for peer, row in results["peers"].items():
        assert race.digest(peer, row["versions"]) == row["digest"], f"{peer}: run curves and times again"
        assert "times" not in row or race.may_be_timed(peer, row["versions"], results) == ""
        assert "times" not in row or len(row["times"]["100000"]["event_ratios"]) >= 5


def test_the_page_shows_the_committed_results(bench):
    import draw

    results = json.loads(bench[1].RESULTS.read_text(encoding="utf-8"))
    assert draw.MARKED.search(draw.PAGE.read_text(encoding="utf-8")).group() == draw.tabulate(results), "python bench/draw.py"


def test_an_absent_peer_is_skipped_with_a_word(bench, monkeypatch, capsys, tmp_path):
    race = bench[1]
    monkeypatch.setattr(race, "python_of", lambda peer: None)
    monkeypatch.setattr(race, "RESULTS", tmp_path / "peers.json")
    monkeypatch.setattr(sys, "argv", ["race.py", "times", "mesa"])
    assert race.main() == 0
    assert "skipped: not installed" in capsys.readouterr().out
