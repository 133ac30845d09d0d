"""Dates as they are written: "8 April 2022", "2023.05.05", "late March", "the first quarter of 2018", "the 1990s".

This file finds them and says which days they may mean; a date without its year keeps it open, for
:mod:`muster.evidence.times.when` to settle. Numbers inside a date are no quantities, so :mod:`muster.evidence.numbers.quantities`
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
from muster.evidence.times.alternatives import alternatives, with_capitals
from muster.evidence.times.bare_years import is_year

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
        return whole if self.part is None else part_of(whole, self.part)

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


def part_of(whole: Interval, part: tuple[float, float]) -> Interval:
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
    month: re.Pattern[str]
    season: re.Pattern[str]
    weekday_before: re.Pattern[str]
    part_before: re.Pattern[str]
    month_lead: re.Pattern[str]


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The calendar compiled from ``words/dates.toml``."""
    lexicon = load_lexicon()

    def words(topic: str) -> list[str]:
        return [word for row in lexicon.table(topic) for word in row["words"]]

    months = {word.lower(): row["number"] for row in lexicon.table("months") for word in row["words"]}
    seasons = {word: row["month"] for row in lexicon.table("seasons") for word in row["words"]}
    parts = {word.lower(): (row["from"], row["to"]) for row in lexicon.table("parts") for word in row["words"]}
    weekdays = alternatives(with_capitals(words("weekdays")))
    return Calendar(
        months,
        seasons,
        parts,
        re.compile(rf"(?<![^\W\d_])(?:{alternatives(with_capitals(words('months')))})(?![^\W_])\.?"),
        re.compile(rf"(?i)(?<!\w)(?:{alternatives(list(seasons))})(?!\w)"),
        re.compile(rf"(?:{weekdays})\.?,?\s+(?:the\s+)?\Z"),
        re.compile(rf"(?i)(?<!\w)(?P<part>{alternatives(list(parts))})[\s-]*\Z"),
        re.compile(rf"(?i)(?<!\w)(?:{alternatives(words('before_month'))})[\s-]+\Z"),
    )


_LAST = r"(?:\s?(?:-|–|—|to|and|or)\s?(?P<last>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\w|,\d|\.\d|:\d))?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?![\d\w]|,\d|\.\d)"
_DAY_BEFORE = re.compile(
    r"(?<![\d.,])(?<!\w)(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
    r"(?:\s?(?:-|–|—|to|and|or)\s?(?P<last>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?)?\s*(?:of\s+)?\Z"
)
_DAY_AFTER = re.compile(
    rf"\s*(?:the\s+|\()?(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|:\d|,\d\d\d|\.\d|\s?(?:percent|per\s+cent)|[^\W\d_]){_LAST}"
)
_YEAR_OF_DAY = re.compile(rf"(?:,|\s+of)?\s+{_YEAR}")
_YEAR_OF_MONTH = re.compile(rf",?\s*(?:of\s+|in\s+)?{_YEAR}")
_YEAR_OF_SEASON = re.compile(rf"\s+(?:of\s+)?{_YEAR}")
_DIGITS = re.compile(
    r"(?<![\d.,/-])(?P<iso>(?:19|20)\d\d)(?P<mark>[-./])(?P<second>\d{1,2})(?P=mark)(?P<third>\d{1,2})(?![\d/-]|\.\d)"
    r"|(?<![\d.,/-])(?P<first>\d{1,2})(?P<dash>[./-])(?P<middle>\d{1,2})(?P=dash)(?P<end>(?:19|20)\d\d)(?![\d/-]|\.\d)"
    r"|(?<![\w.,/-])(?P<from>(?:1[89]|20)\d\d)\s?[-–—/]\s?(?P<to>(?:19|20)\d\d|\d\d)(?![\w/-]|[.,]\d)"
    r"|(?<![\w.,/-])(?P<decade>(?:18|19|20)\d0)(?:'|’)?s\b"
    rf"|(?<![\w.,/$€£#]){_YEAR}"
)
SENTENCE = 4_000  # characters of a text whose dates are kept
_LOOSE_MONTH = frozenset({"may", "march", "mar", "jan", "dec", "jun"})


def find_dates(text: str) -> list[DateMention]:
    """Every calendar date, in order, none over another."""
    return list(_sentence_dates(text) if len(text) <= SENTENCE else _dates(text))


@lru_cache(maxsize=512)
def _sentence_dates(text: str) -> tuple[DateMention, ...]:
    """Those of a short text, kept, because several rules ask for the dates of one sentence."""
    return tuple(_dates(text))


def _dates(text: str) -> list[DateMention]:
    found = [mention for match in calendar().month.finditer(text) if (mention := _at_month(text, match))]
    found += [mention for match in calendar().season.finditer(text) if (mention := _at_season(text, match))]
    found += [mention for match in _DIGITS.finditer(text) if (mention := _of_digits(text, match))]
    return apart(found)


def apart(mentions: list[DateMention]) -> list[DateMention]:
    """The mentions in order, the longer of two that overlap."""
    kept: list[DateMention] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end - mention.start > kept[-1].end - kept[-1].start:
            kept[-1] = mention
    return kept


def _at_month(text: str, month: re.Match[str]) -> DateMention | None:
    """The date around the name of a month: "8 April 2022", "April 8", "late April", "April 2022", "in April"."""
    number = calendar().months[month.group().rstrip(".").lower()]
    ahead = max(0, month.start() - 24)
    before = _DAY_BEFORE.search(text[ahead : month.start()])
    if before and (mention := _day(text, ahead + before.start(), month.end(), number, before)):
        return mention
    after = _DAY_AFTER.match(text, month.end())
    if after and not _counts_people(text, month, after) and (mention := _day(text, month.start(), after.end(), number, after)):
        return mention
    start, part = part_ahead(text, month.start())
    year = _YEAR_OF_MONTH.match(text, month.end())
    if year and (not re.match(r",?\s*in", year.group()) or year.group().startswith(" in")):
        return DateMention(start, year.end(), "month", int(year["year"]), number, part=part)
    name = month.group()
    if re.match(r"[’'-]?[a-z]", text[month.end() : month.end() + 2]) and not name.endswith("."):
        return None
    loose = name.lower() in _LOOSE_MONTH
    if loose and part is None and not calendar().month_lead.search(text[max(0, month.start() - 14) : month.start()]):
        return None
    return DateMention(start, month.end(), "month", None, number, part=part)


def part_ahead(text: str, start: int) -> tuple[int, tuple[float, float] | None]:
    """ "Late", "the first half of" before a period: where the words begin, and the stretch they mean."""
    ahead = max(0, start - 34)
    found = calendar().part_before.search(text[ahead:start])
    if found is None:
        return start, None
    return ahead + found.start(), calendar().parts[re.sub(r"\s+", " ", found["part"].lower())]


def _day(text: str, start: int, end: int, month: int, found: re.Match[str]) -> DateMention | None:
    """The day, with its year where one follows; the last day of a span of days."""
    day, last = int(found["day"]), int(found["last"]) if found["last"] else None
    tail = _YEAR_OF_DAY.match(text, end)
    year = int(tail["year"]) if tail else None
    longest = monthrange(year or 2000, month)[1]
    if day > longest:
        return None
    if last is not None and (last <= day or last > longest):
        if found.re is _DAY_BEFORE:
            return None
        last, end, year, tail = None, found.end("day"), None, None
    weekday = calendar().weekday_before.search(text[max(0, start - 18) : start])
    start -= len(weekday.group()) if weekday else 0
    return DateMention(start, tail.end() if tail else end, "day", year, month, day, last)


_SEASON_AHEAD = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Ss]ince|[Bb]y|[Oo]ver|[Ll]ast|[Tt]his|[Uu]ntil|early|late|mid)[\s-]+(?:the\s+)?\Z"
)
_SEASON_NAME = re.compile(r"\s+(?:offensive|revolution|camp|break|uniform|clothes|school|campaign)")


def _at_season(text: str, season: re.Match[str]) -> DateMention | None:
    """ "Summer 2022", "in the summer"; "fall" alone is no season, and a spring offensive no date."""
    name = season.group().lower()
    year = _YEAR_OF_SEASON.match(text, season.end())
    start, part = part_ahead(text, season.start())
    if year:
        return DateMention(start, year.end(), "season", int(year["year"]), calendar().seasons[name], part=part)
    if name == "fall" or season.group()[0].isupper() or _SEASON_NAME.match(text, season.end()):
        return None
    if _SEASON_AHEAD.search(text[max(0, season.start() - 16) : season.start()]) is None:
        return None
    return DateMention(start, season.end(), "season", None, calendar().seasons[name], part=part)


def _of_digits(text: str, found: re.Match[str]) -> DateMention | None:
    """Dates without words: "2023.05.05", "05/03/2021", "2019-2021", "the 1990s", "2021"."""
    start, end = found.span()
    if found["iso"]:
        return _numeric(start, end, int(found["iso"]), int(found["second"]), int(found["third"]))
    if found["first"]:
        day, month = int(found["first"]), int(found["middle"])
        return _numeric(start, end, int(found["end"]), *((day, month) if month > 12 else (month, day)))
    if found["from"]:
        first, last = int(found["from"]), int(found["to"])
        last = last if last > 99 else first // 100 * 100 + last
        return DateMention(start, end, "year", first, last_year=last) if first < last < first + 60 else None
    if found["decade"]:
        return DateMention(start, end, "decade", int(found["decade"]))
    first, part = part_ahead(text, start)
    if part is None and (text[start - 1 : start] == "-" or not is_year(text, start, end)):
        return None
    return DateMention(first, end, "year", int(found["year"]), part=part)


def _numeric(start: int, end: int, year: int, month: int, day: int) -> DateMention | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return DateMention(start, end, "day", year, month, day)


_PEOPLE_BEHIND = re.compile(r"\s+(?:[a-z]+\s+)?(?:soldiers|people|troops|civilians|officers|men|fighters|police)\b")


def _counts_people(text: str, month: re.Match[str], day: re.Match[str]) -> bool:
    """ "In May 12 soldiers fled": a day is said with "on", so the figure counts the people behind it."""
    ahead = text[max(0, month.start() - 20) : month.start()]
    return (
        re.search(r"(?i)\b(?:in|during|since|(?:week|half|days|end|start|beginning|middle)\s+of)\s+\Z", ahead) is not None
        and _PEOPLE_BEHIND.match(text, day.end()) is not None
    )
