"""The day a text says it was published: a dateline, a line that is a date, "Published: ..." near its head."""

from __future__ import annotations

import re
from functools import lru_cache

from muster.core.dates import Interval
from muster.evidence.times.dates import find_dates

_HEAD = 1200
_LABEL = re.compile(r"(?i)\b(?:published|posted|updated|date|dated|issued|created|last modified|publication date)\b[^\n]{0,24}\Z")


@lru_cache(maxsize=32)
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
        elif _is_dateline(before, after) or (
            line_start < 400 and not before.strip() and _ISO.fullmatch(head, mention.start, mention.end)
        ):
            alone = alone or days
    return labelled or alone


_DATELINE_BEFORE = re.compile(
    r"""
    (?: [A-ZÀ-Þ][A-ZÀ-Þ'’.\ -]{2,40}(?:\([^)]{1,30}\)|,\s[A-Z][\w.\ ]{1,24})?\s*[,–—-]\s*   # MOSCOW,  MUNICH -
      | (?:[A-ZÀ-Þ][\w’'.-]*(?:\s(?:and\s|&\s|for\s)?[A-ZÀ-Þ][\w’'.-]*){0,5},?\s){1,2}(?:[–—-]\s)?  # Hilltown,  By Ann Doe
      | [^\n.]{0,60}?[|•·–—]\s* | \(? )
    (?:\w{3,9}day,?\s+)?\Z
    """,
    re.VERBOSE,
)
_ISO = re.compile(r"\d{4}[-./]\d{2}[-./]\d{2}")  # at the head of a line it dates the story, whatever follows
_DATELINE_AFTER = re.compile(r"\s*(?:\Z|[.,]?\s*(?:\(|/|–|—|-|\||•|·)|[,.]?\s*(?:at\s+|\D{1,10}\s)?\d{1,2}[:.]\d\d|\)|[.:]\s*\Z)")


# "HILLTOWN, May 15, 2024. Men left": a place in capitals needs no mark behind the date.
_IN_CAPITALS = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’.\s-]{2,40},\s*\Z")


def _is_dateline(before: str, after: str) -> bool:
    if _IN_CAPITALS.fullmatch(before) and after.startswith((".", ":", " ")):
        return True
    return _DATELINE_BEFORE.fullmatch(before) is not None and _DATELINE_AFTER.match(after) is not None
