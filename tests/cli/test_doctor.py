"""``muster doctor``: it sees what is missing."""

import json

import muster
from muster.cli import checkup
from muster.cli.app import run_command_line


def test_this_machine_is_well(monkeypatch, capsys):
    monkeypatch.setattr(checkup, "requires", lambda name: ["numpy>=2.2", "numba>=0.63", "vl-convert-python>=1.8"])
    assert run_command_line(["doctor", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    findings = answer["findings"]
    assert answer["profile"] == []
    assert {"Python", "numpy", "numba", "vl-convert-python", "compiled code", "case myanmar"} <= {
        finding["what"] for finding in findings
    }


def test_a_missing_library_is_named_with_its_remedy(monkeypatch, capsys):
    monkeypatch.setattr(
        checkup, "requires", lambda name: ["numpy>=2.2", "no-such-library<3,>=2.11", "ruff>=0.1; extra == 'lint'"]
    )
    bad = [finding for finding in muster.doctor() if not finding.ok]
    assert [(finding.what, finding.found) for finding in bad] == [("no-such-library", "not installed")]
    assert bad[0].remedy.endswith("pip install no-such-library")
    assert run_command_line(["doctor"]) == 1
    assert "NOT OK" in capsys.readouterr().out


def test_a_faulty_case_is_named(monkeypatch):
    monkeypatch.setattr(muster, "check_case", lambda name: ["fault"])
    assert {finding.what for finding in muster.doctor() if not finding.ok} >= {"case myanmar"}


def test_a_case_without_a_profile_is_refused(capsys):
    assert run_command_line(["doctor", "--case", "tinyland"]) == 2
    assert "--profile" in capsys.readouterr().err
