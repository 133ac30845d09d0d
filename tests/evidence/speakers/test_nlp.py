"""The optional parse: asked for without being installed it says how to install it; its subjects are only a second choice."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from muster.core.errors import MusterError
from muster.evidence.lexicon import load_lexicon
from muster.evidence.speakers import nlp
from muster.evidence.speakers.claimant import attribute, find_speakers
from muster.evidence.text import Span


def test_without_the_extra_a_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(nlp, "MODEL", "no_such_model")
    nlp._model.cache_clear()
    with pytest.raises(MusterError, match=r"muster\[nlp\]"):
        nlp.parse_subjects("The army said so.")
    nlp._model.cache_clear()


@pytest.mark.skipif(find_spec(nlp.MODEL) is None, reason="the extra is not installed")
def test_subjects_of_verbs_are_found():
    text = "The army said 30 men fled."
    subjects = nlp.parse_subjects(text)
    assert text[slice(*subjects[text.index("said")])] == "The army"


def test_a_given_subject_is_used_where_the_rules_find_none():
    text = "The Ruba Institute, with a smile, “as ever”, claimed that 40 left."
    number = Span(text.index("40"), text.index("40") + 2)
    assert attribute(find_speakers(text, lexicon=load_lexicon()), number).claimant == "article"
    subjects = {text.index("claimed"): Span(0, len("The Ruba Institute"))}
    speakers = find_speakers(text, lexicon=load_lexicon(), subjects=subjects)
    assert attribute(speakers, number).claimant == "Ruba Institute"
