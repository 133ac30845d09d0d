"""Who says a figure: the speaker that governs a number, on which side he is, and through whom it reached the text.

All cues of a document are found once (:func:`find_speakers`); then each number is answered (:func:`attribute`):
a quotation belongs to who spoke it, a clause to the nearest cue that governs it, a sentence that goes on with a report
to that report, and everything else to the article itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from muster.evidence.lexicon import Lexicon
from muster.evidence.phrases import Word, words_of
from muster.evidence.sources import Source
from muster.evidence.speech import Frame, speech_of
from muster.evidence.text import Span, paragraphs, sentences
from muster.evidence.wordsets import word_set

__all__ = ["ARTICLE", "Attribution", "Speakers", "attribute", "find_speakers"]

ARTICLE = "article"  # the text's own voice


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who claims a figure. ``chain``: through whom, outermost first, the claimant last; empty when he spoke directly.

    ``basis`` names the rule; ``stance`` is what the speaker does with the statement (asserted, doubted, denied).
    """

    claimant: str
    side: str
    chain: tuple[str, ...]
    basis: str
    cue: Span | None
    reliability: str = "F"
    stance: str = "asserted"


@dataclass(frozen=True, slots=True)
class Speakers:
    """All attributions of a document, by sentence, with every reference back resolved."""

    text: str
    sentences: tuple[Span, ...]
    paragraph_of: tuple[int, ...]
    words: tuple[tuple[Word, ...], ...]
    frames: tuple[tuple[Frame, ...], ...]
    quotations: tuple[Span, ...]
    conflict: str | None
    publisher: str | None = None

    def sentence_at(self, place: int) -> int:
        """Index of the sentence that holds a place."""
        starts = [span.start for span in self.sentences]
        return max(0, bisect_right(starts, place) - 1)


_OPENING_QUOTES = frozenset('“"')


def find_speakers(
    text: str,
    *,
    lexicon: Lexicon,
    spans: Sequence[Span] | None = None,
    publisher: str | None = None,
    case: str | None = None,
) -> Speakers:
    """All cues of a document and who they stand for. ``case``: the country taken when the text names none more often."""
    whole = tuple(spans) if spans is not None else sentences(text)
    words = tuple(words_of(text, span.start, span.end) for span in whole)
    speech = speech_of(lexicon)
    conflict = speech.sources.actors.conflict([word for run in words for word in run], case=case)
    bounds = paragraphs(text)
    starts = [paragraph.start for paragraph in bounds]
    paragraph_of = tuple(bisect_right(starts, span.start) - 1 for span in whole)
    frames = _resolve([speech.frames(run, conflict=conflict) for run in words], paragraph_of)
    return Speakers(text, whole, paragraph_of, words, frames, _quotations(text, bounds), conflict, publisher)


def attribute(speakers: Speakers, number: Span) -> Attribution:
    """Who says the number at this place."""
    index = speakers.sentence_at(number.start)
    quotation = next((span for span in speakers.quotations if span.start < number.start < span.end), None)
    if quotation is not None and (frame := _speaker_of(speakers, quotation, index)):
        return _answer(frame, speakers.frames[index], "quotation")
    governing = [frame for frame in speakers.frames[index] if _governs(frame, number)]
    if governing:
        frame = min(governing, key=lambda candidate: _distance(candidate, number))
        named = [other for other in governing if other.source is not None]
        if frame.source is None and named:
            frame = min(named, key=lambda candidate: _distance(candidate, number))
        return _answer(frame, speakers.frames[index], frame.form)
    if (carried := _carried(speakers, number, index)) is not None:
        return _answer(carried, (), "carried")
    return _own_voice("article")


def _governs(frame: Frame, number: Span) -> bool:
    if frame.naming.start <= number.start < frame.naming.end and frame.source is not None:
        return False
    return any(scope.start <= number.start < scope.end for scope in frame.scopes)


def _distance(frame: Frame, number: Span) -> int:
    before = number.start - frame.cue.end
    gap = before if before >= 0 else frame.cue.start - number.end
    return gap + (0 if frame.form in {"citing", "by"} else 1)


def _answer(frame: Frame, others: Sequence[Frame], basis: str) -> Attribution:
    source = frame.source
    if source is None:
        return replace(_own_voice("hearsay"), cue=frame.cue)
    relays = (
        ()
        if frame.form != "citing"
        else tuple(
            other.source.name for other in others if other.source and other.form != "citing" and other.source.name != source.name
        )
    )
    chain = (*relays, source.name) if relays else ()
    return Attribution(source.name, source.side, chain, basis, frame.cue, source.reliability, frame.stance)


def _own_voice(basis: str) -> Attribution:
    return Attribution(ARTICLE, "independent", (), basis, None)


def _speaker_of(speakers: Speakers, quotation: Span, index: int) -> Frame | None:
    """The frame beside a quotation: in its own sentence, then in the next one, then the last one before it."""
    paragraph = speakers.paragraph_of[index]
    near: list[tuple[int, Frame]] = []
    for other in range(max(0, index - 4), min(len(speakers.frames), index + 5)):
        if speakers.paragraph_of[other] != paragraph:
            continue
        for frame in speakers.frames[other]:
            if frame.source is None or quotation.start < frame.cue.start < quotation.end:
                continue
            gap = frame.cue.start - quotation.end if frame.cue.start >= quotation.end else quotation.start - frame.cue.end
            near.append((gap + (0 if gap < 60 or frame.cue.start < quotation.start else 40), frame))
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _carried(speakers: Speakers, number: Span, index: int) -> Frame | None:
    """The report this sentence goes on with, when it does."""
    words = speakers.words[index]
    if any(frame.source is None or frame.naming.start <= number.start < frame.naming.end for frame in speakers.frames[index]):
        return None
    opening = {word.low for word in words[:3]}
    goes_on = bool(opening & word_set("goes_on")) or bool({word.low for word in words[:5]} & word_set("tallies"))
    for before in range(index - 1, max(-1, index - 6), -1):
        if speakers.paragraph_of[before] != speakers.paragraph_of[index]:
            break
        named = [frame for frame in speakers.frames[before] if frame.source is not None]
        if named:
            return named[-1] if goes_on or named[-1].source.reliability in {"A", "B"} else None  # type: ignore[union-attr]
    return None


def _resolve(found: Sequence[Sequence[Frame]], paragraph_of: Sequence[int]) -> tuple[tuple[Frame, ...], ...]:
    """Frames whose speaker is "he", "the group" or "the report" get the speaker they point back to."""
    del paragraph_of
    seen: list[Source] = []
    people: dict[str, Source] = {}
    resolved: list[tuple[Frame, ...]] = []
    for frames in found:
        row: list[Frame] = []
        for frame in frames:
            source = frame.source
            if source is not None:
                source = _antecedent(source, seen, people)
                if source.refers is None:
                    seen.append(source)
                    if source.person and (source.known or source.name != source.person):
                        people[source.person.split()[-1]] = source
            row.append(replace(frame, source=source))
        resolved.append(tuple(row))
    return tuple(resolved)


def _antecedent(source: Source, seen: Sequence[Source], people: dict[str, Source]) -> Source:
    if source.person and source.person.split()[-1] in people and not source.known:
        return people[source.person.split()[-1]]
    if source.refers is None or not seen:
        return source
    if source.refers == "pronoun":
        return _pronoun(source, seen)
    same = next((other for other in reversed(seen) if source.head in other.name.lower().split()), None)
    if same is not None:
        return same
    if source.head in word_set("tallies") | word_set("bodies"):
        return seen[-1]
    return source


def _pronoun(source: Source, seen: Sequence[Source]) -> Source:
    if source.head in {"he", "she"}:
        return next((other for other in reversed(seen) if other.person), seen[-1])
    if source.head == "it":
        return next((other for other in reversed(seen) if other.head != "person"), seen[-1])
    return seen[-1]


def _quotations(text: str, bounds: Sequence[Span]) -> tuple[Span, ...]:
    """Stretches inside double quotation marks; one that is not closed ends with its paragraph."""
    found: list[Span] = []
    for paragraph in bounds:
        opened: int | None = None
        for place in range(paragraph.start, paragraph.end):
            mark = text[place]
            if mark == "“" or (mark == '"' and opened is None):
                opened = place if opened is None else opened
            elif mark in '”"' and opened is not None:
                found.append(Span(opened, place + 1))
                opened = None
        if opened is not None:
            found.append(Span(opened, paragraph.end))
    return tuple(found)
