"""Whatever people do, in whatever order: the state is what the events say, and nothing is lost on the way out and in."""

from __future__ import annotations

import random

import pytest
from tests.evidence.ledger.builders import Clock, document, extraction

from muster.core.errors import MusterError
from muster.evidence.ledger import open_ledger
from muster.evidence.ledger.lines import export_jsonl, import_jsonl

PARTS = [{"population": "soldiers"}, {"population": "police officers"}]


def act(ledger, luck):
    """One thing somebody might do; many of them are refused."""
    names = [entry.id for entry in ledger.claims()]
    name, other, who = luck.choice(names), luck.choice(names), luck.choice("ABC")
    seen = ledger.entry(name).revision if luck.random() < 0.7 else None
    reading = luck.choice(["first", "first", "second"])
    side = luck.choice(["state", "eao", "other"])
    deeds = [
        lambda: ledger.decide(name, "accepted", reviewer=who, seen=seen, reading=reading),
        lambda: ledger.decide(name, "rejected", reviewer=who, seen=seen, reading=reading),
        lambda: ledger.decide(name, "edited", changes={"side": side}, reviewer=who, seen=seen, reading=reading),
        lambda: ledger.decide(name, "merged", into=other, reviewer=who, seen=seen),
        lambda: ledger.decide(name, "split", parts=PARTS, reviewer=who, seen=seen),
        lambda: ledger.undo(name, reviewer=who, seen=seen, reading=reading),
        lambda: ledger.link(name, other, relation="compare", reviewer=who),
        lambda: ledger.grade(name, credibility=luck.randint(1, 6), reviewer=who),
        lambda: ledger.add(extraction(document(text=f"text {luck.randint(1, 5)}"))),
    ]
    luck.choice(deeds)()


@pytest.mark.parametrize("seed", range(2))
def test_the_state_is_what_the_events_say(tmp_path, seed):
    luck = random.Random(seed)
    with open_ledger(tmp_path / "case.ledger", clock=Clock()) as ledger:
        ledger.add(extraction())
        done = 0
        for _ in range(60):
            try:
                act(ledger, luck)
                done += 1
            except MusterError:
                # A sentence, and nothing done: what is checked below.
                continue
        assert done > 15
        assert ledger.verify().problems == ()
        proposals = {event.subject: event.data["record"] for event in ledger.history() if event.action == "proposed"}
        assert len(proposals) == len(ledger.entries())
        ledger.agreement()
        export_jsonl(ledger, tmp_path / "all.jsonl")
        with open_ledger(tmp_path / "copy.ledger") as copy:
            import_jsonl(copy, tmp_path / "all.jsonl")
            assert copy.entries() == ledger.entries()
            assert copy.verify().head == ledger.verify().head
