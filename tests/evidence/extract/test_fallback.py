from __future__ import annotations

from dataclasses import replace

from muster.core.vocabulary import KINDS
from muster.evidence.extract.fallback import DIMENSIONS, NOTHING, UNSURE, ask, features, load_classifier
from muster.evidence.extract.pipeline import draft_claims


def drafts(text, document_of, lexicon):
    return draft_claims(document_of(text), lexicon=lexicon, learned="no")


def test_the_shipped_weights_know_the_vocabulary():
    classifier = load_classifier()
    assert set(classifier.kinds) <= {*KINDS, NOTHING}
    assert classifier.weights.shape == (len(classifier.kinds), DIMENSIONS)


def test_it_is_silent_where_the_rules_are_sure(document_of, lexicon):
    found = drafts("Some 310 soldiers have deserted.", document_of, lexicon)
    draft = found.drafts[0]
    assert draft.cost < UNSURE
    assert ask(draft, found.setting) is draft


def test_it_says_so_where_it_speaks(document_of, lexicon):
    found = drafts("Nobody answered. Of the garrison 62 were gone without a word from their beds.", document_of, lexicon)
    unknown = replace(found.drafts[0], guess=None)
    asked = ask(unknown, found.setting)
    assert asked is unknown or asked.rules[0].startswith("learned from examples")


def test_features_hold_no_names_and_no_numbers(document_of, lexicon):
    found = drafts("According to Oto Varro 4,321 soldiers of Brigade 9 have deserted.", document_of, lexicon)
    words = " ".join(features(found.drafts[0])).lower()
    assert "varro" not in words
    assert "4,321" not in words
