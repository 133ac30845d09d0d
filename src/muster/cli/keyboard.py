"""Keys and answers of a person at a terminal, or line by line from a pipe. The end of input is an ``EOFError``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

# What arrow keys send, and the key each stands for in a review.
_ARROWS = {"\x1b[C": "n", "\x1b[B": "n", "\x1b[D": "b", "\x1b[A": "b", "\x1bOC": "n", "\x1bOD": "b"}
_END = ("", "\x04")  # a terminal that is gone, and Ctrl-D


def at_terminal() -> bool:
    """Whether a person sits at the keyboard."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def press() -> str:
    """One key, without Enter, as a small letter; from a pipe the first letter of the next line that is not empty."""
    if not at_terminal():
        while not (line := _line()):
            pass
        return line[0].lower()
    from readchar import readkey

    with _gone_is_the_end():
        sys.stdout.flush()
        key = readkey()
    if key in _END:
        raise EOFError
    return _ARROWS.get(key, key.lower())


def ask(question: str) -> str:
    """A line of the person's own, without the blanks around it. The question goes to stderr, as talk does."""
    print(question, end=" ", file=sys.stderr, flush=True)
    return _line()


def _line() -> str:
    if sys.stdin is None or sys.stdin.closed:
        raise EOFError
    with _gone_is_the_end():
        line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


@contextmanager
def _gone_is_the_end() -> Iterator[None]:
    """A terminal whose window was closed gives errors where a pipe would end."""
    lost: tuple[type[Exception], ...] = (OSError,)
    if find_spec("termios"):
        lost = (OSError, import_module("termios").error)
    try:
        yield
    except lost as error:
        raise EOFError from error


def read_whatever_comes() -> None:
    """Let a byte that is no letter be a question mark instead of an error."""
    if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")


def clear_screen() -> None:
    """Begin a new screen on a terminal; elsewhere do nothing."""
    if sys.stdout.isatty():
        from rich.console import Console

        Console().clear()
