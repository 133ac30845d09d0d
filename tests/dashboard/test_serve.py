"""Where a dashboard listens, and what it is told to read and watch: what cannot be is refused by one plain sentence."""

import socket

import pytest

import muster
from muster.cli.app import run_command_line
from muster.dashboard.serve import listen


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(muster.MusterError, match=rf"^{port} is no port\. Give --port a number from 1 to 65535"):
        listen("127.0.0.1", port)


def test_a_port_in_use_is_refused_without_the_words_of_the_system():
    with listen("127.0.0.1", 0) as taken, pytest.raises(muster.MusterError, match="another program listens on it") as told:
        listen("127.0.0.1", taken.getsockname()[1])
    assert "Errno" not in str(told.value)


def test_an_address_of_another_machine_is_refused(monkeypatch):
    def fail(*_):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket.socket, "bind", fail)
    with pytest.raises(muster.MusterError, match="no address nowhere"):
        listen("nowhere", 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--watch", "nowhere"], "nowhere is no folder"),
        (["--ledger", "missing/x.ledger"], "there is no folder missing"),
        (["--ledger", "."], "is a folder"),
        (["--port", "70000"], "70000 is no port"),
    ],
)
def test_mistakes_are_answered_by_a_sentence(capsys, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    assert run_command_line(["serve", "tinyland", "--no-browser", *words]) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    assert said in heard.err
    assert len(heard.err.splitlines()) == 1


@pytest.mark.parametrize("begun", [True, False])
def test_a_ledger_that_is_not_there_yet_is_named(capsys, tmp_path, monkeypatch, begun):
    ledger = tmp_path / "new.ledger"
    if begun:
        ledger.touch()
    monkeypatch.setattr(muster, "serve", lambda study, *, opened, **_: opened("http://127.0.0.1:1/"))
    assert run_command_line(["serve", "tinyland", "--no-browser", "--ledger", str(ledger)]) == 0
    assert ("new.ledger is not there yet" in capsys.readouterr().err) != begun
