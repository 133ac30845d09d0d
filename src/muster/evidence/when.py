"""When what a number counts took place: the interval it covers, from the words that govern it.

Of all the expressions of time in a sentence the one that governs a number is found by the cost of reaching it: a comma,
another number or a new clause between them makes it dear, so that in "170 and 60 in February, 540 and 75 in March" each
pair keeps its month. A date of speech ("said on Thursday") is no date of the count. A number without any keeps open when
it began: a flow is never silently counted from the start of the conflict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from muster.core.dates import Interval
from muster.evidence.dates import alternatives, find_dates
from muster.evidence.event_book import EventBook
from muster.evidence.lexicon import load_lexicon
from muster.evidence.number_words import find_atoms
from muster.evidence.text import Span, sentences
from muster.evidence.time_frames import Window, find_windows


@dataclass(frozen=True, slots=True)
class When:
    """The days a count covers; ``None`` is open or unknown. ``as_of`` is the day of a stock or of a running total."""

    date_lo: date | None
    date_hi: date | None
    as_of: date | None
    basis: str


LIMIT = 9.0  # the dearest expression that still governs a number


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

    ``before`` is what the previous count of the paragraph covers. Without ``published`` relative words stay unresolved
    and the basis says ``relative``. Windows are clipped at publication unless they lie in the future.
    """
    windows = find_windows(text, sentence, published, events)
    numbers = _numbers(text[sentence.start : sentence.end], sentence.start)
    priced = sorted(
        ((_cost(text, number, window, numbers, sentence), window.start, window) for window in windows), key=lambda item: item[:2]
    )
    governing = [window for cost, _, window in priced if cost <= LIMIT]
    spoken = _spoken(windows, published)
    if governing and "again" in governing[0].kind:
        return _again(text, governing[0], sentence, published, events, before)
    if governing:
        return _settled(_combined(governing), published, before, spoken)
    if before is not None and before.basis in ("explicit", "relative", "inherited") and not _speaks_anew(windows):
        return replace(before, basis="inherited")
    today = spoken or (published.last if published else None)
    return When(None, today, None, "default" if today else "none")


def _again(text: str, window: Window, sentence: Span, published: Interval | None, events: EventBook, before: When | None) -> When:
    """The time told before in the paragraph: by the previous count, or by the last sentences."""
    told = before if before and before.basis in ("explicit", "relative", "inherited") and before.date_lo else None
    if told is None:
        told = _told_before(text, sentence, published, events)
    if told is None or told.date_lo is None:
        return When(None, published.last if published else None, None, "default" if published else "none")
    if window.kind == "since again":
        return When(told.date_lo, published.last if published else None, None, "inherited")
    return replace(told, basis="inherited")


def _told_before(text: str, sentence: Span, published: Interval | None, events: EventBook) -> When | None:
    """The last window of the sentences before, up to 500 characters back in the same paragraph or the one before it."""
    start = max(0, sentence.start - 500)
    for span in reversed(sentences(text[start : sentence.start])):
        windows = find_windows(text, Span(span.start + start, span.end + start), published, events)
        dated = [window for window in windows if window.kind in ("window", "since", "attribute") and window.lo]
        if dated:
            return When(dated[-1].lo, dated[-1].hi, None, dated[-1].basis)
    return None


@lru_cache(maxsize=64)
def _numbers(sentence: str, offset: int) -> tuple[Span, ...]:
    """The numbers of a sentence that are in no date."""
    dates = find_dates(sentence)
    return tuple(
        Span(atom.start + offset, atom.end + offset)
        for atom in find_atoms(sentence)
        if not any(mention.start < atom.end and atom.start < mention.end for mention in dates)
    )


def _spoken(windows: tuple[Window, ...], published: Interval | None) -> date | None:
    """The last day on which somebody in the sentence spoke, where that is before publication."""
    days = [window.hi for window in windows if window.kind == "speech" and window.hi]
    return min(days[-1], published.last) if days and published else days[-1] if days else None


def _speaks_anew(windows: tuple[Window, ...]) -> bool:
    """Whether the sentence has its own time, too far from the number to govern it."""
    return any(window.kind in ("since", "window") for window in windows)


@lru_cache(maxsize=1)
def _compared() -> re.Pattern[str]:
    words = [word for row in load_lexicon().table("time_compared") for word in row["words"]]
    return re.compile(rf"(?i)\b(?:{alternatives(words)})\b(?!\s+(?:\d|an?\s+(?:hundred|thousand|dozen|million)))")


_CLAUSE = re.compile(r"(?i)\b(?:while|whereas|but|although|though|which|who|whom|when|because|where)\b|[—–]|\s-\s")
_SOFT_CLAUSE = re.compile(r"(?i)\b(?:that|as|and|after|before)\b")


def _cost(text: str, number: Span, window: Window, numbers: tuple[Span, ...], sentence: Span) -> float:
    """How far a number is from an expression of time, in words, commas, other numbers and clauses."""
    if window.kind in ("speech", "record", "attribute"):
        return 99.0
    behind = window.start >= number.end
    start, end = (number.end, window.start) if behind else (window.end, number.start)
    if start > end:
        return 99.0
    gap = text[start:end]
    between = [other for other in numbers if other.start >= start and other.end <= end and other != number]
    cost = 0.12 * len(gap.split()) + 8.0 * len(re.findall(r"[;:]\s", gap)) + 2.5 * len(_CLAUSE.findall(gap)) + window.weight
    commas = len(re.findall(r",(?!\d{3})|[()]", gap))
    if behind:
        joined = len(between) == 1 and re.fullmatch(r"\s*(?:and|,|or)\s*", text[number.end : between[0].start]) is not None
        cost += 1.8 * commas + (0.4 if joined else 2.2 * len(between))
        cost += 10.0 if _compared().search(gap) else 0.0
    else:
        fronted = not re.search(r"\w", text[sentence.start : window.start]) or re.search(
            r"[;,]\s*(?:and\s+|but\s+)?\Z", text[sentence.start : window.start]
        )
        cost += (
            1.0 + (0.3 if fronted else 1.6) * max(0, commas - 1) + (0.3 if fronted else 1.6) * min(1, commas) + 0.3 * len(between)
        )
        cost += 0.6 * len(_SOFT_CLAUSE.findall(gap)) if not fronted else 0.0
    return cost


def _combined(governing: list[Window]) -> Window:
    """The cheapest window, closed by an end named beside it: "since the coup until January 2024"."""
    best = governing[0]
    for other in governing[1:]:
        if best.kind == "since" and other.kind in ("until", "by") and other.hi and (best.lo is None or other.hi >= best.lo):
            return replace(best, hi=other.hi, as_of=other.as_of, kind="window")
        if best.kind in ("until", "by") and other.kind == "since" and other.lo and (best.hi is None or other.lo <= best.hi):
            return replace(best, lo=other.lo, kind="window")
    return best


def _settled(window: Window, published: Interval | None, before: When | None, spoken: date | None) -> When:
    """The window as an interval, closed by the day of speech or publication."""
    lo, hi, as_of = window.lo, window.hi, window.as_of
    today = spoken or (published.last if published else None)
    if window.kind == "since":
        hi = today if today and (lo is None or lo <= today) else None
    elif (
        window.kind == "by"
        and lo is None
        and before
        and before.date_lo
        and hi
        and before.basis != "default"
        and before.date_lo <= hi
    ):
        lo = before.date_lo
    elif window.kind == "window" and published and hi and lo and lo <= published.last < hi:
        hi = published.last
    return When(lo, hi, as_of, window.basis)


# ---- The date of the text itself ----

_HEAD = 1200
_LABEL = re.compile(r"(?i)\b(?:published|posted|updated|date|dated|issued|created|last modified|publication date)\b[^\n]{0,24}\Z")


def stated_date(text: str) -> Interval | None:
    """The day a text says it was published: a dateline, a line that is a date, "Published: ..." near its head."""
    head = text[:_HEAD]
    labelled: Interval | None = None
    alone: Interval | None = None
    for mention in find_dates(head):
        days = mention.interval()
        if days is None or mention.grain not in ("day", "month"):
            continue
        line_start = head.rfind("\n", 0, mention.start) + 1
        line_end = head.find("\n", mention.end)
        before, after = head[line_start : mention.start], head[mention.end : line_end if line_end >= 0 else len(head)]
        if _LABEL.search(before):
            labelled = labelled or days
        elif _is_dateline(before, after):
            alone = alone or days
    return labelled or alone


_DATELINE_BEFORE = re.compile(
    r"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,40}(?:\([^)]{1,30}\)|,\s[A-Z][\w. ]{1,24})?\s*[,–—-]\s*|(?:By\s+[^\n]{2,60}|[^\n.]{0,60}?[|•·–—])\s*|\(?)?(?:\w{3,9}day,?\s+)?\Z"
)
_DATELINE_AFTER = re.compile(r"\s*(?:\Z|[.,]?\s*(?:\(|/|–|—|-|\||•|·)|[,.]?\s*(?:at\s+)?\d{1,2}[:.]\d\d|\)|[.:]\s*\Z)")


def _is_dateline(before: str, after: str) -> bool:
    return _DATELINE_BEFORE.fullmatch(before) is not None and _DATELINE_AFTER.match(after) is not None
