"""Every command has help that ends with an example, a twin in the library, and a place in the reference page."""

import re
import shlex
from pathlib import Path

import pytest

import muster
from muster.cli.app import COMMANDS, build_app
from muster.cli.reference import help_text, write_reference

ROOT = Path(__file__).parents[2]
WITHOUT_TWIN = {"demo"}  # several steps in a row


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.words)
def test_help_ends_with_an_example_that_the_command_line_understands(command):
    last = help_text(command.words).strip().splitlines()[-1]
    assert last == f"Example:  {command.example}"
    tokens = shlex.split(command.example)[1:]
    assert tokens[: len(command.words.split())] == command.words.split()
    _, bound, unused = build_app().parse_args(tokens, print_error=False, exit_on_error=False)[:3]
    assert bound is not None
    assert not unused


@pytest.mark.parametrize("words", ["", "case", "model", *(command.words for command in COMMANDS)])
def test_every_parameter_has_help(words):
    lines = help_text(words).splitlines()
    assert lines[0].startswith("Usage: muster")
    assert [line for line in lines if re.match(r"\s+(--?\w|[A-Z]+)[\w ,-]*:?\s*(\[.*)?$", line)] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.words)
def test_a_command_names_its_twin_in_the_library(command):
    from importlib import import_module

    module, _, name = command.target.partition(":")
    text = getattr(import_module(f"muster.cli.{module}"), name).__doc__
    twins = set(re.findall(r"``muster\.(\w+)``", text))
    assert twins <= set(muster.__all__)
    assert twins or command.words in WITHOUT_TWIN


def test_the_reference_page_is_up_to_date():
    written = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert written == write_reference(), "run: python -m muster.cli.reference > docs/reference/cli.md"
