"""How a figure is meant: asserted, planned, hypothetical, doubted or denied, by the words of its own clause."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from muster.evidence.lexicon import Lexicon
from muster.evidence.speakers.claimant import Attribution, Speakers
from muster.evidence.speakers.phrases import Word, is_verb
from muster.evidence.text import Span
from muster.evidence.wordsets import word_set

__all__ = ["modality_of"]

REACH = 120  # words to either side of a number that can tell how it is meant

Cues = Mapping[str, tuple[tuple[str, ...], ...]]  # phrases by their first word


@dataclass(frozen=True, slots=True)
class _Cues:
    name: str
    before: Cues
    anywhere: Cues
    after: Cues
    first: Cues  # ahead of the number they win over every later row


def modality_of(speakers: Speakers, number: Span, *, lexicon: Lexicon, attribution: Attribution | None = None) -> str:
    """The modality of the number at this place."""
    if attribution is not None and attribution.stance != "asserted":
        return attribution.stance
    words = speakers.words[speakers.sentence_at(number.start)]
    first = bisect_right(words, number.start, key=lambda word: word.end)
    words, first = words[max(0, first - REACH) : first + REACH], min(first, REACH)
    last = next((here for here in range(first, len(words)) if words[here].start >= number.end), len(words))
    cue = attribution.cue if attribution is not None else None
    clause = words[_clause_start(words, first, cue, word_set("clause_cuts")) : first]
    whole = words[_clause_start(words, first, None, word_set("clause_cuts") - {"that"}) : first]
    around = words[_clause_start(words, first, None, word_set("contrasts")) : _clause_end(words, last)]
    early = next((cues.name for cues in _cues_of(lexicon) if _has(clause, cues.first)), None)
    if early is not None:
        return early
    for cues in _cues_of(lexicon):
        ahead = whole if cues.name in {"denied", "doubted"} else clause  # "no evidence that", but not "would be named ... that"
        if _has(ahead, cues.before) or _has(around, cues.anywhere) or _has(_verb_after(words, last), cues.after):
            return cues.name
    return "asserted"


def _clause_start(words: Sequence[Word], at: int, cue: Span | None, cuts: frozenset[str]) -> int:
    """Where the clause of the number begins: behind the mark, conjunction or verb of saying that ends another."""
    for here in range(at - 1, -1, -1):
        word = words[here]
        if word.low in cuts or word.text in ";:—–" or (cue is not None and word.end == cue.end <= words[at - 1].end):
            return here + 1
        if word.low in word_set("clause_joints") and here and words[here - 1].text == ",":
            return here + 1
    return 0


def _clause_end(words: Sequence[Word], last: int) -> int:
    """Where a contrast to the clause of the number begins."""
    return next((at for at in range(last, len(words)) if words[at].low in word_set("contrasts")), len(words))


def _verb_after(words: Sequence[Word], last: int) -> Sequence[Word]:
    """The verb group the number is the subject of: the first verb behind it, in the same clause."""
    for here in range(last, min(len(words), last + 12)):
        if words[here].low in word_set("clause_cuts") or words[here].text in ",;:()—–":
            break
        if is_verb(words, here):
            return words[here : here + 2]
    return ()


def _has(words: Sequence[Word], cues: Cues) -> bool:
    """Whether one of the phrases stands in these words; the month of May is no "may"."""
    if not cues:
        return False
    lows = [word.low if word.text != "May" else "" for word in words]
    return any(tuple(lows[here : here + len(cue)]) == cue for here, low in enumerate(lows) for cue in cues.get(low, ()))


_COMPILED: WeakKeyDictionary[Lexicon, tuple[_Cues, ...]] = WeakKeyDictionary()


def _cues_of(lexicon: Lexicon) -> tuple[_Cues, ...]:
    found = _COMPILED.get(lexicon)
    if found is None:
        found = _COMPILED[lexicon] = tuple(_cues(row) for row in lexicon.table("modality"))
    return found


def _cues(row: Mapping[str, Any]) -> _Cues:
    return _Cues(row["is"], *(_by_first(row.get(key, ())) for key in ("before", "anywhere", "after", "first")))


def _by_first(phrases: Sequence[str]) -> Cues:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        cue = tuple(phrase.split())
        found[cue[0]] = (*found.get(cue[0], ()), cue)
    return found
