"""The patterns of numbers in figures and in words, and what their words are worth; compiled from ``words/numbers.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from muster.evidence.lexicon import load_lexicon
from muster.evidence.times.alternatives import alternatives


@dataclass(frozen=True, slots=True)
class Numerals:
    """The patterns of numbers and the worth of the words in them."""

    values: dict[str, float]
    scales: dict[str, float]
    suffixes: dict[str, float]
    parts: dict[str, int]
    vague: dict[str, tuple[float, float]]
    few: dict[str, tuple[float, float]]
    digits: re.Pattern[str]
    run: re.Pattern[str]
    word: re.Pattern[str]
    share: re.Pattern[str]
    loose: re.Pattern[str]
    out_of: re.Pattern[str]


SPACE = "[ \u00a0\u2007\u2009\u202f]"
_METRES = r"(?!\s*(?:long|high|tall|deep|wide|away|from|below|above|north|south|east|west|apart|radius|sprint))"


@lru_cache(maxsize=1)
def numerals() -> Numerals:
    """The numerals compiled from ``words/numbers.toml``."""
    lexicon = load_lexicon()
    values = {word: index + 1.0 for row in lexicon.table("number_units") for index, word in enumerate(row["words"])}
    values |= {word: 10.0 * (index + 2) for row in lexicon.table("number_tens") for index, word in enumerate(row["words"])}
    scales = {word: float(row["times"]) for row in lexicon.table("number_scales") for word in row["words"]}
    suffixes = {word: float(row["times"]) for row in lexicon.table("number_suffixes") for word in row["words"]}
    parts = {word: int(row["parts"]) for row in lexicon.table("number_parts") for word in row["words"]}
    vague = {word: (row["low"], row["high"]) for row in lexicon.table("number_vague") for word in row["words"]}
    few = {word: (row["low"], row["high"]) for row in lexicon.table("number_few") for word in row["words"]}
    plain = alternatives([*values, *scales])
    big = alternatives(list(scales))
    counts = alternatives([*values])
    glued = alternatives(list(suffixes))
    codes = {word for row in lexicon.table("currencies") for word in row["before"] if word.isalpha()}
    glued_to = "|".join(rf"(?<=\b{code})" for code in sorted(codes))
    digits = (
        rf"(?:(?<![\w.,])|{glued_to}){_grouped()}"
        rf"(?:\s?-?(?P<scale>(?i:{big}))(?![\w])|(?P<suffix>{glued})(?![\w]){_METRES}|\s(?P<spaced>bn|mn)(?![\w]))?"
    )
    small = rf"(?:{plain})"
    ordinal = alternatives([*parts, "first", "second"])
    lead = rf"(?:a|an|half(?:[\s-]an?)?|(?:a\s+|three\s+)?quarters?\s+of\s+a)[\s-]+(?=(?:{big})\b)"
    end = rf"(?!\w|-(?:{ordinal})\b)"
    half = rf"(?P<half>\s+and\s+a\s+half\b(?:\s+(?P<after>{big})\b)?)?"
    run = rf"(?i)(?<![\w-])(?P<lead>{lead})?{small}{end}(?:(?:\s+and\s+|[\s-]+){small}{end})*{half}"
    share = rf"(?i)(?<![\w-])(?:(?P<count>an?|{counts})(?:\s+|-))?(?P<part>{alternatives(list(parts))})(?![\w-])"
    times = rf"(?:[\s-]+(?P<times>{big})s?(?:\s+of(?=\s+(?:{big})))?(?!\w))?"
    loose = rf"(?i)(?<![\w-])(?:(?P<few>{alternatives(list(few))}){times}|(?P<vague>{alternatives(list(vague))}))(?!\w)"
    number = rf"(?:\d{{1,3}}|{counts}(?:-{counts})?)"
    out_of = (
        rf"(?i)(?<![\w.,$-])(?P<a>{number})\s+(?P<link>in|out\s+of|of)\s+(?P<every>every\s+)?(?P<b>{number})(?![\w%-]|[.,:]\d)"
    )
    return Numerals(
        values,
        scales,
        suffixes,
        parts,
        vague,
        few,
        re.compile(digits),
        re.compile(run),
        re.compile(rf"(?i)(?<!\w)(?:{plain})(?!\w)"),
        re.compile(share),
        re.compile(loose),
        re.compile(out_of),
    )


def _grouped() -> str:
    """Figures with their thousands marks; the group names say which mark it was."""
    return (
        r"(?:(?P<comma>\d{1,3}(?:,\d{3})+(?:\.\d+)?)(?!,?\d)"
        r"|(?P<indian>\d{1,2}(?:,\d{2})+,\d{3})(?!,?\d)"
        rf"|(?P<space>[1-9]\d{{0,2}}(?:{SPACE}\d{{3}})+)(?!{SPACE}?\d|,\d{{3}})"
        r"|(?P<apostrophe>[1-9]\d{0,2}(?:['’]\d{3})+)(?![\d'])"
        r"|(?P<dot>[1-9]\d{0,2}(?:\.\d{3})+)(?![.]?\d)"
        r"|(?P<mixed>\d{0,3}(?:[½¼¾]|(?<=\d)\s[13]/[24](?!\d)))"
        r"|(?P<plain>\d+(?:\.\d+)?)(?!\d))"
    )
