"""Who may import whom, and what may be loaded when."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from muster.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "muster"
HEAVY = ("numpy", "numba", "pandas", "xarray", "pydantic", "altair", "jinja2", "h5py", "vl_convert")


def loaded_by(code):
    """Names of the modules a fresh interpreter holds after some code."""
    program = f"import sys, json, io, contextlib\n{code}\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def run_of(words):
    return f"sys.argv = ['muster', *{words!r}]\nfrom muster.__main__ import main\ntry:\n    main()\nexcept SystemExit:\n    pass"


def top_level_imports(path):
    """Names a module imports when it is loaded: whatever stands outside functions and ``if TYPE_CHECKING``."""
    waiting, names = list(ast.parse(path.read_text(encoding="utf-8")).body), set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
    return names


def test_the_import_contracts_hold(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_importing_muster_loads_no_library():
    assert loaded_by("import muster") & {*HEAVY, "cyclopts", "rich"} == set()


def test_listing_the_facade_loads_no_library():
    assert loaded_by("import muster\ndir(muster)\nmuster.__all__") & set(HEAVY) == set()


def test_the_version_is_answered_before_the_command_line_is_built():
    assert loaded_by(run_of(["--version"])) & {*HEAVY, "cyclopts", "rich"} == set()


@pytest.mark.parametrize(
    "words", [["--help"], [], ["run", "--help"], ["case", "--help"], ["model", "verify", "--help"]], ids=" ".join
)
def test_help_loads_no_numerical_library(words):
    assert loaded_by(run_of(words)) & set(HEAVY) == set()


def test_the_help_of_no_command_does():
    every = "\n".join(run_of([*command.words.split(), "--help"]) for command in COMMANDS)
    assert loaded_by(every) & set(HEAVY) == set()


@pytest.mark.parametrize("library", ["xarray", "pandas"])
def test_slow_libraries_are_imported_where_they_are_used(library):
    eager = [path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py") if library in top_level_imports(path)]
    assert eager == []


def test_numba_is_imported_by_the_one_decorator_and_the_engine_only():
    allowed = {"core/compile.py", "core/draws.py"}
    users = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "numba" in top_level_imports(path)}
    assert {name for name in users if not name.startswith(("model/", "simulate/"))} <= allowed


@pytest.mark.parametrize("floor", ["model", "simulate"])
def test_the_model_and_its_engine_know_nothing_of_documents_or_pages(floor):
    text = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / floor).rglob("*.py"))
    assert not re.search(r"muster\.(evidence|report)", text)


def test_a_name_that_does_not_exist_is_refused_as_python_does():
    import muster

    with pytest.raises(AttributeError, match="no attribute 'defect'"):
        _ = muster.defect
