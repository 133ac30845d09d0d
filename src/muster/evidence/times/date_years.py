"""The year of a date that names none: "in March", "on 27 October", "February 1 of last year".

It is the latest one before publication, unless the dates around it carry the story ("from Dec. 15 to Feb. 15, 2018", a
paragraph about 2021), or the sentence speaks of the future.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from muster.core.dates import Interval
from muster.evidence.text import Span
from muster.evidence.times.dates import DateMention, find_dates
from muster.evidence.times.relative import Point, time_words

_OF_YEAR = re.compile(
    r"(?i)(?:,?\s+(?:of\s+|in\s+)?|,\s+)(?P<which>last|this|that|the\s+same|the\s+previous|the\s+following|next)\s+year\b"
)
_WHICH = re.compile(r"(?i)\b(?P<which>last|this|next|past)\s+\Z")


def dated_points(text: str, span: Span, mentions: Sequence[DateMention], published: Interval | None) -> list[Point]:
    """Calendar dates with their years filled in, as offsets of the span."""
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
            return published.last.year - 1 if of_year else _latest(mention, edge, strict=True)
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
    latest = _latest(mention, published.last, strict=False) if published else None
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
        return _nearest(mention, text)
    if time_words().future.search(piece, max(0, mention.start - 48), mention.start):
        this = mention.interval(published.last.year)
        return published.last.year + (1 if this is None or this.last < published.first else 0)
    return _latest(mention, published.last, strict=False)


def _year_before(text: str, span: Span) -> DateMention | None:
    """The last date with a year in the same paragraph before the sentence, when it is close."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 400, 0)
    earlier = [
        mention for mention in find_dates(text[start : span.start]) if mention.year is not None and mention.grain != "decade"
    ]
    return earlier[-1] if earlier else None


@lru_cache(maxsize=32)
def _last_told(text: str) -> date | None:
    """The last day or month with a year that a text names: it was written about then, or later."""
    told = [one.interval() for one in find_dates(text) if one.grain in ("day", "month") and one.year and not _aside(text, one)]
    return max((days.last for days in told if days), default=None)


def _nearest(mention: DateMention, text: str) -> int | None:
    """Without a day of publication: the year that brings a date nearest to the last one the text names in full."""
    last = _last_told(text)
    if last is None:
        return None
    near = {year: days for year in (last.year - 1, last.year, last.year + 1) if (days := mention.interval(year))}
    return min(near, key=lambda year: abs((near[year].last - last).days), default=None)


_ASIDE = re.compile(r"(?i)\b(?:since|coup|invasion|invasion\s+of\s+\w+|war|takeover|before|after|election)\s+(?:of|in|on)?\s*\Z")


def _aside(piece: str, mention: DateMention) -> bool:
    """A date that only tells which event is meant does not carry the story forward."""
    return _ASIDE.search(piece[max(0, mention.start - 40) : mention.start]) is not None


def _latest(mention: DateMention, day: date, *, strict: bool) -> int | None:
    """The last year in which the date began before a day (``strict``: ended)."""
    for year in (day.year, day.year - 1, day.year - 2, day.year - 4):
        days = mention.interval(year)
        if days is not None and (days.last if strict else days.first) <= day:
            return year
    return None
