"""The engine against known answers: every law of `muster model verify`, and the front door to them."""

import json

import pytest

import muster
from muster.cli.app import run_command_line
from muster.simulate.verify import Check, verify
from muster.simulate.verify.catalogue import LAWS

SPECIFIED = [f"V{number}" for number in (*range(1, 19), 20, 21)] + ["V4b"]


@pytest.mark.parametrize("identity", LAWS)
def test_the_engine_obeys(identity):
    checks = verify([identity])
    assert checks
    assert {check.id for check in checks} == {identity}
    assert [check.to_dict() for check in checks if not check.ok] == []


def test_every_law_of_the_specification_is_held():
    assert set(SPECIFIED) <= set(LAWS)


def test_every_number_has_a_name_of_its_own():
    checks = verify(["V6", "V12", "V13"])
    assert len({check.title for check in checks}) == len(checks)
    assert [check.id for check in checks] == sorted((check.id for check in checks), key=["V6", "V12", "V13"].index)


def test_progress_tells_of_every_law():
    told = []
    verify(["v12", "V2"], progress=lambda *report: told.append(report))
    assert told == [(0, 2, "V2 Granovetter's hundred"), (1, 2, "V12 Control"), (2, 2, "checked")]


def test_an_unknown_check_is_answered_with_the_nearest():
    with pytest.raises(muster.MusterError, match='"V77" is not a check. Did you mean'):
        verify(["V77"])


def test_a_check_is_plain_values():
    check = verify(["V12"])[0]
    assert isinstance(check, Check)
    assert {"id", "title", "part", "expected", "measured", "tolerance", "ok"} <= set(json.loads(json.dumps(check.to_dict())))


def test_the_command_prints_them(capsys):
    assert run_command_line(["model", "verify", "V12", "--json", "-q"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 5
    assert all(row["ok"] and {"id", "expected", "measured", "tolerance"} <= set(row) for row in rows)
