from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from muster.core.errors import MusterError
from muster.evidence.extract.proposer import Proposal, compare, find_proposer, propose, redacted
from muster.evidence.redact import Redactor
from muster.evidence.text import Span

TEXT = "The council says that over 310 soldiers have deserted since May."
GOOD = Proposal(22, 43, "over 310 soldiers hav", "deserted", 310.0, None, "at_least", "persons", "state")


@dataclass
class Fake:
    answers: list[Proposal]
    name: str = "fake"
    prompt: str = "count"
    asked: list[str] = field(default_factory=list)

    def propose(self, document, window, schema):
        self.asked.append(document.text[window.start : window.end])
        return self.answers


def ask(document, answers, **options):
    return propose(Fake(answers), document, Span(0, len(document.text)), **options)


def test_what_stands_in_the_text_passes(document_of):
    kept, refused = ask(document_of(TEXT), [GOOD])
    assert kept == [GOOD]
    assert not refused


@pytest.mark.parametrize(
    "invented",
    [
        replace(GOOD, lo=3100.0),
        replace(GOOD, hi=310.0),
        replace(GOOD, qualifier="exact"),
        replace(GOOD, span="over 999 soldiers hav"),
        replace(GOOD, start=0, end=11, span="The council"),
        replace(GOOD, kind="vanished"),
        replace(GOOD, side="enemy"),
        replace(GOOD, end=4000),
        replace(GOOD, start=-5),
        replace(GOOD, start=57, end=64, span="ce May."),
    ],
)
def test_what_is_invented_is_refused(document_of, invented):
    kept, refused = ask(document_of(TEXT), [invented])
    assert not kept
    assert refused[0].reason


def test_it_is_shown_redacted_text_only(document_of, lexicon):
    document = redacted(document_of("Maung Aye Lwin Tun and 30 soldiers deserted."), Redactor(None, lexicon))
    fake = Fake([])
    propose(fake, document, Span(0, len(document.text)))
    assert "Lwin" not in fake.asked[0]
    assert "Lwin" not in document.original


def test_answers_are_kept_and_not_asked_twice(document_of, tmp_path):
    document, fake = document_of(TEXT), Fake([GOOD])
    window = Span(0, len(TEXT))
    first = propose(fake, document, window, cache=tmp_path)
    assert propose(fake, document, window, cache=tmp_path) == first
    assert len(fake.asked) == 1
    fake.prompt = "count again"
    propose(fake, document, window, cache=tmp_path)
    assert len(fake.asked) == 2


def test_agreement_raises_confidence_and_difference_lowers_it(read):
    claim = read(TEXT).claims[0]
    assert compare(claim, GOOD, proposer="fake").confidence > claim.confidence
    assert compare(claim, replace(GOOD, kind="killed"), proposer="fake").confidence < claim.confidence
    assert compare(claim, None, proposer="fake") == claim


def test_an_unknown_proposer_is_a_sentence():
    with pytest.raises(MusterError, match="No proposer is called"):
        find_proposer("nobody")
