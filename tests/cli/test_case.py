"""``muster case``: the shipped packs through the command line."""

import json

import muster
from muster.cli.app import run_command_line


def test_list_names_the_shipped_cases(capsys):
    assert run_command_line(["case", "list"]) == 0
    assert "myanmar" in capsys.readouterr().out
    assert run_command_line(["case", "list", "--json"]) == 0
    assert [case["name"] for case in json.loads(capsys.readouterr().out)] == [case.name for case in muster.list_cases()]


def test_show_adds_up(capsys):
    assert run_command_line(["case", "show", "myanmar", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    case = muster.load_case("myanmar")
    persons = sum(formation.persons for formation in case.formations)
    assert sum(region["persons"] for region in shown["regions"]) == sum(shown["branches"].values()) == persons
    assert run_command_line(["case", "show", "myanmar"]) == 0
    printed = capsys.readouterr().out
    assert all(region.name in printed for region in case.regions)


def test_a_new_case_has_no_faults_and_a_broken_one_is_said(capsys, tmp_path):
    folder = tmp_path / "mine"
    assert run_command_line(["case", "new", str(folder)]) == 0
    assert run_command_line(["case", "check", str(folder)]) == 0
    assert "No faults." in capsys.readouterr().out
    regions = folder / "regions.csv"
    regions.write_text(regions.read_text().replace("population", "peoples", 1))
    assert run_command_line(["case", "check", str(folder), "--json"]) == 2
    faults = json.loads(capsys.readouterr().out)
    assert {fault["file"] for fault in faults} >= {"regions.csv"}
    assert run_command_line(["case", "check", str(folder)]) == 2
    assert "regions.csv" in capsys.readouterr().out


def test_an_unknown_case_names_the_known_ones(capsys):
    assert run_command_line(["case", "show", "myanmr"]) == 2
    assert "myanmar" in capsys.readouterr().err
