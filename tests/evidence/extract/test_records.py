from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from muster.core.vocabulary import COUNTED_SIDES, KINDS, MEASURES, MODALITIES, SCOPES, UNITS
from muster.evidence.extract import extract
from muster.evidence.extract.pipeline import draft_claims

ARTICLE = """Karvelia's army thins out

Over 13,000 soldiers and police officers have left the Karvelian army since the coup of March 2020, the shadow government says.
Rebels killed seven soldiers at the camp of the 5th Brigade on Monday. Captain Oto Varro, 31, served for 18 years.
He is the sole defector of his unit. The price of rice rose to 40 crowns and 12 shops closed."""


def test_every_quantity_is_a_claim_or_queued(read):
    found = read(ARTICLE)
    places = [(record.start, record.end) for record in (*found.claims, *found.unclassified)]
    assert len(places) == len(set(places))
    assert {ARTICLE[start:end] for start, end in places} >= {"13,000", "seven", "12"}
    assert not {"18", "31", "2020"} & {ARTICLE[claim.start : claim.end] for claim in found.claims}


def test_words_are_those_of_the_vocabulary_and_rules_are_said(read):
    for claim in read(ARTICLE).claims:
        assert claim.kind in KINDS
        assert claim.side in COUNTED_SIDES
        assert claim.unit in UNITS
        assert claim.measure in MEASURES
        assert claim.scope in SCOPES
        assert claim.modality in MODALITIES
        assert 0.0 < claim.confidence < 1.0
        assert len(claim.rules) >= 3


def test_the_only_one_is_a_claim_of_one(claims):
    assert claims(ARTICLE)["sole"].point == 1
    assert claims(ARTICLE)["sole"].kind == "defected"


def test_offsets_are_those_of_the_file(lexicon, document_of):
    plain = document_of("Some  310 soldiers have deserted.")
    text = "Some 310 soldiers have deserted."
    origin = (*range(4), *range(5, len(plain.original) + 1))
    document = replace(plain, text=text, origin_of=origin)
    claim = extract(document, lexicon=lexicon).claims[0]
    assert plain.original[claim.start : claim.end] == "310"


def test_quotes_are_redacted_and_short(read):
    long = "Soldiers " + "walked on and " * 60 + "so Maung Aye Lwin Tun said that 300 soldiers deserted."
    claim = next(claim for claim in read(long).claims if claim.point == 300)
    assert len(claim.quote) <= 602
    assert "Lwin" not in claim.quote


def test_same_text_same_records(read):
    assert read(ARTICLE).as_json() == read(ARTICLE).as_json()


@pytest.mark.parametrize(
    "text", ["", " \n ", "1" * 3000, "(" * 3000, "1 " * 1500, "killed " * 1500, "“" * 999 + "7", "%$ 5 " * 400]
)
def test_hostile_texts_give_records_and_no_errors(read, text):
    found = read(text)
    assert isinstance(found.claims, tuple)


def calls(document, lexicon):
    """Calls of functions of the package: a count that does not hang on the machine."""
    count = 0

    def note(frame, event, argument):
        nonlocal count
        count += event == "call" and "evidence/extract" in frame.f_code.co_filename

    sys.setprofile(note)
    try:
        draft_claims(document, lexicon=lexicon)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "unit", ["killed 12 soldiers and ", "3 of ", "(4) ", "the number of soldiers ", "and 5 percent ", "troops "]
)
def test_work_grows_with_the_length_of_a_sentence_and_not_its_square(lexicon, document_of, unit):
    short, long = (calls(document_of(unit * (length // len(unit))), lexicon) for length in (1000, 4000))
    assert long < 6 * short


def test_a_long_sentence_is_cut_between_words(read):
    words = " ".join(f"word{number}" for number in range(200))
    text = f"The ministry said that {words} and 130 soldiers have defected while {words} stayed."
    (claim,) = [one for one in read(text).claims if one.point == 130]
    assert len(claim.quote) <= 602
    assert claim.quote.startswith("…")
    assert claim.quote.endswith("…")
    assert set(claim.quote.strip("…").split()) <= set(text.split())
