"""``muster ensemble``, ``runs`` and ``sweep`` as commands: resumed after kill -9, verified, listed, and their exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from muster.cli.app import run_command_line

ASKED = ["ensemble", "tinyland", "--draws", "12", "--scenarios", "baseline,early-cash", "--until", "2031-12-31"]


def told(capsys, *words):
    code = run_command_line([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def kill_after(files: int, folder: Path, *more: str) -> list[str]:
    """Start the ensemble and kill it when so many runs are finished; returns the names of those that were."""
    child = subprocess.Popen(
        [sys.executable, "-m", "muster", *ASKED, "--out", str(folder), "--quiet", *more],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    while child.poll() is None and len(list((folder / "runs").glob("[0-9a-f]*.nc"))) < files:
        time.sleep(0.002)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    return sorted(path.name for path in (folder / "runs").glob("[0-9a-f]*.nc"))


@pytest.fixture(scope="module")
def hashed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    assert run_command_line([*ASKED, "--out", str(folder), "--quiet"]) == 0
    return json.loads((folder / "manifest.json").read_text())["settings"]["store_hash"]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a word of POSIX")
@pytest.mark.parametrize("more", [(), ("--processes",)], ids=["threads", "processes"])
def test_killed_again_and_again_it_goes_on_and_ends_the_same(capsys, tmp_path, hashed, more):
    kept: list[str] = []
    for files in (1, 9, 17):
        now = kill_after(files, tmp_path, *more)
        assert set(kept) <= set(now)
        kept = now
    stamps = {name: (tmp_path / "runs" / name).stat().st_mtime_ns for name in kept}
    code, answer = told(capsys, *ASKED, "--out", str(tmp_path))
    assert (code, answer["found"], answer["made"], answer["damaged"]) == (0, len(kept), 24 - len(kept), [])
    assert stamps == {name: (tmp_path / "runs" / name).stat().st_mtime_ns for name in kept}, "nothing finished is made again"
    code, verdict = told(capsys, "ensemble", "--verify", str(tmp_path))
    assert (code, verdict["hash"], verdict["finished"]) == (0, hashed, 24)


def test_verify_prints_one_hash_and_names_what_is_damaged(capsys, tmp_path):
    words = ["ensemble", "tinyland", "--draws", "2", "--until", "2031-06-30", "--out", str(tmp_path)]
    assert run_command_line(words) == 0
    assert "2 of 2 runs" in capsys.readouterr().err
    assert run_command_line(["ensemble", "--verify", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert len(printed.out.strip()) == 64
    path = next((tmp_path / "runs").glob("[0-9a-f]*.nc"))
    path.write_bytes(path.read_bytes()[:100])
    assert run_command_line(["ensemble", "--verify", str(tmp_path)]) == 1
    assert path.name in capsys.readouterr().err
    assert run_command_line(["runs", str(tmp_path)]) == 1
    assert "damaged" in capsys.readouterr().out
    assert run_command_line(words) == 0
    assert f"{path.name} was damaged and has been made again" in capsys.readouterr().err
    assert run_command_line(["runs", str(tmp_path), "--unfinished"]) == 0
    assert run_command_line(["rerun", str(tmp_path)]) == 0


def test_failed_runs_say_why_and_the_exit_code_says_so(capsys, tmp_path):
    (tmp_path / "wrong.toml").write_text('name = "wrong"\n[[change]]\ntarget = "security.arrest_low"\nmultiply = 10\n')
    words = ["--draws", "2", "--until", "2031-06-30", "--scenarios", f"baseline,{tmp_path / 'wrong.toml'}"]
    assert run_command_line(["ensemble", "tinyland", *words, "--out", str(tmp_path / "out")]) == 1
    assert "failed: wrong, draw 0, seed 1" in capsys.readouterr().err
    code, rows = told(capsys, "runs", str(tmp_path / "out"), "--unfinished")
    assert (code, [row["state"] for row in rows]) == (1, ["failed", "failed"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ensemble", "tinyland"], "needs a case and a folder"),
        (["ensemble", "tinyland", "--scenarios", "basline", "--out", "x"], "Did you mean"),
        (["ensemble", "tinyland", "--out", "x", "--dask", "tcp://a:1", "--processes"], "two places"),
        (["ensemble", "--verify", "nowhere"], "holds no plan.json"),
        (["sweep", "tinyland"], "Nothing is to be turned"),
        (["sweep", "tinyland", "--lever", "places=2"], "LOW:HIGH:STEPS"),
        (["sweep", "tinyland", "--lever", "palces=1:2:2"], "Did you mean"),
    ],
)
def test_mistakes_are_answered_in_a_sentence(capsys, monkeypatch, tmp_path, words, sentence):
    monkeypatch.chdir(tmp_path)
    assert run_command_line(words) == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_sweep_prints_a_table_and_writes_one(capsys, tmp_path):
    words = ["sweep", "tinyland", "--lever", "places=0.5:2:2", "--draws", "2", "--until", "2031-06-30"]
    assert run_command_line([*words, "--out", str(tmp_path)]) == 0
    assert "as it is" in capsys.readouterr().out
    assert len((tmp_path / "sweep.csv").read_text().splitlines()) == 1 + 5 * 3
    code, rows = told(capsys, *words)
    assert (code, rows[0]["places"], rows[-1]["places"]) == (0, None, 2.0)
