"""Dates as they are written: "8 April 2022", "2023.05.05", "late March", "the first quarter of 2018", "the 1990s".

This file finds them and says which days they may mean; a date without its year keeps it open, for
:mod:`muster.evidence.when` to settle. Numbers inside a date are no quantities, so :mod:`muster.evidence.quantities`
reads it too.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from muster.core.dates import Interval
from muster.evidence.lexicon import load_lexicon

FIRST_YEAR, LAST_YEAR = 1800, 2100


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text. ``part`` is the stretch of the period meant, as shares of its length ("early" is the first third).

    ``last_day`` closes a span of days ("3-5 March"), ``last_year`` a span of years; ``grain`` is that of the words.
    """

    start: int
    end: int
    grain: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    last_year: int | None = None
    part: tuple[float, float] | None = None

    def interval(self, year: int | None = None) -> Interval | None:
        """The days meant, in ``year`` where the words name none; ``None`` when no year is known or no such day exists."""
        stated = self.year if self.year is not None else year
        if stated is None or not FIRST_YEAR <= stated <= LAST_YEAR:
            return None
        try:
            whole = self._whole(stated)
        except ValueError:
            return None
        return whole if self.part is None else _part_of(whole, self.part)

    def _whole(self, year: int) -> Interval:
        last_year = self.last_year or year
        if self.grain == "decade":
            return Interval(date(year, 1, 1), date(year + 9, 12, 31))
        if self.month is None:
            return Interval(date(year, 1, 1), date(last_year, 12, 31))
        if self.grain == "season":
            month, add = (self.month + 2, 0) if self.month < 11 else (self.month - 10, 1)
            return Interval(date(year, self.month, 1), _month_end(year + add, month))
        if self.day is None:
            return Interval(date(year, self.month, 1), _month_end(year, self.month))
        return Interval(date(year, self.month, self.day), date(year, self.month, self.last_day or self.day))


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _part_of(whole: Interval, part: tuple[float, float]) -> Interval:
    """A stretch of a period, in whole months where the period is a year."""
    if (whole.last - whole.first).days > 360:
        months = [round(12 * share) for share in part]
        return Interval(date(whole.first.year, months[0] + 1, 1), _month_end(whole.last.year, months[1]))
    days = (whole.last - whole.first).days + 1
    first = whole.first + timedelta(days=round(days * part[0]))
    return Interval(first, max(first, whole.first + timedelta(days=round(days * part[1]) - 1)))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The patterns of dates, and the numbers of the words in them."""

    months: dict[str, int]
    seasons: dict[str, int]
    parts: dict[str, tuple[float, float]]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    loose_month: re.Pattern[str]


def alternatives(words: list[str]) -> str:
    """A pattern of any of the words, longest first, with any white space between their parts."""
    return "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in sorted(words, key=len, reverse=True))


def with_capitals(words: list[str]) -> list[str]:
    """The words as written and in capitals, as datelines have them."""
    return [*words, *(word.upper() for word in words if word.upper() != word)]


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The calendar compiled from ``words/dates.toml``."""
    lexicon = load_lexicon()
    months = {word.lower(): row["number"] for row in lexicon.table("months") for word in row["words"]}
    seasons = {word: row["month"] for row in lexicon.table("seasons") for word in row["words"]}
    parts = {word.lower(): (row["from"], row["to"]) for row in lexicon.table("parts") for word in row["words"]}
    month_words, weekday_words = ([w for row in lexicon.table(topic) for w in row["words"]] for topic in ("months", "weekdays"))
    month = rf"(?P<month>{alternatives(with_capitals(month_words))})\b\.?"
    weekday = rf"(?:(?:{alternatives(with_capitals(weekday_words))})\.?,?\s+(?:the\s+)?)?"
    part = f"(?:(?P<part>(?i:{alternatives(list(parts))}))[\\s-]*)?"
    year = r"(?P<year>(?:1[89]|20)\d\d)(?![\d\w]|,\d|\.\d)"
    day = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
    span = r"(?:\s?(?:-|–|—|to|and|or)\s?(?P<last>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\w|,\d|\.\d|:\d))?"
    tail = f"(?:(?:,|\\s+of)?\\s+{year})?"
    before = alternatives([w for row in lexicon.table("before_month") for w in row["words"]])
    patterns = (
        (
            "day",
            r"(?<![\d.,/-])(?P<year>(?:19|20)\d\d)(?P<mark>[-./])(?P<number>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d/-]|\.\d)",
        ),
        (
            "slashed",
            r"(?<![\d.,/-])(?P<day>\d{1,2})(?P<mark>[./-])(?P<number>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d/-]|\.\d)",
        ),
        ("day", rf"{weekday}(?<![\d.,])\b{day}{span}\s*(?:of\s+)?{month}{tail}"),
        ("day", rf"{weekday}\b{month}\s*(?:the\s+|\()?{day}(?![\d:%]|,\d\d\d|\.\d|\s?(?:percent|per\s+cent)){span}{tail}"),
        ("month", rf"{part}\b{month},?\s*(?:of\s+|in\s+)?{year}"),
        ("season", rf"{part}\b(?P<season>(?i:{alternatives(list(seasons))}))\s+(?:of\s+)?{year}"),
        ("span", rf"(?<![\w.,/-]){year}\s?[-–—/]\s?(?P<last>(?:(?:19|20)\d\d|\d\d))(?![\w/-]|[.,]\d)"),
        ("decade", r"(?<![\w.,/-])(?P<year>(?:18|19|20)\d0)(?:'|’)?s\b"),
        ("year", rf"{part}(?<![\w.,/$€£#-]){year}"),
        ("year", r"(?P<part>(?i:mid|early|late|end)-)(?P<year>(?:19|20)\d\d)\b"),
        ("month", rf"(?:(?<=\b)(?P<lead>(?i:{before}))[\s-]+)?{part}\b{month}(?![\w'’-]?[a-z])"),
    )
    compiled = tuple((grain, re.compile(pattern)) for grain, pattern in patterns)
    return Calendar(months, seasons, parts, compiled, re.compile(r"(?:May|March|MAY|MARCH|Mar|Jan|Dec|Jun|Sun|Sat|Mon)\b(?!\.)"))


def find_dates(text: str) -> list[DateMention]:
    """Every calendar date, in order, none over another."""
    taken: dict[int, DateMention] = {}
    covered: set[int] = set()
    for grain, pattern in calendar().patterns:
        for found in pattern.finditer(text):
            mention = _read(found, grain)
            if mention and covered.isdisjoint(range(mention.start, mention.end)):
                taken[mention.start] = mention
                covered.update(range(mention.start, mention.end))
    return [taken[start] for start in sorted(taken)]


def _read(found: re.Match[str], grain: str) -> DateMention | None:
    """The mention a match stands for, or ``None`` where the words cannot be a date."""
    words = calendar()
    parts = found.groupdict()
    start = found.start()
    year = int(parts["year"]) if parts.get("year") else None
    month = words.months.get((parts.get("month") or "").lower())
    part = words.parts.get(re.sub(r"\s+", " ", (parts.get("part") or "").lower()))
    if grain in ("year", "decade") and part is None:
        return DateMention(start, found.end(), grain, year) if grain == "decade" or _is_year(found) else None
    if grain == "year":
        return DateMention(start, found.end(), grain, year, part=part)
    if grain == "season":
        return DateMention(start, found.end(), grain, year, words.seasons[parts["season"].lower()], part=part)
    if grain == "span":
        return _year_span(found)
    if grain in ("day", "slashed"):
        return _day(found, parts, year, month)
    if year is None and words.loose_month.match(found["month"]) and not (parts.get("lead") or part):
        return None
    if parts.get("lead"):
        start = found.start("part") if parts.get("part") else found.start("month")
    return DateMention(start, found.end(), "month", year, month, part=part)


def _day(found: re.Match[str], parts: dict[str, str | None], year: int | None, month: int | None) -> DateMention | None:
    day, number, last_word = int(parts["day"] or 0), parts.get("number"), parts.get("last")
    if number is not None:
        month = int(number)
        if month > 12 >= day and found.re is calendar().patterns[1][1]:
            day, month = month, day
    if month is None or not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2000, month)[1]:
        return None
    if number is None and year is None and found.start("month") < found.start("day") and _counts_people(found):
        return DateMention(found.start("month"), found.end("month"), "month", None, month)
    end, last = found.end(), int(last_word) if last_word else None
    if last is not None and (last <= day or last > monthrange(year or 2000, month)[1]):
        if number is None and found.start("month") < found.start("day"):
            return DateMention(found.start(), found.end("day"), "day", None, month, day)
        return None
    return DateMention(found.start(), end, "day", year, month, day, last)


def _counts_people(found: re.Match[str]) -> bool:
    """ "In May 12 soldiers fled": a day is said with "on", so the figure counts the people behind it."""
    text = found.string
    ahead = text[max(0, found.start("month") - 14) : found.start("month")]
    people = re.compile(r"\s+(?:[a-z]+\s+)?(?:soldiers|people|troops|civilians|officers|men|fighters|police)\b")
    return re.search(r"(?i)\b(?:in|during|since)\s+\Z", ahead) is not None and people.match(text, found.end()) is not None


def _year_span(found: re.Match[str]) -> DateMention | None:
    first, last = int(found["year"]), int(found["last"])
    last = last if last > 99 else first // 100 * 100 + last
    return DateMention(found.start(), found.end(), "year", first, last_year=last) if first < last < first + 60 else None


@lru_cache(maxsize=1)
def _counted() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What makes four bare digits a count and not a year: a wording before them, or people after them."""
    lexicon = load_lexicon()
    wording = alternatives(
        [w for row in lexicon.table("number_wording") if row["place"] == "before" and row.get("strong") for w in row["words"]]
    )
    people = alternatives([w for row in lexicon.table("number_people") for w in row["words"]])
    return (
        re.compile(rf"(?i)(?:\b(?:{wording})|[$€£])\s*\Z"),
        re.compile(rf"(?i)\s+(?:[\w-]+\s+){{0,2}}?(?:{people})\b|\s?(?:%|percent|per cent|USD|dollars|km\b|kilomet|miles)"),
    )


def _is_year(found: re.Match[str]) -> bool:
    before, after = _counted()
    text = found.string
    if re.search(
        r"(?i)\b(?:in|since|of|by|until|from|during|early|late|year|for)\s+\Z", text[max(0, found.start() - 12) : found.start()]
    ):
        return (
            re.match(
                r"(?i)\s+(?:of\s+(?:them)|soldiers|troops|people|fighters|men|personnel)\b",
                text[found.end() : found.end() + 24],
            )
            is None
        )
    if before.search(text[max(0, found.start() - 30) : found.start()]):
        return False
    following = after.match(text[found.end() : found.end() + 60])
    return (
        following is None
        or re.match(
            r"(?i)\s+(?:coup|election|war|invasion|uprising|protest|revolution|offensive)", text[found.end() : found.end() + 14]
        )
        is not None
    )
