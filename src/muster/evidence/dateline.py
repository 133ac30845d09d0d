"""The day a text says it was published: a dateline, a line that is a date, "Published: ..." near its head."""

from __future__ import annotations

import re

from muster.core.dates import Interval
from muster.evidence.dates import find_dates

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
    r"""
    (?: [A-ZÀ-Þ][A-ZÀ-Þ'’.\ -]{2,40}(?:\([^)]{1,30}\)|,\s[A-Z][\w.\ ]{1,24})?\s*[,–—-]\s*   # MOSCOW,  MUNICH -
      | (?:[A-ZÀ-Þ][\w’'.-]*(?:\s[A-ZÀ-Þ][\w’'.-]*){0,3},?\s){1,2}(?:[–—-]\s)?                # Loikaw,  By Anna Berg,
      | [^\n.]{0,60}?[|•·–—]\s* | \(? )
    (?:\w{3,9}day,?\s+)?\Z
    """,
    re.VERBOSE,
)
_DATELINE_AFTER = re.compile(r"\s*(?:\Z|[.,]?\s*(?:\(|/|–|—|-|\||•|·)|[,.]?\s*(?:at\s+)?\d{1,2}[:.]\d\d|\)|[.:]\s*\Z)")


def _is_dateline(before: str, after: str) -> bool:
    return _DATELINE_BEFORE.fullmatch(before) is not None and _DATELINE_AFTER.match(after) is not None
