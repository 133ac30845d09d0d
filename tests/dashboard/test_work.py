"""The queue behind the page, and what is kept of its answers."""

import sys
import threading
import time

from muster.core.errors import MusterError
from muster.dashboard import work as work_module
from muster.dashboard.kept import Kept, prune
from muster.dashboard.work import Work


def finished(job):
    while job.state in ("waiting", "running"):
        time.sleep(0.01)
    return job


def test_asking_twice_is_asking_once_and_what_is_waited_for_goes_first():
    work, done, gate = Work(), [], threading.Event()
    first = work.ask("a", "A", lambda tell: gate.wait())
    late = work.ask("b", "B", lambda tell: done.append("b"), first="late")
    soon = work.ask("c", "C", lambda tell: done.append("c"))
    assert work.ask("a", "A", lambda tell: done.append("again")) is first
    gate.set()
    finished(late)
    assert finished(soon).state == "done"
    assert done == ["c", "b"]


def test_a_failure_is_a_sentence_and_the_queue_goes_on(monkeypatch):
    def refuse(tell):
        raise MusterError("The case has no claims.")

    def break_down(tell):
        raise ZeroDivisionError

    told = []
    monkeypatch.setattr(work_module._log, "exception", lambda words, title: told.append((words % title, sys.exc_info()[0])))
    work = Work()
    assert finished(work.ask("a", "A", refuse)).problem == "The case has no claims."
    broken = finished(work.ask("b", "B", break_down))
    assert broken.state == "failed"
    assert "ZeroDivision" not in broken.problem
    assert told == [("The work 'B' failed.", ZeroDivisionError)]  # for the terminal that serves the page
    assert finished(work.ask("c", "C", lambda tell: tell(1, 2, "half"))).as_json()["what"] == "half"


def test_answers_are_kept_by_what_they_depend_on(tmp_path):
    one, two = Kept("case 1", folder=tmp_path), Kept("case 2", folder=tmp_path)
    one.put("../name", b"answer")
    assert Kept("case 1", folder=tmp_path).get("../name") == b"answer"
    assert two.get("../name") is None
    assert all(path.parent == tmp_path and len(path.name) == 64 for path in tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_no_harm(tmp_path):
    (tmp_path / "file").write_text("")
    kept = Kept("case", folder=tmp_path / "file")
    kept.put("a", b"b")
    assert kept.get("a") == b"b"


def test_the_oldest_answers_go_first(tmp_path):
    import os

    for age, name in enumerate("abc"):
        (tmp_path / name).write_bytes(b"x" * 10)
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    prune(tmp_path, most=20)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
