"""``muster run``, ``rerun``, ``report`` and ``doctor`` on the smallest shipped case."""

import csv
import io
import json

import pytest

import muster
from muster.cli.app import run_command_line

CASE = "tinyland"


@pytest.fixture(scope="module")
def until():
    case = muster.load_case(CASE)
    return (case.start + (case.until - case.start) / 8).isoformat()


def test_json_is_the_twin_of_the_function(capsys, until):
    from muster.core.dates import parse_date

    assert run_command_line(["run", CASE, "--seed", "3", "--until", until, "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    shown = json.loads(said.out)
    run = muster.simulate(muster.load_case(CASE), seed=3, until=parse_date(until))
    assert shown == json.loads(json.dumps(run.summary_dict(), default=str))


def test_csv_is_tidy(capsys, until):
    assert run_command_line(["run", CASE, "--until", until, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {"date", "region", "branch", "quantity", "value"} <= set(rows[0])


def test_a_saved_run_is_repeated(capsys, tmp_path, until):
    folder = tmp_path / "saved"
    assert run_command_line(["run", CASE, "--until", until, "--out", str(folder), "-q"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.strip()
    assert (folder / "manifest.json").is_file()
    assert run_command_line(["rerun", str(folder)]) == 0
    assert "Same result" in capsys.readouterr().out
    assert run_command_line(["rerun", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["same"] is True


@pytest.mark.parametrize(("name", "said"), [("x.pdf", "does not end in .html"), ("nowhere/x.html", "nowhere does not exist")])
def test_report_refuses_a_bad_target_before_it_simulates(capsys, tmp_path, monkeypatch, name, said):
    monkeypatch.setattr("muster.cli.report.make_histories", None)
    assert run_command_line(["report", CASE, "--to", str(tmp_path / name), "--seeds", "1"]) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert not list(tmp_path.iterdir())


def test_report_writes_one_page_and_says_where(capsys, tmp_path, until):
    page = tmp_path / "page.html"
    assert run_command_line(["report", CASE, "--to", str(page), "--seeds", "2", "--until", until]) == 0
    assert capsys.readouterr().out.strip() == str(page)
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert [entry.name for entry in tmp_path.iterdir()] == ["page.html"]
