"""The documentation runs: every Python block and every ``muster`` line of every page, in order, page by page.

A page's blocks share one namespace and one empty folder. A block after ``<!-- long -->`` simulates something; the page is
then marked slow. Blocks of other languages (``sh``, ``text``) are not run, but a ``make`` line must name a target.
"""

import contextlib
import re
import shlex
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from muster.cli.app import run_command_line

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
BLOCK = re.compile(r"^(?P<long><!-- long -->\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
MAKE = re.compile(r"(?:^|[`\s])make ([a-z]+)")


@dataclass(frozen=True)
class Block:
    language: str
    text: str
    line: int
    long: bool


def blocks(page):
    text = page.read_text(encoding="utf-8")
    return [
        Block(found["language"], found["text"], text[: found.start("text")].count("\n") + 1, bool(found["long"]))
        for found in BLOCK.finditer(text)
    ]


def run_python(block, page, names):
    code = "\n" * (block.line - 1) + block.text  # so that a traceback points into the page
    exec(compile(code, str(page), "exec"), names)


def run_lines(block, page):
    for line in block.text.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if not words:
            continue
        assert words[0] == "muster", f"{page.name}: only muster lines stand in a bash block, use sh: {line}"
        target = Path(words.pop(words.index(">") + 1)) if ">" in words else None
        words = [word for word in words if word != ">"]
        with contextlib.ExitStack() as stack:
            if target is not None:
                stack.enter_context(contextlib.redirect_stdout(stack.enter_context(open(target, "w", encoding="utf-8"))))
            assert run_command_line(words[1:]) == 0, f"{page.name}: {line}"
        assert target is None or target.stat().st_size > 0


def pages_to_run():
    chosen = []
    for page in PAGES:
        found = [block for block in blocks(page) if block.language in ("python", "bash")]
        if found:
            marks = [pytest.mark.slow] if any(block.long for block in found) else []
            chosen.append(pytest.param(page, id=page.relative_to(ROOT).as_posix(), marks=marks))
    return chosen


@pytest.mark.parametrize("page", pages_to_run())
def test_a_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__page__"}
    for block in blocks(page):
        if block.language == "python":
            run_python(block, page, names)
        elif block.language == "bash":
            run_lines(block, page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere_and_make_targets_exist(page):
    text = page.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    quoted = re.findall(r"`(make [a-z ]+)`", text) + [block.text for block in blocks(page) if block.language == "sh"]
    assert {name for part in quoted for name in MAKE.findall(part)} <= targets
    for block in blocks(page):
        if block.language == "toml":
            tomllib.loads(block.text)


def test_the_index_leads_to_every_page():
    index = ROOT / "docs" / "index.md"
    linked = {(index.parent / link).resolve() for link in LINK.findall(index.read_text(encoding="utf-8"))}
    assert {page for page in (ROOT / "docs").rglob("*.md") if page != index} - linked == set()
