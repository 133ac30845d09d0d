"""``muster model``: the model tells of itself."""

import json

import pytest

import muster
from muster.cli import model
from muster.cli.app import run_command_line


def test_order_lists_the_steps(capsys):
    assert run_command_line(["model", "order", "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)
    assert {step["mechanism"] for step in steps} == {mechanism.name for mechanism in muster.mechanisms()}
    assert [step["step"] for step in steps] == list(range(1, len(steps) + 1))
    assert run_command_line(["model", "order"]) == 0
    printed = capsys.readouterr().out
    assert all(step["does"] in printed for step in steps)


def test_params_list_every_parameter_of_every_mechanism(capsys):
    assert run_command_line(["model", "params", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == [one.name for mechanism in muster.mechanisms() for one in mechanism.parameters]
    assert all(row["unit"] and row["meaning"] for row in rows)


@pytest.mark.parametrize("mechanism", ["combat", "exit"])
def test_show_tells_story_equation_and_parameters(mechanism, capsys):
    assert run_command_line(["model", "show", mechanism]) == 0
    printed = capsys.readouterr().out
    assert f"{mechanism}." in printed
    assert "reads:" in printed


def test_an_unknown_mechanism_is_answered_with_the_nearest(capsys):
    assert run_command_line(["model", "show", "combatt"]) == 2
    assert 'Did you mean "combat"?' in capsys.readouterr().err


def test_a_failing_check_is_exit_1(monkeypatch, capsys):
    class Check:
        id, title, expected, measured, tolerance, ok = "V1", "two is two", 2.0, 3.0, 0.1, False

    monkeypatch.setitem(vars(muster), "verify", lambda ids: [Check()])
    assert run_command_line(["model", "verify", "-q"]) == 1
    said = capsys.readouterr()
    assert "FAILS" in said.out
    assert said.err == ""
    assert model._short(0.123456789) == "0.123457"
