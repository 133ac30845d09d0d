"""When what a number counts took place: the interval it covers, from the words that govern it.

:mod:`muster.evidence.times.frames` finds the windows of time a sentence opens, :mod:`muster.evidence.times.governing` the one
that governs a number. A date of speech ("said on Thursday") is no date of the count; it only closes it. A number without
any window keeps open when it began: a flow is never silently counted from the start of the conflict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from muster.core.dates import Interval
from muster.evidence.text import Span, sentences
from muster.evidence.times.dateline import stated_date
from muster.evidence.times.event_book import EventBook
from muster.evidence.times.frames import find_windows
from muster.evidence.times.governing import governing
from muster.evidence.times.stretches import Window

__all__ = ["When", "resolve", "stated_date"]

LOOK_BACK = 500  # characters before a sentence in which "since then" finds its then


@dataclass(frozen=True, slots=True)
class When:
    """The days a count covers; ``None`` is open or unknown. ``as_of`` is the day of a stock or of a running total."""

    date_lo: date | None
    date_hi: date | None
    as_of: date | None
    basis: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the words of a sentence are read with."""

    text: str
    sentence: Span
    published: Interval | None
    events: EventBook
    before: When | None
    spoken: date | None

    @property
    def today(self) -> date | None:
        """The last day a count can cover: that of speech, else of publication."""
        return self.spoken or (self.published.last if self.published else None)

    @property
    def told(self) -> When | None:
        """What the previous count covers, unless that was open."""
        return self.before if self.before and self.before.basis in ("explicit", "relative", "inherited") else None


def resolve(
    text: str,
    *,
    sentence: Span,
    number: Span,
    published: Interval | None,
    events: EventBook,
    before: When | None = None,
) -> When:
    """The interval a number covers.

    ``before`` is what the previous count of the paragraph covers. Without ``published``, and where the text states no
    date of its own, relative words stay unresolved and the basis says ``relative``. Windows are clipped at publication
    unless they lie in the future.
    """
    published = published or stated_date(text)
    windows = find_windows(text, sentence, published, events)
    setting = _Setting(text, sentence, published, events, before, _spoken(windows, published))
    ranked = governing(text, sentence, number, windows)
    if ranked and "again" in ranked[0].kind:
        return _again(ranked[0], setting)
    if ranked:
        return _settled(_combined(ranked), setting)
    if _is_now(text, sentence, number):
        return When(None, setting.today, setting.today, "default" if setting.today else "none")
    told = setting.told or (
        _told_before(setting, kinds=("window", "since")) if _points_back(text, sentence) else _goes_on(setting)
    )
    if told and not any(window.kind in ("since", "window") for window in windows):
        return replace(told, basis="inherited")
    return When(None, setting.today, None, "default" if setting.today else "none")


_NOW = re.compile(r"(?i)\b(?:now|present|current|currently|still|remains?|today['’]s)\b[^,;:()]{0,48}\Z")
_POINTS_BACK = re.compile(
    r"(?:They|These|Those|The\s+(?:dead|group|rest|others|wounded|victims|detainees)|(?:Of|Among)\s+(?:them|these|those)|Another)\b"
)


def _is_now(text: str, sentence: Span, number: Span) -> bool:
    """Whether the words before a number speak of the present: it inherits no time told before."""
    return _NOW.search(text[max(sentence.start, number.start - 70) : number.start]) is not None


def _points_back(text: str, sentence: Span) -> bool:
    """Whether a sentence goes on with what was counted before, over the edge of a paragraph."""
    return _POINTS_BACK.match(text, sentence.start) is not None


_PRESENT = re.compile(
    r"(?i)\b(?:has|have|now|is|are|will|would|in\s+all|in\s+total|overall|altogether|so\s+far|had|puts?|says?|stands?|numbers?)\b"
)


def _goes_on(setting: _Setting) -> When | None:
    """The period of the paragraph before, where a sentence in the simple past names none of its own."""
    text, start = setting.text, setting.sentence.start
    if _PRESENT.search(text[start : setting.sentence.end]):
        return None
    told = _told_before(setting, kinds=("window",))
    if told is None or told.date_lo is None or told.date_hi is None or (told.date_hi - told.date_lo).days < 20:
        return None
    return told


def _again(window: Window, setting: _Setting) -> When:
    """The time told before: by the previous count, or by the last sentences."""
    told = (
        setting.told if setting.told and setting.told.date_lo else _told_before(setting, kinds=("window", "since", "attribute"))
    )
    if told is None or told.date_lo is None:
        return When(None, setting.today, None, "default" if setting.today else "none")
    if window.kind == "since again":
        return When(told.date_lo, setting.today, None, "inherited")
    return replace(told, basis="inherited")


def _told_before(setting: _Setting, *, kinds: tuple[str, ...]) -> When | None:
    """The last window of the sentences a little before this one."""
    start = max(0, setting.sentence.start - LOOK_BACK)
    for span in reversed(sentences(setting.text[start : setting.sentence.start])):
        windows = find_windows(setting.text, Span(span.start + start, span.end + start), setting.published, setting.events)
        dated = [window for window in windows if window.kind in kinds and window.lo]
        if dated:
            last = dated[-1]
            return When(last.lo, setting.today if last.kind == "since" else last.hi, None, last.basis)
    return None


def _spoken(windows: tuple[Window, ...], published: Interval | None) -> date | None:
    """The last day on which somebody in the sentence spoke, where that is before publication."""
    days = [window.hi for window in windows if window.kind == "speech" and window.hi]
    return min(days[-1], published.last) if days and published else days[-1] if days else None


def _combined(ranked: list[Window]) -> Window:
    """The likeliest window, closed by an end named beside it: "since the coup until January 2024"."""
    best = ranked[0]
    for other in ranked[1:]:
        if best.kind == "since" and other.kind in ("until", "by") and other.hi and (best.lo is None or other.hi >= best.lo):
            return replace(best, hi=other.hi, as_of=other.as_of, kind="window")
        if best.kind in ("until", "by") and other.kind == "since" and other.lo and (best.hi is None or other.lo <= best.hi):
            return replace(best, lo=other.lo, kind="window")
    return best


def _settled(window: Window, setting: _Setting) -> When:
    """The window as an interval, closed by the day of speech or publication."""
    lo, hi, published = window.lo, window.hi, setting.published
    if window.kind == "since":
        hi = setting.today if setting.today and (lo is None or lo <= setting.today) else None
    elif window.kind == "compared":
        told = setting.told.date_hi if setting.told else None
        hi = told if told and lo and told >= lo else setting.today
    elif window.kind in ("until", "by") and lo is None and hi:
        lo = _begun(hi, setting)
    elif window.kind == "window" and published and hi and lo and lo <= published.last < hi:
        hi = published.last
    return When(lo, hi, window.as_of, window.basis)


def _begun(end: date, setting: _Setting) -> date | None:
    """Where a count "by Thursday" began: where the one before it did, or after the year that one covered."""
    told = setting.told or _told_before(setting, kinds=("since",))
    if told is None or told.date_lo is None or told.date_lo > end:
        return None
    if told.date_hi and told.date_hi < end and (told.date_hi.month, told.date_hi.day) == (12, 31):
        return told.date_hi + timedelta(days=1)
    return told.date_lo
