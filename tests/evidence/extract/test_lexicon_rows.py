from __future__ import annotations

from collections import Counter

from muster.core.vocabulary import COUNTED_BRANCHES, COUNTED_SIDES, KINDS
from muster.evidence.extract.vocabulary import vocabulary_of


def test_word_sets_have_names_of_their_own(lexicon):
    names = Counter(row["name"] for row in lexicon.table("word_sets"))
    assert [name for name, times in names.items() if times > 1] == []


def test_rows_use_words_of_the_vocabulary(lexicon):
    for row in lexicon.table("triggers"):
        assert row["frame"] in {"agent", "patient", "either", "noun"}
        assert {kind for kind in row["kinds"].values() if kind} <= set(KINDS)
    for row in lexicon.table("nouns"):
        assert {row.get("side", "state"), row.get("usual", "state")} <= set(COUNTED_SIDES)
        assert row.get("branch", "army") in COUNTED_BRANCHES
        assert row.get("kind", "killed") in KINDS
    for row in lexicon.table("forces"):
        assert row["side"] in COUNTED_SIDES


def test_places_of_a_force_and_region_are_known_countries(lexicon):
    known = {row["name"] for row in lexicon.table("countries")} | {""}
    assert {row["country"] for table in ("forces", "places") for row in lexicon.table(table)} <= known


def test_verbs_are_found_in_every_inflection(lexicon):
    lemmas = vocabulary_of(lexicon).lemmas
    for form, base in (("fled", "flee"), ("deserting", "desert"), ("carries", "carry"), ("killed", "kill"), ("quitting", "quit")):
        assert base in lemmas[form]


def test_case_places_carry_their_id(lexicon):
    ids = {row["region"]: row.get("id") for row in reversed(lexicon.table("places")) if row["country"] == "Myanmar"}
    assert ids["Sagaing"] == "MM-01"
    assert all(ids.values())
