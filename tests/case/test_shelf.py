"""The claims of a case pack and of a ledger on disk, through one door."""

from __future__ import annotations

import pytest
from tests.evidence.ledger.builders import extraction

from muster.case.load import load_case
from muster.case.shelf import open_shelf
from muster.case.words import case_lexicon
from muster.core.errors import MusterError
from muster.evidence.ledger import open_ledger
from muster.evidence.pack_claims import pack_parcels


def test_a_claim_of_the_pack_has_source_side_bounds_grade_and_history():
    with open_shelf(case="myanmar") as shelf:
        entry = shelf.ledger.entry("MM161")
        grade = shelf.grades()["MM161"]
        history = [(event.action, event.reviewer) for event in shelf.ledger.history("MM161")]
        documents = {one.sha256: one for one in shelf.ledger.documents()}
        assert shelf.ledger.verify()
        assert shelf.strength > 10_000
    claim = entry.claim
    assert (entry.status, claim.kind, claim.lo, claim.hi, claim.qualifier) == ("accepted", "defected", 13_000.0, None, "at_least")
    assert (claim.claimant_side, claim.date_lo.year, claim.population) == ("opposition", 2021, "soldiers+police")
    assert grade.reliability.grade in "ABCDEF"
    assert history == [("proposed", "pack myanmar"), ("accepted", "pack myanmar")]
    assert documents[entry.document].url.startswith("https://")


def test_a_pack_is_left_as_it_is_and_its_ledger_goes(tmp_path):
    with open_shelf(case="tinyland") as shelf:
        path = shelf.ledger.path
        assert path.exists()
    assert not path.exists()


def test_a_ledger_on_disk_is_opened_never_made(tmp_path):
    path = tmp_path / "case.ledger"
    with pytest.raises(MusterError, match="There is no ledger"), open_shelf(path):
        pass
    assert list(tmp_path.iterdir()) == []
    with open_ledger(path) as book:
        book.add(extraction())
        book.rate_source("Exile Council", "B", reviewer="A")
    with open_shelf(path) as shelf:
        assert {grade.code for grade in shelf.grades().values()} == {"B6"}
        assert shelf.conflicts() == []


def test_without_a_ledger_and_a_case_both_ways_are_told():
    with pytest.raises(MusterError, match=r"Write --ledger FILE, or --case NAME"), open_shelf():
        pass


def test_ties_are_kept_in_a_ledger_and_refused_where_they_would_be_lost(tmp_path):
    pack = load_case("myanmar")
    with open_ledger(tmp_path / "case.ledger") as book:
        book.add_accepted(pack_parcels(pack.claims, lexicon=case_lexicon(pack.folder), regions={}), reviewer="kt")
    with open_shelf(tmp_path / "case.ledger", case="myanmar") as shelf:
        found = shelf.conflicts()
        ties = shelf.link(found, reviewer="kt")
        first, second = found[0].claims[:2]
        assert ties >= len(found) > 0
        assert second in {link.other for link in shelf.ledger.entry(first).links}
    with open_shelf(case="myanmar") as shelf, pytest.raises(MusterError, match="no ledger to keep ties in"):
        shelf.link(found, reviewer="kt")
