"""Keys of a terminal and lines of a pipe: what they stand for, and how the end of either shows."""

from __future__ import annotations

import io
import sys

import pytest

from muster.cli import keyboard


@pytest.fixture
def struck(monkeypatch):
    """A terminal on which keys are struck, or go wrong."""

    def arrange(key):
        def readkey():
            if isinstance(key, Exception):
                raise key
            return key

        monkeypatch.setattr(keyboard, "at_terminal", lambda: True)
        monkeypatch.setattr("readchar.readkey", readkey)

    return arrange


@pytest.mark.parametrize(("key", "stands_for"), [("a", "a"), ("A", "a"), ("\x1b[C", "n"), ("\x1b[A", "b"), ("?", "?")])
def test_a_key_is_taken_without_enter(struck, key, stands_for):
    struck(key)
    assert keyboard.press() == stands_for


@pytest.mark.parametrize("key", ["\x04", "", OSError(5, "Input/output error")], ids=["ctrl-d", "gone", "hung up"])
def test_a_terminal_that_is_gone_is_the_end(struck, key):
    struck(key)
    with pytest.raises(EOFError):
        keyboard.press()


def test_an_error_of_the_terminal_settings_is_the_end_too(struck):
    termios = pytest.importorskip("termios")
    struck(termios.error(5, "Input/output error"))
    with pytest.raises(EOFError):
        keyboard.press()


def test_from_a_pipe_a_key_is_the_first_letter_of_a_line(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n  Accept\nan answer \n"))
    assert keyboard.press() == "a"
    assert keyboard.ask("Why?") == "an answer"
    assert capsys.readouterr().err == "Why? "
    for ask in (keyboard.press, lambda: keyboard.ask("Why?")):
        with pytest.raises(EOFError):
            ask()


@pytest.mark.parametrize("gone", [None, "closed"])
def test_no_input_at_all_is_the_end(monkeypatch, gone):
    stream = None
    if gone:
        stream = io.StringIO()
        stream.close()
    monkeypatch.setattr(sys, "stdin", stream)
    with pytest.raises(EOFError):
        keyboard.press()
