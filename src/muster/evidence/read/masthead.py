"""What a document says of itself: address, title, publisher, day of publication. What it does not say stays ``None``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from muster.evidence.lexicon import load_lexicon
from muster.evidence.read.dateline import parse_stamp, published_in_text, published_of, publisher_in

_HEAD = 2_000
_LONGEST_TITLE = 220
_ADDRESS = re.compile(r"\s*(https?://[^\s<>\"']{4,1000})[ \t]*(?=\n|\Z)")
_NO_TITLE = re.compile(r"(?:photo|image|picture|by|source|file|published|updated|share|advertisement|subscribe)\b", re.IGNORECASE)
# Where a service is credited: in a dateline, on a line of its own, after "Source:", at the very end. A name in brackets in the
# middle of a sentence ("the state agency (SANA).") is no credit.
_CREDITS = (
    re.compile(r"^[^\n]{0,100}?(?:\(\s*([A-Z][\w .&/-]{1,40}?)\s*\)\s*[-–—]|/([A-Z][\w .&-]{1,30})/)", re.MULTILINE),
    re.compile(r"^\W*([A-Z][\w .&/-]{1,40}?)\W*$", re.MULTILINE),
    re.compile(r"\(([A-Z][\w .&/-]{1,40})\)\W*\Z"),
    re.compile(r"^\W*(?:source|via)s?\s*:\s*([^\n]{2,60})$", re.IGNORECASE | re.MULTILINE),
)
# A dateline or a line that is a date ends in brackets; a name in them is who sent it out.
_NEW_CREDIT = re.compile(r"\s*[A-Z][^\n()]{2,60}\b(?:19|20)\d\d,?\s*\(([A-Z][\w .&'-]{2,40})(?:,[^()\n]{2,30})?\)\s*(?:[-–—]|\Z)")
_LINES_OF_HEAD = 8
_PARTED = re.compile(r"\s*(?:/|,|\band\b)\s*")
# Hosts that carry the pages of anybody: their name says nothing of who speaks.
_CARRIERS = (
    "cloudfront.net",
    "amazonaws.com",
    "archive.org",
    "archive.ph",
    "archive.is",
    "googleusercontent.com",
    "ampproject.org",
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What was said, and in ``notes`` where it was read or that it was not said."""

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: date | None = None
    published_until: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a page or file says of itself in its markup, before anybody looks at its text."""

    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None


def leading_address(text: str) -> tuple[str, int] | None:
    """The address a file begins with, and where its line ends."""
    found = _ADDRESS.match(text[:_HEAD])
    return (found[1], found.end()) if found else None


def read_masthead(text: str, *, said: Said, given: Masthead) -> Masthead:
    """Title, publisher and day: as given by the user, else by the markup, else by the text, else by the address."""
    notes: list[str] = []
    url = given.url or said.url
    title = given.title or said.title or title_of(text)
    publisher = given.publisher or _publisher(text, url, said.publisher, notes)
    first, last = given.published, given.published_until or given.published
    if first is None:
        first, last = _published(text, url, said.published, notes)
    for value, name in ((title, "title"), (publisher, "publisher"), (first, "day of publication")):
        if value is None:
            notes.append(f"{name} not stated")
    return Masthead(url, publisher, title, first, last, tuple(notes))


def title_of(text: str) -> str | None:
    """The first line that reads as a headline: short, no sentence with a full stop, no date, caption or byline."""
    lines = [line.strip() for line in text[:_HEAD].splitlines() if line.strip()]
    for line in lines[:3]:
        if len(line) > _LONGEST_TITLE:
            return None
        if line.endswith((".", ",", ";")) or len(line.split()) < 3:
            continue
        if not _NO_TITLE.match(line) and not published_in_text(line):
            return line if len(lines) > 1 else None
    return None


def _publisher(text: str, url: str | None, said: str | None, notes: list[str]) -> str | None:
    by_host, _ = _known()
    credited = wire_credit(text) or _new_credit(text[:_HEAD])
    host = host_of(url) if url else None
    house = _house(host, by_host) if host else None
    if credited and credited != house:
        notes.append(f"credited to {credited}" + (f", found at {host}" if host else ""))
        return credited
    if house or said:
        return house or said
    dated = published_in_text(text)
    if dated and (named := publisher_in(dated.lead)):
        return named
    if host and not host.endswith(_CARRIERS):
        notes.append("publisher taken from the address")
        return host
    return None


def _credit(text: str, known: dict[str, str]) -> str | None:
    for form in _CREDITS:
        for found in form.finditer(text):
            name = next(filter(None, found.groups())).strip(" .")
            for part in (name, *_PARTED.split(name)):
                if part in known:
                    return known[part]
    return None


def _new_credit(text: str) -> str | None:
    """A service nobody listed, in the place of one: "ANTAKYA, Turkey, Aug 14, 2012 (Levant Wire) -"."""
    for line in text.splitlines()[:_LINES_OF_HEAD]:
        found = _NEW_CREDIT.match(line)
        if found and not found[1].isupper():
            return found[1].split(",")[0].strip()
    return None


def wire_credit(text: str) -> str | None:
    """The service a text is credited to, at its head or its foot."""
    return _credit(text[:_HEAD], _known()[1]) or _credit(text[-300:], _known()[1])


@lru_cache(maxsize=1)
def agencies() -> frozenset[str]:
    """The services whose stories appear under other names."""
    return frozenset(row["name"] for row in load_lexicon().table("publishers") if row.get("agency"))


def host_of(url: str) -> str | None:
    """The host of an address in small letters, without "www"."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return re.sub(r"^(?:www\d?|m|amp|edition)\.", "", host.lower()) or None


def _house(host: str, known: dict[str, str]) -> str | None:
    parts = host.split(".")
    for start in range(len(parts) - 1):
        name = known.get(".".join(parts[start:]))
        if name:
            return name
    return None


def _published(text: str, url: str | None, stamp: str | None, notes: list[str]) -> tuple[date | None, date | None]:
    found = (parse_stamp(stamp) if stamp else None) or published_of(text, url)
    if found is not None:
        notes.append(f"day of publication read from {found.where}")
        return found.first, found.last
    from muster.evidence.times.dateline import stated_date  # the reading process needs none of its rules

    days = stated_date(text)
    if days is None:
        return None, None
    notes.append("day of publication read from its head")
    return days.first, days.last


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, str], dict[str, str]]:
    rows = load_lexicon().table("publishers")
    by_host = {host: row["name"] for row in rows for host in row.get("hosts", ())}
    return by_host, {word: row["name"] for row in rows for word in row.get("wire", ())}
