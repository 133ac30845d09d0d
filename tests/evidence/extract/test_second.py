"""A second extractor makes claims surer or less sure, opens nothing by itself, and cannot invent a number."""

from pathlib import Path

import pytest

from muster.evidence.extract import extract
from muster.evidence.extract.proposer import Proposal
from muster.evidence.extract.second import ask_also
from muster.evidence.lexicon import load_lexicon
from muster.evidence.read import read_document
from muster.evidence.redact import Redactor

TEXT = "Over 130 soldiers have defected, the ministry said on 4 May 2031. The committee counted 77 pelicans at the lake.\n"


class Fake:
    """Says what it is told to of one passage."""

    name, prompt = "fake", "1"

    def __init__(self, span, **fields):
        self.span, self.fields = span, fields

    def propose(self, document, window, schema):
        start = document.text.find(self.span, window.start, window.end)
        if start < 0:
            return []
        place = start - window.start
        known = {"lo": 130.0, "hi": None, "qualifier": "at_least", "kind": "defected", "unit": "persons", "side": "state"}
        return [Proposal(place, place + len(self.span), self.span, **(known | self.fields))]


@pytest.fixture
def asked(tmp_path: Path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    lexicon = load_lexicon()
    found = extract(read_document(tmp_path / "a.txt"), lexicon=lexicon)
    return found, lambda fake: ask_also(found, fake, redactor=Redactor(None, lexicon))


def claim(extraction):
    return next(one for one in extraction.claims if one.point == 130)


def test_agreement_makes_surer_and_difference_less_sure(asked):
    before, ask = asked
    agreed, differed = ask(Fake("130")), ask(Fake("130", kind="killed"))
    assert claim(agreed).confidence >= claim(before).confidence > claim(differed).confidence
    assert claim(differed).kind == "defected"
    assert any("fake differs" in rule for rule in claim(differed).rules)


def test_an_open_number_becomes_a_proposal_of_its_own(asked):
    before, ask = asked
    assert [one.point for one in before.unclassified] == [77]
    after = ask(Fake("77", lo=77.0, hi=77.0, qualifier="exact", kind="equipment", unit="items", side="other"))
    assert after.unclassified == ()
    (new,) = [one for one in after.claims if one.proposer == "fake"]
    assert (new.point, new.kind, new.start) == (77, "equipment", TEXT.index("77"))


def test_invented_numbers_are_refused_and_counted(asked):
    before, ask = asked
    after = ask(Fake("130", lo=1300.0))
    assert after.claims == before.claims
    assert after.document.notes[-1] == "fake: 1 proposals refused by the guards"
