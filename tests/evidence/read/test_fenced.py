"""The reading process is bounded, has no effects, and is replaced when it breaks."""

import json
import os
import subprocess
import sys
import textwrap

import pytest

from muster.evidence.read import fenced
from muster.evidence.read.bounds import Unreadable
from muster.evidence.read.masthead import Said
from muster.evidence.read.parts import Reading, pack, unpack

PAGE = b"<html><p>Over 1,001 soldiers left the army.</p></html>"


@pytest.fixture(autouse=True)
def no_process_left():
    fenced.stop_reading()
    yield
    fenced.stop_reading()


def test_one_process_serves_many_files():
    fenced.read_fenced("html", PAGE, source_length=len(PAGE))
    first = fenced._kept[0].running.pid
    fenced.read_fenced("html", PAGE, source_length=len(PAGE))
    assert fenced._kept[0].running.pid == first
    assert fenced._kept[0].files == 2


def test_a_slow_file_is_stopped_and_the_next_one_read():
    slow = b"<html>" + b"<tr><td>x" * 400_000
    with pytest.raises(Unreadable, match="longer than 0 seconds"):
        fenced.read_fenced("html", slow, source_length=len(slow), seconds=0.05)
    assert fenced.read_fenced("html", PAGE, source_length=len(PAGE)).runs


def test_a_dead_process_is_replaced():
    fenced.read_fenced("html", PAGE, source_length=len(PAGE))
    fenced._kept[0].running.kill()
    fenced._kept[0].running.wait()
    assert fenced.read_fenced("html", PAGE, source_length=len(PAGE)).runs


def test_no_process_stays_behind():
    fenced.read_fenced("html", PAGE, source_length=len(PAGE))
    running = fenced._kept[0].running
    fenced.stop_reading()
    assert running.poll() is not None
    assert fenced._kept == []


def test_no_process_to_be_had(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Unreadable, match="no reading process"):
        fenced.read_fenced("html", PAGE, source_length=len(PAGE))


def test_interpreter_ends_quietly_with_its_reader():
    code = "from muster.evidence.read import fenced; fenced.read_fenced('html', b'<p>words', source_length=8); print('done')"
    ended = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "done\n", "")


FENCE = """
    import resource, sys
    from muster.evidence.read import worker
    worker._bound_process()
    import socket, subprocess, os
    sys.addaudithook(worker._refuse_effects)
    {attempt}
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits differ elsewhere")
@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        ("socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("socket.getaddrinfo('a.example', 80)", "PermissionError"),
        ("subprocess.run(['true'])", "PermissionError"),
        ("os.system('true')", "PermissionError"),
        ("os.fork()", "PermissionError"),
        ("os.remove('x')", "PermissionError"),
        ("open('new', 'w')", "PermissionError"),
        ("os.open('new', os.O_CREAT | os.O_RDWR)", "PermissionError"),
        ("open('/etc/hostname').read()", "PermissionError"),
        ("bytearray(2_000_000_000)", "MemoryError"),
    ],
)
def test_what_a_reader_may_not_do(tmp_path, attempt, error):
    code = textwrap.dedent(FENCE).format(attempt=attempt)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, timeout=60)
    assert ended.returncode == 1
    assert ended.stderr.strip().splitlines()[-1].startswith(error)
    assert os.listdir(tmp_path) == []


def test_a_reading_passes_unchanged():
    reading = Reading(runs=[(3, "Over "), (9, "1"), (9, "\n")], said=Said(title="T"), notes=["a note"])
    assert unpack(pack(reading), source_length=20) == reading
    assert unpack(pack(Reading(text="words", pages=[0, 5])), source_length=None).pages == [0, 5]


@pytest.mark.parametrize(
    "change",
    [
        {"runs": [[5, "a"], [4, "b"]]},
        {"runs": [[19, "abc"]]},
        {"runs": [[-1, "a"]]},
        {"runs": [[1, 2]]},
        {"text": None},
        {"said": {"title": 5}},
        {"said": {"other": "x"}},
        {"pages": [99]},
        {"notes": 5},
    ],
)
def test_a_reading_led_astray_is_refused(change):
    given = json.loads(pack(Reading(text="words"))) | change
    with pytest.raises(Unreadable):
        unpack(json.dumps(given).encode(), source_length=20)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_a_garbled_answer_is_refused(data):
    with pytest.raises(Unreadable):
        unpack(data, source_length=20)
