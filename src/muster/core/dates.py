"""Calendar dates, the days of a run, and dates that are only known to a month or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from muster.core.errors import MusterError

_PATTERN = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of days, both ends included."""

    first: date
    last: date

    @property
    def middle(self) -> date:
        return self.first + timedelta(days=(self.last - self.first).days // 2)


def parse_date(text: str) -> date:
    """A whole date, ``2021-02-01``."""
    span = parse_interval(text)
    if span.first != span.last:
        raise MusterError(f'"{text}" is not a whole date. Write it as 2021-02-01.')
    return span.first


def parse_interval(text: str) -> Interval:
    """``2021``, ``2021-02`` or ``2021-02-01`` as the days it may mean."""
    found = _PATTERN.match(text.strip())
    if not found:
        raise MusterError(f'"{text}" is not a date. Write it as 2021-02-01, 2021-02 or 2021.')
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if month is None:
            return Interval(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return Interval(date(year, month, day), date(year, month, day))
    except ValueError as error:
        raise MusterError(f'"{text}" is not a day of the calendar. Write a date that exists.') from error


def day_index(when: date, start: date) -> int:
    """Days from ``start`` (day 0, the state of rest) to ``when``."""
    return (when - start).days


def day_date(day: int, start: date) -> date:
    """The calendar date of a day of the run."""
    return start + timedelta(days=day)
