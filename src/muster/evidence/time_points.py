"""Points in time that a sentence names: dates, "last week", "two years ago", weekdays, events.

Days told from the present ("on Friday") need the day of publication; without it they stay unresolved. A month without
its year is the latest one before publication, unless the text around gives the year or speaks of the future.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache, partial

from muster.core.dates import Interval
from muster.evidence.dates import DateMention, alternatives, find_dates, with_capitals
from muster.evidence.event_book import EventBook, EventWord, choose_event, events_in
from muster.evidence.lexicon import load_lexicon
from muster.evidence.number_words import find_atoms
from muster.evidence.text import Span


@dataclass(frozen=True, slots=True)
class Point:
    """A point or period named in a text. ``days`` is ``None`` while the day of publication is not known.

    ``kind``: date, relative, weekday, ago, event; ``grain`` of the words; an event with a date of its own beside it is
    one point, ``stated`` is that date and ``dated_by`` its kind.
    """

    start: int
    end: int
    days: Interval | None
    kind: str
    grain: str
    noun: str = ""
    stated: Interval | None = None
    name: str = ""
    dated_by: str = ""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The patterns compiled from ``words/dates.toml``."""

    relative: re.Pattern[str]
    offsets: dict[str, tuple[str, int, int]]
    weekday: re.Pattern[str]
    weekdays: dict[str, int]
    units: dict[str, float]
    unit: str
    counts: dict[str, float]
    ago: re.Pattern[str]
    future: re.Pattern[str]


@lru_cache(maxsize=1)
def time_words() -> TimeWords:
    """The words of relative time."""
    lexicon = load_lexicon()
    offsets = {word: (row["unit"], row["first"], row["last"]) for row in lexicon.table("time_relative") for word in row["words"]}
    weekdays = {word.lower(): row["number"] for row in lexicon.table("weekdays") for word in row["words"] if len(word) > 5}
    units = {word: float(row["days"]) for row in lexicon.table("time_units") for word in row["words"]}
    counts = {word: float(row["count"]) for row in lexicon.table("time_counts") for word in row["words"]}
    unit = alternatives(list(units))
    future = alternatives([word for row in lexicon.table("time_future") for word in row["words"]])
    names = alternatives(with_capitals([word.capitalize() for word in weekdays]))
    return TimeWords(
        re.compile(rf"(?i)(?<![\w-])(?P<edge>(?:early|late|mid)[\s-])?(?:{alternatives(list(offsets))})(?![\w-])"),
        offsets,
        re.compile(
            rf"(?:(?P<which>(?i:last|next|this|the previous))\s+)?\b(?P<day>{names})(?:s\b)?(?!['’]s\s+(?:Guard|Soldiers))"
        ),
        weekdays,
        units,
        unit,
        counts,
        re.compile(rf"(?i)\s?(?P<half>and a half\s+)?(?P<unit>{unit})\s+(?P<rest>ago|earlier|back)\b"),
        re.compile(rf"(?i)\b(?:{future})\b"),
    )


def shifted(day: date, *, unit: str, count: float) -> date:
    """The day some units away; months and years keep the day of the month where it exists."""
    if unit.startswith(("month", "year", "quarter", "decade")) and count == int(count):
        months = int(count) * {"m": 1, "y": 12, "q": 3, "d": 120}[unit[0]]
        index = day.year * 12 + day.month - 1 + months
        if not 1 <= index // 12 <= 9998:
            return day
        year, month = index // 12, index % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    days = min(max(round(count * time_words().units.get(unit, 1.0)), -300000), 300000)
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _calendar_unit(day: date, unit: str, count: int) -> Interval:
    """A calendar week, month or year, counted from the one a day is in."""
    if unit == "week":
        first = day - timedelta(days=day.weekday()) + timedelta(weeks=count)
        return Interval(first, first + timedelta(days=6))
    if unit == "weekend":
        sunday = day - timedelta(days=(day.weekday() + 1) % 7)
        return Interval(sunday - timedelta(days=1), sunday)
    if unit.startswith("month"):
        first = shifted(day.replace(day=1), unit="month", count=count)
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return Interval(last - timedelta(days=7) if unit.endswith("end") else first, last)
    if unit.startswith("year"):
        year = min(max(day.year + count, 1), 9998)
        return Interval(date(year, 12 if unit.endswith("end") else 1, 1), date(year, 12, 31))
    moved = day + timedelta(days=count)
    return Interval(moved, moved)


def from_present(published: Interval | None, rule: Callable[[date], Interval]) -> Interval | None:
    """What a rule gives for the first and the last day the text may have been published."""
    if published is None:
        return None
    one, two = rule(published.first), rule(published.last)
    return Interval(one.first, two.last) if one.first <= two.last else two


def find_points(text: str, span: Span, published: Interval | None, book: EventBook) -> list[Point]:
    """The points in time named in a span of the text, in order; an event and the date beside it are one."""
    piece = text[span.start : span.end]
    mentions = find_dates(piece)
    dates = _resolved(text, span, mentions, published)
    points = dates + _ago(piece, published) + _relative(piece, published) + _weekdays(piece, published)
    points = [replace(point, start=point.start + span.start, end=point.end + span.start) for point in _apart(points)]
    events = [event for event in events_in(text, book) if span.start <= event.start and event.end <= span.end]
    return sorted(_with_events(text, points, events, book), key=lambda point: point.start)


def _apart(points: Sequence[Point]) -> list[Point]:
    """The points without those that lie in a wider or an earlier-listed one."""
    kept: list[Point] = []
    for point in points:
        if all(point.end <= other.start or point.start >= other.end for other in kept):
            kept.append(point)
    return kept


# ---- Calendar dates ----

_OF_YEAR = re.compile(
    r"(?i)(?:,?\s+(?:of\s+|in\s+)?|,\s+)(?P<which>last|this|that|the\s+same|the\s+previous|the\s+following|next)\s+year\b"
)
_WHICH = re.compile(r"(?i)\b(?P<which>last|this|next|past)\s+\Z")


def _resolved(text: str, span: Span, mentions: Sequence[DateMention], published: Interval | None) -> list[Point]:
    """Calendar dates with their years filled in."""
    piece = text[span.start : span.end]
    points: list[Point] = []
    for index, mention in enumerate(mentions):
        end, days = mention.end, mention.interval()
        if days is None and mention.year is None:
            after, before = _OF_YEAR.match(piece, mention.end), _WHICH.search(piece[max(0, mention.start - 8) : mention.start])
            if after:
                end = after.end()
            year = _year_of(text, span, mentions, index, published, (after or before))
            days = mention.interval(year) if year else None
        if days is not None or mention.year is None:
            points.append(Point(mention.start, end, days, "date", mention.grain))
    return points


def _year_of(
    text: str, span: Span, mentions: Sequence[DateMention], index: int, published: Interval | None, which: re.Match[str] | None
) -> int | None:
    """The year of a date that names none."""
    mention = mentions[index]
    if published and which is not None:
        word, of_year = re.sub(r"\s+", " ", which["which"].lower()), "year" in which.group().lower()
        if word in ("last", "past"):
            edge = published.first - timedelta(days=20)
            return published.last.year - 1 if of_year else _latest(mention, edge, strict="yes")
        if word in ("this", "next"):
            return published.last.year + (1 if word == "next" and of_year else 0)
    piece = text[span.start : span.end]
    later = next((other for other in mentions[index + 1 :] if other.year is not None), None)
    if (
        later
        and later.year
        and re.fullmatch(
            r"(?i)\s*(?:-|–|—|to|and|until|till|through|or|,)(?:\s+(?:late|early|mid))?\s*", piece[mention.end : later.start]
        )
    ):
        same = mention.interval(later.year)
        ends = later.interval()
        return later.year if same is None or ends is None or same.first <= ends.last else later.year - 1
    latest = _latest(mention, published.last, strict="no") if published else None
    recent = mention.interval(latest) if latest else None
    if published and recent and (published.first - recent.last).days < 45 and mention.grain == "day":
        return latest
    earlier = next((other for other in reversed(mentions[:index]) if other.year is not None and not _aside(piece, other)), None)
    earlier = earlier or _year_before(text, span)
    if earlier is not None and (known := earlier.interval()) is not None:
        base = known.first.year
        guess = mention.interval(base)
        if guess is not None and guess.last < known.first:
            guess, base = mention.interval(base + 1), base + 1
        if guess is not None and (published is None or guess.first <= published.last):
            return base
    if published is None:
        return None
    if time_words().future.search(piece, max(0, mention.start - 48), mention.start):
        this = mention.interval(published.last.year)
        return published.last.year + (1 if this is None or this.last < published.first else 0)
    return _latest(mention, published.last, strict="no")


def _year_before(text: str, span: Span) -> DateMention | None:
    """The last date with a year in the same paragraph before the sentence, when it is close."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 400, 0)
    earlier = [
        mention for mention in find_dates(text[start : span.start]) if mention.year is not None and mention.grain != "decade"
    ]
    return earlier[-1] if earlier else None


_ASIDE = re.compile(r"(?i)\b(?:since|coup|invasion|invasion\s+of\s+\w+|war|takeover|before|after|election)\s+(?:of|in|on)?\s*\Z")


def _aside(piece: str, mention: DateMention) -> bool:
    """A date that only tells which event is meant does not carry the story forward."""
    return _ASIDE.search(piece[max(0, mention.start - 40) : mention.start]) is not None


def _latest(mention: DateMention, day: date, *, strict: str) -> int | None:
    """The last year in which the date began before a day (``strict``: ended)."""
    for year in (day.year, day.year - 1, day.year - 2, day.year - 4):
        days = mention.interval(year)
        if days is not None and (days.last if strict == "yes" else days.first) <= day:
            return year
    return None


# ---- Time told from the present ----


def _relative(piece: str, published: Interval | None) -> list[Point]:
    words, found = time_words(), []
    for match in words.relative.finditer(piece):
        edge = match["edge"] or ""
        name = re.sub(r"\s+", " ", match.group()[len(edge) :].lower())
        unit, first, last = words.offsets[name]
        days = from_present(published, partial(_calendar_units, unit=unit, first=first, last=last))
        if days and (edge or name.startswith(("early", "late", "the end", "the start", "the beginning", "mid"))):
            days = _edge(days, edge.lower() or name)
        found.append(Point(match.start(), match.end(), days, "relative", unit))
    return found


def _calendar_units(day: date, *, unit: str, first: int, last: int) -> Interval:
    return Interval(_calendar_unit(day, unit, first).first, _calendar_unit(day, unit, last).last)


def _edge(days: Interval, words: str) -> Interval:
    """The early, middle or late third of a period."""
    third = (days.last - days.first).days // 3
    if words.startswith(("early", "the start", "the beginning")):
        return Interval(days.first, days.first + timedelta(days=third))
    if words.startswith("mid"):
        return Interval(days.first + timedelta(days=third), days.last - timedelta(days=third))
    return Interval(days.last - timedelta(days=third), days.last)


def _weekdays(piece: str, published: Interval | None) -> list[Point]:
    """ "On Friday" is the last Friday up to the day of publication."""
    words, found = time_words(), []
    for match in words.weekday.finditer(piece):
        number, which = words.weekdays[match["day"].lower()], (match["which"] or "").lower()
        days = from_present(published, partial(_weekday, number=number, which=which))
        found.append(Point(match.start(), match.end(), days, "weekday", "day"))
    return found


def _weekday(day: date, *, number: int, which: str) -> Interval:
    back = (day.weekday() - number) % 7
    if which in ("last", "the previous") and back == 0:
        back = 7
    moved = day + timedelta(days=7 - back if which == "next" else -back)
    return Interval(moved, moved)


def _ago(piece: str, published: Interval | None) -> list[Point]:
    """ "Two years ago": a day for days, else a period as wide as the unit is coarse."""
    words, found = time_words(), []
    starts = [(atom.start, atom.end, atom.point) for atom in find_atoms(piece)]
    starts += [
        (match.start(), match.end(), words.counts[re.sub(r"\s+", " ", match.group().lower())]) for match in _COUNT.finditer(piece)
    ]
    for start, end, count in starts:
        match = words.ago.match(piece, end)
        if match is None:
            continue
        unit = match["unit"].lower()
        number = count + 0.5 if match["half"] else count
        days = from_present(published, partial(_around, unit=unit, count=number))
        found.append(Point(start, match.end(), days, "ago", unit.rstrip("s")))
    return found


_COUNT = re.compile(r"(?i)(?<![\w-])(?:an?|a\s+few|several|a\s+couple\s+of|half\s+a)(?=\s)")


def _around(day: date, *, unit: str, count: float) -> Interval:
    """The days that may be meant by so many units before a day."""
    day = shifted(day, unit=unit, count=-count)
    slack = timedelta(days=min(round(time_words().units[unit] / 2), 183)) if time_words().units[unit] > 1 else timedelta(0)
    return Interval(day - slack, day + slack)


# ---- Events ----

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
