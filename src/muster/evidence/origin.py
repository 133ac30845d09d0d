"""Which documents go back to one source: copies, excerpts, wire stories under other headlines. Ten copies are one witness.

Texts are compared by runs of four words (shingles, hashed, kept in full: a few thousand a document). Two measures:
how much of the shorter text stands in the longer one, and how much of the longer one that is.

* *copy*: 40 % of the shorter one is shared and both are of like length; headlines, cuts and light rewording do not matter.
* *excerpt*: the same for texts of unlike length, if it fills at least a fifth of the longer one. A digest of several unlike
  stories joins only the one that fills most of it, so that it does not tie them to each other.
* *credit*: both name the same wire service, and share a tenth of their words or most of their figures.
* *retold*: other words, the same figures and names. This is weak, so it is proposed to a person and groups nothing.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from muster.evidence.read.masthead import agencies, wire_credit
from muster.evidence.record import Document

Kind = Literal["copy", "excerpt", "credit", "retold"]

_RUN = 4
_FEWEST = 12
_COPIED = 0.4
_LIKE_LENGTH = 0.7
_PART_OF_LONGER = 0.2
_CREDITED = 0.1
_FIGURES = 0.6
_NAMES = 0.4
_FEWEST_FIGURES = 3
_CROWD = 20
_DAYS = 7
_WORTH_A_LOOK = 0.05

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_FIGURE = re.compile(r"(?<![\w.,])\d[\d,.]*\d(?![\w])")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'-]{3,}")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a document to compare it: hashes of its runs of words, its figures and names, its credit."""

    sha256: str
    published: date | None
    credit: str | None
    shingles: npt.NDArray[np.uint64]
    figures: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two documents that share text. ``shared``: part of the shorter one; ``of_longer``: part of the longer one."""

    first: str
    second: str
    kind: Kind
    shared: float
    of_longer: float

    @property
    def groups(self) -> bool:
        """Whether the two count as one origin without asking anybody."""
        return self.kind != "retold"


def sketch_of(document: Document) -> Sketch:
    """The sketch of a document."""
    text = document.text
    figures = {found.replace(",", "") for found in _FIGURE.findall(text)}
    return Sketch(
        sha256=document.sha256,
        published=document.published,
        credit=wire_credit(text) or document.publisher,
        shingles=_shingles(text),
        figures=frozenset(figure for figure in figures if not _YEAR.match(figure)),
        names=frozenset(_NAME.findall(text)),
    )


def group_origins(documents: Iterable[Document | Sketch]) -> dict[str, str]:
    """The origin of each document by its SHA-256: the first twelve letters of that of the earliest of its group.

    The answer does not depend on the order of the documents.
    """
    sketches = _sketches(documents)
    return _group(sketches, find_likenesses(sketches))


def find_likenesses(documents: Iterable[Document | Sketch]) -> tuple[Likeness, ...]:
    """All pairs that are copies, excerpts or credited to one service, and those that may be one story retold."""
    sketches = _sketches(documents)
    found = (_likeness(sketches[one], sketches[two]) for one, two in _candidates(sketches))
    return tuple(likeness for likeness in found if likeness is not None)


def _sketches(documents: Iterable[Document | Sketch]) -> list[Sketch]:
    """One sketch for each content, by SHA-256, so that nothing depends on the order given."""
    made = {item.sha256: item if isinstance(item, Sketch) else sketch_of(item) for item in documents}
    return [made[name] for name in sorted(made)]


def _shingles(text: str) -> npt.NDArray[np.uint64]:
    words = [zlib.crc32(word.encode()) for word in _WORD.findall(text.lower())]
    if len(words) < _RUN:
        words += [0] * (_RUN - len(words))
    hashed = np.array(words, dtype=np.uint64)
    runs = np.zeros(len(words) - _RUN + 1, dtype=np.uint64)
    for place in range(_RUN):
        # Overflow is meant: sums of products modulo 2**64.
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + hashed[place : place + len(runs)]
    runs ^= runs >> np.uint64(29)
    return np.unique(runs * np.uint64(0xBF58476D1CE4E5B9))


def _candidates(sketches: Sequence[Sketch]) -> list[tuple[int, int]]:
    """Pairs that share more than a turn of phrase, or several figures."""
    runs = Counter(pair for members in _sharing(sketches) for pair in _pairs(members))
    owners: defaultdict[str, list[int]] = defaultdict(list)
    for at, sketch in enumerate(sketches):
        for figure in sketch.figures:
            owners[figure].append(at)
    figures = Counter(pair for members in owners.values() for pair in _pairs(members))
    close = {pair for pair, count in runs.items() if count >= _WORTH_A_LOOK * min(len(sketches[at].shingles) for at in pair)}
    return sorted(close | {pair for pair, count in figures.items() if count >= _FEWEST_FIGURES})


def _sharing(sketches: Sequence[Sketch]) -> Iterator[list[int]]:
    """For each run of words that stands in more than one document, those documents."""
    if not sketches:
        return
    owners = np.concatenate([np.full(len(sketch.shingles), at) for at, sketch in enumerate(sketches)])
    hashes = np.concatenate([sketch.shingles for sketch in sketches])
    order = np.argsort(hashes, kind="stable")
    owners, hashes = owners[order], hashes[order]
    starts = np.concatenate([[0], np.flatnonzero(hashes[1:] != hashes[:-1]) + 1])
    sizes = np.diff(np.append(starts, len(hashes)))
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        yield owners[start : start + size].tolist()


def _pairs(members: list[int]) -> Iterator[tuple[int, int]]:
    """All pairs of a few; of a crowd only neighbours, which is enough to join them."""
    return combinations(members, 2) if len(members) <= _CROWD else pairwise(members)


def _likeness(one: Sketch, two: Sketch) -> Likeness | None:
    short, long = sorted((len(one.shingles), len(two.shingles)))
    common = len(np.intersect1d(one.shingles, two.shingles, assume_unique=True))
    shared, of_longer = common / short, common / long
    kind = _kind(one, two, shared, of_longer) if short >= _FEWEST or shared == 1.0 else None
    return None if kind is None else Likeness(one.sha256, two.sha256, kind, round(shared, 3), round(of_longer, 3))


def _kind(one: Sketch, two: Sketch, shared: float, of_longer: float) -> Kind | None:
    if shared >= _COPIED and of_longer >= _LIKE_LENGTH * shared:
        return "copy"
    if shared >= _COPIED and of_longer >= _PART_OF_LONGER:
        return "excerpt"
    figures = _overlap(one.figures, two.figures)
    if _same_wire(one, two) and (shared >= _CREDITED or figures >= _FIGURES):
        return "credit"
    if shared >= _COPIED or (figures >= _FIGURES and _overlap(one.names, two.names) >= _NAMES):
        return "retold"
    return None


def _same_wire(one: Sketch, two: Sketch) -> bool:
    if one.credit is None or one.credit != two.credit or one.credit not in agencies():
        return False
    return one.published is None or two.published is None or abs((one.published - two.published).days) <= _DAYS


def _overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """The common part of the smaller set; none when too few are common to tell."""
    common = len(one & two)
    return common / min(len(one), len(two)) if common >= _FEWEST_FIGURES else 0.0


def _group(sketches: list[Sketch], likenesses: Sequence[Likeness]) -> dict[str, str]:
    parent = {sketch.sha256: sketch.sha256 for sketch in sketches}

    def top(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    def join(one: str, two: str) -> None:
        first, second = sorted((top(one), top(two)))
        parent[second] = first

    for likeness in likenesses:
        if likeness.kind in ("copy", "credit"):
            join(likeness.first, likeness.second)
    copies = {name: top(name) for name in parent}
    for long, short in _excerpts(sketches, likenesses, copies):
        join(long, short)
    rank = {sketch.sha256: (sketch.published or date.max, sketch.sha256) for sketch in sketches}
    earliest: dict[str, str] = {}
    for name in sorted(parent, key=lambda name: rank[name]):
        earliest.setdefault(top(name), name)
    return {name: earliest[top(name)][:12] for name in parent}


def _excerpts(sketches: list[Sketch], likenesses: Sequence[Likeness], copies: dict[str, str]) -> list[tuple[str, str]]:
    """Each longer document with the one story that fills most of it: a digest must not tie its stories together."""
    size = {sketch.sha256: len(sketch.shingles) for sketch in sketches}
    alike = {frozenset((likeness.first, likeness.second)) for likeness in likenesses}
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for likeness in likenesses:
        if likeness.kind == "copy":
            partners[likeness.first].add(likeness.second)
            partners[likeness.second].add(likeness.first)
    best: dict[str, tuple[float, str]] = {}
    for likeness in likenesses:
        if likeness.kind == "excerpt":
            long, short = sorted((likeness.first, likeness.second), key=lambda name: (-size[name], name))
            # What a copy of the longer one has nothing of was added to it.
            if all(frozenset((partner, short)) in alike for partner in partners[long] - {short}):
                # Largest part first, then by name, so that the choice does not depend on order.
                best[long] = min(best.get(long, (0.0, "")), (-likeness.of_longer, copies[short]))
    return sorted((long, short) for long, (_, short) in best.items())
