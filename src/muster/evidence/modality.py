"""How a figure is meant: asserted, planned, hypothetical, doubted or denied, by the words of its own clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from muster.evidence.claimant import Attribution, Speakers
from muster.evidence.lexicon import Lexicon
from muster.evidence.phrases import Word
from muster.evidence.text import Span

__all__ = ["modality_of"]

Cue = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cues:
    name: str
    before: tuple[Cue, ...]
    anywhere: tuple[Cue, ...]


def modality_of(speakers: Speakers, number: Span, *, lexicon: Lexicon, attribution: Attribution | None = None) -> str:
    """The modality of the number at this place."""
    if attribution is not None and attribution.stance != "asserted":
        return attribution.stance
    index = speakers.sentence_at(number.start)
    words = speakers.words[index]
    at = next((here for here, word in enumerate(words) if word.end > number.start), len(words))
    low, high = _clause(words, at)
    for cues in _cues_of(lexicon):
        if _has(words[low:at], cues.before) or _has(words[low:high], cues.anywhere):
            return cues.name
    return "asserted"


def _clause(words: Sequence[Word], at: int) -> tuple[int, int]:
    """From the last mark or conjunction that ends another clause to the next one."""
    cuts = {"but", "while", "whereas", "although", "though", "which", "who", ";", "—", "–"}
    low = next((here + 1 for here in range(at - 1, -1, -1) if words[here].low in cuts), 0)
    high = next((here for here in range(at + 1, len(words)) if words[here].low in cuts), len(words))
    return low, high


def _has(words: Sequence[Word], cues: Sequence[Cue]) -> bool:
    lows = [word.low if word.text != "May" else "" for word in words]
    return any(tuple(lows[here : here + len(cue)]) == cue for cue in cues for here in range(len(lows)))


_COMPILED: WeakKeyDictionary[Lexicon, tuple[_Cues, ...]] = WeakKeyDictionary()


def _cues_of(lexicon: Lexicon) -> tuple[_Cues, ...]:
    found = _COMPILED.get(lexicon)
    if found is None:
        found = _COMPILED[lexicon] = tuple(_cues(row) for row in lexicon.table("modality"))
    return found


def _cues(row: Mapping[str, Any]) -> _Cues:
    before, anywhere = (tuple(tuple(cue.split()) for cue in row.get(key, ())) for key in ("before", "anywhere"))
    return _Cues(row["is"], before, anywhere)
