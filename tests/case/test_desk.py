"""Reading files into a ledger, taking it out and in again: what becomes of each file, and what is left behind."""

from __future__ import annotations

import pytest
from tests.cli.reports import write_reports

import muster
from muster.case.desk import key_beside
from muster.core.errors import MusterError


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "case.ledger"
    muster.add_files(path, write_reports(tmp_path))
    return path


def ids(path):
    with muster.open_ledger(path, create="never") as book:
        assert book.verify()
        return {entry.id for entry in book.entries()}


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_added(tmp_path):
    files = write_reports(tmp_path)
    told = []
    taken = muster.add_files(
        tmp_path / "case.ledger", [tmp_path, *files, tmp_path / "none.txt", files[0]], progress=lambda *now: told.append(now)
    )
    assert [one.added is None for one in taken] == [True, False, False, True, False]
    assert "folder" in taken[0].problem
    assert "none.txt" in taken[3].problem
    assert (taken[4].added.new, set(taken[4].added.known)) == ((), set(taken[1].added.new))
    assert [(done, total) for done, total, _ in told] == [(number, 5) for number in range(5)]


def test_interrupted_what_was_added_stays(tmp_path, monkeypatch):
    files = write_reports(tmp_path)

    def interrupt(done, total, name):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        muster.add_files(tmp_path / "case.ledger", files, progress=interrupt)
    with muster.open_ledger(tmp_path / "case.ledger", create="never") as book:
        assert [one.name for one in book.documents()] == ["courier.txt"]


def test_no_text_no_path_and_no_private_name_is_stored(ledger):
    held = ledger.read_bytes()
    assert b"Veresk" not in held
    assert str(ledger.parent).encode() not in held
    assert len(key_beside(ledger).read_bytes()) == 32


def test_no_key_is_left_beside_what_is_no_ledger(tmp_path):
    files = write_reports(tmp_path)
    other = tmp_path / "notes.db"
    other.write_text("just some notes")
    for place in (other, tmp_path / "none" / "case.ledger"):
        with pytest.raises(MusterError):
            muster.add_files(place, files)
    assert not key_beside(other).exists()
    assert not (tmp_path / "none").exists()


def test_a_history_goes_out_and_in_the_same(ledger, tmp_path):
    history = tmp_path / "history.jsonl"
    assert muster.export_ledger(ledger, history) == (history,)
    assert "0 known before" in muster.import_ledger(tmp_path / "copy.ledger", history, reviewer="kt")
    assert ids(tmp_path / "copy.ledger") == ids(ledger)
    assert "0 events taken in" in muster.import_ledger(tmp_path / "copy.ledger", history, reviewer="kt")


def test_a_table_comes_back_as_decisions(ledger, tmp_path):
    (table,) = muster.export_ledger(ledger, tmp_path / "claims.csv")
    table.write_text(table.read_text(encoding="utf-8").replace(",proposed,", ",accepted,", 1), encoding="utf-8")
    assert "1 accepted" in muster.import_ledger(ledger, table, reviewer="kt", reason="read in full")
    with muster.open_ledger(ledger) as book:
        (entry,) = book.entries(status="accepted")
    assert (entry.reviewer, entry.reason) == ("kt", "read in full")
    folder = tmp_path / "tables"
    assert len(muster.export_ledger(ledger, folder)) == 4
    assert "claim: 0 edited, 0 accepted" in muster.import_ledger(ledger, folder, reviewer="kt")


def test_a_colleagues_history_gives_second_readings(ledger, tmp_path):
    copy = tmp_path / "copy.ledger"
    copy.write_bytes(ledger.read_bytes())
    for path, reviewer, decision in ((ledger, "A", "accepted"), (copy, "B", "rejected")):
        with muster.open_ledger(path) as book:
            book.decide(book.claims()[0].id, decision, reviewer=reviewer)
    muster.export_ledger(copy, tmp_path / "theirs.jsonl")
    told = muster.import_ledger(ledger, tmp_path / "theirs.jsonl", reviewer="A", second_reading=True)
    assert "1 of them second readings" in told
    with muster.open_ledger(ledger) as book:
        entry = book.claims()[0]
        assert (entry.status, set(entry.readings)) == ("accepted", {"A", "B"})
        assert book.agreement().differing == (entry.id,)


@pytest.mark.parametrize("name", ["claims.xlsx", "case.ledger"])
def test_an_export_says_what_it_can_write(ledger, tmp_path, name):
    before = ledger.read_bytes()
    with pytest.raises(MusterError, match=r"ends in neither \.csv nor \.jsonl"):
        muster.export_ledger(ledger, tmp_path / name)
    assert ledger.read_bytes() == before
    assert not (tmp_path / "claims.xlsx").exists()


def test_an_import_of_nothing_makes_no_ledger(tmp_path):
    (tmp_path / "claims.csv").write_text("id\n")
    for source, said in (("none.jsonl", "is not there"), ("claims.csv", "There is no ledger")):
        with pytest.raises(MusterError, match=said):
            muster.import_ledger(tmp_path / "new.ledger", tmp_path / source, reviewer="kt")
    assert not (tmp_path / "new.ledger").exists()
