"""The events a text may date its counts by: "since the coup", "after the invasion".

A general noun ("the coup") means the event of the country a text writes about: a dated event counts only where one of
its place words stands in the text, and the one whose places are named most wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from muster.core.dates import Interval, parse_interval
from muster.evidence.lexicon import Lexicon
from muster.evidence.times.alternatives import alternatives


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event: the nouns it answers to, the words that name it alone, the places that must be named."""

    name: str
    nouns: tuple[str, ...]
    days: Interval
    places: re.Pattern[str] | None
    patterns: frozenset[str]
    only: bool
    place_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventWord:
    """A mention of an event, by its noun or by a pattern of its own."""

    start: int
    end: int
    noun: str
    event: Event | None
    words: str


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class EventBook:
    """All rows compiled. Compared by identity, like the lexicon it comes from."""

    events: tuple[Event, ...]
    nouns: Mapping[str, str]
    unique: frozenset[str]
    verbs: frozenset[str]
    words: re.Pattern[str]


@lru_cache(maxsize=16)
def events_of(lexicon: Lexicon) -> EventBook:
    """The events of a lexicon, those of its cases first."""
    nouns: dict[str, str] = {}
    verbs: set[str] = set()
    for row in lexicon.table("event_nouns"):
        for word in (*row["words"], *row.get("verbs", ())):
            nouns.setdefault(word.lower(), row["noun"])
        verbs.update(word.lower() for word in row.get("verbs", ()))
    events = tuple(_event(row) for row in lexicon.table("events"))
    for event in events:
        for words in event.patterns:
            nouns.setdefault(words, event.nouns[0])
    unique = frozenset(row["noun"] for row in lexicon.table("event_nouns") if row.get("unique"))
    pattern = re.compile(rf"(?i)(?<![\w-])(?:{alternatives(list(nouns)) or '(?!)'})(?![\w-])")
    return EventBook(events, nouns, unique, frozenset(verbs), pattern)


def _event(row: Mapping[str, Any]) -> Event:
    places: Sequence[str] = row.get("places", ())
    pattern = re.compile(rf"(?<!\w)(?:{alternatives(list(places))})(?!\w)") if places else None
    patterns = frozenset(word.lower() for word in row.get("patterns", ()))
    nouns = (row["noun"], *row.get("also", ()))
    return Event(
        row["name"],
        nouns,
        parse_interval(row["date"]),
        pattern,
        patterns,
        bool(row.get("only", False)),
        tuple(place.split()[0] for place in places),
    )


@lru_cache(maxsize=32)
def events_in(text: str, book: EventBook) -> tuple[EventWord, ...]:
    """The mentions of events in a text, each with the dated event it most likely means."""
    weights, found = _weights(text, book), []
    for match in book.words.finditer(text):
        words = re.sub(r"\s+", " ", match.group().lower())
        found.append(EventWord(match.start(), match.end(), book.nouns[words], _meant(words, book, weights), words))
    return tuple(found)


@lru_cache(maxsize=32)
def _weights(text: str, book: EventBook) -> Mapping[str, float]:
    return {event.name: _weight(text, event, rank) for rank, event in enumerate(book.events)}


def _weight(text: str, event: Event, rank: int) -> float:
    """How much the text writes about the places of an event; earlier rows win a tie."""
    if event.places is None:
        return 0.5 - rank * 1e-4
    if not any(word in text for word in event.place_words):
        return -1.0
    mentions = sum(1 for _ in event.places.finditer(text))
    return mentions - rank * 1e-4 if mentions else -1.0


def _meant(words: str, book: EventBook, weights: Mapping[str, float]) -> Event | None:
    """The event the words mean: one that has them for its own before one they fit by noun."""
    named = [event for event in book.events if words in event.patterns and weights[event.name] > 0]
    fitting = named or [
        event for event in book.events if not event.only and book.nouns[words] in event.nouns and weights[event.name] > 0
    ]
    return max(fitting, key=lambda event: weights[event.name]) if fitting else None


def choose_event(text: str, mention: EventWord, book: EventBook, stated: Interval | None) -> Event | None:
    """The event of a mention whose date fits the date stated beside it, where several of one country do."""
    if stated is None or mention.event is None:
        return mention.event
    weights = _weights(text, book)
    alike = [event for event in book.events if mention.noun in event.nouns and weights[event.name] > 0]
    fitting = [event for event in alike if stated.first <= event.days.last and event.days.first <= stated.last]
    if mention.event in fitting:
        return mention.event
    return fitting[0] if fitting else None
