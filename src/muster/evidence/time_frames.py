"""Windows of time a sentence opens: "since the coup", "between January 1 and April 30", "in the past three months".

A point in time (:mod:`muster.evidence.time_points`) becomes a window by the word before it: since, until, by, as of,
between. Windows that do not date a count are kept with their kind, so that nobody takes them for one: the day somebody
spoke ("speech"), "the highest since 2013" ("record"), a date that only tells which event is meant ("attribute"). "Again" sends back to the time told before ("in that month").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from muster.core.dates import Interval
from muster.evidence.dates import alternatives
from muster.evidence.event_book import EventBook
from muster.evidence.lexicon import load_lexicon
from muster.evidence.number_words import find_atoms
from muster.evidence.text import Span
from muster.evidence.time_points import Point, find_points, from_present, shifted, time_words


@dataclass(frozen=True, slots=True)
class Window:
    """A window of time with the span of its words. ``kind``: window, since, until, by, again, speech, record, attribute.

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


_FILLER = (
    r"(?:(?:the|its|their|his|a|an|very|early|late|mid|about|around|approximately|roughly|at|least|end|start|beginning|middle|of|"
    r"month|day|morning|evening|night|afternoon|dawn|week|year|so|far|period|first|second|third|last|same)\s+){0,4}"
)
_FRAME = re.compile(
    rf"(?i)(?<![\w-])(?P<word>ever\s+since|since|starting|beginning|following|after|in\s+the\s+wake\s+of|from|between|until|till|up\s+until|up\s+to|through|"
    rf"by|before|prior\s+to|ahead\s+of|as\s+of|as\s+at|to|and|during|throughout|over|in|on|at|within|around|for|of)(?:\s+|-){_FILLER}\Z"
)
_SINCE_CLAUSE = re.compile(r"(?i)(?<![\w-])(?P<word>since)\s+(?:[^\s;:()\d]+\s+){0,11}\Z")
_PAIR = re.compile(
    r"(?i)\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bup\s+to\b|\band\b)\s*(?:the\s+)?(?:(?:end|start|middle|beginning)\s+of\s+)?\Z"
)
# "Because the coup" is how machines reword "since the coup".
_SINCE_EVENT = re.compile(r"(?i)\bbecause\s+(?:the\s+)?(?:[\w-]+\s+){0,2}\Z")
# "The war has displaced 10 million": what an event has done, it has done since it began.
_HAS = re.compile(r"(?i)(?:,[^,.;]{0,80},)?\s+(?:(?!that\b)[\w’'-]+\s+){0,4}?(?:has|have)\b")
_NOW = frozenset({"at present", "at the moment", "currently", "nowadays", "right now", "as things stand", "to date"})
_ONWARDS = re.compile(r"(?i)\s+(?:on\b(?!\s+\w+day)|onwards?\b|onward\b)")


@lru_cache(maxsize=1)
def _speech() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lexicon = load_lexicon()
    said = alternatives([word for row in lexicon.table("time_speech") for word in row["words"]])
    record = alternatives([word for row in lexicon.table("time_record") for word in row["words"]])
    return (
        re.compile(rf"(?i)\b(?:{said})\b(?:\s+[^\s,.;:]+){{0,5}}\s*,?\s*\Z"),
        re.compile(rf"(?i)\s*,?\s*(?:[^\s,.;:]+\s+){{0,6}}?(?:{said})\b"),
        re.compile(rf"(?i)\b(?:{record})\b[^,.;]{{0,40}}\Z"),
    )


@lru_cache(maxsize=64)
def find_windows(text: str, sentence: Span, published: Interval | None, book: EventBook) -> tuple[Window, ...]:
    """Every window of a sentence, in order."""
    points = find_points(text, sentence, published, book)
    windows = [*_years_to(text, sentence, points), *_again(text, sentence), *_old(text, sentence, published)]
    windows += [one for one in _durations(text, sentence, points, published) if not _touches(one, windows)]
    points = [point for point in points if not any(point.start < window.end and window.start < point.end for window in windows)]
    index = 0
    while index < len(points):
        point = points[index]
        after = points[index + 1] if index + 1 < len(points) else None
        floor = points[index - 1].end if index else sentence.start
        if after and (pair := _pair(text, point, after, floor)):
            windows.append(pair)
            index += 2
            continue
        if window := _window(text, point, floor, sentence):
            windows.append(window)
        index += 1
    return tuple(sorted(windows, key=lambda window: window.start))


def _touches(window: Window, others: list[Window]) -> bool:
    return any(window.start < other.end and other.start < window.end for other in others)


def _basis(*points: Point) -> str:
    return (
        "relative" if any(point.kind in ("relative", "weekday", "ago") or point.days is None for point in points) else "explicit"
    )


def _frame(text: str, point: Point, floor: int) -> re.Match[str] | None:
    """The preposition before a point; "since" may stand some words away, before a clause that ends in a date."""
    ahead = text[max(floor, point.start - 110) : point.start]
    near = _FRAME.search(ahead)
    far = _SINCE_CLAUSE.search(ahead)
    return far if far and (near is None or near["word"].lower() in ("in", "on", "of", "from", "at")) else near


def _pair(text: str, one: Point, two: Point, floor: int) -> Window | None:
    """ "From X to Y", "between X and Y", "January to April 2025"."""
    gap = text[one.end : two.start]
    if not _PAIR.fullmatch(gap) and not re.fullmatch(
        r"(?i)(?:\s+[^\s,.;:]+){0,4}\s+(?:and|to|until)\s+(?:the\s+)?(?:(?:end|start|middle|beginning)\s+of\s+)?", gap
    ):
        return None
    frame = _frame(text, one, floor)
    word = frame["word"].lower() if frame else ""
    linked = re.search(r"(?i)\b(?:until|till|through)\b|[-–—]", gap) is not None
    alike = one.kind == two.kind == "date" and _PAIR.fullmatch(gap) is not None
    if not (word in ("from", "between", "since") or linked or alike):
        return None
    if "and" in gap and word != "between" and not (alike and one.grain == two.grain):
        return None
    start = one.start if frame is None else max(floor, one.start - 110) + frame.start()
    if one.days and two.days and one.days.first > two.days.last:
        return None
    lo, hi = one.days.first if one.days else None, two.days.last if two.days else None
    return Window(start, two.end, lo, hi, None, "window", _basis(one, two))


def _window(text: str, point: Point, floor: int, sentence: Span) -> Window | None:
    """The window of a single point."""
    frame = _frame(text, point, floor)
    start = point.start if frame is None else max(floor, point.start - 110) + frame.start()
    word = re.sub(r"\s+", " ", frame["word"].lower()) if frame else ""
    lo, hi = (point.days.first, point.days.last) if point.days else (None, None)
    basis = _basis(point)
    said_before, said_after, record = _speech()
    if word in ("since", "ever since") and record.search(text[max(sentence.start, start - 60) : start]):
        return Window(start, point.end, lo, None, None, "record", basis)
    if word in ("since", "ever since", "starting", "beginning", "following", "after", "in the wake of") or (
        word == "from" and _ONWARDS.match(text, point.end)
    ):
        weight = 0.0 if "since" in word else 1.0
        return Window(start, point.end, lo, None, None, "since", basis, weight)
    if point.kind == "event" and (word == "during" or _SINCE_EVENT.search(text[max(sentence.start, start - 24) : start])):
        return Window(start, point.end, lo, None, None, "since", basis, 1.0)
    if point.kind == "event" and lo and _HAS.match(text, point.end, sentence.end):
        return Window(start, point.end, lo, None, None, "since", basis, 2.0)
    if point.kind == "event" and word not in (
        "until",
        "till",
        "before",
        "prior to",
        "ahead of",
        "up to",
        "by",
        "during",
        "at",
        "as of",
    ):
        return Window(start, point.end, lo, hi, None, "attribute", basis)
    if word in ("before", "prior to", "ahead of"):
        return Window(start, point.end, None, lo, None, "until", basis)
    if word in ("until", "till", "up until", "up to", "through"):
        return Window(start, point.end, None, hi, None, "until", basis)
    if point.kind == "relative" and point.grain == "day" and point.days and text[point.start : point.end].lower() in _NOW:
        return Window(start, point.end, None, hi, hi, "by", basis, 1.0)
    if word in ("by", "as of", "as at"):
        return Window(start, point.end, None, hi, hi, "by", basis)
    if point.kind != "event" and said_before.search(text[max(sentence.start, start - 70) : start]):
        return Window(start, point.end, lo, hi, None, "speech", basis)
    if not re.search(r"\w", text[sentence.start : start]) and said_after.match(
        text, point.end, min(sentence.end, point.end + 80)
    ):
        return Window(start, point.end, lo, hi, None, "speech", basis)
    weight = 0.0 if word or point.kind != "date" else 1.0
    return Window(start, point.end, lo, hi, None, "window", basis, weight)


# ---- Stretches of time ----


@lru_cache(maxsize=1)
def _stretch() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = time_words()
    counts = alternatives([word for word in words.counts if word])
    number = rf"(?:(?P<few>{counts})|(?P<number>[\w,.]+(?:[\s-][a-z]+)?))"
    return (
        re.compile(
            rf"(?i)\b(?:(?:in|over|during|within|for|throughout|of|across)\s+)?(?:just\s+|only\s+)?(?:(?:the|these|this)\s+)?(?:past|last|previous|preceding|latest)\s+(?:{number}\s+)?(?P<unit>{words.unit})\b"
        ),
        re.compile(rf"(?i)\b(?:in|over|of|during)\s+(?P<few>recent|a\s+matter\s+of)\s+(?P<unit>{words.unit})\b"),
        re.compile(
            rf"(?i)\b(?:in|within|over|during|after)\s+(?:(?:just|only|about|around|nearly|almost|less\s+than|more\s+than|under|over|the|the\s+first|its\s+first|their\s+first)\s+){{0,3}}{number}\s+(?P<unit>{words.unit})\b(?!\s+(?:ago|later|old|in\s+prison|earlier|in\s+jail))"
            rf"(?:\s+(?P<link>after|since|following|of|from)\b)?"
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
    return (
        re.compile(
            rf"(?i)\b(?:in|over|during|for|within)?\s*\bthe\s+(?:(?P<number>[\w-]+)\s+)?(?P<unit>{units})\s+(?:to|through|until|up\s+to|ending|ended|that\s+ended|which\s+ended|before|leading\s+up\s+to)\s+(?:in\s+|on\s+|late\s+|the\s+end\s+of\s+)?\Z"
        ),
        re.compile(
            rf"(?i)\b(?P<word>since|by|in|during|over|at|until|for|from|within|throughout)\s+(?:(?P<again>{again})\b|the\s+(?:two|three|four|five|six|seven|eight|nine|ten|\d+)[\s-](?:{units})(?:\s+(?:period|span|campaign))?(?!\w|\s+(?:from|of|to|since|after|before|ending|ended|that|until|through|following|leading|when|prior)))"
        ),
        re.compile(
            rf"(?i)\b(?P<number>\w+(?:-and-a-half)?)[\s-](?P<unit>{units})[\s-]old\s+(?:[\w’'-]+\s+){{0,2}}(?:war|conflict|uprising|revolt|revolution|crisis|rebellion|insurgency|fighting|offensive|campaign|battle|siege|coup|regime|unrest)\b"
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
        found.append(Window(start + match.start(), point.end, lo, point.days.last, None, "window", _basis(point)))
    return found


def _again(text: str, sentence: Span) -> list[Window]:
    """ "In that month", "in the four months", "since then"."""
    found = []
    for match in _special()[1].finditer(text, sentence.start, sentence.end):
        kind = "since again" if match["word"].lower() in ("since", "from") else "again"
        found.append(Window(match.start(), match.end(), None, None, None, kind, "inherited"))
    return found


def _old(text: str, sentence: Span, published: Interval | None) -> list[Window]:
    """ "The 16-month-old conflict" began sixteen months before publication."""
    found = []
    for match in _special()[2].finditer(text, sentence.start, sentence.end):
        atoms = find_atoms(match["number"])
        if not atoms:
            continue
        days = from_present(published, partial(_before, unit=match["unit"].lower(), count=atoms[0].point))
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
            if (
                pattern is past
                and not re.search(r"(?i)\b(?:the|these|this)\s+(?:past|last|prev|preced|latest)", match.group())
                and not match.groupdict().get("number")
                and not match.groupdict().get("few")
                and "past" not in match.group().lower()
            ):
                continue
            if any(match.start() < point.end and point.start < match.end() and point.kind == "ago" for point in points):
                continue
            found.append(_duration(match, count, unit, points, published, kind="past" if pattern is not inside else "inside"))
    return found


def _duration(
    match: re.Match[str], count: float, unit: str, points: list[Point], published: Interval | None, *, kind: str
) -> Window:
    """The window of one stretch: from an event on where one is named, else up to publication."""
    link = match.groupdict().get("link")
    anchor = next(
        (point for point in points if link and point.kind == "event" and 0 <= point.start - match.end() < 40 and point.days), None
    )
    if anchor and anchor.days:
        last = shifted(anchor.days.first, unit=unit, count=count)
        return Window(match.start(), anchor.end, anchor.days.first, last, None, "window", "relative")
    days = from_present(published, partial(_before, unit=unit, count=count))
    end = match.start("link") if link else match.end()
    lo, hi = (days.first, days.last) if days else (None, None)
    if days and published and unit.startswith("hour"):
        lo = published.first - timedelta(days=max(1, round(count / 24)))
    return Window(match.start(), end, lo, hi, None, "window", "relative", 0.0 if kind == "past" else 3.0)
