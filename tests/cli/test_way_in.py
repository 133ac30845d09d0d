"""What the command line does when something goes wrong: a sentence, an exit code, no traceback."""

import subprocess
import sys

import pytest

import muster
from muster.cli import case as case_commands
from muster.cli.app import run_command_line
from muster.core.errors import Fault, InputError, MusterError


@pytest.fixture
def failing(monkeypatch):
    """Make ``muster case list`` raise."""

    def arrange(error):
        def fail():
            raise error

        monkeypatch.setattr(muster, "list_cases", fail)

    return arrange


def test_a_mistake_of_the_user_is_a_sentence_and_exit_2(failing, capsys):
    failing(MusterError("The file is empty. Write a header."))
    assert run_command_line(["case", "list"]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "The file is empty. Write a header.\n")


def test_all_faults_are_said(failing, capsys):
    failing(
        InputError(
            [Fault("regions.csv", 7, "population", '"1,2 m" is not a number.', "Write 1200000."), Fault("a", 1, None, "b", "c")]
        )
    )
    assert run_command_line(["case", "list"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        'regions.csv, row 7, "population": "1,2 m" is not a number. Write 1200000.',
        "a, row 1: b c",
    ]


def test_an_interrupt_is_130(failing, capsys):
    failing(KeyboardInterrupt())
    assert run_command_line(["case", "list"]) == 130
    assert "Interrupted" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_named(failing, capsys):
    failing(PermissionError(13, "Permission denied", "out/report.html"))
    assert run_command_line(["case", "list"]) == 2
    assert capsys.readouterr().err.startswith("out/report.html: Permission denied.")


def test_a_fault_of_muster_itself_is_not_hidden(failing):
    failing(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        run_command_line(["case", "list"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("rum", 'Unknown command "rum". Did you mean "run"?'),
        ("run", "CASE requires an argument. See: muster run --help"),
        ("run x --sed 3", "Did you mean --seed?"),
        ("run x --engine quick", 'Choose from: "fast", "plain".'),
        ("run x --seed one", '"one"'),
        ("run x --until 2021-13-01", "is not a day of the calendar"),
        ("run x --csv --json", "Give one of them."),
        ("report x --to y.html --seeds 0", "Give 1 or more."),
        ("rerun no-such-folder", "no-such-folder"),
    ],
)
def test_a_wrong_command_says_what_to_write(words, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run_command_line(words.split()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_out_that_is_a_file_is_refused_before_anything_runs(capsys, tmp_path):
    (tmp_path / "there").write_text("mine")
    assert run_command_line(["run", "tinyland", "--out", str(tmp_path / "there")]) == 2
    assert "Give --out a folder." in capsys.readouterr().err
    assert (tmp_path / "there").read_text() == "mine"


def test_a_reader_that_goes_away_is_no_error():
    program = "import sys; sys.argv = ['muster', 'model', 'params']\nfrom muster.__main__ import main\nmain()"
    writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    writer.stdout.close()
    assert writer.stderr.read() == b""
    assert writer.wait() == 0


def test_version_is_the_same_by_every_way(capsys):
    assert run_command_line(["--version"]) == 0
    assert capsys.readouterr().out.strip() == muster.__version__


def test_no_bar_and_no_colour_where_no_terminal_is(capsys):
    from muster.cli.terminal import show_progress

    with show_progress(quiet=False) as tell:
        assert tell is None
    case_commands.print_table(["a", "b"], [("x" * 300, 1)])
    printed = capsys.readouterr().out
    assert "x" * 300 in printed
    assert "\x1b" not in printed
