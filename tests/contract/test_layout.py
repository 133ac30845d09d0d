"""The house rules that a machine can check: sizes, names, docstrings, nothing of anybody's machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

import muster

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "muster"
SOURCES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 60
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}

# Built from pieces, so that this file does not hold what it forbids.
MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"(tmp|root|home|Users|work|mnt|var/folders)/\w",
            r"[A-Z]:\\" + r"\\?(Users|Temp)",
            r"py" + r"pi\.|files\.python" + r"hosted|/sim" + r"ple/",
            r"\.\./" + r"shared",
        ]
    )
)
UNFINISHED = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]))


def short(path):
    return path.relative_to(ROOT).as_posix()


def tracked():
    """The files git knows, or all files where there is no git."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        inside = ("src", "tests", "docs", "bench")
        return [
            path for name in inside for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        ]
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_a_source_file_is_short_and_so_are_its_functions(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MOST_LINES, "split this file: one idea, one file"
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions(ast.parse(text))}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_a_source_file_says_what_it_is(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), "begin the file with a docstring"


def test_no_module_is_a_lumber_room():
    assert [short(path) for path in SOURCES if {path.stem, path.parent.name} & FORBIDDEN_NAMES] == []


def test_every_folder_of_code_is_a_package():
    bare = {path.parent for path in SOURCES if not (path.parent / "__init__.py").is_file()}
    assert {short(folder) for folder in bare} == set()


def test_the_facade_lists_what_it_loads():
    assert muster.__all__ == sorted(muster.__all__)
    assert set(muster.__all__) == {*muster._NAMES, "__version__"}


@pytest.mark.parametrize("pattern", [MACHINE, UNFINISHED], ids=["machine", "unfinished"])
def test_no_committed_text_tells_of_a_machine_or_is_unfinished(pattern):
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{short(path)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_constraints_are_plain_versions_and_cover_the_dependencies():
    import tomllib

    lines = (ROOT / "constraints.txt").read_text().split()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.+!]+", line)] == []
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + [line for extra in project["optional-dependencies"].values() for line in extra]
    assert {re.match(r"[\w-]+", line).group().lower() for line in wanted} <= pinned
