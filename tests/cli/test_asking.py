"""``muster compare``, ``why``, ``motives``, ``sensitivity``, ``frontier``: each says what its twin finds."""

import json

import pytest

import muster
from muster.cli.app import run_command_line

CASE = "tinyland"


def said(capsys, *words):
    assert run_command_line([*words]) == 0
    return capsys.readouterr()


def test_compare_is_the_twin_of_the_function(capsys):
    words = ["compare", CASE, "baseline", "early-cash", "--by", "branch", "--draws", "2", "--until", "2031-12"]
    shown = json.loads(said(capsys, *words, "--json").out)
    case = muster.load_case(CASE)
    ensemble = muster.simulate_ensemble(case, None, ["baseline", "early-cash"], draws=2, until="2031-12-31")
    rows = muster.compare(ensemble, "baseline", "early-cash", by="branch").rows
    assert [row["label"] for row in shown["rows"]] == [row.label for row in rows]
    assert [row["median"] for row in shown["rows"]] == [row.median for row in rows]
    told = said(capsys, *words)
    assert "early-cash less baseline" in told.out
    assert "2 seeds of the case's uncalibrated defaults" in told.err


def test_compare_reads_a_stored_ensemble(capsys, tmp_path):
    folder = str(tmp_path / "stored")
    words = ["--draws", "2", "--until", "2031-06-30"]
    said(capsys, "ensemble", CASE, "--scenarios", "baseline,early-cash", *words, "--out", folder)
    stored = json.loads(said(capsys, "compare", folder, "baseline", "early-cash", "--json").out)
    assert stored == json.loads(said(capsys, "compare", CASE, "baseline", "early-cash", *words, "--json").out)
    assert "2 members of" in said(capsys, "compare", folder, "baseline", "early-cash").err


def test_compare_draws(capsys, tmp_path):
    target = tmp_path / "change.svg"
    said(capsys, "compare", CASE, "baseline", "early-cash", "--draws", "1", "--until", "2031-06", "--to", str(target))
    assert target.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(("name", "said"), [("x.docx", "does not end in .svg"), ("nowhere/x.svg", "nowhere does not exist")])
def test_compare_refuses_a_bad_target_before_it_simulates(capsys, tmp_path, monkeypatch, name, said):
    monkeypatch.setattr(muster, "simulate_ensemble", None)
    assert run_command_line(["compare", CASE, "baseline", "early-cash", "--draws", "1", "--to", str(tmp_path / name)]) == 2
    assert said in " ".join(capsys.readouterr().err.split())


def test_compare_hides_small_regional_cells(capsys):
    words = ["compare", CASE, "baseline", "early-cash", "--by", "region", "--draws", "1", "--until", "2031-09"]
    words += ["--quantity", "defected"]
    assert "<10" in said(capsys, *words, "-q").out
    assert None in [row["before"] for row in json.loads(said(capsys, *words, "--json").out)["rows"]]


def test_why_is_the_twin_of_the_function(capsys):
    words = ["why", CASE, "early-cash", "--draws", "1", "--until", "2031-10", "--pathways", "offer", "--pathways", "peers"]
    shown = json.loads(said(capsys, *words, "--json").out)
    parts = shown["direct"]["mean"] + sum(row["mean"] for row in shown["shares"])
    assert parts == pytest.approx(shown["whole"]["mean"])
    assert {row["name"] for row in shown["shares"]} == {"offer", "peers"}
    told = said(capsys, *words).out
    assert "whole" in told
    assert "unknown" in told
    spans = said(capsys, *words[:2], *words[3:5], *words[7:], "--periods", "2031-03..2031-05,2031-08..2031-10").out
    assert "per month" in spans


def test_motives_are_listed(capsys):
    words = ["motives", CASE, "--draws", "1", "--until", "2031-06"]
    assert [row["name"] for row in json.loads(said(capsys, *words, "--json").out)][1] == "moral_injury"
    assert "moral injury" in said(capsys, *words).out


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_sensitivity_ranks_and_labels(capsys, method):
    names = ["--parameters", "exit.attempt_rate", "--parameters", "resolve.weight_peers"]
    words = ["sensitivity", CASE, "--output", "left", "--method", method, "--runs", "32", "--until", "2031-05", *names]
    shown = json.loads(said(capsys, *words, "--json").out)
    assert shown["method"] == method
    assert {row["parameter"] for row in shown["rows"]} == {"exit.attempt_rate", "resolve.weight_peers"}
    assert all(row["assumed"] for row in shown["rows"])
    told = said(capsys, *words)
    assert "assumed" in told.out
    assert "luck makes up" in told.err
    assert ("too few for shares" in told.err) == (method == "sobol")


def test_frontier_lists_designs(capsys):
    words = ["frontier", CASE, "--budget", "1200", "--designs", "3", "--draws", "1"]
    shown = json.loads(said(capsys, *words, "--json").out)
    assert shown["budget"] == 1200
    assert len(shown["designs"]) == 4
    told = said(capsys, *words)
    assert "as it was" in told.out
    assert "your assumption" in told.err


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["compare", CASE, "baseline", "early-csh"], 'Did you mean "early-cash"'),
        (["compare", CASE, "baseline", "early-cash", "--draws", "0"], "Give 1 or more"),
        (["why", CASE, "early-cash", "--periods", "2031-03..2031-05"], "Write two"),
        (["sensitivity", CASE, "--runs", "3"], "name fewer parameters"),
        (["frontier", CASE, "--levers", "beds"], "Write places, cash"),
        (["frontier", CASE, "--budget", "-5"], "above 0"),
        (["motives", CASE, "--branch", "infantri", "--draws", "1", "--until", "2031-03"], 'Did you mean "infantry"'),
    ],
)
def test_mistakes_are_answered_by_a_sentence(capsys, words, remedy):
    assert run_command_line(words) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert remedy in heard.err
    assert "Traceback" not in heard.err
