"""The words of ``words/motives.toml``, compiled: motives, ways of leaving, ranks, branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from muster.core.errors import Fault, InputError
from muster.core.vocabulary import LEAVING_MOTIVES
from muster.evidence.lexicon import Lexicon
from muster.evidence.word_patterns import Match, PatternIndex, Term, parse_pattern


@dataclass(frozen=True, eq=False, slots=True)
class Labelled:
    """Patterns that each carry a label."""

    labels: tuple[str, ...]
    index: PatternIndex

    def find(self, terms: Sequence[Term]) -> list[tuple[str, Match]]:
        """Every match with its label, in order of the text."""
        return [(self.labels[match.rule], match) for match in sorted(self.index.find(terms), key=lambda match: match.first)]


@dataclass(frozen=True, eq=False, slots=True)
class TestimonyWords:
    """All that the rules about witnesses read with."""

    motives: Labelled
    joining: Labelled
    exits: Labelled
    branches: Labelled
    leavers: frozenset[str]
    force: frozenset[str]
    civil: frozenset[str]
    plural: frozenset[str]
    ranks: dict[str, str]
    speech: frozenset[str]
    kin: frozenset[str]
    about: dict[str, frozenset[str]]


@lru_cache(maxsize=16)
def compile_words(lexicon: Lexicon) -> TestimonyWords:
    """Errors: an :class:`InputError` naming a row with an unknown motive or a pattern that cannot be read."""
    for number, row in enumerate(lexicon.table("motives")):
        if row.get("motive") not in LEAVING_MOTIVES:
            remedy = f"Write one of: {', '.join(LEAVING_MOTIVES)}."
            raise InputError([Fault("lexicon", None, f"motives[{number}]", f'has motive "{row.get("motive")}".', remedy)])
    kinds = {
        kind: frozenset(word for row in lexicon.table("leavers") if row.get("kind") == kind for word in str(row["words"]).split())
        for kind in ("noun", "force", "civil")
    }
    return TestimonyWords(
        motives=_labelled(lexicon, "motives", "motive"),
        joining=_labelled(lexicon, "joining", "motive"),
        exits=_labelled(lexicon, "exits", "type"),
        branches=_branches(lexicon),
        leavers=kinds["noun"],
        force=kinds["force"],
        civil=kinds["civil"],
        plural=frozenset(word for words in kinds.values() for word in words if word.endswith("s") and word[:-1] in words),
        ranks={word: str(row["group"]) for row in lexicon.table("rank_words") for word in str(row["words"]).split()},
        speech=frozenset(word for row in lexicon.table("speech_verbs") for word in str(row["words"]).split()),
        about={str(row["kind"]): frozenset(str(row["words"]).split()) for row in lexicon.table("about_words")},
        kin=frozenset(word for row in lexicon.table("kin") for word in str(row["words"]).split()),
    )


def _labelled(lexicon: Lexicon, topic: str, field: str) -> Labelled:
    lists: dict[str, str] = {}
    for row in lexicon.table("trend_words"):
        name = str(row["name"])
        lists[name] = f"{lists[name]}|{row['words']}" if name in lists else str(row["words"])
    labels: list[str] = []
    patterns = []
    for number, row in enumerate(lexicon.table(topic)):
        for line in str(row["patterns"]).strip().splitlines():
            try:
                patterns.append(parse_pattern(line, lists))
            except ValueError as error:
                raise InputError([Fault("lexicon", None, f"{topic}[{number}]", f"{error}.", "Mend the pattern.")]) from error
            labels.append(str(row[field]))
    return Labelled(tuple(labels), PatternIndex(enumerate(patterns)))


def _branches(lexicon: Lexicon) -> Labelled:
    labels: list[str] = []
    patterns = []
    for row in lexicon.table("branch_words"):
        patterns.append(parse_pattern("|".join(str(row["words"]).split()), {}))
        labels.append(str(row["branch"]))
    return Labelled(tuple(labels), PatternIndex(enumerate(patterns)))
