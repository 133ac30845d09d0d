"""The queue of a reviewer: uncertain and influential first."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.evidence.ledger.builders import PLAIN, rich_extraction

from muster.evidence.ledger import Entry, open_ledger
from muster.evidence.ledger.order import review_order


def entry(name, **fields):
    claim = replace(PLAIN, id=name, **fields)
    return Entry(name, "claim", "d", "d", "proposed", claim, claim, 1)


def order(*entries, **options):
    return [item.id for item in review_order(entries, **options)]


def test_uncertain_and_influential_come_first():
    sure, unsure = entry("sure", confidence=0.95), entry("unsure", confidence=0.3)
    small, minor = entry("small", confidence=0.3, point=7.0, lo=7.0), entry("minor", confidence=0.3, kind="clashes")
    assert order(sure, minor, small, unsure) == ["unsure", "small", "minor", "sure"]
    assert order(entry("known"), entry("guessed", date_basis="default")) == ["guessed", "known"]
    assert order(entry("certain", confidence=1.0), entry("pay", kind="pay", confidence=0.8)) == ["certain", "pay"]
    assert order(entry("total"), entry("part", scope="part")) == ["total", "part"]
    assert order(entry("of no kind", kind="unclassified", confidence=0.0), entry("plain")) == ["plain", "of no kind"]


def test_the_order_does_not_depend_on_luck_and_can_be_given():
    entries = [entry(f"{kind}{number}", confidence=number / 10, kind=kind) for number in range(9) for kind in ("defected", "pay")]
    expected = order(*entries)
    mixed = entries[:]
    random.Random(1).shuffle(mixed)
    ranked = [(item.claim.confidence, item.claim.kind) for item in review_order(mixed)]
    assert ranked == [(item.claim.confidence, item.claim.kind) for item in review_order(entries)]
    assert order(*entries, weight={"pay": 1.0}) != expected
    assert order(entry("a"), entry("b"), weight=lambda item: item.id == "b") == ["b", "a"]
    assert order(entry("a"), entry("b")) == ["a", "b"]


def test_every_type_of_entry_has_its_place(tmp_path):
    with open_ledger(tmp_path / "case.ledger") as ledger:
        ledger.add(rich_extraction())
        assert len(review_order(ledger.entries())) == 7
