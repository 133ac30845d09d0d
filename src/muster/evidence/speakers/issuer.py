"""Whose own paper a document is: a bulletin of a ministry, a cable of an embassy. What it states, that body states.

Only parties are issuers here: a government, its opponents, another state. The voice of a paper or a monitor stays the
article's own.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from muster.evidence.speakers.phrases import Phrase, Word, is_name, is_verb, words_of
from muster.evidence.speakers.sources import Setting, Source, Sources
from muster.evidence.wordsets import word_set

__all__ = ["issuer_of"]

HEAD = 5  # lines at the top of a document that can be its letterhead
LONGEST = 14  # words of such a line
PARTIES = frozenset({"state", "opposition", "foreign_state"})


def issuer_of(lines: Sequence[Sequence[Word]], publisher: str | None, sources: Sources, setting: Setting) -> Source | None:
    """The party that issued a document, by its publisher or by a letterhead that says what kind of paper it is."""
    published = _party(words_of(publisher, 0, len(publisher)), sources, setting) if publisher else None
    if published is not None:
        return published
    head = [line for line in itertools.takewhile(_is_heading, lines[:HEAD]) if len(line) > 1]
    if not any(word.low in word_set("letterheads") and is_name(word) for line in head for word in line):
        return None
    return next((party for line in head if (party := _party(line, sources, setting))), None)


def _is_heading(line: Sequence[Word]) -> bool:
    return len(line) <= LONGEST and not any(is_verb(line, at) for at in range(len(line)))


def _party(line: Sequence[Word], sources: Sources, setting: Setting) -> Source | None:
    """The party a line names as a whole: nothing but its name, its parts and its place."""
    if not any(word.low in word_set("organs") | {"embassy", "ministry"} for word in line):
        return None
    barred = word_set("press") | word_set("auditors") | {":"}
    if not is_name(line[0]) or any(word.low in barred for word in line):
        return None
    source = sources.resolve(line, Phrase(0, len(line)), setting)
    if source is None or source.media or (source.person and not source.known):
        return None
    owners = [found.actor for found in sources.actors.mentions(line)]  # "Ministry of Health (shadow government)"
    side = sources.actors.side(owners[-1], setting.conflict) if owners else source.side
    return replace(source, side=side) if side in PARTIES else None
