"""The attributions of a document, and the source a sentence goes on with when it names none of its own."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muster.evidence.speakers.frames import Frame
from muster.evidence.speakers.phrases import Word, is_name, is_verb
from muster.evidence.speakers.sources import Source
from muster.evidence.text import Span
from muster.evidence.wordsets import ordinary_words, word_set

__all__ = ["Speakers", "carried"]

LIST = 40  # lines or sentences looked back over
BULLETS = frozenset("•·*-–—▪●")
PARTITIVES = (["of", "the"], ["of", "those"], ["of", "these"], ["of", "them"], ["among", "them"], ["among", "those"])


@dataclass(frozen=True, slots=True)
class Speakers:
    """All attributions of a document, by sentence, with every reference back resolved."""

    text: str
    sentences: tuple[Span, ...]
    starts: tuple[int, ...]
    paragraph_of: tuple[int, ...]
    words: tuple[tuple[Word, ...], ...]
    frames: tuple[tuple[Frame, ...], ...]
    quotations: tuple[Span, ...]
    quoted_from: tuple[int, ...]
    first_named: Mapping[str, int]  # the sentence that names a source first
    conflict: str | None
    declared: Frame | None = None  # whose data the whole text says it is computed from
    sole: bool = False  # whether all it attributes comes from one source
    issuer: Source | None = None  # the party whose own paper this is

    def sentence_at(self, place: int) -> int:
        """Index of the sentence that holds a place."""
        return max(0, bisect_right(self.starts, place) - 1)

    def quotation_at(self, place: int) -> Span | None:
        """The quotation around a place."""
        at = bisect_right(self.quoted_from, place) - 1
        return self.quotations[at] if at >= 0 and place < self.quotations[at].end else None


def carried(speakers: Speakers, index: int) -> Frame | None:
    """The report this sentence goes on with, when it does."""
    words = speakers.words[index]
    far = bool(words) and (words[0].low in {"it", "they", "he", "she"} or [word.low for word in words[:2]] in PARTITIVES)
    near = any(word.low in word_set("goes_on") for word in words[:3]) or any(
        word.low in word_set("tallies") for word in words[:5]
    )
    body = bool(words) and words[0].low == "it"
    for before in range(index - 1, max(-1, index - 6), -1):
        if speakers.paragraph_of[before] < speakers.paragraph_of[index] - far:
            break
        named = [frame for frame in speakers.frames[before] if frame.source and not (body and frame.source.person)]
        named = [frame for frame in named if frame.stance != "planned"] or named
        if named:
            if far or near or _of_weight(named[0], words):
                return named[0]
            break
    return (
        _listed(speakers, index)
        or _still_speaking(speakers, index)
        or _announced(speakers, index)
        or _between(speakers, index)
        or speakers.declared
    )


def _listed(speakers: Speakers, index: int) -> Frame | None:
    """Who introduced the list this line belongs to: "Figures of the ministry:", then its lines."""
    at = index
    while at > max(0, index - LIST) and _is_item(speakers, at):
        at -= 1
    words = speakers.words[at]
    if at == index or not words or words[-1].text != ":":
        return None
    return next((frame for frame in reversed(speakers.frames[at]) if frame.source), None)


def _is_item(speakers: Speakers, index: int) -> bool:
    words = speakers.words[index]
    if not words or words[-1].text == ":":
        return False
    return words[0].text in BULLETS or not any(is_verb(words, at) for at in range(len(words)))


def _still_speaking(speakers: Speakers, index: int) -> Frame | None:
    """Who spoke last in a paragraph that goes on in the first person: "In all 500 people passed through us"."""
    first_person = False
    for at in range(index, max(-1, index - LIST), -1):
        if speakers.paragraph_of[at] != speakers.paragraph_of[index]:
            break
        first_person = first_person or _in_first_person(speakers.words[at])
        named = [frame for frame in speakers.frames[at] if frame.source and frame.source.side != "unknown"]
        if named:
            return named[-1] if first_person and named[-1].source and named[-1].source.person else None
    return None


def _in_first_person(words: Sequence[Word]) -> bool:
    mine = word_set("first_person")
    return any(word.low in mine and (not at or words[at - 1].low not in {"told", "tells"}) for at, word in enumerate(words))


def _between(speakers: Speakers, index: int) -> Frame | None:
    """The body or report named both shortly before and shortly behind, in a text that has no other source."""
    if not speakers.sole:
        return None
    own = speakers.paragraph_of[index]
    sides = []
    for others in (range(index - 1, -1, -1), range(index + 1, len(speakers.frames))):
        near = itertools.takewhile(lambda at: abs(speakers.paragraph_of[at] - own) <= 2, itertools.islice(others, LIST))
        sides.append(next((frame for at in near for frame in speakers.frames[at] if frame.source), None))
    ahead, behind = sides
    if ahead is None or behind is None or ahead.source is None or behind.source is None:
        return None
    same = ahead.source.name == behind.source.name and ahead.source.name != "article" and not ahead.source.person
    return ahead if same and (ahead.source.report or behind.source.report) else None


def _of_weight(frame: Frame, words: Sequence[Word]) -> bool:
    """Whether a report or a known body goes on by itself: as long as the next sentence opens with nobody else."""
    source = frame.source
    opens = any(is_name(word) and word.low not in ordinary_words() for word in words[1:5])
    return source is not None and (source.report or source.known) and not opens


def _announced(speakers: Speakers, index: int) -> Frame | None:
    """The source named at the end of the next sentence, when the text has used it before: one report, named once."""
    after = index + 1
    if after >= len(speakers.frames) or speakers.paragraph_of[after] != speakers.paragraph_of[index]:
        return None
    behind = next((frame for frame in speakers.frames[after] if frame.source and len(frame.scopes) == 2), None)
    if behind is None or behind.source is None or not (behind.source.known or behind.source.report):
        return None
    return behind if speakers.first_named[behind.source.name] < index else None
