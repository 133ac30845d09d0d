"""The reference page of the command line, made from the commands themselves: ``python -m muster.cli.reference``."""

from __future__ import annotations

from io import StringIO

from muster.cli.app import COMMANDS, GROUPS, build_app

_WIDTH = 100

_HEAD = """\
# Command line

Made from the code by `python -m muster.cli.reference > docs/reference/cli.md`; a test holds it up to date.

Data goes to stdout, talk and progress to stderr. Exit codes: 0 well; 1 the answer is no (a check fails, a repeated run
differs); 2 a mistake in the input, said in a sentence; 130 interrupted.
"""


def help_text(words: str) -> str:
    """The help of a command (``"case list"``; ``""`` for the root), as plain text of fixed width."""
    from rich.console import Console

    page = StringIO()
    console = Console(file=page, width=_WIDTH, color_system=None, force_terminal=False)
    app = build_app()
    app.help_formatter = "plain"
    app.help_print([*words.split()], console=console)
    return "\n".join(line.rstrip() for line in page.getvalue().strip().splitlines()) + "\n"


def write_reference() -> str:
    """The whole page, as Markdown."""
    commands = ("", *GROUPS, *(command.words for command in COMMANDS))
    return "\n".join((_HEAD, *map(_describe, commands)))


def _describe(words: str) -> str:
    return f"## `{('muster ' + words).strip()}`\n\n```text\n{help_text(words)}```\n"


if __name__ == "__main__":
    print(write_reference(), end="")
