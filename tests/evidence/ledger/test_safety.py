"""Two writers, a process killed at any moment, and whatever else can go wrong with a file."""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from tests.evidence.ledger.builders import document, extraction

from muster.core.errors import MusterError
from muster.evidence.ledger import open_ledger

forked = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
DECISIONS = ("accepted", "edited", "rejected")


def in_child(work):
    """Run ``work(say)`` in a child; ``say`` writes a line to the pipe that is returned with the number of the child."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        work(lambda line: os.write(writing, f"{line}\n".encode()))
        code = 0
    finally:
        os._exit(code)


def told(reading):
    """The whole lines a child wrote, to the end of its pipe."""
    data = b""
    while block := os.read(reading, 1 << 16):
        data += block
    os.close(reading)
    return data.decode().split("\n")[:-1]


def add_and_review(path, begun, say):
    """What a user does: add documents and decide what is open, saying each thing only once it is done."""
    with open_ledger(path) as ledger:
        for number in range(begun, begun + 100):
            of = document(f"{number}.txt", text=f"text {number}")
            ledger.add(extraction(of, count=3))
            say(f"added {of.sha256}")
            for entry in ledger.claims(status="proposed"):
                decision = DECISIONS[entry.revision % 3]
                changes = {"side": "eao"} if decision == "edited" else None
                after = ledger.decide(entry.id, decision, changes=changes, reviewer="A", seen=entry.revision)
                say(f"{decision} {entry.id} {after.revision}")


@forked
def test_killed_at_a_hundred_moments_nothing_acknowledged_is_lost_or_doubled(tmp_path):
    luck = random.Random(20211127)
    path = tmp_path / "case.ledger"
    said, begun, killed = [], 0, 0
    for round_ in range(100):
        # Now and then a ledger is killed at its birth.
        target = tmp_path / f"new-{round_}.ledger" if round_ % 10 == 9 else path
        child, reading = in_child(lambda say, target=target, begun=begun: add_and_review(target, begun, say))
        if round_ % 2:
            # Half of them get as far as a first answer, however slow the machine.
            select.select([reading], [], [], 30)
        select.select([], [], [], luck.random() * 0.03)
        os.kill(child, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        lines = told(reading)
        if target is path:
            said += lines
            # The next one begins with the document this one may have been adding: as a user would, who saw no answer.
            begun += sum(line.startswith("added") for line in lines)
        elif target.exists():
            check_acknowledged(target, lines)
    assert killed == 100
    assert len(said) >= 40
    check_acknowledged(path, said)


def check_acknowledged(path, said):
    with open_ledger(path) as ledger:
        assert ledger.verify().problems == ()
        documents = [item.sha256 for item in ledger.documents()]
        entries = {entry.id: entry for entry in ledger.claims()}
        history = ledger.history()
    assert len(documents) == len(set(documents))
    assert len(entries) == 3 * len(documents)
    decisions = Counter(event.subject for event in history if event.action in DECISIONS)
    assert max(decisions.values(), default=1) == 1
    for line in said:
        what, name, *revision = line.split()
        if what == "added":
            assert name in documents
        else:
            assert (entries[name].status, entries[name].revision) == (what, int(revision[0]))


@forked
def test_two_writers_never_decide_the_same_entry(tmp_path):
    path = tmp_path / "case.ledger"
    with open_ledger(path) as ledger:
        ledger.add(extraction(count=30))
        shown = ledger.claims()  # both look before either decides

    def review(say, reviewer):
        with open_ledger(path) as ledger:
            for entry in shown:
                try:
                    ledger.decide(entry.id, "accepted", reviewer=reviewer, seen=entry.revision)
                    say(f"{entry.id} {reviewer}")
                except MusterError as error:
                    say(str(error))

    children = [in_child(lambda say, name=name: review(say, name)) for name in ("A", "B")]
    lines = [line for _, reading in children for line in told(reading)]
    assert [os.waitpid(child, 0)[1] for child, _ in children] == [0, 0]
    won = dict(line.split() for line in lines if len(line.split()) == 2)
    refused = [line for line in lines if "was accepted by" in line]
    assert len(won) == len(refused) == 30
    with open_ledger(path) as ledger:
        assert {entry.id: entry.reviewer for entry in ledger.claims()} == won
        assert ledger.verify()


def test_a_locked_ledger_says_so_and_is_unchanged(tmp_path):
    path = tmp_path / "case.ledger"
    with open_ledger(path, wait=0.05) as ledger:
        ledger.add(extraction())
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(MusterError, match=r"case.ledger is being written by somebody else"):
                ledger.add(extraction(document(text="other")))
        assert len(ledger.documents()) == 1
        ledger.add(extraction(document(text="other")))
        assert ledger.verify()


def test_a_full_disk_leaves_no_trace(tmp_path):
    with open_ledger(tmp_path / "case.ledger") as ledger:
        ledger.add(extraction())
        with ledger.store.writing() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(MusterError, match="disk is full"):
            ledger.add(extraction(document(text="large"), count=200))
        assert len(ledger.documents()) == 1
        assert ledger.verify()


def test_a_ledger_that_may_not_be_written_can_be_read(tmp_path):
    with open_ledger(tmp_path / "case.ledger") as ledger:
        ledger.add(extraction())
        with ledger.store.reading() as connection:
            connection.execute("PRAGMA query_only = ON")
        with pytest.raises(MusterError, match="cannot be written"):
            ledger.decide(ledger.claims()[0].id, "accepted", reviewer="A")
        assert len(ledger.claims()) == 3


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everything")
def test_a_file_without_permission_to_write_can_be_read(tmp_path):
    path = tmp_path / "case.ledger"
    with open_ledger(path) as ledger:
        ledger.add(extraction())
    path.chmod(0o444)
    with open_ledger(path) as ledger:
        assert len(ledger.claims()) == 3
        with pytest.raises(MusterError, match="cannot be written"):
            ledger.add(extraction(document(text="other")))


def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("just some notes, long enough to be a page of text\n" * 200)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE kept (x)")
        made.commit()
    before = text.read_bytes(), other.read_bytes()
    for path in (text, other):
        with pytest.raises(MusterError, match="is not a ledger"):
            open_ledger(path)
    assert (text.read_bytes(), other.read_bytes()) == before
    with pytest.raises(MusterError, match="not an ordinary file"):
        open_ledger(tmp_path)
    with pytest.raises(MusterError, match="There is no ledger"):
        open_ledger(tmp_path / "none.ledger", create="never")
    with pytest.raises(MusterError, match="Make it first"):
        open_ledger(tmp_path / "none" / "case.ledger")
    with pytest.raises(MusterError, match="ordinary file"):
        open_ledger("a\0b")


def test_damage_is_told_and_so_is_a_closed_ledger(tmp_path):
    path = tmp_path / "case.ledger"
    with open_ledger(path) as ledger:
        ledger.add(extraction(count=200))
    data = bytearray(path.read_bytes())
    data[8192:] = b"\x07" * (len(data) - 8192)
    path.write_bytes(data)
    with open_ledger(path) as ledger, pytest.raises(MusterError, match="is damaged"):
        ledger.claims()
    with pytest.raises(MusterError, match="has been closed"):
        ledger.claims()


def test_one_file_is_the_whole_ledger(tmp_path):
    path = tmp_path / "case.ledger"
    with open_ledger(path) as ledger:
        ledger.add(extraction())
        copy = tmp_path / "copy.ledger"
        copy.write_bytes(path.read_bytes())
        assert [item.name for item in tmp_path.iterdir() if item.name not in (path.name, copy.name)] == []
        with open_ledger(copy) as copied:
            assert copied.claims() == ledger.claims()
            assert copied.verify().head == ledger.verify().head
