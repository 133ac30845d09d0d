"""One speaker, as a phrase names him, and what a document tells about all of its speakers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from muster.evidence.text import Span

__all__ = ["Setting", "Source"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document tells about its speakers: the country of its conflict, and what its abbreviations stand for."""

    conflict: str | None = None
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[int, Span] = field(default_factory=dict)  # of verbs, by a parse, when one was asked for


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who says something. ``refers`` is how he points back, when the phrase names nobody: pronoun or definite."""

    name: str
    side: str
    reliability: str = "F"
    refers: str | None = None
    head: str = ""
    person: str | None = None
    known: bool = False
    report: bool = False
    media: bool = False
    owned: bool = False  # he speaks for somebody named before: "its commander", "a spokesman of the group", "a spokesman"
    said_as: frozenset[str] = frozenset()  # the words that named him here: "the officer" points back to them
    silent: bool = False  # the subject of a sentence that says nothing: only a pronoun can point back to him
