"""A text read for witnesses: its sentences with the words, persons and words of exit in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from muster.evidence.persons.find import PersonMention
from muster.evidence.testimony.words import TestimonyWords
from muster.evidence.text import Span
from muster.evidence.word_patterns import Term, split_terms

__all__ = ["Sentence", "Witness", "read_sentences"]

ASKS = r"(?P<asks>Q|Question|Host|Interviewer|[A-Z]{3,}(?: [A-Z]{3,})*)"
LABEL = re.compile(rf"(?:{ASKS}|A|Answer|[A-Z][\w.]+(?: [A-Z][\w.]+){{0,2}}):\s")  # of a turn in an interview
CONTACTS = ("e-mail", "link", "phone", "id", "place", "script")


@dataclass(slots=True)
class Sentence:
    """A sentence with its words and the mentions of persons in it."""

    span: Span
    terms: list[Term]
    mentions: list[PersonMention]
    exits: list[tuple[str, int]]
    quoted: bool
    inside: bool  # a quotation was open before it
    paragraph: bool
    asked: bool = False  # an interviewer's
    told: bool = False  # of a quotation that says "I" or "we" somewhere


@dataclass(slots=True)
class Witness:
    """Somebody who left: a person of the document, or a description; the sentences that are about him or her."""

    person: int | None
    intro: tuple[int, int]
    described: tuple[str, ...] = ()
    kin: bool = False
    writes: bool = False  # the text itself is told by this person
    way: str | None = None  # of the group the person is one of, where nothing else is said
    sentences: list[Sentence] = field(default_factory=list)
    sure: bool = False


def read_sentences(text: str, spans: Sequence[Span], persons: Sequence[PersonMention], words: TestimonyWords) -> list[Sentence]:
    """Sentences with what is in them; a sentence that stands inside an open quotation counts as quoted."""
    mentions = [mention for mention in persons if mention.why not in CONTACTS]
    read: list[Sentence] = []
    place = 0
    open_quote = False
    answering = asking = False
    before = 0
    for span in spans:
        while place < len(mentions) and mentions[place].start < span.start:
            place += 1
        stop = place
        while stop < len(mentions) and mentions[stop].start < span.end:
            stop += 1
        piece = text[span.start : span.end]
        terms = split_terms(text, span.start, span.end)
        if "\n" in text[before : span.start] or not read:
            label = LABEL.match(piece)
            asking = label is not None and label["asks"] is not None
            answering = label is not None and not asking
        inside = open_quote
        quoted = answering or open_quote or "“" in piece or '"' in piece
        opened, closed = piece.rfind("“"), piece.rfind("”")
        open_quote = opened > closed if opened != closed else open_quote
        exits = [(label, match.first) for label, match in words.exits.find(terms)]
        read.append(Sentence(span, terms, mentions[place:stop], exits, quoted, inside, "\n" in text[before : span.start], asking))
        before = span.end
        place = stop
    _mark_told(read, words)
    return read


def _mark_told(read: list[Sentence], words: TestimonyWords) -> None:
    """Mark the sentences of each quotation in which the speaker says "I" or "we"."""
    first = 0
    for number in range(1, len(read) + 1):
        if number < len(read) and read[number].inside:
            continue
        run = read[first:number]
        if run[0].quoted and any(
            words.about["first_person"].intersection(term.low for term in sentence.terms) for sentence in run
        ):
            for sentence in run:
                sentence.told = True
        first = number
