"""Copies of one story are found by their sketches, which tell nobody without the key what stood in the text."""

from __future__ import annotations

import pytest
from tests.evidence.ledger.builders import Clock, document, extraction

from muster.evidence.ledger import open_ledger
from muster.evidence.ledger.lines import export_jsonl, import_jsonl
from muster.evidence.ledger.origins import MOST_RUNS, read_sketches, regroup, seal_sketch

KEY = b"k" * 32
STORY = (
    "Over 13,000 soldiers and police have left the force since the spring, the Exile Council said on Tuesday. "
    "Its spokesman told reporters in the harbour town that 3,200 of them were officers and that 450 came in May alone. "
    "The ministry did not answer questions about the figures, which nobody could confirm."
)
OTHER = (
    "Farmers in the hill country say the rains came three weeks late and that a third of the rice is lost. "
    "The growers' union counted 780 ruined fields and asks for seed before the autumn."
)


@pytest.fixture
def ledger(tmp_path):
    with open_ledger(tmp_path / "case.ledger", clock=Clock()) as opened:
        yield opened
        assert opened.verify().problems == ()


def add(ledger, name, text, key=KEY):
    of = document(name, text=text, publisher=None)
    ledger.add(extraction(of, count=1), sketch=seal_sketch(of, key=key))
    return of.sha256


def origins(ledger):
    return {item.name: item.origin for item in ledger.documents()}


def test_a_copy_added_later_joins_the_group_of_the_first(ledger):
    one, other = add(ledger, "one.txt", STORY), add(ledger, "other.txt", OTHER)
    assert regroup(ledger) == {}
    copy = add(ledger, "copy.txt", "Harbour Herald. " + STORY)
    assert regroup(ledger)
    found = origins(ledger)
    assert found["one.txt"] == found["copy.txt"] != found["other.txt"] == other[:12]
    assert found["one.txt"] in (one[:12], copy[:12])
    assert regroup(ledger) == {}
    assert len({entry.origin for entry in ledger.claims()}) == 2


def test_what_a_person_grouped_stays(ledger):
    one = add(ledger, "one.txt", STORY)
    ledger.group(one, origin="own", reviewer="A", reason="written before the other")
    add(ledger, "copy.txt", "Harbour Herald. " + STORY)
    regroup(ledger)
    assert origins(ledger)["one.txt"] == "own"


def test_a_sketch_holds_no_word_and_is_worth_nothing_without_its_key(ledger):
    add(ledger, "one.txt", STORY)
    add(ledger, "copy.txt", "Harbour Herald. " + STORY, key=b"x" * 32)
    assert regroup(ledger) == {}
    data = ledger.path.read_bytes()
    assert b"spokesman" not in data
    assert b"3200" not in data


def test_a_sketch_is_kept_once_and_travels_with_the_history(ledger, tmp_path):
    add(ledger, "one.txt", STORY)
    add(ledger, "one.txt", STORY)
    assert [event.action for event in ledger.history()].count("document_sketched") == 1
    export_jsonl(ledger, tmp_path / "all.jsonl", check=lambda text: len(text) > 500)
    with open_ledger(tmp_path / "copy.ledger") as copy:
        import_jsonl(copy, tmp_path / "all.jsonl")
        assert [sketch.sha256 for sketch in read_sketches(copy)] == [item.sha256 for item in ledger.documents()]
    ledger.withdraw(ledger.documents()[0].sha256, reviewer="A", reason="a forgery")
    assert read_sketches(ledger) == []


def test_a_book_gets_no_sketch():
    words = " ".join(str(number) for number in range(MOST_RUNS + 10))
    assert seal_sketch(document(text=words), key=KEY) is None
