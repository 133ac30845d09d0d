"""Two people work on copies of one ledger, and bring their decisions together."""

from __future__ import annotations

import shutil

import pytest
from tests.evidence.ledger.builders import Clock, document, extraction

from muster.evidence.ledger import open_ledger
from muster.evidence.ledger.lines import export_jsonl
from muster.evidence.ledger.receive import import_readings


@pytest.fixture
def copies(tmp_path):
    ours, theirs = tmp_path / "ours.ledger", tmp_path / "theirs.ledger"
    with open_ledger(ours, clock=Clock()) as ledger:
        ledger.add(extraction(count=6))
    shutil.copyfile(ours, theirs)
    with open_ledger(ours) as one, open_ledger(theirs) as two:
        yield one, two, tmp_path / "theirs.jsonl"
        assert one.verify().problems == ()


def bring(copies):
    ours, theirs, lines = copies
    export_jsonl(theirs, lines)
    return import_readings(ours, lines)


def test_what_only_one_decided_is_taken_over_and_what_both_did_becomes_a_second_reading(copies):
    ours, theirs, _ = copies
    names = [entry.id for entry in ours.claims()]
    ours.decide(names[0], "accepted", reviewer="A")
    ours.decide(names[1], "edited", changes={"side": "eao"}, reviewer="A")
    theirs.decide(names[0], "rejected", reviewer="B", reason="no claim")
    theirs.decide(names[1], "edited", changes={"side": "opposition"}, reviewer="B")
    theirs.decide(names[2], "accepted", reviewer="B")
    theirs.add(extraction(document(text="a text only they have"), count=1))
    theirs.rate_source("Harbour Radio", "C", reviewer="B")
    brought = bring(copies)
    assert (brought.events, brought.second_readings) == (6, 2)
    assert [entry.status for entry in ours.claims()[:3]] == ["accepted", "edited", "accepted"]
    assert ours.claims()[1].claim.side == "eao"
    assert (ours.entry(names[2]).reviewer, len(ours.claims()), ours.sources()["Harbour Radio"].reliability) == ("B", 7, "C")
    assert set(ours.agreement().differing) == set(names[:2])
    assert ours.history(names[0])[-1].reason == "no claim"
    assert bring(copies).events == 0


def test_an_undo_and_a_split_find_their_place(copies):
    ours, theirs, _ = copies
    names = [entry.id for entry in ours.claims()]
    parts = [{"population": "soldiers"}, {"population": "police officers"}]
    ours.decide(names[0], "accepted", reviewer="A")
    ours.decide(names[5], "accepted", reviewer="A")
    theirs.decide(names[1], "rejected", reviewer="B")
    theirs.undo(names[1], reviewer="B")
    theirs.decide(names[2], "split", parts=parts, reviewer="B")
    theirs.decide(names[0], "split", parts=parts, reviewer="B")
    theirs.decide(names[5], "rejected", reviewer="B")
    theirs.undo(names[5], reviewer="B")
    theirs.decide(names[3], "merged", into=names[4], reviewer="B")
    theirs.link(names[3], names[4], relation="same_as", reviewer="B")
    brought = bring(copies)
    assert brought.left_out == 4
    stands = {entry.id: entry for entry in ours.claims()}
    assert [stands[name].status for name in names] == ["accepted", "proposed", "split", "merged", "proposed", "accepted"]
    assert len(stands) == 8
    assert [tie.other for tie in stands[names[4]].links] == [names[3]]
    theirs.decide(names[1], "accepted", reviewer="B")
    assert bring(copies).events == 1
    assert ours.entry(names[1]).status == "accepted"


def test_one_person_on_two_machines_is_not_two_readers(copies):
    ours, theirs, _ = copies
    name = ours.claims()[0].id
    ours.decide(name, "accepted", reviewer="A")
    theirs.decide(name, "rejected", reviewer="A")
    assert (bring(copies).left_out, ours.entry(name).status, ours.agreement().entries) == (1, "accepted", 0)
