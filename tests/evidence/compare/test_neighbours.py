"""What stands near an entry: likely duplicates, and what it cannot be right together with; proposals included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.evidence.ledger.builders import claim, document, extraction

from muster.evidence.compare.neighbours import LIKELY, find_beside, find_twins, likeness
from muster.evidence.ledger import open_ledger
from muster.evidence.record import Claim, EventDate, Trend

FEW = {"point": 900.0, "lo": 900.0, "hi": 900.0, "qualifier": "exact"}


@pytest.fixture
def placed(tmp_path):
    """Entries of a ledger with a document of its own for each of these records."""

    def place(*records):
        with open_ledger(tmp_path / "case.ledger") as book:
            for number, record in enumerate(records):
                of = document(f"{number}.txt", f"text {number}")
                if isinstance(record, dict):
                    book.add(extraction(of, claims=(claim(of, **record),)))
                else:
                    trends = (record,) if isinstance(record, Trend) else ()
                    book.add(extraction(of, count=0, trends=trends, events=() if trends else (record,)))
            return book.entries()

    return place


def test_the_same_figure_of_the_same_source_is_a_likely_twin(placed):
    own, same, other_people, other_figure = placed({}, {}, {"population": "police"}, FEW)
    assert find_twins(own, [own, same, other_people, other_figure]) == [same, other_people]
    assert likeness(own, other_figure) == 0
    assert likeness(own, same) > likeness(own, other_people) >= LIKELY


def test_the_same_figure_of_another_source_is_no_duplicate_of_another_kind(placed):
    own, kind, source = placed({}, {"kind": "killed", "claimant": "Army Office"}, {"claimant": "Army Office"})
    assert likeness(own, kind) == 0
    assert find_twins(own, [kind, source], least=1) == [source]


def test_what_is_settled_and_what_speaks_of_another_time_is_no_twin(placed):
    earlier = {"date_lo": date(2011, 1, 1), "date_hi": date(2011, 3, 1)}
    own, then, rejected = placed({}, earlier, {})
    assert find_twins(own, [then, replace(rejected, status="rejected")], least=1) == []
    assert find_twins(own, [then, rejected], least=1) == [rejected]


def test_a_conflict_is_found_with_a_proposal_and_is_no_duplicate(placed):
    own, army, same, planned = placed({}, {**FEW, "claimant": "Army Office"}, {}, {**FEW, "modality": "planned"})
    found = find_beside(own, [own, army, same, planned])
    assert [(fault.check, fault.claims) for fault in found] == [("disjoint", (own.id, army.id))]
    assert find_beside(replace(own, record=replace(own.claim, modality="denied")), [army]) == []


def test_a_share_above_a_hundred_stands_by_itself(placed):
    (own,) = placed({"unit": "share", "point": 140.0, "lo": 140.0, "hi": 140.0, "qualifier": "exact"})
    assert [fault.check for fault in find_beside(own, [own])] == ["share"]


def test_records_without_a_figure_are_compared_by_what_they_say(placed):
    trend = Trend(5, 9, "Fewer men enlist.", "recruitment", -1, None, None, "article", "independent", None, date(2031, 6, 1))
    event = EventDate("coup", 3, 9, "the coup", date(2021, 2, 1), date(2021, 2, 28), "explicit")
    up, once, again, coup = placed(replace(trend, sign=1), trend, replace(trend, quote="Men stay away."), event)
    assert find_twins(once, [up, once, again, coup]) == [again]
    assert find_beside(once, [up, again]) == []
    assert not isinstance(coup.record, Claim)
