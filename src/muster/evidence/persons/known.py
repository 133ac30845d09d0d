"""What is known about words before a text is read: which are ordinary, which are names, titles, places, institutions.

Compiled once per lexicon. Words are compared folded: small letters, no accents, straight apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import combining, normalize

from muster.evidence.lexicon import Lexicon

# Tables of other topics whose capitalised entries are known not to be private persons.
OTHER_TABLES = ("places", "countries", "regions", "actors", "organisations", "publishers", "sources", "groups", "armies")
OTHER_FIELDS = (
    "name",
    "region",
    "country",
    "each",
    "names",
    "aliases",
    "words",
    "forms",
    "adjective",
    "adjectives",
    "demonym",
    "demonyms",
    "capital",
)

# Common endings, and what the plain word has in their place.
ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
    ("er", "e"),
    ("ers", ""),
)


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """Words by what they tell about a capitalised word, folded."""

    ordinary: frozenset[str]
    given: frozenset[str]
    burmese: frozenset[str]
    plain: frozenset[str]
    titles: Mapping[str, str]
    soft: frozenset[str]
    lower_titles: frozenset[str]
    groups: Mapping[str, str]
    particles: frozenset[str]
    verbs: frozenset[str]
    speech: frozenset[str]
    kin: frozenset[str]
    beside: Mapping[str, frozenset[str]]
    naming: re.Pattern[str]
    head: frozenset[str]
    prefix: frozenset[str]
    alone: frozenset[str]
    places: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    figures: Mapping[tuple[str, ...], str]
    figure_in: Mapping[str, str]
    strong_office: re.Pattern[str]
    high_office: re.Pattern[str]
    any_office: re.Pattern[str]
    office_words: frozenset[str]
    shielded: re.Pattern[str]
    attached: re.Pattern[str]
    institutions: re.Pattern[str]

    def is_ordinary(self, key: str) -> bool:
        """Whether a folded word is plain English; long words count with a common ending taken off."""
        if key in self.ordinary:
            return True
        stem, _, rest = key.partition("'")
        if rest in ("d", "m", "ll", "ve", "re", "t", "s") and (stem in self.ordinary or len(stem) == 1):
            return True
        return any(
            key.endswith(ending) and len(key) - len(ending) >= 4 and key[: -len(ending)] + rest in self.ordinary
            for ending, rest in ENDINGS
        )


def fold(text: str) -> str:
    """Small letters without accents, apostrophes straight, hyphens plain."""
    if text.isascii():
        return text.lower()
    plain = "".join(char for char in normalize("NFKD", text) if not combining(char))
    return plain.replace("’", "'").replace("‘", "'").replace("‑", "-").replace("‐", "-").casefold()


@lru_cache(maxsize=16)
def compile_known(lexicon: Lexicon) -> Known:
    """Everything :func:`find_persons` needs from a lexicon."""
    names = {str(row.get("culture", "")): _words([row]) for row in lexicon.table("names")}
    given = frozenset[str]().union(*names.values()) if names else frozenset()
    titles, soft, lower, groups = _titles(lexicon)
    capitalised = {kind: _words(_where(lexicon, "capitalised", kind)) for kind in ("head", "prefix", "alone", "place")}
    other = [entry for entry in _other_entries(lexicon) if entry[:1].isupper() or " " in entry]
    phrases: dict[str, set[tuple[str, ...]]] = {}
    singles: set[str] = set()
    for entry in [*_phrases(lexicon.table("capitalised")), *other]:
        parts = tuple(re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", fold(entry)))
        if len(parts) == 1:
            singles.add(parts[0])
        elif parts:
            phrases.setdefault(parts[0], set()).add(parts)
    strong = [*_where(lexicon, "offices", "strong"), *_where(lexicon, "offices", "learned")]
    weak = _where(lexicon, "offices", "weak")
    return Known(
        ordinary=_words(lexicon.table("ordinary")),
        given=given,
        burmese=names.get("burmese", frozenset()),
        plain=_words(lexicon.table("plain_surnames")),
        titles=titles,
        soft=soft,
        lower_titles=lower,
        groups=groups,
        particles=_words(lexicon.table("particles")),
        verbs=_words(lexicon.table("person_verbs")),
        speech=_words(lexicon.table("speech_verbs")),
        kin=_words(lexicon.table("kin")),
        beside={str(row["kind"]): _words(_where(lexicon, "beside", str(row["kind"]))) for row in lexicon.table("beside")},
        naming=re.compile(rf"\b(?:{_either(_phrases(lexicon.table('naming')))}),?\s+[\"'“‘(]?$"),
        head=capitalised["head"],
        prefix=capitalised["prefix"],
        alone=capitalised["alone"],
        places=capitalised["place"] | (frozenset(singles) - given),
        phrases={first: tuple(sorted(group, key=len, reverse=True)) for first, group in phrases.items()},
        figures=_figures(lexicon),
        figure_in={str(row["name"]): str(row["in"]) for row in lexicon.table("figures") if "in" in row},
        strong_office=_pattern(strong),
        high_office=_pattern(_where(lexicon, "offices", "high")),
        any_office=_pattern([*strong, *weak]),
        office_words=_words(strong) | _words(weak),
        shielded=_pattern(lexicon.table("shielded")),
        attached=_pattern(lexicon.table("attached")),
        institutions=_pattern(lexicon.table("institutions")),
    )


def _titles(lexicon: Lexicon) -> tuple[dict[str, str], frozenset[str], frozenset[str], dict[str, str]]:
    titles: dict[str, str] = {}
    groups: dict[str, str] = {}
    soft: set[str] = set()
    lower: set[str] = set()
    for row in lexicon.table("titles"):
        for word in _words([row]):
            if row.get("lower"):
                titles.setdefault(word, str(row["kind"]))
                lower.add(word)
                if "group" in row:
                    groups.setdefault(word, str(row["group"]))
            else:
                soft.add(word)
    return titles, frozenset(soft), frozenset(lower), groups


def _figures(lexicon: Lexicon) -> dict[tuple[str, ...], str]:
    """Every written form of a public figure, as folded parts, with the name it stands for."""
    found: dict[tuple[str, ...], str] = {}
    for row in lexicon.table("figures"):
        for form in (row["name"], *row.get("aliases", ())):
            found.setdefault(split_name(form), str(row["name"]))
    return found


def split_name(name: str) -> tuple[str, ...]:
    """The folded parts of a name: ``"al-Assad's"`` gives ``("al-assad",)``."""
    return tuple(part.removesuffix("'s") for part in re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", fold(name)))


def _where(lexicon: Lexicon, topic: str, kind: str) -> list[Mapping[str, Any]]:
    return [row for row in lexicon.table(topic) if row.get("kind") == kind]


def _words(rows: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(fold(word) for row in rows for word in str(row.get("words", "")).split())


def _phrases(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(phrase) for row in rows for phrase in row.get("phrases", ())]


def _either(words: Iterable[str]) -> str:
    """One alternation, longest first, spaces of any kind between words."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(set(words), key=lambda word: (-len(word), word)))


def _pattern(rows: Iterable[Mapping[str, Any]]) -> re.Pattern[str]:
    rows = list(rows)
    return re.compile(rf"(?<![\w-])(?:{_either([*_phrases(rows), *_words(rows)]) or '(?!)'})(?![\w-])", re.IGNORECASE)


def _other_entries(lexicon: Lexicon) -> Iterator[str]:
    for topic in OTHER_TABLES:
        for row in lexicon.table(topic):
            for field in OTHER_FIELDS:
                value = row.get(field, ())
                for entry in [value] if isinstance(value, str) else value:
                    if isinstance(entry, str) and entry[:1].isupper():
                        yield entry
