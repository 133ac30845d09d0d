"""How reliable a source is, A to F: presets of a lexicon, and what people said in the ledger, with its history.

The scale is the first axis of the Admiralty system (NATO STANAG 2511 and its successor AJP-2.1; also a taxonomy of
MISP). It judges the source by its record, apart from what it says this time, because a reliable source can pass on a
false report and an unreliable one a true report. A new source is F, "cannot be judged": no evidence is not bad evidence,
and F must not be read as worse than E.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from muster.core.errors import MusterError
from muster.core.suggest import quote
from muster.evidence.lexicon import Lexicon

RELIABILITY_WORDS = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
RELIABILITIES = tuple(RELIABILITY_WORDS)
UNKNOWN = "F"

# The own voice of an article: the source is then its publisher.
OWN_VOICE = "article"


@dataclass(frozen=True, slots=True)
class SourceGrade:
    """The reliability a person gave a source last, and why."""

    name: str
    reliability: str
    reviewer: str
    time: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reliability:
    """A grade and where it comes from: set on the entry by hand, rated in the ledger, preset by the lexicon, or unknown."""

    grade: str
    basis: Literal["hand", "ledger", "preset", "default"]
    source: str


def check_reliability(grade: str) -> str:
    """The grade as a capital letter. Errors: a :class:`MusterError` when it is not A to F."""
    found = grade.strip().upper()
    if found not in RELIABILITIES:
        raise MusterError(f"{quote(grade)} is not a grade of reliability. Write A (completely reliable) to E, or F (unknown).")
    return found


class SourceRegistry:
    """Looks reliabilities up: what the ledger says of a source comes before what the lexicon presets.

    A name is found as it stands, then without what follows in brackets, then by the known name it begins with, so that
    "NUG Ministry of Defence" is the NUG unless somebody rated the ministry.
    """

    def __init__(self, rated: Mapping[str, SourceGrade] | None = None, lexicon: Lexicon | None = None) -> None:
        self._rated = {name_key(name): grade.reliability for name, grade in (rated or {}).items()}
        rows = () if lexicon is None else lexicon.table("actors")
        self._presets: dict[str, str] = {}
        self._actors: dict[str, str] = {}
        for row in rows:
            self._learn(row)

    def _learn(self, row: Mapping[str, object]) -> None:
        # Rows of a case come first in a lexicon, so the first that names a source wins.
        many = row.get("each") or ()
        names = [name for key in ("name", "aliases", "each") for name in _texts(row.get(key))]
        for name in names:
            own = name if many else str(row.get("name", name))
            self._actors.setdefault(name_key(name), own)
            if row.get("reliability") in RELIABILITIES:
                self._presets.setdefault(name_key(name), str(row["reliability"]))

    def actor(self, name: str) -> str:
        """The name a source is known by, whichever of its names is given; an unknown one is its own."""
        return next((self._actors[key] for key in _ways(name) if key in self._actors), name)

    def reliability(self, claimant: str, publisher: str | None = None) -> Reliability:
        """The grade of who says it; for the own voice of an article, of who published it."""
        name = (publisher or "") if claimant in (OWN_VOICE, "") else claimant
        known = name_key(self.actor(name))
        for key in (*_ways(name), known):
            if key in self._rated:
                return Reliability(self._rated[key], "ledger", name)
        for key in _ways(name):
            if key in self._presets:
                return Reliability(self._presets[key], "preset", name)
        return Reliability(UNKNOWN, "default", name)


def _ways(name: str) -> Iterator[str]:
    """Keys a name may be known under, the most exact first."""
    yield name_key(name)
    words = name_key(re.sub(r"\(.*?\)", " ", name)).split()
    for end in range(len(words), 0, -1):
        yield " ".join(words[:end])


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def name_key(name: str) -> str:
    """A name as it is compared: small letters, no article, no punctuation."""
    return re.sub(r"[^\w]+", " ", name.lower().strip().removeprefix("the ")).strip()
