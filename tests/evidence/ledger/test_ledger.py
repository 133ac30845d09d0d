from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from tests.evidence.ledger.builders import Clock, claim, document, extraction, rich_extraction

from muster.core.errors import MusterError
from muster.evidence.ledger import open_ledger


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path / "case.ledger", clock=Clock()) as opened:
        yield opened
        assert opened.verify().problems == ()


def first(ledger):
    ledger.add(extraction())
    return ledger.claims()[0]


def test_adding_proposes_every_record_once(ledger):
    added = ledger.add(rich_extraction())
    assert added.document_is_new
    assert len(added.new) == 7
    again = ledger.add(rich_extraction())
    assert (again.document_is_new, again.new, again.known) == (False, (), added.new)
    assert [entry.type for entry in ledger.entries()] == ["claim"] * 4 + ["trend", "testimony", "event_date"]
    assert ledger.claims()[3].claim.kind == "unclassified"
    assert {entry.status for entry in ledger.entries()} == {"proposed"}
    assert ledger.entries()[4].record == rich_extraction().trends[0]
    assert ledger.claims()[0].record == rich_extraction().claims[0]


def test_neither_text_nor_path_nor_password_is_stored(ledger):
    of = rich_extraction().document
    ledger.add(
        extraction(document(name=r"C:\home\someone\story.txt", url=of.url, title=of.title)), redact=lambda text: text.upper()
    )
    data = ledger.path.read_bytes()
    assert b"someone" not in data
    assert b"private woman" not in data
    assert b"secret" not in data
    stored = ledger.documents()[0]
    assert (stored.name, stored.title, stored.url) == ("STORY.TXT", "SOLDIERS LEAVE", "https://harbour.example/story")


def test_a_check_of_names_refuses_the_whole_document(ledger):
    with pytest.raises(MusterError, match="1 of the texts may hold the name"):
        ledger.add(extraction(document(title="By Person Unknown")), check=lambda text: "Person" in text)
    assert ledger.entries() == ledger.documents() == ()


def test_a_newer_reading_proposes_only_what_is_new(ledger):
    ledger.add(extraction(count=2))
    known = ledger.claims()[0]
    ledger.decide(known.id, "rejected", reviewer="A")
    added = ledger.add(extraction(count=3))
    assert len(added.new) == 1
    assert ledger.entry(known.id).status == "rejected"


def test_a_number_read_as_another_kind_makes_room_unless_it_was_decided(ledger):
    of = document()
    old = claim(of, 10, kind="unclassified"), claim(of, 30, kind="killed"), claim(of, 50, kind="wounded")
    ledger.add(extraction(of, claims=old))
    ledger.decide(old[1].id, "accepted", reviewer="A")
    newer = claim(of, 10), claim(of, 30), old[2], claim(of, 50)
    ledger.add(extraction(of, claims=newer))
    stands = {entry.id: entry for entry in ledger.claims()}
    assert (stands[old[0].id].status, stands[old[0].id].merged_into) == ("merged", newer[0].id)
    assert [stands[item.id].status for item in old[1:]] == ["accepted", "proposed"]
    assert ledger.agreement().entries == 0


def test_the_proposal_stays_whatever_is_edited(ledger):
    entry = first(ledger)
    after = ledger.decide(entry.id, "edited", reviewer="A", reason="misread", changes={"side": "opposition", "point": "14,000"})
    assert (after.status, after.claim.side, after.claim.point, after.reviewer) == ("edited", "opposition", 14000.0, "A")
    assert after.proposal == entry.record
    changes = [(event.data["field"], event.data["old"], event.data["new"]) for event in ledger.history(entry.id)[1:]]
    assert changes == [("side", "state", "opposition"), ("point", 13000.0, 14000.0)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "defeted"}, 'Did you mean "defected"'),
        ({"lo": "20000", "hi": "10000"}, "above hi"),
        ({"point": "many"}, "not a number"),
        ({"point": "nan"}, "finite"),
        ({"quote": "x"}, "belongs to the proposal"),
        ({"sied": "state"}, 'Did you mean "side"'),
        ({"side": ""}, "may not be empty"),
        ({"date_lo": "2024"}, "after date_hi"),
        ({"date_lo": "yesterday"}, "is not a date"),
        ({}, "Nothing"),
        ({"side": "state"}, "Nothing"),
    ],
)
def test_a_bad_edit_is_refused_with_a_sentence(ledger, changes, words):
    entry = first(ledger)
    with pytest.raises(MusterError, match=words):
        ledger.decide(entry.id, "edited", reviewer="A", changes=changes)
    assert ledger.entry(entry.id).status == "proposed"
    assert len(ledger.history(entry.id)) == 1


def test_undo_is_an_event_and_brings_back_what_stood_before(ledger):
    entry = first(ledger)
    ledger.decide(entry.id, "edited", reviewer="A", changes={"side": "eao"})
    rejected = ledger.decide(entry.id, "rejected", reviewer="A")
    assert rejected.status == "rejected"
    assert ledger.undo(entry.id, reviewer="A").status == "edited"
    assert ledger.undo(entry.id, reviewer="A").record == entry.record
    assert [event.action for event in ledger.history(entry.id)] == ["proposed", "edited", "rejected", "undone", "undone"]
    with pytest.raises(MusterError, match="no decision"):
        ledger.undo(entry.id, reviewer="A")


def test_nobody_overwrites_a_decision_unseen(ledger):
    entry = first(ledger)
    ledger.decide(entry.id, "accepted", reviewer="A", seen=entry.revision)
    for seen in (entry.revision, None):
        with pytest.raises(MusterError, match="was accepted by A at 2026-03-01T12:00:02"):
            ledger.decide(entry.id, "rejected", reviewer="B", seen=seen)
    with pytest.raises(MusterError, match="changed since you opened it"):
        ledger.decide(entry.id, "rejected", reviewer="A", seen=entry.revision)
    with pytest.raises(MusterError, match="by A"):
        ledger.undo(entry.id, reviewer="B")
    now = ledger.entry(entry.id)
    assert ledger.decide(entry.id, "rejected", reviewer="B", seen=now.revision).reviewer == "B"


def test_a_merged_entry_points_to_the_one_that_stays(ledger):
    one, two, three = (ledger.add(extraction()), ledger.claims())[1]
    assert ledger.decide(one.id, "merged", into=two.id, reviewer="A").merged_into == two.id
    with pytest.raises(MusterError, match="was merged into it"):
        ledger.decide(two.id, "merged", into=one.id, reviewer="A")
    with pytest.raises(MusterError, match="itself"):
        ledger.decide(two.id, "merged", into=two.id, reviewer="A")
    ledger.decide(three.id, "rejected", reviewer="A")
    with pytest.raises(MusterError, match="is rejected"):
        ledger.decide(two.id, "merged", into=three.id, reviewer="A")


def test_a_split_makes_accepted_parts_and_can_be_undone(ledger):
    entry = first(ledger)
    parts = [
        {"population": "soldiers", "point": 3000, "lo": 3000},
        {"population": "police officers", "point": 10000, "lo": 10000},
    ]
    whole = ledger.decide(entry.id, "split", parts=parts, reviewer="A")
    made = [ledger.entry(part) for part in whole.parts]
    assert [(part.status, part.parent, part.claim.population, part.claim.id == part.id) for part in made] == [
        ("accepted", entry.id, "soldiers", True),
        ("accepted", entry.id, "police officers", True),
    ]
    ledger.undo(entry.id, reviewer="A")
    assert ledger.entry(entry.id).status == "proposed"
    assert {ledger.entry(part).status for part in whole.parts} == {"withdrawn"}
    again = ledger.decide(entry.id, "split", parts=parts, reviewer="A")
    assert set(again.parts).isdisjoint(whole.parts)
    ledger.decide(again.parts[0], "rejected", reviewer="A")
    with pytest.raises(MusterError, match="decided on since"):
        ledger.undo(entry.id, reviewer="A")


def test_links_grades_and_names_put_back(ledger):
    of = document()
    ledger.add(extraction(of, claims=(claim(of, 10, quote="P-1a2b, a minister, said so."), claim(of, 30))))
    one, two = ledger.claims()
    ledger.link(one.id, two.id, relation="compare", reviewer="A", reason="other totals")
    ledger.link(two.id, one.id, relation="compare", reviewer="A")
    assert [tie.other for tie in ledger.entry(two.id).links] == [one.id]
    assert ledger.grade(one.id, reliability="B", credibility=3, reviewer="A", reason="two papers").credibility == 3
    assert ledger.grade(one.id, clear=("credibility",), reviewer="A").credibility is None
    assert ledger.entry(one.id).reliability == "B"
    with pytest.raises(MusterError, match='"G" is not a grade'):
        ledger.grade(one.id, reliability="G", reviewer="A")
    named = ledger.unredact(one.id, code="P-1a2b", text="Minister Example", reviewer="A", reason="minister of trade")
    assert named.claim.quote.startswith("Minister Example")
    assert (named.status, named.proposal.quote[:6]) == ("proposed", "P-1a2b")
    with pytest.raises(MusterError, match="with a reason"):
        ledger.unredact(two.id, code="P-1", text="X", reviewer="A", reason=" ")


def test_a_source_keeps_the_history_of_its_grades(ledger):
    ledger.rate_source("Harbour Radio", "c", reviewer="A", reason="local stringers")
    ledger.rate_source("Harbour Radio", "B", reviewer="B", reason="corrects itself")
    assert ledger.sources()["Harbour Radio"].reliability == "B"
    told = [(event.reviewer, event.data["reliability"], event.reason) for event in ledger.source_history("Harbour Radio")]
    assert told == [("A", "C", "local stringers"), ("B", "B", "corrects itself")]
    with pytest.raises(MusterError, match="Write A"):
        ledger.rate_source("Harbour Radio", "Z", reviewer="A")


def test_a_withdrawn_document_takes_its_entries_out_of_use(ledger):
    ledger.add(extraction())
    sha256 = ledger.documents()[0].sha256
    ledger.withdraw(sha256, reviewer="A", reason="a forgery")
    assert ledger.claims() == ()
    assert len(ledger.entries(withdrawn="include")) == 3
    assert ledger.documents()[0].withdrawn == "a forgery"
    assert ledger.add(extraction()).new == ()
    assert len(ledger.claims()) == 3
    ledger.group(sha256, origin="wire-1", reviewer="A")
    assert {entry.origin for entry in ledger.claims()} == {"wire-1"}


def test_an_entry_is_found_by_the_beginning_of_its_id(ledger):
    entry = first(ledger)
    assert ledger.entry(entry.id[:6]).id == entry.id
    with pytest.raises(MusterError, match="no entry"):
        ledger.entry("zzzz")
    with pytest.raises(MusterError, match="is not a name"):
        ledger.decide(entry.id, "accepted", reviewer="  ")


def test_second_readings_leave_the_entry_and_give_agreement(ledger):
    one, two, three = (ledger.add(extraction()), ledger.claims())[1]
    ledger.decide(one.id, "accepted", reviewer="A")
    ledger.decide(two.id, "edited", changes={"side": "eao"}, reviewer="A")
    ledger.decide(three.id, "rejected", reviewer="A")
    for entry in (one, two, three):
        ledger.decide(entry.id, "accepted", reviewer="B", reading="second")
    assert [ledger.entry(entry.id).status for entry in (one, two, three)] == ["accepted", "edited", "rejected"]
    found = ledger.agreement()
    assert (found.reviewers, found.entries, found.differing) == (("A", "B"), 3, (two.id, three.id))
    assert (found.of("verdict").equal, found.of("verdict").both) == (2, 3)
    assert (found.of("side").equal, found.of("side").both, found.of("side").kappa) == (1, 2, 0.0)
    assert (found.of("kind").share, found.of("kind").kappa) == (1.0, None)
    assert found.of("point").kappa is None
    ledger.decide(two.id, "edited", changes={"side": "eao"}, reviewer="B", reading="second")
    assert ledger.agreement().of("side").share == 1.0
    ledger.undo(two.id, reviewer="B", reading="second")
    assert ledger.agreement().of("side").share == 0.5


def test_a_state_written_by_somebody_else_is_told_and_can_be_proved_wrong(tmp_path):
    path = tmp_path / "case.ledger"
    with open_ledger(path) as ledger:
        ledger.add(extraction())
    for state in ("{}", "no JSON", "[1]", '{"status": "proposed"}'):
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("UPDATE entries SET state = ? WHERE position = 2", (state,))
            raw.commit()
        with open_ledger(path) as ledger:
            with pytest.raises(MusterError, match="cannot be read"):
                ledger.claims()
            assert not ledger.verify()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER events_stay")
        raw.execute("UPDATE events SET data = 'no JSON' WHERE seq = 2")
        raw.commit()
    with open_ledger(path) as ledger:
        assert ledger.verify().problems == ("Event 2 was changed after it was written.",)


def test_events_are_never_changed_and_tampering_shows(tmp_path):
    path = tmp_path / "case.ledger"
    with open_ledger(path, clock=Clock()) as ledger:
        ledger.decide(first(ledger).id, "accepted", reviewer="A")
        head = ledger.verify().head
    with sqlite3.connect(path) as raw:
        for change in (
            "UPDATE events SET reviewer = 'B'",
            "DELETE FROM events",
            "INSERT OR REPLACE INTO events SELECT * FROM events",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(change)
        raw.execute("UPDATE entries SET status = 'rejected' WHERE position = 2")
    with open_ledger(path) as ledger:
        assert "is not what its events say" in ledger.verify().problems[0]
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER events_stay")
        raw.execute("UPDATE events SET reviewer = 'B' WHERE seq = 5")
    with open_ledger(path) as ledger:
        assert ledger.verify().problems == ("Event 5 was changed after it was written.",)
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER events_last")
        raw.execute("DELETE FROM events WHERE seq = 5")
        raw.execute("UPDATE entries SET status = 'proposed' WHERE position = 2")
    with open_ledger(path) as ledger:
        assert "cut off" in ledger.verify(head=head).problems[0]
