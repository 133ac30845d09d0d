"""The day a document says it was published: a line of its own at the head, the dateline of a wire story, its address.

A date inside a sentence or a caption is the day of something else and is not taken. A month without a day stays a month:
first day and last day.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from muster.evidence.lexicon import load_lexicon

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
_FORMS = (
    rf"{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    r"(?P<year>(?:19|20)\d\d)[-./](?P<month>[01]?\d)[-./](?P<day>[0-3]?\d)(?!\d)",
    _WEEKDAY + r"(?P<first>[0-3]?\d)[-./](?P<second>[0-3]?\d)[-./](?P<year>(?:19|20)\d\d)\b",
    rf"{_MONTH},?\s+{_YEAR}",
)
_LABEL = r"(?:first |last )?(?:published|posted|updated|modified|issued|released?|date)(?: date| on| at)?\s*[:|-]?\s*"
# A place, a publisher, an author, an issue: up to three of them, parted by commas or bars.
_LEAD = r"(?P<lead>(?:[^\W\d_][\w.'/ &-]{1,50}?\s*(?:,|\s-|–|—|\||\.)\s+){1,3})"
_PARTS_OF_LEAD = re.compile(r"\s*(?:,|\||\s[-–—]\s)\s*")
_SMALL = frozenset(["of", "the", "de", "del", "la", "le", "el", "al", "and", "for", "by", "from", "et", "y", "s"])
# What may follow on the line: the hour, who publishes, the place, links.
_REST = (
    r"(?:T[\d:.+Z-]{4,}|\W*(?:at\s+)?\d{1,2}[:.]\d\d.{0,30}|\s*\([^()]{2,60}\)|,\s[A-Z][\w .'-]{1,30}"
    r"|\s*[|·•–—].{0,80}|\.\s+[A-Z].{0,60})*\W*\Z"
)
_LINES = tuple(re.compile(rf"\W*(?:{_LABEL}|{_LEAD}(?:{_LABEL})?)?{form}{_REST}", re.IGNORECASE) for form in _FORMS)
_STARTS = tuple(re.compile(rf"\W{{0,3}}{form}", re.IGNORECASE) for form in _FORMS)
_LABELLED = re.compile(r"\b(?:first )?(?:published|posted|issued|released)(?: on| at)?\s*[:|-]?\s*(?=\w)", re.IGNORECASE)
# "MOSCOW, May 30, 2025. /TASS/." or "KABUL, Jan 3 (Reuters) -": a place in capitals before the date.
_WIRE_PLACE = re.compile(r"[A-Z][A-Z.'-]{2,20}(?: [A-Z][A-Z.'-]{1,20}){0,3}(?=[,/ ])")
_AFTER_PLACE = re.compile(r"[ ,/–—-]+(?=\w)")
_LONGEST_PLACE = 50
_DAY_ONLY = (re.compile(rf"{_MONTH}\s+{_DAY}\b(?!,?\s+\d{{4}})", re.IGNORECASE), re.compile(rf"{_DAY}\s+{_MONTH}", re.IGNORECASE))
_IN_ADDRESS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>[01]?\d|[a-z]{3})/(?P<day>[0-3]?\d)(?=[/?#-]|\Z)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"[-/_](?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=[/?#._-]|\d{6}\b|\Z)"),
    re.compile(r"[-/_](?P<month>[01]\d)(?P<day>[0-3]\d)(?P<year>20\d\d)(?=[/?#._-]|\d{6}\b|\Z)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>[01]\d)(?=[/?#]|\Z)"),
)
_LONGEST_LINE = 90
_LINES_OF_HEAD = 8


class Published(NamedTuple):
    """First and last day on which it may have appeared, and where that was read."""

    first: date
    last: date
    where: str
    lead: str = ""

    @property
    def days(self) -> int:
        """How wide the interval is."""
        return (self.last - self.first).days


def published_in_text(text: str) -> Published | None:
    """The date of the head of a text: on a short line of its own, or at the start of a wire story."""
    lines = [line.strip() for line in text[:4_000].splitlines() if line.strip()][:_LINES_OF_HEAD]
    for line in lines:
        if len(line) <= _LONGEST_LINE:
            for form in _LINES:
                match = form.match(line)
                lead = (match["lead"] or "").strip(" ,.-–—|") if match else ""
                found = _interval(match, "its date line") if _is_lead(lead) else None
                if found:
                    return found._replace(lead=lead)
            labelled = _LABELLED.search(line)
            if labelled and (found := _at(line[labelled.end() :], "its date line")):
                return found
    for line in lines:
        for start in _after_place(line):
            if found := _at(line[start:], "its dateline"):
                return found
    return None


def _is_lead(lead: str) -> bool:
    """Names only: "Guards on a bridge, 3 May 2021" is what a picture shows."""
    named = all(word[0].isupper() or word.isdecimal() or word.lower() in _SMALL for word in re.findall(r"\w+", lead))
    return named or publisher_in(lead) is not None


def publisher_in(lead: str) -> str | None:
    """The publisher named before a date: "Tigris Monitor, 22 July 2014", "A long read from The Harbour Review, June 2021"."""
    for part in _PARTS_OF_LEAD.split(lead):
        if _publisher_words() & set(part.split()) and not part.startswith("By "):
            name = re.split(r" (?:from|for|by) ", part)[-1]
            before, of, after = name.partition(" of ")
            # "Monitoring note of River Watch" is of River Watch, "Office of the Auditor" is not of the Auditor.
            return after if of and not before.istitle() and _publisher_words() & set(after.split()) else name
    return None


@lru_cache(maxsize=1)
def _publisher_words() -> frozenset[str]:
    return frozenset(word for row in load_lexicon().table("publisher_words") for word in row["words"])


def published_in_address(url: str) -> Published | None:
    """The date in the path of an address, as many sites write it."""
    for form in _IN_ADDRESS:
        found = _interval(form.search(url[:1_000]), "its address")
        if found:
            return found
    return None


def published_of(text: str, url: str | None) -> Published | None:
    """What text and address say together: the narrower of two that agree, else the word of the text."""
    inside = published_in_text(text)
    outside = published_in_address(url) if url else None
    if inside is None and outside is not None:
        return _with_year(text, outside)
    if inside is None or outside is None:
        return inside
    agree = inside.first <= outside.last and outside.first <= inside.last
    return outside if agree and outside.days < inside.days else inside


def parse_stamp(value: str) -> Published | None:
    """A date as a page writes it for machines, or in words."""
    return _at(value.strip()[:60], "its markup")


def _at(text: str, where: str) -> Published | None:
    for form in _STARTS:
        found = _interval(form.match(text), where)
        if found:
            return found
    return None


def _with_year(text: str, outside: Published) -> Published:
    """A wire dateline names the day, the address the year: "KABUL, Jan 3 (Reuters) -" under /2019/01/."""
    if outside.days:
        for line in text[:4_000].splitlines()[:_LINES_OF_HEAD]:
            for start in _after_place(line.strip()):
                inner = _day_only(line.strip()[start:], outside.first.year)
                if inner and outside.first <= inner.first <= outside.last:
                    return inner
    return outside


def _after_place(line: str) -> list[int]:
    """Where a date may begin in the dateline of a wire story; nowhere in any other line."""
    if not _WIRE_PLACE.match(line):
        return []
    return [found.end() for found in _AFTER_PLACE.finditer(line, 0, _LONGEST_PLACE)]


def _day_only(text: str, year: int) -> Published | None:
    for form in _DAY_ONLY:
        if found := form.match(text):
            return _day(year, _month(found["month"]), int(found["day"]), "its dateline")
    return None


def _interval(found: re.Match[str] | None, where: str) -> Published | None:
    if found is None:
        return None
    named = found.groupdict()
    named.pop("lead", None)
    if "first" in named:
        one, two = int(named["first"]), int(named["second"])
        if "." in found.group():
            return _day(int(named["year"]), two, one, where)  # points stand between day and month, never the other way
        # 05/06 may be May or June: only a day past 12 tells.
        if (one > 12) == (two > 12) and one != two:
            return None
        day, month = (one, two) if one > 12 else (two, one)
        return _day(int(named["year"]), month, day, where)
    month = _month(named["month"])
    if "day" in named:
        return _day(int(named["year"]), month, int(named["day"]), where)
    if not 1 <= month <= 12:
        return None
    year = int(named["year"])
    return Published(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), where)


def _month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return _MONTHS.index(word[:3].lower()) + 1 if word[:3].lower() in _MONTHS else 0


def _day(year: int, month: int, day: int, where: str) -> Published | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Published(found, found, where)
