"""Speakers that point back: "he said", "the group said", "another", a surname, the report named in the line before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from muster.evidence.speakers.frames import Frame
from muster.evidence.speakers.sources import Source
from muster.evidence.wordsets import word_set

__all__ = ["abbreviations", "resolve_back"]

MEMORY = 60  # speakers a reader has in mind: a reference points back no further
_BRACKETED = re.compile(r"\(([A-Z][A-Za-z-]{1,9}s?)\)")
_CAPITALISED = re.compile(r"[A-Z][\w'’.&-]*")
_INNER = frozenset(["of", "for", "and", "the", "on", "in", "to", "&"])


def abbreviations(text: str) -> dict[str, str]:
    """Abbreviations a text explains: "the Karenni Humanitarian Aid Initiative (KHAI)"."""
    found: dict[str, str] = {}
    for match in _BRACKETED.finditer(text):
        short = match.group(1)
        name: list[str] = []
        for word in reversed(text[max(0, match.start() - 120) : match.start()].split()):
            if not (_CAPITALISED.fullmatch(word) or word in _INNER):
                break
            name.insert(0, word)
        while name and (name[0] in _INNER or name[0][0].lower() != short[0].lower()):
            name.pop(0)
        name = name[1:] if name[:1] == ["The"] else name
        if len(name) > 1:
            found.setdefault(short, " ".join(name))
    return found


def resolve_back(
    found: Iterable[tuple[Source | None, Sequence[Frame]]], issuer: Source | None = None
) -> tuple[tuple[Frame, ...], ...]:
    """Frames whose speaker points back get the speaker he points to. Each sentence comes with the person it is about.

    ``issuer``: the body whose paper the text is; "the ministry" is that one until another is named.
    """
    seen: list[Source] = [issuer] if issuer else []
    people: dict[str, Source] = {}
    resolved: list[tuple[Frame, ...]] = []
    rebels: set[str] = set()
    for subject, frames in found:
        row: list[Frame] = []
        del seen[:-MEMORY]
        rebels.update(_unmasked(subject, seen))
        if subject is not None and subject.refers is None and not any(frame.source == subject for frame in frames):
            seen.append(replace(_antecedent(subject, seen, people), silent=True))
            _remember(subject, people)
        for frame in frames:
            if frame.source is None:
                row.append(frame)
                continue
            rebels.update(_unmasked(frame.source, seen))
            source = _antecedent(frame.source, seen, people)
            if source.refers == "pronoun":
                source = replace(source, name="article", side="independent", refers=None)  # it points at nobody
            if source.refers == "definite":
                source = replace(source, refers=None)  # named by his role only, here for the first time
            if source.refers is None and source.name != "article":
                seen.append(source)
                _remember(source, people)
            row.append(replace(frame, source=source))
        resolved.append(tuple(row))
    return tuple(tuple(_as_rebel(frame, rebels) for frame in row) for row in resolved)


def _unmasked(source: Source | None, seen: Sequence[Source]) -> Iterator[str]:
    """The body just named, of no known side, that the text goes on to call "the rebel group", "the exiled authorities"."""
    if source is None or source.known or source.side != "opposition" or source.refers != "definite":
        return
    if source.head not in word_set("bodies") | {"authorities", "government", "faction"}:
        return
    last = next((other for other in reversed(seen[-6:]) if not other.silent and other.name != other.person), None)
    neutral = last is not None and not last.known and last.side in {"independent", "unknown"} and last.name[0].isupper()
    if last is not None and neutral and not word_set("carers") & set(last.name.lower().split()):
        yield last.name


def _as_rebel(frame: Frame, rebels: Set[str]) -> Frame:
    source = frame.source
    return replace(frame, source=replace(source, side="opposition")) if source and source.name in rebels else frame


def _remember(source: Source, people: dict[str, Source]) -> None:
    """A full name is known by each of its parts from here on: which is the surname differs from land to land."""
    parts = source.person.split() if source.person else []
    for part in parts if len(parts) > 1 else ():
        if len(part) > 2 or part == parts[-1]:
            people.setdefault(part, source)


def _antecedent(source: Source, seen: Sequence[Source], people: Mapping[str, Source]) -> Source:
    """Whom a speaker stands for; himself when he points nowhere."""
    called = source.person or source.name
    if not source.known and (called[0].isupper() or "-" in called) and called.split()[-1] in people:
        return people[called.split()[-1]]
    plain = source.head == "person" and (source.name == source.person or source.side == "state")
    if plain and source.refers is None and not source.known and seen and _nameless(seen[-1]):
        return replace(source, side=seen[-1].side)
    if source.owned and (owner := _owner(seen)) is not None:
        return replace(source, side=owner.side, refers=None)
    if source.refers is None or not seen:
        return source
    if source.refers == "pronoun" and source.head in {"he", "she"}:
        return _one_person(source, seen)
    if source.refers == "definite" and (same := _same_body(source, seen)) is not None:
        return same
    if source.head == "it" and seen[-1].silent and not seen[-1].person and seen[-1].head in word_set("rulers"):
        return replace(seen[-1], silent=False, refers=None)  # "the regime published its number. It had fallen, it said"
    spoken = [other for other in seen if not other.silent]
    if not spoken:
        return source
    if source.refers == "like":
        several = [other for other in seen if other.name.endswith("s") and other.person is None]
        return replace(several[-1], silent=False) if several else spoken[-1]
    if source.refers == "pronoun":
        return _pronoun(source, spoken)
    return _definite(source, spoken)


def _owner(seen: Sequence[Source]) -> Source | None:
    """The body that "its commander" and "a spokesman" speak for: the last one named that takes a side."""
    sided = {"state", "opposition", "foreign_state", "un"}
    return next((other for other in reversed(seen[-4:]) if other.side in sided), None)


def _nameless(source: Source) -> bool:
    """Somebody with a role and no name: the name that follows is often his."""
    return source.person is None and source.head in word_set("roles") and not source.silent


def _same_body(source: Source, seen: Sequence[Source]) -> Source | None:
    """The last body or person whose name or role has the noun of "the institute", "the commander"."""
    head = source.head.removesuffix("s")
    role = head in word_set("roles") | word_set("loose")
    found = next((other for other in reversed(seen) if head in _stems(other) or (role and head in other.said_as)), None)
    return None if found is None else replace(found, silent=False)


def _definite(source: Source, spoken: Sequence[Source]) -> Source:
    head = source.head.removesuffix("s")
    if head in word_set("roles"):
        return next((other for other in reversed(spoken) if other.person), source)
    if source.report:
        bodies = (other for other in reversed(spoken) if other.report or (other.name[0].isupper() and not other.person))
        return next(bodies, spoken[-1])
    if source.head in word_set("watchers"):
        spoken = [
            other for other in spoken if other.person is None and other.side not in {"state", "foreign_state"} and not other.media
        ]
    if not spoken:
        return source
    last = spoken[-1]
    states = {"state", "foreign_state"}  # "the service" has no country: it is the one just named
    alike = source.side in {"unknown", "independent", last.side} or {source.side, last.side} <= states
    return last if head in word_set("bodies") and alike else source


def _stems(source: Source) -> set[str]:
    return {word.removesuffix("s") for word in source.name.lower().split()} | {source.head.removesuffix("s")}


def _one_person(source: Source, seen: Sequence[Source]) -> Source:
    """The last person, by name or by a role in the singular."""
    for other in reversed(seen[-6:]):
        if other.person or other.head in word_set("roles") | word_set("loose") | word_set("witnesses") | {"source"}:
            return replace(other, silent=False)
    return next((other for other in reversed(seen) if not other.silent), source)


def _pronoun(source: Source, seen: Sequence[Source]) -> Source:
    """The last speaker; for "it" the last that is no person."""
    if source.head == "it":
        return next((other for other in reversed(seen[-3:]) if other.head != "person"), seen[-1])
    return seen[-1]
