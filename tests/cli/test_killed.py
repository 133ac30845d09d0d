"""``muster evidence add`` and ``muster evidence review`` killed at a hundred moments: nothing acknowledged is lost or doubled."""

from __future__ import annotations

import io
import os
import random
import select
import signal
import sys
from collections import Counter

import pytest
from tests.cli.reports import harbour, write_reports

from muster.cli.app import run_command_line
from muster.evidence.ledger import Ledger, open_ledger

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
DECISIONS = ("accepted", "edited", "rejected")
# What a reviewer types: accepts, rejects with a reason, edits a field with a reason, accepts and thinks better of it.
TYPED = "a\nr\n2\ne\nplace_id\nT-7\n\nseen\nn\na\nu\na\n" * 20


def start(words, typed=""):
    """A command in a child, and the pipe on which it says each thing once the ledger has answered."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        acknowledge(lambda line: os.write(writing, f"{line}\n".encode()))
        sys.stdin, sys.stdout, sys.stderr = io.StringIO(typed), io.StringIO(), io.StringIO()
        code = run_command_line(words)
    finally:
        os._exit(code)


def acknowledge(say):
    """Let the ledger tell what it has answered to."""
    adding, deciding, undoing = Ledger.add_parcel, Ledger.decide, Ledger.undo

    def add(self, taken, **more):
        added = adding(self, taken, **more)
        say(f"added {added.document}")
        return added

    def decide(self, entry, decision, **more):
        after = deciding(self, entry, decision, **more)
        say(f"{decision} {after.id} {after.revision}")
        return after

    def undo(self, entry, **more):
        after = undoing(self, entry, **more)
        say(f"undone {after.id} {after.revision}")
        return after

    Ledger.add_parcel, Ledger.decide, Ledger.undo = add, decide, undo


def end(child, reading):
    """The whole lines a child wrote, to its end, and how it ended."""
    data = b""
    while block := os.read(reading, 1 << 16):
        data += block
    os.close(reading)
    return data.decode().split("\n")[:-1], os.waitpid(child, 0)[1]


def kill_at_random(words, typed, luck):
    """Start a command and kill it: half of the times early, half of the times after its first answer."""
    child, reading = start(words, typed)
    if luck.random() < 0.5:
        select.select([reading], [], [], 30)
    select.select([], [], [], luck.random() * 0.12)
    os.kill(child, signal.SIGKILL)
    lines, status = end(child, reading)
    return lines, os.WIFSIGNALED(status)


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory):
    """Both commands once in this process: its children begin with everything read and imported."""
    folder = tmp_path_factory.mktemp("loaded")
    ledger = ["--ledger", str(folder / "case.ledger")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO("a\n"))
        assert run_command_line(["evidence", "add", *map(str, write_reports(folder)), *ledger]) == 0
        assert run_command_line(["evidence", "review", "--reviewer", "kt", *ledger]) == 0


@pytest.mark.parametrize("seed", range(5))
def test_killed_at_twenty_moments_nothing_is_lost_or_doubled(seed, tmp_path):
    luck = random.Random(f"killed {seed}")
    files = [str(path) for path in write_reports(tmp_path, **{f"h{n}": harbour(10 * seed + n) for n in range(5)})]
    ledger = tmp_path / "case.ledger"
    add = ["evidence", "add", *files, "--ledger", str(ledger)]
    review = ["evidence", "review", "--reviewer", "kt", "--ledger", str(ledger)]
    killed, said = 0, []
    while killed < 10:
        lines, dead = kill_at_random(add, "", luck)
        said, killed = said + lines, killed + dead
        check(ledger, said)
    assert end(*start(add))[1] == 0
    whole = proposals(ledger)
    assert whole == proposals_of_an_undisturbed_one(tmp_path, files)
    for _ in range(10):  # a queue that is worked off leaves nothing to kill
        lines, dead = kill_at_random(review, TYPED, luck)
        said, killed = said + lines, killed + dead
        check(ledger, said)
    assert end(*start(review, TYPED))[1] == 0
    assert proposals(ledger) == whole
    check(ledger, said)
    with open_ledger(ledger) as book:
        assert {entry.status for entry in book.entries()} == set(DECISIONS)
    assert killed >= 11
    assert {line.split()[0] for line in said} >= {"added", "accepted"}


def proposals(ledger):
    with open_ledger(ledger) as book:
        return {entry.id: entry.proposal for entry in book.entries()}


def proposals_of_an_undisturbed_one(folder, files):
    """What a ledger with the same key holds that nobody killed."""
    other = folder / "other.ledger"
    (folder / "other.ledger.key").write_bytes((folder / "case.ledger.key").read_bytes())
    assert end(*start(["evidence", "add", *files, "--ledger", str(other)]))[1] == 0
    return proposals(other)


def check(ledger, said):
    """The ledger opens and is whole; what was answered to stands in it; nothing stands in it twice."""
    if not ledger.exists():
        assert said == []
        return
    with open_ledger(ledger) as book:
        assert book.verify().problems == ()
        documents = [one.sha256 for one in book.documents()]
        events = {event.seq: event for event in book.history()}
    assert len(documents) == len(set(documents))
    for line in said:
        what, name, *revision = line.split()
        if what == "added":
            assert name in documents
        else:
            event = events[int(revision[0])]
            assert (event.action, event.subject) == (what, name)
    stands = Counter(event.subject for event in events.values() if event.action in DECISIONS)
    stands.subtract(event.subject for event in events.values() if event.action == "undone")
    assert max(stands.values(), default=0) <= 1
