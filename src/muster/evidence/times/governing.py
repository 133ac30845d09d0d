"""Which expression of time governs a number: the one that is cheapest to reach from it.

Words cost little; a comma, another number or a new clause between the two cost much, so that in "170 and 60 in
February, 540 and 75 in March" each pair keeps its month. What comes after "compared with" belongs to the other figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from muster.evidence.lexicon import load_lexicon
from muster.evidence.numbers.words import find_atoms
from muster.evidence.text import Span
from muster.evidence.times.alternatives import alternatives
from muster.evidence.times.dates import find_dates
from muster.evidence.times.stretches import Window

LIMIT = 10.0  # the dearest expression that still governs a number
REACH = 600  # characters from a number to an expression that may govern it
NEVER = 99.0
CLAUSE = 2.5  # a word that opens a clause of its own
COMMA = 1.8


def governing(text: str, sentence: Span, number: Span, windows: tuple[Window, ...]) -> list[Window]:
    """The windows that may date a number, the likeliest first."""
    first, last = number.start - REACH, number.end + REACH
    numbers = _numbers(text[sentence.start : sentence.end], sentence.start)
    near = numbers[bisect_left(numbers, (first, first)) : bisect_left(numbers, (last, last))]
    priced = [
        (_cost(text, number, window, near, sentence), window.start, window)
        for window in windows
        if window.end > first and window.start < last
    ]
    return [window for cost, _, window in sorted(priced, key=lambda item: item[:2]) if cost <= LIMIT]


@lru_cache(maxsize=64)
def _numbers(sentence: str, offset: int) -> tuple[Span, ...]:
    """The numbers of a sentence that are in no date."""
    dates = find_dates(sentence)
    return tuple(
        Span(atom.start + offset, atom.end + offset)
        for atom in find_atoms(sentence)
        if not any(mention.start < atom.end and atom.start < mention.end for mention in dates)
    )


@lru_cache(maxsize=1)
def _compared() -> re.Pattern[str]:
    words = [word for row in load_lexicon().table("time_compared") for word in row["words"]]
    return re.compile(rf"(?i)\b(?:{alternatives(words)})\b(?!\s+(?:\d|an?\s+(?:hundred|thousand|dozen|million)))")


_CLAUSE = re.compile(r"(?i)\b(?:while|whereas|but|although|though|which|who|whom|when|because|where)\b|[—–]|\s-\s")
_COMMAS = re.compile(r",(?!\d{3})|[()]")
_NEW_CLAUSE = re.compile(r"(?:[,;]|\s)\s*(?:and|but|while)\s*\Z")
_STILL = re.compile(r"(?i)\b(?:now|still|currently|at\s+present|today)\b")
_SOFT_CLAUSE = re.compile(r"(?i)\b(?:that|as|and|after|before)\b")


def _cost(text: str, number: Span, window: Window, numbers: tuple[Span, ...], sentence: Span) -> float:
    """How far a number is from an expression of time, in words, commas, other numbers and clauses."""
    if window.kind in ("speech", "record", "attribute"):
        return NEVER
    behind = window.start >= number.end
    start, end = (number.end, window.start) if behind else (window.end, number.start)
    if start > end:
        return NEVER
    gap = text[start:end]
    between = [other for other in numbers if other.start >= start and other.end <= end and other != number]
    cost = 0.12 * len(gap.split()) + CLAUSE * len(_CLAUSE.findall(gap)) + window.weight
    if behind:
        return cost + _cost_behind(text, gap, number, between)
    return cost + _cost_ahead(text, gap, window, between, sentence)


def _cost_behind(text: str, gap: str, number: Span, between: list[Span]) -> float:
    """A window behind the number: it may be that of a later number, or of a clause of its own."""
    joined = len(between) == 1 and re.fullmatch(r"\s*(?:and|,|or)\s*", text[number.end : between[0].start]) is not None
    cost = COMMA * len(_COMMAS.findall(gap)) + (0.4 if joined else 2.2 * len(between)) + 8.0 * len(re.findall(r"[;:]\s", gap))
    if _NEW_CLAUSE.search(gap):
        cost += 8.0
    return cost + (10.0 if _compared().search(gap) else 0.0)


def _cost_ahead(text: str, gap: str, window: Window, between: list[Span], sentence: Span) -> float:
    """A window before the number: at the head of a sentence or a clause it governs all that follows."""
    ahead = text[sentence.start : window.start]
    fronted = not re.search(r"\w", ahead) or re.search(r"[;,]\s*(?:and\s+|but\s+)?\Z", ahead) is not None
    commas = len(_COMMAS.findall(gap))
    cost = (
        1.0
        + (0.3 if fronted else 1.6) * commas
        + 0.3 * len(between)
        + (3.0 if fronted else 6.0) * len(re.findall(r"[;:]\s", gap))
    )
    return cost if fronted else cost + 0.6 * len(_SOFT_CLAUSE.findall(gap))
