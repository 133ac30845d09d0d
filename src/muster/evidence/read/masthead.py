"""What a document says of itself: address, title, publisher, day of publication. What it does not say stays ``None``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_HEAD = 1_500
_LONGEST_TITLE = 300
_ADDRESS = re.compile(r"\s*(https?://[^\s<>\"']{4,1000})[ \t]*(?=\n|\Z)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]{2,6})?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What was said, and in ``notes`` where it was read or that it was not said."""

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: date | None = None
    published_until: date | None = None
    notes: tuple[str, ...] = ()


def leading_address(text: str) -> tuple[str, int] | None:
    """The address a file begins with, and where its line ends."""
    found = _ADDRESS.match(text[:2_000])
    return (found[1], found.end()) if found else None
