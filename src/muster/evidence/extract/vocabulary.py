"""The lexicon made ready for matching: phrases by their first word, every inflection known, names by their spelling.

A phrase is words of which each may have alternatives ("post|posts"), with ``_`` for up to three words between. Verbs are
given in the base form; a text's word matches through its inflections. Compiled once for each lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from muster.evidence.lexicon import Lexicon
from muster.evidence.text import Span, tokens

GAP = "_"
VOWELS = "aeiou"


class Entry(NamedTuple):
    """One phrase and the row of the lexicon it stands in."""

    topic: str
    phrase: tuple[frozenset[str] | str, ...]
    row: Mapping[str, Any]
    text: str


@dataclass(frozen=True, eq=False, slots=True)
class Vocabulary:
    """All phrases of a lexicon, and what the inflected words of a text stand for."""

    lemmas: Mapping[str, frozenset[str]]
    plurals: Mapping[str, frozenset[str]]
    tags: Mapping[str, str]
    triggers: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    names: Mapping[str, tuple[Entry, ...]]
    sides: Mapping[str, tuple[Entry, ...]]


_compiled: WeakKeyDictionary[Lexicon, Vocabulary] = WeakKeyDictionary()


def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """The compiled form of a lexicon, made at its first use."""
    if lexicon not in _compiled:
        _compiled[lexicon] = _compile(lexicon)
    return _compiled[lexicon]


def _compile(lexicon: Lexicon) -> Vocabulary:
    lemmas: dict[str, set[str]] = {}
    tags: dict[str, str] = {}
    irregular: dict[str, Sequence[str]] = {}
    for row in lexicon.table("irregular"):
        irregular.update(row["forms"])
    plurals: dict[str, str] = {}
    for row in lexicon.table("plurals"):
        plurals.update(row["forms"])
    for base, forms in irregular.items():
        for form in (*_inflect(base), *forms):
            lemmas.setdefault(form, set()).add(base)
            tags.setdefault(form, "ing" if form.endswith("ing") and form != base else "ed" if form in forms else "")
    triggers = _entries("trigger", lexicon.table("triggers"))
    for entry in triggers:
        if entry.row["frame"] == "noun":
            _add_plural(entry, lemmas, plurals)
        else:
            _add_verb(entry, lemmas, tags, irregular)
    nouns = _entries("noun", lexicon.table("nouns"))
    singular: dict[str, set[str]] = {}
    for entry in nouns:
        _add_plural(entry, singular, plurals)
    return Vocabulary(
        {form: frozenset(words) for form, words in lemmas.items()},
        {form: frozenset(words) for form, words in singular.items()},
        tags,
        _by_first(triggers),
        _by_first(nouns),
        _by_first(_names(lexicon)),
        _by_first(_entries("side", lexicon.table("sidewords"))),
    )


def _entries(topic: str, rows: Iterable[Mapping[str, Any]]) -> list[Entry]:
    return [Entry(topic, _phrase(words), row, words) for row in rows for words in row["words"]]


def _names(lexicon: Lexicon) -> list[Entry]:
    """Countries, forces and places, spelled as they are written."""
    found: list[Entry] = []
    for topic, table in (("force", "forces"), ("country", "countries"), ("place", "places")):
        for row in lexicon.table(table):
            own = row.get("region") or row["name"]
            for words in dict.fromkeys((own, *row.get("also", ()), *row.get("words", ()))):
                found.append(Entry(topic, _spelled(words), row, words))
            if topic == "country" and row.get("capital"):
                for capital in (row["capital"], row["capital"].upper()):  # datelines are in capitals
                    found.append(Entry("capital", _spelled(capital), row, row["capital"]))
            for ruler in row.get("rulers", ()):
                found.append(Entry("ruler", _spelled(ruler), row, ruler))
    return found


def _spelled(name: str) -> tuple[frozenset[str], ...]:
    """A name in the words a text is cut into: "M23" is two of them."""
    return tuple(frozenset((token.word,)) for token in tokens(name, Span(0, len(name))))


def _phrase(words: str) -> tuple[frozenset[str] | str, ...]:
    return tuple(GAP if part == GAP else frozenset(part.split("|")) for part in words.split())


def _by_first(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Entries by each word they can begin with, the longest first; the earlier row wins a tie."""
    table: dict[str, list[Entry]] = {}
    for entry in entries:
        for word in entry.phrase[0]:
            table.setdefault(word, []).append(entry)
    return {word: tuple(sorted(found, key=lambda entry: -len(entry.phrase))) for word, found in table.items()}


def _add_verb(entry: Entry, lemmas: dict[str, set[str]], tags: dict[str, str], irregular: Mapping[str, Sequence[str]]) -> None:
    """The inflections of every plain word of a verbal phrase: harmless for those that are no verbs."""
    for position, part in enumerate(entry.phrase):
        for word in part if part != GAP else ():
            if position and len(word) < 4:
                continue
            for form in _inflect(word):
                if word in irregular and form.endswith("ed"):
                    continue
                lemmas.setdefault(form, set()).add(word)
                if form != word:
                    tags.setdefault(form, "ing" if form.endswith("ing") else "ed" if form.endswith("ed") else "s")


def _inflect(base: str) -> tuple[str, ...]:
    """-s, -ed and -ing of a regular English verb, with the spellings that may occur."""
    if base.endswith("e"):
        return base, base + "s", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    sibilant = base.endswith(("s", "x", "z", "ch", "sh"))
    forms = [base, base + ("es" if sibilant else "s"), base + "ed", base + "ing"]
    if len(base) > 2 and base[-1] in "bdgmnprtl" and base[-2] in VOWELS and base[-3] not in VOWELS:
        forms += [base + base[-1] + "ed", base + base[-1] + "ing"]
    return tuple(forms)


def _add_plural(entry: Entry, lemmas: dict[str, set[str]], plurals: Mapping[str, str]) -> None:
    last = entry.phrase[-1]
    for word in last if last != GAP else ():
        plural = plurals.get(word) or _plural(word)
        lemmas.setdefault(plural, set()).add(word)


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
