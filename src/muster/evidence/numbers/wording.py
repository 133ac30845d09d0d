"""What the words beside a number say of it: bounds ("more than", "nearly", "or so"), money, and a rate ("per month").

Words before a number are read backwards, one phrase after the other, until one is no wording: "up to an estimated
13,000". A bound ("at least") outweighs a doubt ("about") in the same chain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from muster.evidence.lexicon import load_lexicon
from muster.evidence.times.alternatives import alternatives

REACH = 72  # characters before a number that may hold its wording
RATE_REACH = 90  # characters after a number that may hold its rate


@dataclass(frozen=True, slots=True)
class Wording:
    """The bound a number has, and the span of the words that give it."""

    qualifier: str
    start: int
    end: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The patterns compiled from ``words/numbers.toml``."""

    before: dict[str, str]
    held_over: frozenset[str]
    longest: int
    after: re.Pattern[str]
    after_kinds: dict[str, str]
    money_before: re.Pattern[str]
    money_after: re.Pattern[str]
    money: dict[str, str]
    rate_after: re.Pattern[str]
    rate_before: re.Pattern[str]
    periods: dict[str, str]


_MARKS = {"~": "about", "≈": "about", "±": "about", ">": "at_least", "≥": "at_least", "<": "at_most", "≤": "at_most"}
_NOT_RATES = (
    "in|within|for|during|after|of|once|over|than|about|nearly|almost|only|just|least|half|lasted|took|spent|served|serve|"
    "waited|be|was|is|under|this|that|until|till|and|or|through|throughout|almost|less|more|by|on|into|some|twice|every|has|had"
)


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The wordings, currencies and rates."""
    lexicon = load_lexicon()
    rows = lexicon.table("number_wording")
    before = {word.lower(): row["qualifier"] for row in rows if row["place"] == "before" for word in row["words"]}
    after = {word.lower(): row["qualifier"] for row in rows if row["place"] == "after" for word in row["words"]}
    free = alternatives([word for word in after if word[:3] in ("or ", "and")])
    glued = alternatives([word for word in after if not word[0].isalpha()])
    last = alternatives([word for word in after if word[0].isalpha() and word[:3] not in ("or ", "and") and word != "mark"])
    ending = (
        rf"(?i)(?:\s?(?P<glued>{glued})(?!\d)|\s+(?P<free>{free})(?!\s+than\b|\w)|\s+(?P<mark>mark)\b"
        rf"|(?:\s+[a-z-]+){{1,2}}\s+(?P<far>or more|or so|and counting|or fewer|or less)(?!\s+than\b|\w)"
        rf"|\s+(?P<last>{last})(?=\s*(?:[.,;:)!?]|\Z)))"
    )
    money = {word.lower(): row["code"] for row in lexicon.table("currencies") for key in ("before", "after") for word in row[key]}
    ahead = alternatives([word for row in lexicon.table("currencies") for word in row["before"]])
    behind = alternatives([word for row in lexicon.table("currencies") for word in row["after"]])
    noun = alternatives([row["noun"] for row in lexicon.table("number_per")])
    adverb = alternatives([word for row in lexicon.table("number_per") for word in row["adverbs"]])
    periods = {row["noun"]: row["period"] for row in lexicon.table("number_per")}
    periods |= {word: row["period"] for row in lexicon.table("number_per") for word in row["adverbs"]}
    idle = r"(?!\s*(?:ago|later|earlier|after|before|on\b|old\b|long\b|into\b|since|or two|and a half|that\b|when\b|of\b)|['’-])"
    rate_after = (
        rf"(?i)(?:(?:(?P<word>[\w’'-]+)\s+)?\b(?P<link>an?|per|each|every)\s+(?:single\s+|calendar\s+)?(?P<noun>{noun})\b{idle}"
        rf"|\b(?P<adverb>{adverb})\b|/(?P<slash>{noun})\b)"
    )
    rate_before = (
        rf"(?i)(?:\b(?:every|each|per|average)\s+(?P<noun>{noun})\b,?\s+(?:[\w’'-]+\s+){{0,4}}"
        rf"|\b(?P<adverb>{adverb})\s+(?:[\w’'-]+\s+){{0,3}}(?:of|at|to|is|was|were|:)\s+)\Z"
    )
    return Phrases(
        before,
        frozenset(word for row in lexicon.table("held_over") for word in row["words"]),
        max(len(word.split()) for word in before),
        re.compile(ending),
        after,
        re.compile(rf"(?:(?<![\w$])(?:{ahead}))\s?\Z"),
        re.compile(rf"(?i)(?:\s?[$€£₽₴₹]|[\s-]?(?:in\s+|of\s+)?(?:{behind}))(?!\w)"),
        money,
        re.compile(rate_after),
        re.compile(rate_before),
        periods,
    )


def wording_before(text: str, start: int) -> Wording:
    """The chain of phrases that ends at ``start``; an empty qualifier when there is none."""
    known = phrases()
    if start and text[start - 1] in _MARKS:
        return Wording(_MARKS[text[start - 1]], start - 1, start, (f"before:{text[start - 1]}",))
    floor = max(0, start - REACH)
    window = text[floor:start]
    if not window or not window[-1].isspace():
        return Wording("", start, start, ())
    words = [(floor + word.start(), word.group().lower()) for word in re.finditer(r"\S+", window)]
    if floor and words and words[0][0] == floor:
        words = words[1:]
    outer, found, rules = start, [], []
    while words:
        used = _phrase_at_end(words, known)
        if used is None:
            break
        count, name, offset = used
        outer = words[-count][0] + offset
        if known.before[name]:
            found.append(known.before[name])
            rules.append(f"before:{name}")
            edge = outer
        words = [] if offset else words[:-count]
    if not found:
        return Wording("", start, start, ())
    bound = next((name for name in found if name in ("at_least", "at_most")), found[0])
    return Wording(bound, edge, start, tuple(rules))


def _phrase_at_end(words: list[tuple[int, str]], known: Phrases) -> tuple[int, str, int] | None:
    """The longest phrase the words end with: its number of words, itself, and how much bracket or quote stands before it."""
    for count in range(min(known.longest, len(words)), 0, -1):
        phrase = " ".join(word for _, word in words[-count:])
        bare = phrase.lstrip("(\"'“‘[«—–-")
        if bare in known.before:
            governed = bare == "over" and len(words) > count and words[-count - 1][1] in known.held_over
            return None if governed else (count, bare, len(phrase) - len(bare))
    return None


def wording_after(text: str, end: int, *, passed: bool = False) -> Wording:
    """The wording right behind a number: "or more", "and counting", "+", "-odd"; "mark" only where one was passed."""
    found = phrases().after.match(text, end, end + 40)
    if found is None or (found["mark"] and not passed):
        return Wording("", end, end, ())
    name = re.sub(r"\s+", " ", next(part for part in found.group("glued", "free", "mark", "far", "last") if part)).lower()
    qualifier = phrases().after_kinds.get(name, "at_least")
    return Wording(qualifier, end, end if found["far"] else found.end(), (f"after:{name}",))


def money_before(text: str, start: int) -> tuple[str | None, int]:
    """The currency whose sign or name stands before a number, and where that begins."""
    floor = max(0, start - 12)
    found = phrases().money_before.search(text[floor:start])
    if found and found.group() == "K ":
        return None, start
    return (
        (phrases().money[re.sub(r"\s+", " ", found.group().strip()).lower()], floor + found.start()) if found else (None, start)
    )


def money_after(text: str, end: int) -> tuple[str | None, int]:
    """The currency whose sign or name stands behind a number, and where that ends. Pounds of something are a weight."""
    found = phrases().money_after.match(text, end)
    if found is None or re.match(r"\s+of\s+(?!aid|cash|money|reward)", text[found.end() : found.end() + 12]):
        return None, end
    name = re.sub(r"(?i)^(?:in |of )?", "", re.sub(r"\s+", " ", found.group().strip(" -\n\t\u00a0"))).lower()
    return phrases().money.get(name), found.end()


def rate_after(text: str, end: int, *, limit: int) -> str | None:
    """The period of "684 soldiers a month", looked for up to ``limit`` and within the clause."""
    stop = re.compile(r"[.;:!?\n](?!\d)|,\s").search(text, end, min(limit, end + RATE_REACH))
    last = stop.start() if stop else min(limit, end + RATE_REACH)
    for found in phrases().rate_after.finditer(text, end, last):
        if len(text[end : found.start()].split()) > 8:
            return None
        if found["adverb"]:
            return phrases().periods[found["adverb"].lower()]
        if found["slash"]:
            return phrases().periods[found["slash"].lower()]
        if found["link"].lower() in ("a", "an") and re.fullmatch(_NOT_RATES, (found["word"] or "").lower()):
            continue
        return phrases().periods[found["noun"].lower()]
    return None


def rate_before(text: str, start: int) -> str | None:
    """The period of "every month around 17,000" and "a daily average of 55"."""
    found = phrases().rate_before.search(text[max(0, start - 70) : start])
    return phrases().periods[(found["noun"] or found["adverb"]).lower()] if found else None
