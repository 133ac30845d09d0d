"""The claims a case brings: every row becomes a record with source, claimant, side, period, bounds and grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from muster.case import load_case
from muster.core.dates import parse_interval
from muster.core.errors import MusterError
from muster.core.vocabulary import (
    CLAIMANT_SIDES,
    COUNTED_BRANCHES,
    COUNTED_SIDES,
    KINDS,
    MEASURES,
    MODALITIES,
    PERIODS,
    QUALIFIERS,
    SCOPES,
    UNITS,
)
from muster.evidence.compare.grade import grade_ledger
from muster.evidence.ledger import open_ledger
from muster.evidence.lexicon import load_lexicon
from muster.evidence.pack_claims import bounds_of, claim_of, claimant_of, find_meaning, pack_parcels

PACK = Path(str(files("muster").joinpath("packs/myanmar")))
HEADER = "id,quantity,value,low,high,unit,period_start,as_of_date,region,claimant,claimant_side,publication_date,"
HEADER += "source_title,source_url,note\n"
# Acts and rules, of which the vocabulary has no kind.
OF_NO_KIND = {"amnesty_for_deserters", "desertion_penalty", "commanders_replaced", "houses_burned_cumulative"}


@dataclass
class Row:
    id: str = "X1"
    quantity: str = "cumulative_defections_total"
    value: float | None = 13000.0
    low: float | None = None
    high: float | None = None
    unit: str = "persons"
    period_start: object = None
    as_of: object = None
    region: str = "national"
    claimant: str = "Exile Council via Harbour Radio"
    claimant_side: str = "resistance"
    published: object = None
    source_title: str = "Soldiers leave"
    source_url: str = "https://harbour.example"
    note: str = ""


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon(PACK)


def test_every_row_of_the_pack_becomes_a_graded_entry(tmp_path, lexicon):
    rows = load_case("myanmar").claims
    with open_ledger(tmp_path / "case.ledger") as ledger:
        added = ledger.add_accepted(pack_parcels(rows, lexicon=lexicon), reviewer="pack")
        assert len(added.new) == len(rows) == 280
        entries = ledger.claims()
        grades = grade_ledger(ledger, lexicon=lexicon, country="Myanmar")
        before = ledger.history()
        again = ledger.add_accepted(pack_parcels(rows, lexicon=lexicon), reviewer="pack")
        assert (len(again.new), len(again.known)) == (0, 280)
        assert ledger.history() == before
        assert ledger.verify().problems == ()
        documents = {item.sha256: item for item in ledger.documents()}
    assert {entry.status for entry in entries} == {"accepted"}
    for entry in entries:
        claim = entry.claim
        assert claim.kind in KINDS
        assert (claim.kind == "unclassified") == (claim.rules[0].removeprefix("quantity:") in OF_NO_KIND)
        assert claim.measure in MEASURES
        assert claim.unit in UNITS
        assert claim.side in COUNTED_SIDES
        assert claim.branch in (None, *COUNTED_BRANCHES)
        assert claim.scope in SCOPES
        assert claim.per in (None, *PERIODS)
        assert claim.modality in MODALITIES
        assert claim.qualifier in QUALIFIERS
        assert claim.claimant_side in CLAIMANT_SIDES
        assert claim.claimant
        assert claim.population
        assert claim.as_of
        assert not (claim.point is None and claim.lo is None and claim.hi is None)
        assert claim.date_lo is None or claim.date_hi is None or claim.date_lo <= claim.date_hi
        assert documents[entry.document].title
        assert grades[entry.id].reliability.grade in "ABCDEF"
        assert grades[entry.id].credibility in range(1, 7)
    assert sum(grade.reliability.grade != "F" for grade in grades.values()) > 200


def test_a_changed_row_is_edited_unless_somebody_else_decided(tmp_path, lexicon):
    rows = [Row("X1", as_of=parse_interval("2023")), Row("X2", as_of=parse_interval("2023"))]
    with open_ledger(tmp_path / "case.ledger") as ledger:
        ledger.add_accepted(pack_parcels(rows, lexicon=lexicon), reviewer="pack")
        ledger.decide("X2", "rejected", reviewer="A", seen=ledger.entry("X2").revision)
        changed = [Row(row.id, value=14000.0, as_of=row.as_of) for row in rows]
        ledger.add_accepted(pack_parcels(changed, lexicon=lexicon), reviewer="pack", reason="the pack was corrected")
        one, two = ledger.claims()
        assert (one.status, one.claim.point, one.proposal.point) == ("edited", 14000.0, 13000.0)
        assert (two.status, two.claim.point) == ("rejected", 13000.0)
        assert ledger.verify().problems == ()


def test_a_row_in_the_words_of_the_record(lexicon):
    row = Row(
        low=13000.0,
        period_start=parse_interval("2021-02-01"),
        as_of=parse_interval("2023-05"),
        region="Harbour;Hill",
    )
    claim = claim_of(row, lexicon=lexicon, regions={"Harbour;Hill": "HL-1"})
    assert (claim.kind, claim.measure, claim.side, claim.population) == ("defected", "cumulative", "state", "soldiers+police")
    assert (claim.point, claim.lo, claim.hi, claim.qualifier) == (13000.0, 13000.0, None, "at_least")
    assert (claim.date_lo, claim.date_hi, claim.place, claim.place_id) == (
        date(2021, 2, 1),
        date(2023, 5, 31),
        "Harbour; Hill",
        "HL-1",
    )
    assert (claim.claimant, claim.claimant_side, claim.chain) == (
        "Exile Council",
        "opposition",
        ("Harbour Radio", "Exile Council"),
    )
    assert claim.quote == "13,000 persons"
    plan = claim_of(Row(note="a target [plan, applies from 2024-04-01]", as_of=parse_interval("2024-02-14")), lexicon=lexicon)
    assert (plan.modality, plan.date_lo, plan.date_hi) == ("planned", date(2024, 4, 1), None)
    share = claim_of(Row(quantity="unit_strength_fraction", value=0.5, as_of=parse_interval("2024")), lexicon=lexicon)
    assert (share.unit, share.point) == ("share", 50.0)


@pytest.mark.parametrize(
    ("fields", "bounds"),
    [
        ({}, (13000, 13000, 13000, "exact")),
        ({"low": 13000}, (13000, 13000, None, "at_least")),
        ({"high": 13000}, (13000, None, 13000, "at_most")),
        ({"high": 13000, "note": "'nearly 13,000'"}, (13000, 11700, 13000, "nearly")),
        ({"low": 12000, "high": 14000}, (13000, 12000, 14000, "range")),
        ({"low": 12000, "high": 14000, "note": "value = midpoint of the stated range"}, (None, 12000, 14000, "range")),
        ({"note": "'around 13,000 men'"}, (13000, 11700, 14300, "about")),
        ({"note": "'an estimated 13,000'"}, (13000, 11700, 14300, "about")),
        ({"note": "'up to 13,000'"}, (13000, None, 13000, "at_most")),
        ({"note": "highest rank a colonel; about 100 of them officers"}, (13000, 13000, 13000, "exact")),
        ({"unit": "soldiers, event-coded floor"}, (13000, 13000, None, "at_least")),
    ],
)
def test_bounds_come_from_low_high_and_wording(fields, bounds):
    found = bounds_of(Row(**fields))
    assert found[3] == bounds[3]
    assert found[:3] == pytest.approx(bounds[:3])


def test_through_whom_a_claim_came():
    assert claimant_of("Council (via Harbour Radio)") == ("Council", ("Harbour Radio", "Council"))
    assert claimant_of("Council, via Harbour Radio") == ("Council", ("Harbour Radio", "Council"))
    assert claimant_of("Council") == ("Council", ())


def test_a_quantity_nobody_described_is_told(lexicon):
    with pytest.raises(MusterError, match='Did you mean "cumulative_defections_total"'):
        find_meaning("cumulative_defection_total", "persons", lexicon=lexicon)
