"""The testimonies of a text, as records without names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from muster.evidence.lexicon import Lexicon
from muster.evidence.persons.find import PersonMention
from muster.evidence.record import Testimony
from muster.evidence.redact import Redaction
from muster.evidence.testimony.facts import facts_of, quarter_of
from muster.evidence.testimony.reading import Witness, read_sentences
from muster.evidence.testimony.who import gather
from muster.evidence.testimony.words import Labelled, TestimonyWords, compile_words
from muster.evidence.text import Span

PlaceId = Callable[[int, int], str | None]
QUOTED_MOTIVES = 8


def find_testimonies(
    text: str,
    *,
    sentences: Sequence[Span],
    lexicon: Lexicon,
    persons: Sequence[PersonMention],
    published: date | None,
    redaction: Redaction | None = None,
    place_id_of: PlaceId | None = None,
) -> list[Testimony]:
    """All people in a text who left or speak of leaving, each with the bands and motives their sentences give.

    With a ``redaction`` of the same text the quotes are redacted and ``code`` is the person's; without one the quotes are
    the bare passages (not to be stored) and ``code`` counts the witnesses. ``place_id_of(start, end)`` names the
    first-level place of a passage.
    """
    words = compile_words(lexicon)
    read = read_sentences(text, sentences, persons, words)
    records = []
    for number, witness in enumerate(gather(text, read, words), start=1):
        if witness.sentences:
            records.append(_record(text, witness, number, words, published, redaction, place_id_of))
    return records


def _record(
    text: str,
    witness: Witness,
    number: int,
    words: TestimonyWords,
    published: date | None,
    redaction: Redaction | None,
    place_id_of: PlaceId | None,
) -> Testimony:
    first = witness.sentences[0].span
    facts = facts_of(text, witness, words)
    motives = _labels(text, witness, words.motives)
    quotes = [_quote(text, start, end, redaction) for _, start, end in motives]
    code = redaction.codes.get(witness.person) if redaction is not None and witness.person is not None else None
    return Testimony(
        code=code or f"W-{number}",
        start=witness.intro[0],
        end=witness.intro[1],
        quote=_quote(text, first.start, min(first.end, first.start + 300), redaction),
        exit_type=facts.exit_type,
        age_band=facts.age_band,
        joined_age_band=facts.joined_age_band,
        rank_group=facts.rank_group,
        branch=facts.branch,
        service_band=facts.service_band,
        motives=tuple(dict.fromkeys(label for label, _, _ in motives)),
        motive_quotes=tuple(dict.fromkeys(quotes)),
        joining_motives=tuple(dict.fromkeys(label for label, _, _ in _labels(text, witness, words.joining))),
        place_id=place_id_of(first.start, first.end) if place_id_of else None,
        quarter=quarter_of(text, witness, published),
    )


def _labels(text: str, witness: Witness, patterns: Labelled) -> list[tuple[str, int, int]]:
    """The first passage of each label in the witness's sentences, in order."""
    found: dict[str, tuple[str, int, int]] = {}
    for sentence in witness.sentences:
        for label, match in patterns.find(sentence.terms):
            if label not in found:
                start, end = sentence.terms[match.first].start, sentence.terms[match.last].end
                found[label] = (label, *_clause(text, sentence.span, start, end))
    return sorted(found.values(), key=lambda item: item[1])[:QUOTED_MOTIVES]


def _clause(text: str, span: Span, start: int, end: int) -> tuple[int, int]:
    """A passage widened to the marks around it, so that it can be read by itself."""
    before = max((text.rfind(mark, span.start, start) for mark in ",.;:“”\n"), default=-1) + 1
    after = min((place for mark in ",.;:“”\n" if (place := text.find(mark, end, span.end)) >= 0), default=span.end)
    low, high = max(before, span.start, start - 120), min(after, end + 120)
    while low < start and text[low].isspace():
        low += 1
    return low, high


def _quote(text: str, start: int, end: int, redaction: Redaction | None) -> str:
    return text[start:end] if redaction is None else redaction.cut(start, end, about_person=True)
