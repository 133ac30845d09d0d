"""Closed classes of English words the grammar rules ask for by name: auxiliaries, prepositions, titles, words for bodies."""

from __future__ import annotations

from functools import cache

from muster.evidence.lexicon import load_lexicon

__all__ = ["ordinary_words", "word_set"]


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of the ``[[word_sets]]`` row of this name; a name without a row is a mistake in the code."""
    return next(frozenset(row["forms"]) for row in load_lexicon().table("word_sets") if row["name"] == name)


@cache
def ordinary_words() -> frozenset[str]:
    """Words that are no names though they stand with a capital at the start of a sentence."""
    return frozenset(word for row in load_lexicon().table("ordinary") for word in row["words"].split())
