"""Points in time that a sentence names: dates, "last week", "two years ago", weekdays, events.

An event and the date beside it ("the coup of 1 February 2021") are one point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from muster.core.dates import Interval
from muster.evidence.text import Span
from muster.evidence.times.date_years import dated_points
from muster.evidence.times.dates import find_dates
from muster.evidence.times.event_book import EventBook, EventWord, choose_event, events_in
from muster.evidence.times.relative import Point, told_from_present

LONGEST = 4_000  # characters of a sentence; what is longer is a table or noise, and nothing in it dates anything


def find_points(text: str, span: Span, published: Interval | None, book: EventBook) -> list[Point]:
    """The points in time named in a span of the text, in order; an event and the date beside it are one."""
    return list(_points(text, span, published, book)) if span.end - span.start <= LONGEST else []


@lru_cache(maxsize=256)
def _points(text: str, span: Span, published: Interval | None, book: EventBook) -> tuple[Point, ...]:
    piece = text[span.start : span.end]
    points = dated_points(text, span, find_dates(piece), published) + told_from_present(piece, published)
    points = [replace(point, start=point.start + span.start, end=point.end + span.start) for point in _apart(points)]
    events = [event for event in events_in(text, book) if span.start <= event.start and event.end <= span.end]
    return tuple(sorted(_with_events(text, points, events, book), key=lambda point: point.start))


def _apart(points: Sequence[Point]) -> list[Point]:
    """The points without those that lie in a wider or an earlier-listed one."""
    kept: list[Point] = []
    for point in points:
        if all(point.end <= other.start or point.start >= other.end for other in kept):
            kept.append(point)
    return kept


_LINK = re.compile(
    r"(?i)\s+(?:(?:that|which)\s+)?(?:(?:took\s+place|occurred|happened|began|started|was\s+staged|was\s+launched|launched|staged|erupted|broke\s+out|begun|in\s+\w+|by\s+\w+|of\s+the\s+\w+)\s+)?"
    r"(?:back\s+)?(?:of|on|in|from|dated|,)?\s*(?:the\s+)?\Z"
)
_VERB_LINK = re.compile(r"(?:\s+[^\s,.;:()\d]+){0,9}\s+(?:on|in|of|back in|since)\s+(?:the\s+)?\Z")
_ADJECTIVES = re.compile(r"(?:['’]s)?(?:\s+[a-z-]+){0,2}\s+\Z")


def _with_events(text: str, points: Sequence[Point], events: Sequence[EventWord], book: EventBook) -> list[Point]:
    """Points with the events among them; a date that belongs to an event is taken into it."""
    used: set[int] = set()
    found: list[Point] = []
    for event in events:
        index = _date_of(text, points, event, book)
        date_point = points[index] if index is not None and index not in used else None
        if index is not None and date_point is not None:
            used.add(index)
        if any(event.start < other.end and other.start < event.end for other in found):
            continue
        meant = choose_event(text, event, book, date_point.days if date_point else None)
        start = min(event.start, date_point.start) if date_point else event.start
        end = max(event.end, date_point.end) if date_point else event.end
        stated = date_point.days if date_point else None
        days = stated if meant is None or (stated and not _overlap(stated, meant.days)) else meant.days
        grain = date_point.grain if date_point else "day"
        found.append(
            Point(
                start,
                end,
                days,
                "event",
                grain,
                event.noun,
                stated,
                meant.name if meant else "",
                date_point.kind if date_point else "",
            )
        )
    return [point for index, point in enumerate(points) if index not in used] + found


def _overlap(one: Interval, two: Interval) -> bool:
    return one.first <= two.last and two.first <= one.last


def _date_of(text: str, points: Sequence[Point], event: EventWord, book: EventBook) -> int | None:
    """The date that stands at an event: "the February 2022 coup", "the coup of 1 February", "a coup two years ago"."""
    for index, point in enumerate(points):
        if (
            point.end <= event.start
            and event.start - point.end <= 40
            and point.kind == "date"
            and _ADJECTIVES.fullmatch(text[point.end : event.start])
        ):
            return index
        if point.start >= event.end and point.start - event.end <= 90:
            gap = text[event.end : point.start]
            link = _VERB_LINK if event.words in book.verbs else _LINK
            if link.fullmatch(gap):
                return index
    return None
