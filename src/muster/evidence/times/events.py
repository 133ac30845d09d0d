"""The dates a text gives to events, and where two of them cannot both be right.

"The February 2022 coup" against "the military coup took place in February 2021": a slip of a year is common, and it
moves every count that runs "since the coup". Only dates the text states are held against each other; "two years ago" is
kept as a second witness. Dates that merely differ in precision agree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from muster.core.dates import Interval
from muster.evidence.lexicon import load_lexicon
from muster.evidence.record import Contradiction, EventDate
from muster.evidence.text import Span
from muster.evidence.times.dateline import stated_date
from muster.evidence.times.event_book import EventBook, events_of
from muster.evidence.times.points import find_points
from muster.evidence.times.relative import Point

APART = 3  # years from which two dates are of two events and not a slip

_PLACE_AFTER = re.compile(r"(?:\s+d['’][eé]tat)?\s+in\s+(?:the\s+)?(?P<place>(?:[A-ZÀ-Þ][\w’'-]+\s?){1,3})")
_PLACE_BEFORE = re.compile(r"(?P<place>(?:[A-ZÀ-Þ][\w-]+\s){0,2}[A-ZÀ-Þ][\w-]+)(?:['’]s?)\s+(?:[\w.,-]+\s+){0,3}\Z")
_OTHER = re.compile(
    r"(?i)\b(?:second|another|previous|earlier|failed|attempted|abortive|foiled|thwarted|new|latest|last|third|fourth|two|three|several|possible|alleged|other)"
    r"\s+(?:[a-z-]+\s+){0,2}\Z"
)
_OTHER_AFTER = re.compile(r"(?i)\s+(?:attempts?|plots?|bids?|rumou?rs|d['’][eé]tat\s+attempt)\b")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A dated mention with the noun and the country it is of."""

    record: EventDate
    noun: str
    place: str


def event_dates(text: str, sentences: Sequence[Span], events: EventBook, published: Interval | None) -> list[EventDate]:
    """Every mention of an event with a date beside it. ``event`` is its noun, with the country where one is named."""
    found = []
    published = published or stated_date(text)
    for sentence in sentences:
        for point in find_points(text, sentence, published, events):
            if point.kind != "event" or point.stated is None or _is_other(text, sentence, point):
                continue
            place = _place_of(text, sentence, point)
            name = f"{point.noun} ({place})" if place else point.noun
            basis = "explicit" if point.dated_by == "date" else "relative"
            quote = text[point.start : point.end]
            found.append(EventDate(name, point.start, point.end, quote, point.stated.first, point.stated.last, basis))
    return found


def _is_other(text: str, sentence: Span, point: Point) -> bool:
    """One of several ("a second coup"), or one that failed: no date of the event itself."""
    ahead = text[max(sentence.start, point.start - 40) : point.start]
    inside = text[point.start : point.end]
    behind = _OTHER_AFTER.match(text, point.end)
    return (
        _OTHER.search(ahead) is not None
        or re.search(r"(?i)\b(?:failed|attempted|attempt|second|another)\b", inside) is not None
        or behind is not None
    )


def _place_of(text: str, sentence: Span, point: Point) -> str:
    """The country named at the mention, if any."""
    after = _PLACE_AFTER.match(text, point.end, sentence.end) or _PLACE_AFTER.search(text, point.start, point.end)
    before = _PLACE_BEFORE.search(text[max(sentence.start, point.start - 50) : point.start])
    for match in (after, before):
        if match and not re.match(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", match["place"]):
            return match["place"].strip()
    return ""


def contradicting(events: Sequence[EventDate], book: EventBook | None = None) -> list[Contradiction]:
    """The events to which a text gives two dates in different months: one flag an event, with a quote of each date."""
    known = book or events_of(load_lexicon())
    mentions = [_Mention(record, *_name(record.event)) for record in events]
    flags = []
    for noun in sorted({mention.noun for mention in mentions if mention.noun in known.unique}):
        dated = [mention for mention in mentions if mention.noun == noun and mention.record.basis == "explicit"]
        clashes = [(one, two) for one, two in combinations(dated, 2) if _clash(one, two, known)]
        if clashes:
            told = [mention.record for mention in mentions if mention.noun == noun and mention.record.basis != "explicit"]
            flags.append(_flag(noun, clashes, told))
    return flags


def _name(event: str) -> tuple[str, str]:
    noun, _, place = event.partition(" (")
    return noun, place.rstrip(")").lower()


def _clash(one: _Mention, two: _Mention, book: EventBook) -> bool:
    """Whether two dates are of one event and in different months."""
    if one.place and two.place and one.place != two.place:
        return False
    first, second = sorted((one.record, two.record), key=lambda record: record.date_lo)
    if _months(first.date_hi) >= _months(second.date_lo) or second.date_lo.year - first.date_hi.year >= APART:
        return False
    return not _both_known(one, two, book)


def _months(day: object) -> int:
    year, month = getattr(day, "year", 0), getattr(day, "month", 0)
    return int(year) * 12 + int(month)


def _both_known(one: _Mention, two: _Mention, book: EventBook) -> bool:
    """Two known events of one country, each with its own date: a country may have had two coups."""
    sets = []
    for mention in (one, two):
        record = mention.record
        sets.append(
            {
                event.name
                for event in book.events
                if mention.noun in event.nouns and record.date_lo <= event.days.last and event.days.first <= record.date_hi
            }
        )
    return bool(sets[0]) and bool(sets[1]) and not sets[0] & sets[1]


def _flag(noun: str, clashes: Sequence[tuple[_Mention, _Mention]], told: Sequence[EventDate]) -> Contradiction:
    """One flag with one quote for each of the dates."""
    dates: dict[tuple[int, int], EventDate] = {}
    for pair in clashes:
        for mention in pair:
            dates.setdefault((mention.record.date_lo.year, mention.record.date_lo.month), mention.record)
    records = [dates[key] for key in sorted(dates)]
    words = " and ".join(_said(record) for record in records)
    witness = [_fits(record, records) for record in told]
    return Contradiction(
        check="event_date",
        severity="contradiction",
        quotes=tuple(record.quote for record in records),
        spans=tuple((record.start, record.end) for record in records),
        explanation=" ".join([f"The text dates one {noun} to {words}.", *(sentence for sentence in witness if sentence)]),
    )


def _said(record: EventDate) -> str:
    lo, hi = record.date_lo, record.date_hi
    if lo == hi:
        return lo.isoformat()
    return lo.strftime("%Y-%m") if (lo.year, lo.month) == (hi.year, hi.month) else lo.strftime("%Y")


def _fits(told: EventDate, records: Sequence[EventDate]) -> str:
    """Which of the dates a relative mention agrees with."""
    fitting = [record for record in records if told.date_lo <= record.date_hi and record.date_lo <= told.date_hi]
    return f'"{told.quote}" fits {_said(fitting[0])}.' if len(fitting) == 1 else ""
