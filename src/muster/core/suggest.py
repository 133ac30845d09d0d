"""Small words of help for error sentences: quoting what was found, naming what was probably meant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches

_SHOWN = 60
# Comparing is slow: with very many known words no one is proposed.
_COMPARED = 1_000


def quote(found: object) -> str:
    """What the user wrote, in quotation marks, made printable and cut to a length that fits a sentence."""
    text = printable(str(found)[: _SHOWN + 1])
    if len(text) > _SHOWN:
        text = text[:_SHOWN] + "..."
    return f'"{text}"'


def printable(text: str) -> str:
    """Text for a terminal: whatever would not show, or would move or turn what shows, becomes a question mark."""
    return text if text.isprintable() else "".join(letter if letter.isprintable() else "?" for letter in text)


def did_you_mean(word: str, known: Collection[str], *, closeness: float = 0.6) -> str:
    """``Did you mean "infantry"? `` with its trailing space, or nothing when no known word is near."""
    if len(known) > _COMPARED:
        return ""
    by_lower = {name.lower(): name for name in known}
    near = get_close_matches(word.lower()[:200], list(by_lower), n=1, cutoff=closeness)
    return f'Did you mean "{by_lower[near[0]]}"? ' if near else ""


def one_of(words: Sequence[str], shown: int = 12) -> str:
    """``a, b or c``; a long list is cut."""
    names = list(words[:shown])
    if len(words) > shown:
        return ", ".join(names) + f" and {len(words) - shown} more"
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " or " + names[-1]
