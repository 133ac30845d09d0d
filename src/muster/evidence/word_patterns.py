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
    """One place of a pattern: the words that fit, and how many words may stand before it.

    ``rows`` are sequences of words by their first one; ``loose_rows`` those whose first word may have any ending.
    """

    words: frozenset[str]
    endings: tuple[str, ...]
    rows: Mapping[str, tuple[tuple[str, ...], ...]]
    loose_rows: tuple[tuple[str, ...], ...]
    gap: int
    optional: bool

    def fits(self, terms: Sequence[Term], place: int) -> int:
        """How many words from ``place`` on this element takes; 0 when it does not fit."""
        low = terms[place].low
        for row in self.rows.get(low, ()):
            if _fits_row(terms, place, row):
                return len(row)
        for row in self.loose_rows:
            if low.startswith(row[0][:-1]) and _fits_row(terms, place, row):
                return len(row)
        return 1 if low in self.words or (self.endings and low.startswith(self.endings)) else 0

    def first_words(self) -> Iterator[str]:
        """Every word, or beginning with a star, that a match can begin with."""
        yield from self.words
        yield from self.rows
        yield from (ending + "*" for ending in self.endings)
        yield from (row[0] for row in self.loose_rows)


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
    rows = [tuple(word.split("_")) for word in words if "_" in word]
    single = [word for word in words if "_" not in word]
    return Element(
        words=frozenset(word for word in single if not word.endswith("*")),
        endings=tuple(word[:-1] for word in single if word.endswith("*")),
        rows={
            first: tuple(row for row in rows if row[0] == first) for first in {row[0] for row in rows if not row[0].endswith("*")}
        },
        loose_rows=tuple(row for row in rows if row[0].endswith("*")),
        gap=gap,
        optional=optional,
    )


def _fits_row(terms: Sequence[Term], place: int, row: tuple[str, ...]) -> bool:
    """Whether the words after ``place`` are those of a row after its first."""
    if len(terms) < place + len(row):
        return False
    return all(
        terms[place + k].low.startswith(row[k][:-1]) if row[k].endswith("*") else terms[place + k].low == row[k]
        for k in range(1, len(row))
    )


class PatternIndex:
    """Many patterns at once, looked up by their first word."""

    def __init__(self, patterns: Iterable[tuple[int, tuple[Element, ...]]]) -> None:
        self._by_word: dict[str, list[tuple[int, tuple[Element, ...]]]] = {}
        self._by_ending: dict[str, list[tuple[str, int, tuple[Element, ...]]]] = {}
        for rule, elements in patterns:
            for word in dict.fromkeys(elements[0].first_words()):
                if word.endswith("*"):
                    self._by_ending.setdefault(word[:-1][:3], []).append((word[:-1], rule, elements))
                else:
                    self._by_word.setdefault(word, []).append((rule, elements))

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
