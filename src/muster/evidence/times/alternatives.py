"""Patterns made from lists of words."""

from __future__ import annotations

import re


def alternatives(words: list[str]) -> str:
    """A pattern of any of the words, longest first, with any white space between their parts."""
    return "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in sorted(words, key=len, reverse=True))


def with_capitals(words: list[str]) -> list[str]:
    """The words as written and in capitals, as datelines have them."""
    return [*words, *(word.upper() for word in words if word.upper() != word)]
