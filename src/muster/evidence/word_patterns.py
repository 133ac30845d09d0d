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
STARTS = 6  # matches of one pattern that are looked at in one stretch of words
REMEMBERED = 20_000  # words for which it is remembered which elements they may begin


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
        if word.endswith("'s") and not (word == "people's" and found.group()[0] == "P"):  # of a name: People's Army
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
    """Many patterns at once. Where each element fits is kept as the bits of one number, so that most patterns cost nothing."""

    def __init__(self, patterns: Iterable[tuple[int, tuple[Element, ...]]]) -> None:
        self._elements: list[Element] = []
        self._patterns: list[tuple[int, tuple[Element, ...], tuple[int, ...]]] = []
        self._by_element: dict[int, list[int]] = {}
        self._by_first: dict[str, list[int]] = {}
        self._known: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        numbers: dict[tuple[object, ...], int] = {}
        for rule, elements in patterns:
            ids = tuple(self._number(element, numbers) for element in elements)
            needed = [number for number, element in zip(ids, elements, strict=True) if not element.optional]
            rarest = min(needed, key=lambda number: sum(1 for _ in self._elements[number].first_words()))
            self._by_element.setdefault(rarest, []).append(len(self._patterns))
            self._patterns.append((rule, elements, ids))

    def _number(self, element: Element, numbers: dict[tuple[object, ...], int]) -> int:
        """The number of an element; elements with the same words share one."""
        key = (element.words, element.endings, tuple(element.rows.values()), element.loose_rows)
        if key not in numbers:
            numbers[key] = len(self._elements)
            for word in dict.fromkeys(element.first_words()):
                start = word[:-1][:3] + "*" if word.endswith("*") else word
                self._by_first.setdefault(start, []).append(numbers[key])
            self._elements.append(element)
        return numbers[key]

    def find(self, terms: Sequence[Term]) -> Iterator[Match]:
        """The first matches of every pattern, by pattern and then by where they begin."""
        fits = self._fits(terms)
        breaks = sum(1 << place for place, term in enumerate(terms) if term.barrier and term.barrier != ",")
        commas = breaks | sum(1 << place for place, term in enumerate(terms) if term.barrier == ",")
        for pattern in sorted(pattern for number in fits for pattern in self._by_element.get(number, ())):
            rule, elements, ids = self._patterns[pattern]
            starts = _starts(elements, ids, fits, len(terms), breaks, commas)
            for _ in range(STARTS):
                if not starts:
                    break
                place = (starts & -starts).bit_length() - 1
                starts &= starts - 1
                if (last := _match(elements, 0, terms, place)) is not None:
                    yield Match(rule, place, last)

    def _fits(self, terms: Sequence[Term]) -> dict[int, dict[int, int]]:
        """For each element that fits anywhere: by how many words it takes, the places as bits."""
        fits: dict[int, dict[int, int]] = {}
        places: dict[str, int] = {}
        for place, term in enumerate(terms):
            places[term.low] = places.get(term.low, 0) | 1 << place
            for number in self._that_begin(term.low)[1]:
                if taken := self._elements[number].fits(terms, place):
                    lengths = fits.setdefault(number, {})
                    lengths[taken] = lengths.get(taken, 0) | 1 << place
        for low, bits in places.items():
            for number in self._that_begin(low)[0]:
                lengths = fits.setdefault(number, {})
                lengths[1] = lengths.get(1, 0) | bits
        return fits

    def _that_begin(self, low: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Elements that a word fits by itself, and elements of which it may be the first of several words."""
        known = self._known.get(low)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            starts = (low, *(low[:size] + "*" for size in (1, 2, 3)))
            alone: list[int] = []
            first: list[int] = []
            for number in dict.fromkeys(number for start in starts for number in self._by_first.get(start, ())):
                element = self._elements[number]
                if low in element.rows or any(low.startswith(row[0][:-1]) for row in element.loose_rows):
                    first.append(number)
                elif low in element.words or (element.endings and low.startswith(element.endings)):
                    alone.append(number)
            known = self._known[low] = (tuple(alone), tuple(first))
        return known


def _starts(
    elements: tuple[Element, ...],
    ids: tuple[int, ...],
    fits: Mapping[int, Mapping[int, int]],
    size: int,
    breaks: int,
    commas: int,
) -> int:
    """Where a pattern can begin, as bits: worked backwards, from where its last element fits to where its first does."""
    if any(number not in fits and not element.optional for number, element in zip(ids, elements, strict=True)):
        return 0
    reach = (1 << size + 1) - 1  # from where the rest of the pattern can be had; after the last element: anywhere
    for index in range(len(elements) - 1, -1, -1):
        element = elements[index]
        here = 0
        for taken, places in fits.get(ids[index], {}).items():
            here |= places & (reach >> taken)
        if not index:
            return here
        closed = commas if 0 < element.gap <= CLOSE else breaks
        here &= ~closed
        spread = here
        for _ in range(element.gap):
            here = (here >> 1) & ~closed
            spread |= here
        reach = spread | reach if element.optional else spread
        if not reach:
            return 0
    return 0


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
