"""A small language for patterns of words, so that rules about wording can be read and changed in a file of words.

A pattern is words in order: ``word*`` any ending; ``a|b`` either; ``a_b`` two words in a row; ``[a]`` may be missing;
``~`` up to five words between, ``~9`` up to nine; ``<name>`` a list of words given elsewhere. Matching is by whole words,
in small letters, and takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Match", "PatternIndex", "Term", "parse_pattern", "split_terms"]

_TERM = re.compile(r"https?://\S+|www\.\S+|[^\W_]+(?:['’‑.-][^\W_]+)*")
_BARRIER = re.compile(r"[;:?!]|(?<!\d),")
CLOSE = 2  # a gap of so few words does not reach over a comma
GAP = 5


class Term(NamedTuple):
    """A word of a text in small letters, without a possessive ending; ``barrier``: the mark before it that parts thoughts."""

    low: str
    start: int
    end: int
    barrier: str


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: the words that fit, and how many words may stand before it."""

    words: frozenset[str]
    endings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    gap: int
    optional: bool

    def fits(self, terms: Sequence[Term], place: int) -> int:
        """How many words from ``place`` on this element takes; 0 when it does not fit."""
        low = terms[place].low
        for row in self.rows:
            if (
                _fits_word(low, row[0])
                and len(terms) >= place + len(row)
                and all(_fits_word(terms[place + k].low, row[k]) for k in range(1, len(row)))
            ):
                return len(row)
        return 1 if low in self.words or (self.endings and low.startswith(self.endings)) else 0


class Match(NamedTuple):
    """Which pattern, and the first and last word it covers."""

    rule: int
    first: int
    last: int


def split_terms(text: str, start: int, end: int) -> list[Term]:
    """The words of a stretch of text."""
    terms: list[Term] = []
    before = start
    for found in _TERM.finditer(text, start, end):
        word = found.group().lower().replace("’", "'").replace("‑", "-")
        if word.endswith("'s"):
            word = word[:-2]
        if not word.startswith(("http:", "https:", "www.")):
            mark = _BARRIER.search(text, before, found.start())
            terms.append(Term(word, found.start(), found.end(), mark.group() if mark else ""))
        before = found.end()
    return terms


def parse_pattern(pattern: str, lists: Mapping[str, str]) -> tuple[Element, ...]:
    """The elements of a pattern. Raises ``ValueError`` for a list of words that does not exist."""
    elements: list[Element] = []
    gap = 0
    for piece in pattern.split():
        if piece.startswith("~"):
            gap = int(piece[1:]) if piece[1:] else GAP
            continue
        optional = piece.startswith("[") and piece.endswith("]")
        elements.append(_element(piece.strip("[]"), lists, gap, optional=optional))
        gap = 0
    if not elements or elements[0].optional:
        raise ValueError(f"a pattern must begin with a word: {pattern!r}")
    return tuple(elements)


def _element(piece: str, lists: Mapping[str, str], gap: int, *, optional: bool) -> Element:
    words: list[str] = []
    for choice in piece.split("|"):
        if choice.startswith("<"):
            if choice.strip("<>") not in lists:
                raise ValueError(f"there is no list of words named {choice}")
            words += lists[choice.strip("<>")].split("|")
        else:
            words.append(choice)
    single = [word for word in words if "_" not in word]
    return Element(
        words=frozenset(word for word in single if not word.endswith("*")),
        endings=tuple(word[:-1] for word in single if word.endswith("*")),
        rows=tuple(tuple(word.split("_")) for word in words if "_" in word),
        gap=gap,
        optional=optional,
    )


def _fits_word(low: str, wanted: str) -> bool:
    return low.startswith(wanted[:-1]) if wanted.endswith("*") else low == wanted


class PatternIndex:
    """Many patterns at once, looked up by their first word."""

    def __init__(self, patterns: Iterable[tuple[int, tuple[Element, ...]]]) -> None:
        self._by_word: dict[str, list[tuple[int, tuple[Element, ...]]]] = {}
        self._by_ending: dict[str, list[tuple[str, int, tuple[Element, ...]]]] = {}
        for rule, elements in patterns:
            first = elements[0]
            for word in [*first.words, *(row[0] for row in first.rows if not row[0].endswith("*"))]:
                self._by_word.setdefault(word, []).append((rule, elements))
            for ending in [*first.endings, *(row[0][:-1] for row in first.rows if row[0].endswith("*"))]:
                self._by_ending.setdefault(ending[:3], []).append((ending, rule, elements))

    def find(self, terms: Sequence[Term]) -> Iterator[Match]:
        """Every match of every pattern, by where it begins."""
        for place, term in enumerate(terms):
            for rule, elements in self._by_word.get(term.low, ()):
                if (last := _match(elements, 0, terms, place)) is not None:
                    yield Match(rule, place, last)
            for rule, elements in self._that_begin(term.low):
                if (last := _match(elements, 0, terms, place)) is not None:
                    yield Match(rule, place, last)

    def _that_begin(self, low: str) -> Iterator[tuple[int, tuple[Element, ...]]]:
        """Patterns whose first word is given by a beginning that this word has."""
        for size in (1, 2, 3):
            for ending, rule, elements in self._by_ending.get(low[:size], ()):
                if len(ending[:3]) == size and low.startswith(ending):
                    yield rule, elements


def _match(elements: tuple[Element, ...], index: int, terms: Sequence[Term], place: int) -> int | None:
    """The last word of a match whose element ``index`` must begin within its gap from ``place`` on."""
    element = elements[index]
    for start in range(place, min(place + element.gap + 1, len(terms))):
        if index and terms[start].barrier and (terms[start].barrier != "," or 0 < element.gap <= CLOSE):
            break
        taken = element.fits(terms, start)
        if not taken:
            continue
        if index + 1 == len(elements):
            return start + taken - 1
        rest = _match(elements, index + 1, terms, start + taken)
        if rest is not None:
            return rest
    if element.optional:
        return place - 1 if index + 1 == len(elements) else _match(elements, index + 1, terms, place)
    return None
