"""From a document to its claims: sentences, numbers, kinds, then who, when and where; nothing is dropped in silence."""

from __future__ import annotations

from bisect import bisect_right
from calendar import month_name
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from muster.evidence.extract.draft import Draft
from muster.evidence.extract.ellipsis import lean
from muster.evidence.extract.fallback import ask
from muster.evidence.extract.kind import guesses
from muster.evidence.extract.meaning import settle
from muster.evidence.extract.nouns import head_of
from muster.evidence.extract.parts import LEFT, by_text, in_context
from muster.evidence.extract.reading import Reading, Slot, read_sentence
from muster.evidence.extract.setting import Setting, setting_of
from muster.evidence.extract.vocabulary import vocabulary_of
from muster.evidence.lexicon import Lexicon
from muster.evidence.numbers.quantities import NumberMention, find_numbers
from muster.evidence.record import Document
from muster.evidence.text import Span, paragraphs, sentences
from muster.evidence.wordsets import word_set

NUMBERED = word_set("numbered_things")
OLDEST = 80
MAX_SENTENCE = 1000  # characters
MOST = 20_000  # numbers read of one document: a book has fewer, a wall of figures says nothing after that many
MONTHS = frozenset(month_name[1:])


@dataclass(frozen=True, slots=True)
class Draughts:
    """All numbers of a document with what the rules think of them, and the setting they were read in."""

    readings: tuple[Reading, ...]
    setting: Setting
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...] = ()


def draft_claims(document: Document, *, lexicon: Lexicon, learned: Literal["yes", "no"] = "yes") -> Draughts:
    """Every number of role quantity, with the kind, side and unit the rules give it; ``learned`` lets the classifier help."""
    numbers = find_numbers(document.text, most=MOST + 1)
    readings = _read(document.text, numbers[:MOST], lexicon)
    setting = setting_of(readings, document.published)
    drafts = [
        settle(_draft(index, reading, place, setting.topics), setting)
        for index, reading in enumerate(readings)
        for place in range(len(reading.slots))
        if reading.slots[place].mention.role == "quantity" and not _names_a_unit(reading, reading.slots[place])
    ]
    exits = Counter(
        str(kind)
        for reading in readings
        for trigger in reading.triggers
        if (kind := trigger.entry.row["kinds"].get("persons")) in LEFT and trigger.entry.row["cost"] <= 0.35
    )
    explained = in_context(lean(by_text(drafts, exits), readings=readings), exits)
    if learned == "yes":
        explained = [ask(draft, setting) for draft in explained]
    notes = (f"Only the first {MOST:,} numbers of this text were read; it has more.",) if len(numbers) > MOST else ()
    return Draughts(tuple(readings), setting, tuple(explained), notes)


def _read(text: str, numbers: Sequence[NumberMention], lexicon: Lexicon) -> list[Reading]:
    vocabulary = vocabulary_of(lexicon)
    spans = tuple(piece for span in sentences(text) for piece in _pieces(text, span))
    starts = [paragraph.start for paragraph in paragraphs(text)]
    by_sentence = _by_sentence(spans, numbers)
    return [
        read_sentence(
            text, span, paragraph=bisect_right(starts, span.start) - 1, mentions=by_sentence[index], vocabulary=vocabulary
        )
        for index, span in enumerate(spans)
    ]


def _pieces(text: str, span: Span) -> list[Span]:
    """A sentence in pieces no longer than any real one, so that a wall of numbers costs no more than its length."""
    pieces: list[Span] = []
    start = span.start
    while span.end - start > MAX_SENTENCE:
        end = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        end = start + MAX_SENTENCE if end < 0 else end
        pieces.append(Span(start, end))
        start = end
    pieces.append(Span(start, span.end))
    return pieces


def _by_sentence(spans: Sequence[Span], mentions: Sequence[NumberMention]) -> list[list[NumberMention]]:
    found: list[list[NumberMention]] = [[] for _ in spans]
    starts = [span.start for span in spans]
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if index >= 0 and mention.start < spans[index].end:
            found[index].append(mention)
    return found


def _names_a_unit(reading: Reading, slot: Slot) -> bool:
    """ "Infantry Battalion (IB) 129", "7 Division", "per thousand": a number that names or measures, and counts nothing."""
    point = slot.mention.point or 0.0
    if slot.first and reading.words[slot.first - 1].text in MONTHS and point <= 31:
        return True
    if slot.first > 1 and reading.words[slot.first - 1].text[0].isupper() and reading.word(slot.first - 1) in NUMBERED:
        return True
    if reading.word(slot.first - 1) == "of" and reading.word(slot.first - 2) in {"country", "population", "nation", "city"}:
        return True
    if point < OLDEST and {"age", "aged", "ages"} & {reading.word(at) for at in range(max(0, slot.first - 6), slot.first)}:
        return True
    if reading.word(slot.first - 1) == "per" or (len(reading.words) <= 6 and any(word.text in MONTHS for word in reading.words)):
        return True
    following = reading.words[slot.end] if slot.end < len(reading.words) else None
    noun = reading.nouns.get(slot.end)
    if (
        following is not None
        and following.text[0].isupper()
        and noun is not None
        and noun.entry.row["class"] in {"units", "events"}
    ):
        return not following.lower.endswith("s") and slot.mention.point != 1
    if reading.word(slot.first - 1) == ")" and reading.word(slot.first - 3) == "(":
        before = reading.words[slot.first - 4] if slot.first >= 4 else None
        return before is not None and before.text[0].isupper() and reading.words[slot.first - 2].text.isupper()
    return False


def _draft(index: int, reading: Reading, place: int, topics: frozenset[str]) -> Draft:
    slot = reading.slots[place]
    head = head_of(reading, slot)
    ranked = guesses(reading, slot, head, topics=topics)
    return Draft(index, reading, slot, head, ranked[0] if ranked else None)
