"""Windows of time a sentence opens: "since the coup", "between January 1 and April 30", "in the past three months".

A point in time (:mod:`muster.evidence.times.points`) becomes a window by the word before it: since, until, by, as of,
between. Windows that do not date a count are kept with their kind, so that nobody takes them for one: the day somebody
spoke ("speech"), "the highest since 2013" ("record"), a date that only tells which event is meant ("attribute").
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from muster.core.dates import Interval
from muster.evidence.lexicon import load_lexicon
from muster.evidence.text import Span
from muster.evidence.times.alternatives import alternatives
from muster.evidence.times.event_book import EventBook
from muster.evidence.times.points import LONGEST, find_points
from muster.evidence.times.relative import Point
from muster.evidence.times.stretches import Window, basis_of, find_stretches

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
    r"(?i)\s*,?\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bup\s+to\b|\band\b)\s*(?:the\s+)?(?:(?:end|start|middle|beginning)\s+of\s+)?\Z"
)
# "Because the coup" is how machines reword "since the coup".
_SINCE_EVENT = re.compile(r"(?i)\bbecause\s+(?:the\s+)?(?:[\w-]+\s+){0,2}\Z")
# "The war has displaced 10 million": what an event has done, it has done since it began.
_HAS = re.compile(r"(?i)(?:,[^,.;]{0,80},)?\s+(?:(?!that\b)[\w’'-]+\s+){0,4}?(?:has|have)\b")
# "The war, which began in April 2023, has killed": the count runs from then.
_BEGAN = re.compile(
    r"(?i)\b(?:which|that)\s+(?:first\s+)?(?:began|started|erupted|broke\s+out|has\s+(?:raged|been\s+raging|lasted))\s*\Z"
)
_NOW = frozenset({"at present", "at the moment", "currently", "nowadays", "right now", "as things stand", "to date"})
_ONWARDS = re.compile(r"(?i)\s+(?:on\b(?!\s+\w+day)|onwards?\b|(?:to|until|till)\s+(?:date|now|today|the\s+present)\b)")
# "At the time of the coup" is a day, not the beginning of a window.
_AT_THE_TIME = re.compile(
    r"(?i)\b(?:at\s+the\s+time|on\s+the\s+eve|on\s+the\s+day|at\s+the\s+start|at\s+the\s+outset)\s+of\s+(?:the\s+)?(?:[\w’'-]+\s+){0,2}\Z"
)
# A date that tells when the event of a "since" was: "since launching an offensive against the army on Nov. 13".
_OF_EVENT = re.compile(r"(?:\s+[^\s,.;:()\d]+){0,8}\s+(?:in|on|of|from)\s+(?:the\s+)?\Z")


@lru_cache(maxsize=1)
def _speech() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lexicon = load_lexicon()
    said = alternatives([word for row in lexicon.table("time_speech") for word in row["words"]])
    between = alternatives([word for row in lexicon.table("time_speech_between") for word in row["words"]])
    record = alternatives([word for row in lexicon.table("time_record") for word in row["words"]])
    return (
        re.compile(rf"\b(?i:{said})\b(?:\s+(?:(?i:{between})|[A-ZÀ-Þ][\w’'-]*))*\s*,?\s*\Z"),
        re.compile(rf"(?i)\s*,?\s*(?:(?!were\b|was\b)[^\s,.;:\d]+\s+){{0,6}}?(?:{said})\b"),
        re.compile(rf"(?i)\b(?:{record})\b[^,.;]{{0,40}}\Z"),
    )


@lru_cache(maxsize=256)
def find_windows(text: str, sentence: Span, published: Interval | None, book: EventBook) -> tuple[Window, ...]:
    """Every window of a sentence, in order."""
    if sentence.end - sentence.start > LONGEST:
        return ()
    points = find_points(text, sentence, published, book)
    windows = find_stretches(text, sentence, points, published)
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
            merged = _dated(text, window, point, after)
            windows.append(merged or window)
            index += 1 if merged else 0
        index += 1
    return tuple(sorted(windows, key=lambda window: window.start))


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
    return Window(start, two.end, lo, hi, None, "window", basis_of(one, two))


def _dated(text: str, window: Window, point: Point, after: Point | None) -> Window | None:
    """A "since" of an event with the date that follows in the same clause."""
    if (
        window.kind != "since"
        or point.kind != "event"
        or after is None
        or after.kind not in ("date", "relative")
        or not after.days
    ):
        return None
    if not _OF_EVENT.fullmatch(text[point.end : after.start]):
        return None
    inside = point.days and point.days.first <= after.days.last and after.days.first <= point.days.last
    lo = point.days.first if inside and point.days else after.days.first
    return replace(window, end=after.end, lo=lo, basis=basis_of(after))


def _window(text: str, point: Point, floor: int, sentence: Span) -> Window | None:
    """The window of a single point."""
    frame = _frame(text, point, floor)
    start = point.start if frame is None else max(floor, point.start - 110) + frame.start()
    word = re.sub(r"\s+", " ", frame["word"].lower()) if frame else ""
    lo, hi = (point.days.first, point.days.last) if point.days else (None, None)
    basis = basis_of(point)
    said_before, said_after, record = _speech()
    if re.search(
        r"(?i)\bcompared\s+(?:with|to)\s+(?:the\s+)?\Z", text[max(sentence.start, point.start - 24) : point.start]
    ) and not re.search(r"\d", text[sentence.start : point.start]):
        return Window(start, point.end, lo, None, None, "compared", basis)
    if word in ("since", "ever since") and record.search(text[max(sentence.start, start - 60) : start]):
        return Window(start, point.end, lo, None, None, "record", basis)
    if _BEGAN.search(text[max(sentence.start, start - 60) : start]):
        return Window(start, point.end, lo, None, None, "since", basis, 1.0)
    if word in ("since", "ever since", "starting", "beginning", "following", "after", "in the wake of") or (
        word == "from" and _ONWARDS.match(text, point.end)
    ):
        weight = 0.0 if "since" in word else 1.0
        return Window(start, point.end, lo, None, None, "since", basis, weight)
    if point.kind == "event" and (word == "during" or _SINCE_EVENT.search(text[max(sentence.start, start - 24) : start])):
        return Window(start, point.end, lo, None, None, "since", basis, 1.0)
    if point.kind == "event" and lo and _HAS.match(text, point.end, sentence.end):
        return Window(start, point.end, lo, None, None, "since", basis, 2.0)
    if point.kind == "event" and _AT_THE_TIME.search(text[max(sentence.start, point.start - 60) : point.start]):
        return Window(start, point.end, lo, hi, None, "window", basis)
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
