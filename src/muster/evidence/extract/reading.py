"""A sentence as the rules see it: its words, the phrases of the lexicon found in it, and its numbers.

Positions are those of words in the sentence; ``end`` is the first word after. Linear in the length of the sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from muster.evidence.extract.vocabulary import GAP, Entry, Vocabulary
from muster.evidence.numbers.quantities import NumberMention
from muster.evidence.text import Span, tokens

REACH = 3  # words a gap of a phrase may hold


class Word(NamedTuple):
    """A word of the text: itself in lower case, the verbs and the nouns it may stand for, and its verb form."""

    start: int
    end: int
    text: str
    lower: str
    forms: frozenset[str]
    nouns: frozenset[str]
    tag: str


class Found(NamedTuple):
    """A phrase of the lexicon at a place of the sentence."""

    first: int
    end: int
    entry: Entry


class Slot(NamedTuple):
    """A number at a place of the sentence, its wording ("more than", "%") included."""

    first: int
    end: int
    mention: NumberMention


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence, read."""

    span: Span
    paragraph: int
    words: tuple[Word, ...]
    slots: tuple[Slot, ...]
    triggers: tuple[Found, ...]
    nouns: Mapping[int, Found]
    names: tuple[Found, ...]
    sides: tuple[Found, ...]
    numbered: frozenset[int]
    naming: frozenset[int] = frozenset()

    def word(self, position: int) -> str:
        """The word at a place in lower case, nothing outside the sentence."""
        return self.words[position].lower if 0 <= position < len(self.words) else ""

    def text_of(self, first: int, end: int) -> str:
        """Words in lower case, with one space between."""
        return " ".join(word.lower for word in self.words[first:end])


def read_sentence(text: str, span: Span, *, paragraph: int, mentions: Sequence[NumberMention], vocabulary: Vocabulary) -> Reading:
    """The words of one sentence with all that the lexicon knows of them."""
    words = tuple(_word(token.start, token.end, token.word, vocabulary) for token in tokens(text, span))
    starts = [word.start for word in words]
    slots = tuple(_slot(mention, starts, words) for mention in mentions)
    numbered = {position for slot in slots for position in range(slot.first, slot.end)}
    naming = frozenset(at for slot in slots if slot.mention.role == "name" for at in range(slot.first, slot.end))
    nouns: dict[int, Found] = {}
    triggers: list[Found] = []
    names: list[Found] = []
    sides: list[Found] = []
    named_until = 0
    for position, word in enumerate(words):
        if position in numbered and position not in naming:
            continue
        noun = _longest(words, position, vocabulary.nouns, numbered)
        if noun is not None:
            nouns[position] = noun
        triggers.extend(_every(words, position, vocabulary.triggers, numbered))
        if position >= named_until and word.text[:1].isupper() or word.lower in {"al", "junta", "shabiha", "pro"}:
            name = _name(words, position, vocabulary.names)
            if name is not None:
                names.append(name)
                named_until = name.end
        side = _longest(words, position, vocabulary.sides, numbered)
        if side is not None:
            sides.append(side)
    return Reading(
        span,
        paragraph,
        words,
        slots,
        _without_parts(triggers),
        nouns,
        tuple(names),
        tuple(sides),
        frozenset(numbered),
        naming,
    )


def _word(start: int, end: int, text: str, vocabulary: Vocabulary) -> Word:
    return Word(start, end, text, *_known(text, vocabulary))


@lru_cache(maxsize=16_384)
def _known(text: str, vocabulary: Vocabulary) -> tuple[str, frozenset[str], frozenset[str], str]:
    """What the vocabulary knows of a word, kept, for most words of a text are the same few."""
    lower = text.lower().replace("’", "'")
    bare = lower.removesuffix("'s").removesuffix("'")
    forms = frozenset((lower, bare)) | vocabulary.lemmas.get(bare, frozenset())
    nouns = frozenset((lower, bare)) | vocabulary.plurals.get(bare, frozenset())
    return lower, forms, nouns, vocabulary.tags.get(bare, "")


def _slot(mention: NumberMention, starts: list[int], words: Sequence[Word]) -> Slot:
    first = bisect_left(starts, mention.outer_start)
    end = max(bisect_left(starts, mention.outer_end), first + 1)
    while end < len(words) and words[end].lower in {"%", "percent", "per", "cent", "pc", "percentage", "points", "point"}:
        if words[end].lower == "per" and (end + 1 >= len(words) or words[end + 1].lower != "cent"):
            break
        end += 1
    return Slot(first, end, mention)


def _longest(words: Sequence[Word], at: int, table: Mapping[str, tuple[Entry, ...]], numbered: set[int]) -> Found | None:
    best: Found | None = None
    for form in words[at].nouns:
        for entry in table.get(form, ()):
            end = _match_nouns(words, at, entry, numbered)
            if end and (best is None or end > best.end):
                best = Found(at, end, entry)
                break
    return best


def _every(words: Sequence[Word], at: int, table: Mapping[str, tuple[Entry, ...]], numbered: set[int]) -> list[Found]:
    """All phrases that begin here; of those in the same row only the longest."""
    found: dict[int, Found] = {}
    for form in words[at].forms:
        for entry in table.get(form, ()):
            end = _match(words, at, entry, numbered)
            if end:
                key = id(entry.row)
                if key not in found or end > found[key].end:
                    found[key] = Found(at, end, entry)
    return list(found.values())


def _match_nouns(words: Sequence[Word], at: int, entry: Entry, numbered: set[int]) -> int:
    """The end of a noun phrase that begins at a word, 0 when it does not stand there; nouns leave no gaps."""
    for offset, part in enumerate(entry.phrase):
        position = at + offset
        if position >= len(words) or position in numbered or words[position].nouns.isdisjoint(part):
            return 0
    return at + len(entry.phrase)


def _match(words: Sequence[Word], at: int, entry: Entry, numbered: set[int]) -> int:
    """The end of a phrase that begins at a word, 0 when it does not stand there."""
    position = at
    gap = False
    for part in entry.phrase:
        if part == GAP:
            gap = True
            continue
        stop = position + (REACH if gap else 0)
        while position <= stop:
            if position >= len(words) or (
                gap and not words[position].lower[0].isalnum() and words[position].lower not in "“”\"'"
            ):
                return 0
            if position not in numbered and not words[position].forms.isdisjoint(part):
                break
            position += 1
        else:
            return 0
        position += 1
        gap = False
    return position


def _name(words: Sequence[Word], at: int, table: Mapping[str, tuple[Entry, ...]]) -> Found | None:
    """The longest name that begins here; names are matched by their spelling, a possessive left out."""
    first = _bare(words[at].text)
    best: Found | None = None
    for spelled in {words[at].text, first}:
        for entry in table.get(spelled, ()):
            end = at
            for part in entry.phrase:
                if end >= len(words) or (words[end].text not in part and _bare(words[end].text) not in part):
                    break
                end += 1
            else:
                if best is None or end > best.end:
                    best = Found(at, end, entry)
                break
    return best


def _bare(text: str) -> str:
    return text.replace("’", "'").removesuffix("'s").removesuffix("'")


def _without_parts(triggers: list[Found]) -> tuple[Found, ...]:
    """Without phrases that lie inside a longer one ("flee" in "flee to the rebels")."""
    kept: list[Found] = []
    longest = 0
    for found in sorted(triggers, key=lambda found: (found.first, -found.end)):
        inside = found.end < longest or any(
            other.first <= found.first and found.end <= other.end and other.end - other.first > found.end - found.first
            for other in kept[-4:]
        )
        if not inside:
            kept.append(found)
            longest = max(longest, found.end)
    return tuple(kept)
