"""Whether four bare digits are a year or a count: "in 2019", "2019 soldiers", "more than 2000", "around 2014"."""

from __future__ import annotations

import re
from functools import lru_cache

from muster.evidence.lexicon import load_lexicon
from muster.evidence.times.alternatives import alternatives


@lru_cache(maxsize=1)
def _counted() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What makes four bare digits a count and not a year: a wording before them, or people behind them."""
    lexicon = load_lexicon()
    rows = [row for row in lexicon.table("number_wording") if row["place"] == "before" and row.get("strong")]
    wording = alternatives([word for row in rows for word in row["words"]])
    people = alternatives([word for row in lexicon.table("number_people") for word in row["words"]])
    return (
        re.compile(rf"(?i)(?:(?<!\w)(?:{wording})|[$€£])\s*\Z"),
        re.compile(rf"(?i)\s+(?:[\w-]+\s+){{0,2}}?(?:{people})\b|\s?(?:%|percent|per cent|USD|dollars|km\b|kilomet|miles)"),
    )


_YEAR_AHEAD = re.compile(r"(?i)\b(?:in|since|of|by|until|from|during|early|late|year|for)\s+\Z")
_YEAR_COUNTS = re.compile(r"(?i)\s+(?:of\s+them|soldiers|troops|people|fighters|men|personnel)\b")
_YEAR_EVENT = re.compile(r"(?i)\s+(?:coup|election|war|invasion|uprising|protest|revolution|offensive)")


# "Around 2014": nobody counts 2,014 of something loosely.
_LOOSELY = re.compile(r"(?i)(?:about|around|circa|ca\.|c\.|roughly|approximately)\s")


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the digits are a year, by the words on both sides."""
    before, behind = _counted()
    if re.match(r"\s?[-–—]\s?(?!(?:19|20)\d\d\b)\d{4}", text[end : end + 7]):
        return False
    if _YEAR_AHEAD.search(text[max(0, start - 12) : start]):
        return _YEAR_COUNTS.match(text, end) is None
    worded = before.search(text[max(0, start - 30) : start])
    if worded and not (_LOOSELY.match(worded.group()) and text[end - 1] != "0"):
        return False
    return behind.match(text, end) is None or _YEAR_EVENT.match(text, end) is not None
