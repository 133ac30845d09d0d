"""Time told from the day of publication: "yesterday", "on Friday", "last month", "two years ago".

A text whose day of publication is known only to a month or a year gives wider answers; one that has none gives none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from muster.core.dates import Interval
from muster.evidence.lexicon import load_lexicon
from muster.evidence.numbers.words import find_atoms
from muster.evidence.times.alternatives import alternatives, with_capitals
from muster.evidence.times.dates import part_ahead, part_of


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


def told_from_present(piece: str, published: Interval | None) -> list[Point]:
    """All points told from the present, the surer kinds first."""
    return _ago(piece, published) + _relative(piece, published) + _weekdays(piece, published)


def _relative(piece: str, published: Interval | None) -> list[Point]:
    words, found = time_words(), []
    for match in words.relative.finditer(piece):
        edge = match["edge"] or ""
        name = re.sub(r"\s+", " ", match.group()[len(edge) :].lower())
        unit, first, last = words.offsets[name]
        days = from_present(published, partial(_calendar_units, unit=unit, first=first, last=last))
        if days and (edge or name.startswith(("early", "late", "the end", "the start", "the beginning", "mid"))):
            days = _edge(days, edge.lower() or name)
        start, part = part_ahead(piece, match.start())
        if part and unit == "year":
            days = days and part_of(days, part)
        found.append(Point(start if part else match.start(), match.end(), days, "relative", unit))
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
