"""Known speakers: their names and aliases, the country whose side they are on, and which country a text is about.

The side of a speaker depends on the conflict. A government is ``state`` in a text on its own war and ``foreign_state``
in one on its neighbour's; so the country of the conflict is found first, as the one the text names most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from muster.evidence.lexicon import Lexicon
from muster.evidence.speakers.phrases import Word, words_of
from muster.evidence.wordsets import word_set

__all__ = ["Actor", "Actors", "Mention", "actors_of", "same_speaker"]

FORCE_WEIGHT = 3  # "Ukraine's army" tells more of whose war a text is about than "Ukraine"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who makes claims. ``side`` is seen from the conflict of ``country``, where it has one."""

    name: str
    kind: str
    side: str
    country: str | None
    reliability: str
    as_written: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named at these positions of a run of words."""

    first: int
    last: int
    actor: Actor


class Actors:
    """The actors and countries of a lexicon, found by their first word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._by_word: dict[str, list[tuple[tuple[str, ...], Actor]]] = {}
        self._aliases: dict[str, str] = {}
        for row in lexicon.table("actors"):
            self._add(row)
        self._countries: dict[tuple[str, ...], str] = {}
        self._bystanders = {row["name"] for row in lexicon.table("countries") if row.get("foreign")}
        for row in lexicon.table("countries"):
            for alias in (row["name"], row.get("capital"), *_listed(row, "words")):
                if alias:
                    self._countries.setdefault(_key(alias), row["name"])
        for row in lexicon.table("forces"):
            side = {"eao": "opposition", "other": "unknown"}.get(row["side"], row["side"])
            for alias in (row["name"], *_listed(row, "words")):
                if alias[0].isupper() and _plain(alias) not in self._aliases:
                    self._put(alias, Actor(alias, "armed_force", side, row.get("country") or None, "D"))
        for entries in self._by_word.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._named: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, country in sorted(self._countries.items(), key=lambda item: -len(item[0])):
            self._named.setdefault(name[0], []).append((name, country))

    def _add(self, row: Mapping[str, Any]) -> None:
        for name in row["each"] if "each" in row else [row["name"]]:
            written = bool(row.get("as_written"))
            actor = Actor(name, row["kind"], row["side"], row.get("country"), row.get("reliability", "F"), written)
            for alias in (name, *_listed(row, "aliases")):
                self._put(alias, actor)

    def _put(self, alias: str, actor: Actor) -> None:
        words = tuple(_spelt(word.text).removesuffix("'s") for word in words_of(alias, 0, len(alias)))
        self._by_word.setdefault(words[0], []).append((words, actor))
        self._aliases.setdefault(_plain(alias), actor.name)

    def mentions(self, words: Sequence[Word]) -> Iterator[Mention]:
        """Actors named in these words, the longest name first at each place."""
        written = [_written(word) for word in words]
        at = 0
        while at < len(words):
            found = next(
                (
                    Mention(at, at + len(name), actor)
                    for name, actor in self._by_word.get(written[at], self._by_word.get(_branch(written[at]), []))
                    if _is_named(written[at : at + len(name)], name)
                ),
                None,
            )
            if found:
                yield found
            at = found.last if found else at + 1

    def country(self, words: Sequence[Word]) -> str | None:
        """The first country named in these words, as a noun or an adjective."""
        return next((country for country, _, _ in self.countries(words)), None)

    def countries(self, words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
        """Each naming of a country, with its first position and the one behind its last."""
        low = [_plain(_written(word)) for word in words]
        at = 0
        while at < len(words):
            step = 1
            for name, country in self._named.get(low[at], ()):
                if tuple(low[at : at + len(name)]) == name and (len(name) > 1 or words[at].text[0].isupper()):
                    yield country, at, at + len(name)
                    step = len(name)
                    break
            at += step

    def conflict(self, words: Sequence[Word]) -> str | None:
        """The country a text is most about: countries named, forces of a country more, and parties of a country."""
        counts: Counter[str] = Counter()
        for country, _, last in self.countries(words):
            armed = any(word.low in word_set("forces") for word in words[last : last + 3])
            counts[country] += FORCE_WEIGHT if armed else 1
        counts.update(found.actor.country for found in self.mentions(words) if found.actor.country)
        ranked = [country for country, _ in counts.most_common() if country not in self._bystanders]
        return ranked[0] if ranked else None

    def named(self, name: str) -> Actor | None:
        """The actor of exactly this name or alias."""
        words = words_of(name, 0, len(name))
        return next((found.actor for found in self.mentions(words) if found.first == 0 and found.last == len(words)), None)

    def canonical(self, name: str) -> str:
        """The name of the actor who goes by this one; the name itself when no actor does."""
        return self._aliases.get(_plain(name), name)

    def side(self, actor: Actor, conflict: str | None) -> str:
        """The side of an actor in the conflict of a country."""
        return "foreign_state" if actor.side == "state" and not self.at_home(actor.country, conflict) else actor.side

    def at_home(self, country: str | None, conflict: str | None) -> bool:
        """Whether a state is that of the conflict; taken for granted where the text names no country."""
        return country is None or (country == conflict if conflict else country not in self._bystanders)


_COMPILED: WeakKeyDictionary[Lexicon, Actors] = WeakKeyDictionary()


def actors_of(lexicon: Lexicon) -> Actors:
    """The actors of a lexicon, compiled once."""
    found = _COMPILED.get(lexicon)
    if found is None:
        found = _COMPILED[lexicon] = Actors(lexicon)
    return found


def same_speaker(first: str, second: str, lexicon: Lexicon) -> bool:
    """Whether two names stand for one known speaker, under any of his aliases."""
    known = actors_of(lexicon)
    return _plain(known.canonical(first)) == _plain(known.canonical(second))


def _listed(row: Mapping[str, Any], *keys: str) -> list[str]:
    return [value for key in keys for value in row.get(key, ())]


def _written(word: Word) -> str:
    text = _spelt(word.text)
    return text[:-2] if text.endswith("'s") else text.rstrip("'")


def _spelt(text: str) -> str:
    """A name is spelt in the British and in the American way."""
    plain = text.replace("’", "'")
    return plain.replace("Defense", "Defence").replace("Organisation", "Organization").replace("Center", "Centre")


def _branch(word: str) -> str:
    """The name before its branch: "Force-Hakha" is the Force's; "UN-backed" is nobody's."""
    name, _, branch = word.partition("-")
    return name if branch[:1].isupper() else word


def _is_named(written: Sequence[str], name: tuple[str, ...]) -> bool:
    return tuple(written) == name or (len(written) == len(name) and (*written[:-1], _branch(written[-1])) == name)


def _plain(name: str) -> str:
    return name.lower().removeprefix("the ").replace("u.s.", "us").replace("u.n.", "un").replace("u.k.", "uk")


def _key(name: str) -> tuple[str, ...]:
    return tuple(_plain(word.text) for word in words_of(name, 0, len(name)))
