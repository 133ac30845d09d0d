"""Words as the rules of attribution read them: as written, in lower case, and whether one is a name or a verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from muster.evidence.wordsets import word_set

__all__ = ["Word", "is_name", "is_verb", "words_of"]

_SHORT = "Col|Gen|Maj|Capt|Lt|Brig|Sgt|Cpl|Adm|Dr|Mr|Mrs|Ms|Prof|Gov|Sen|Rep|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No|St"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[A-Z]\.(?=\s[A-Z])|(?:{_SHORT})\.|\d[\d,.]*\d"
    r"|[^\W\d_]+\.(?:net|com|org|info|tv|ru|ua)\b|[^\W_]+(?:[-'’&][^\W_]+)*['’]?|[^\w\s]"
)


class Word(NamedTuple):
    """One word or mark, as written and in lower case without a possessive ending, with its place in the text."""

    text: str
    low: str
    start: int
    end: int


def words_of(text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words and marks of a stretch of text."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        low = word.lower().replace("’", "'")
        low = low[:-1] if low.endswith(".") and low.count(".") == 1 else low
        found.append(Word(word, low.removesuffix("'s").rstrip("'") or low, match.start(), match.end()))
    return tuple(found)


def is_name(word: Word) -> bool:
    """Written with a capital, be it behind an article: "al-Hamoud"."""
    return word.text[0].isupper() or (word.text[2:3] == "-" and word.text[3:4].isupper())


def is_verb(words: Sequence[Word], at: int) -> bool:
    """Whether a word looks like the verb of a clause: an auxiliary, a past form that is not an adjective."""
    word = words[at]
    if is_name(word):
        return False
    if word.low in word_set("auxiliaries") or word.low in word_set("irregular"):
        return True
    if not word.low.endswith("ed") or "-" in word.low or word.low in word_set("adjectival") or len(word.low) < 5:
        return False
    following = words[at + 1].low if at + 1 < len(words) else ""
    previous = words[at - 1].low if at else ""
    return following not in {"by", "from"} and previous not in word_set("determiners")
