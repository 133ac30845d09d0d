"""One attribution in a sentence: its cue, its speaker, and the stretch of text it governs.

A cue before the statement ("the army said 30 men fled") governs what follows; one behind it ("30 men fled, the army
said") what precedes. A clause that a contrast opens (", but the", ";") is out of reach when it has a speaker of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from muster.evidence.speakers.phrases import Phrase, Word, is_name, is_verb
from muster.evidence.speakers.sources import Source
from muster.evidence.text import Span
from muster.evidence.wordsets import word_set

__all__ = ["Frame", "is_postposed", "naming", "segments", "span_of"]

_QUOTES = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution: the cue, the speaker (``None``: hearsay), what it governs, and the words that name the speaker.

    ``stance``: what the speaker does with the statement (asserted, planned, doubted, denied). ``form``: the rule.
    """

    cue: Span
    source: Source | None
    scopes: tuple[Span, ...]
    naming: Span
    stance: str = "asserted"
    form: str = "said"
    relay: str | None = None


def segments(words: Sequence[Word]) -> tuple[int, ...]:
    """Positions where a clause begins that contrasts with the one before it."""
    cuts = []
    opening = {word.low for word in words[:4]}  # "While the army put it at 90, a doctor counted 200"; "a day after ..."
    if words and (words[0].low in word_set("contrasts") or opening & {"after", "when", "before"}):
        joint = next((at for at in range(4, len(words) - 2) if words[at].text == ","), None)
        cuts += [joint] if joint is not None and any(is_verb(words, at) for at in range(joint)) else []
    for at, word in enumerate(words[1:-1], start=1):
        after_mark = words[at - 1].text in {",", "—", "–", ";"}
        new_subject = not is_verb(words, at + 1) and words[at + 1].low not in word_set("adverbs")
        if word.text == ";" or (word.low in word_set("contrasts") and after_mark and new_subject):
            cuts.append(at)
    return tuple(cuts)


def is_postposed(words: Sequence[Word], verb: int, subject: int) -> bool:
    """Whether the statement stands before its speaker: a clause or a quotation, a comma, the subject, the verb, an end."""
    if subject == 0 or words[subject - 1].text not in _QUOTES | {",", "—", "–", "-"}:
        return False
    if words[subject - 1].text in _QUOTES or words[max(0, subject - 2)].text in _QUOTES:
        return True
    adverbial = words[0].low in word_set("prepositions") or subject < 5
    if adverbial and not any(is_verb(words, at) or words[at].text[0].isdigit() for at in range(subject)):
        return False
    rest = words[verb + 1 :]
    if not rest or rest[0].text in ".,;:?!—–" or rest[0].text in _QUOTES:
        return True
    end = next((at for at in range(verb + 1, len(words)) if words[at].text in ",;:—–" or words[at].text in _QUOTES), len(words))
    circumstance = rest[0].low in word_set("after_postposed")
    states = any(
        words[at].low == "that" or (is_verb(words, at) and not (circumstance and words[at].low.endswith("ed")))
        for at in range(verb + 1, end)
    )
    counts = any(word.text[0].isdigit() and not _dated(words, word) for word in words[verb + 1 : end])
    return not states and not counts and not _names_object(words, verb)


def _dated(words: Sequence[Word], number: Word) -> bool:
    at = words.index(number)
    return any(word.low in word_set("times") for word in words[max(0, at - 1) : at + 2]) or len(number.text) == 4


def _names_object(words: Sequence[Word], verb: int) -> bool:
    """Whether the verb goes on with a noun phrase that it states something of, not with a listener or a time."""
    following = words[verb + 1]
    if words[verb].low in {"told", "tells", "tell"}:
        return False
    return following.low not in word_set("after_postposed") and not (is_name(following) and verb + 2 >= len(words) - 1)


def naming(words: Sequence[Word], phrase: Phrase) -> Span:
    """The words that name a speaker, with what stands beside them."""
    return Span(words[phrase.first].start, words[max(phrase.last, phrase.beside_last) - 1].end)


def span_of(word: Word) -> Span:
    """The place of a word."""
    return Span(word.start, word.end)
