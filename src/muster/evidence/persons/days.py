"""Days of what is said about one private person, widened to months."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import TypeVar

from muster.core.dates import Interval
from muster.evidence.record import Claim, Trend

Dated = TypeVar("Dated", Claim, Trend)


def widen_days(record: Dated, published: Interval | None) -> Dated:
    """A record whose dates begin and end with months; an end is not put after the day of publication."""
    low = None if record.date_lo is None else record.date_lo.replace(day=1)
    return replace(record, date_lo=low, date_hi=month_end(record.date_hi, published))


def month_end(day: date | None, published: Interval | None) -> date | None:
    """The last day of the month of a day, or the day of publication if that comes first."""
    if day is None:
        return None
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return published.last if published is not None and day <= published.last < last else last
