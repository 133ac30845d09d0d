"""Stretches of time: "in the past three months", "in the year to September", "the 16-month-old conflict", "since then"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from muster.core.dates import Interval
from muster.evidence.lexicon import load_lexicon
from muster.evidence.numbers.words import find_atoms
from muster.evidence.text import Span
from muster.evidence.times.alternatives import alternatives
from muster.evidence.times.relative import Point, from_present, shifted, time_words


@dataclass(frozen=True, slots=True)
class Window:
    """A window of time with the span of its words. ``kind``: window, since, until, by, compared, again,
    speech, record, attribute.

    ``weight`` makes an expression dearer that only dates a count when there is no better.
    """

    start: int
    end: int
    lo: date | None
    hi: date | None
    as_of: date | None
    kind: str
    basis: str
    weight: float = 0.0


def basis_of(*points: Point) -> str:
    """Relative when a point is told from the present or not known, else explicit."""
    return (
        "relative" if any(point.kind in ("relative", "weekday", "ago") or point.days is None for point in points) else "explicit"
    )


def find_stretches(text: str, sentence: Span, points: list[Point], published: Interval | None) -> list[Window]:
    """The stretches of a sentence, none over another."""
    windows = [*_years_to(text, sentence, points), *_again(text, sentence), *_old(text, sentence, published)]
    windows += [one for one in _anchored(text, sentence, points) if not _touches(one, windows)]
    return windows + [one for one in _durations(text, sentence, points, published) if not _touches(one, windows)]


def _touches(window: Window, others: list[Window]) -> bool:
    return any(window.start < other.end and other.start < window.end for other in others)


@lru_cache(maxsize=1)
def _stretch() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = time_words()
    counts = alternatives([word for word in words.counts if word])
    number = rf"(?:(?P<few>{counts})|(?P<number>[\w,.]+(?:[\s-][a-z]+)?))"
    firsts = r"the\s+first|its\s+first|their\s+first|the(?!\s+first)"
    hedge = rf"(?:(?:just|only|about|around|nearly|almost|less\s+than|more\s+than|under|over|{firsts})\s+){{0,3}}"
    return (
        re.compile(
            r"(?i)\b(?:(?:in|over|during|within|for|throughout|of|across)\s+)?(?:just\s+|only\s+)?(?P<which>(?:the|these|this)\s+)?"
            rf"(?P<past>past|last|previous|preceding|latest)\s+(?:{number}\s+)?(?P<unit>{words.unit})\b(?!\s+of\b)"
        ),
        re.compile(rf"(?i)\b(?:in|over|of|during)\s+(?P<few>recent|a\s+matter\s+of)\s+(?P<unit>{words.unit})\b"),
        re.compile(
            rf"(?i)\b(?:in|within|over|during|after)\s+{hedge}{number}\s+(?P<unit>{words.unit})\b"
            r"(?!\s+(?:ago|later|old|in\s+prison|earlier|in\s+jail))(?:\s+(?P<link>after|since|following|of|from)\b)?"
        ),
    )


def _count(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    words = time_words()
    if groups.get("few"):
        return words.counts.get(re.sub(r"\s+", " ", groups["few"].lower()), 3.0)
    if not groups.get("number"):
        return 1.0
    atoms = find_atoms(groups["number"])
    return atoms[0].point if atoms and atoms[0].start == 0 else None


@lru_cache(maxsize=1)
def _special() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    units = time_words().unit
    again = alternatives([word for row in load_lexicon().table("time_again") for word in row["words"]])
    edge = r"(?:to|through|until|up\s+to|ending|ended|that\s+ended|which\s+ended|before|leading\s+up\s+to)"
    small = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
    anew = r"(?:from|of|to|since|after|before|ending|ended|that|until|through|following|leading|when|prior)"
    trouble = r"(?:war|conflict|uprising|revolt|revolution|crisis|rebellion|insurgency|offensive|campaign|battle|siege|unrest)"
    return (
        re.compile(
            rf"(?i)\b(?:in|over|during|for|within)?\s*\bthe\s+(?:(?P<number>[\w-]+)\s+)?(?P<unit>{units})\s+{edge}\s+"
            r"(?:in\s+|on\s+|late\s+|the\s+end\s+of\s+)?\Z"
        ),
        re.compile(
            rf"(?i)\b(?P<word>since|by|in|during|over|at|until|for|from|within|throughout)\s+(?:(?:{again})\b(?!\s+of\b)"
            rf"|the\s+{small}[\s-](?:{units})(?:\s+(?:period|span|campaign))?(?!\w|\s+{anew})"
            rf"|(?P<later>the\s+(?:{units})\s+(?:that\s+followed|since|following|after\s+that))\b(?!\s+the\b))"
        ),
        re.compile(
            rf"(?i)\b(?:(?P<number>\w+(?:-and-a-half)?)[\s-])?(?P<unit>{units})[\s-]old\s+(?:[\w’'-]+\s+){{0,2}}{trouble}\b"
        ),
    )


def _years_to(text: str, sentence: Span, points: list[Point]) -> list[Window]:
    """ "In the year to September 1": the twelve months before."""
    found = []
    for point in points:
        start = max(sentence.start, point.start - 70)
        match = _special()[0].search(text[start : point.start])
        if match is None or point.days is None:
            continue
        atoms = find_atoms(match["number"]) if match["number"] else []
        count = atoms[0].point if atoms else 1.0
        lo = shifted(point.days.first, unit=match["unit"].lower(), count=-count)
        found.append(Window(start + match.start(), point.end, lo, point.days.last, None, "window", basis_of(point)))
    return found


def _again(text: str, sentence: Span) -> list[Window]:
    """ "In that month", "in the four months", "since then"."""
    found = []
    for match in _special()[1].finditer(text, sentence.start, sentence.end):
        kind = "since again" if match["later"] or match["word"].lower() in ("since", "from") else "again"
        found.append(Window(match.start(), match.end(), None, None, None, kind, "inherited"))
    return found


def _old(text: str, sentence: Span, published: Interval | None) -> list[Window]:
    """ "The 16-month-old conflict" began sixteen months before publication."""
    found = []
    for match in _special()[2].finditer(text, sentence.start, sentence.end):
        atoms = find_atoms(match["number"]) if match["number"] else []
        count = atoms[0].point if atoms else 1.0
        days = from_present(published, partial(_before, unit=match["unit"].lower(), count=count))
        lo = days.first if days else None
        found.append(Window(match.start(), match.end(), lo, None, None, "since", "relative", 1.0))
    return found


def _before(day: date, *, unit: str, count: float) -> Interval:
    """The stretch of some units that ends on a day."""
    return Interval(shifted(day, unit=unit, count=-count), day)


def _durations(text: str, sentence: Span, points: list[Point], published: Interval | None) -> list[Window]:
    """ "In the past three months" ends at publication; "in two days" too, unless a better date governs."""
    past, recent, inside = _stretch()
    found: list[Window] = []
    for pattern in (past, recent, inside):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            count, unit = _count(match), match["unit"].lower()
            if count is None or any(match.start() < window.end and window.start < match.end() for window in found):
                continue
            if pattern is past and _is_calendar(match):
                continue
            if any(match.start() < point.end and point.start < match.end() and point.kind in ("ago", "date") for point in points):
                continue
            found.append(_duration(match, count, unit, points, published, kind="past" if pattern is not inside else "inside"))
    return found


@lru_cache(maxsize=1)
def _after_event() -> re.Pattern[str]:
    unit = time_words().unit
    return re.compile(
        rf"(?i)(?:\b(?P<first>(?:in|during|over|throughout)\s+(?:the|its|their)\s+first)\s+(?P<one>{unit})\s+(?:of|after)"
        rf"|\b(?P<number>[\w-]+)\s+(?P<unit>{unit})\s+(?:after|into|on\s+from))\s+(?:(?:the|a|its)\s+)?(?:[\w’'-]+\s+){{0,3}}\Z"
    )


def _anchored(text: str, sentence: Span, points: list[Point]) -> list[Window]:
    """ "Two years after the coup", "during the first year of the war": from the event on."""
    found = []
    for point in points:
        start = max(sentence.start, point.start - 80)
        match = _after_event().search(text[start : point.start]) if point.kind == "event" and point.days else None
        if match is None or point.days is None:
            continue
        word = (match["number"] or "").lower()
        atoms = find_atoms(word)
        count = 1.0 if match["first"] else atoms[0].point if atoms else time_words().counts.get(word)
        if count:
            last = shifted(point.days.first, unit=(match["unit"] or match["one"]).lower(), count=count)
            as_of = None if match["first"] else last
            found.append(Window(start + match.start(), point.end, point.days.first, last, as_of, "window", "relative"))
    return found


def _is_calendar(match: re.Match[str]) -> bool:
    """ "Last year" is a year of the calendar, "the last year" and "the past year" are the twelve months to now."""
    return not (match["which"] or match["number"] or match["few"] or match["past"].lower() == "past")


def _duration(
    match: re.Match[str], count: float, unit: str, points: list[Point], published: Interval | None, *, kind: str
) -> Window:
    """The window of one stretch: from an event on where one is named, else up to publication."""
    link = match.groupdict().get("link")
    anchor = next(
        (point for point in points if link and point.kind == "event" and 0 <= point.start - match.end() < 40 and point.days), None
    )
    if anchor and anchor.days and link and link.lower() == "since":
        return Window(match.start(), anchor.end, anchor.days.first, None, None, "since", "relative")
    if anchor and anchor.days:
        last = shifted(anchor.days.first, unit=unit, count=count)
        return Window(match.start(), anchor.end, anchor.days.first, last, None, "window", "relative")
    days = from_present(published, partial(_before, unit=unit, count=count))
    end = match.start("link") if link else match.end()
    lo, hi = (days.first, days.last) if days else (None, None)
    if days and published and unit.startswith("hour"):
        lo = published.first - timedelta(days=max(1, round(count / 24)))
    return Window(match.start(), end, lo, hi, None, "window", "relative", 0.0 if kind == "past" else 3.0)
