"""A small trained classifier for numbers the rules do not understand: words around the number -> kind, or nothing.

Softmax regression on hashed features. It speaks only where the rules abstain or are unsure, says so in the claim's rules,
and knows only texts written for this project (tools/train_fallback.py). Features are words, never names or numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from muster.evidence.extract.draft import UNDERSTOOD, Draft
from muster.evidence.extract.guess import Guess
from muster.evidence.extract.meaning import settle
from muster.evidence.extract.nominal import quoted
from muster.evidence.extract.setting import Setting

DIMENSIONS = 2048
REACH = 8  # words on either side that are looked at
NOTHING = "nothing"  # the class of a number that is no claim
UNSURE = 1.9  # cost from which the rules are asked to share the word
SPEAKS = 0.6  # probability from which it speaks where the rules abstain
OVERRULES = 0.8  # and where they are unsure
WEIGHTS = "fallback.npz"


@dataclass(frozen=True, eq=False, slots=True)
class Classifier:
    """Weights by class and feature."""

    kinds: tuple[str, ...]
    weights: NDArray[np.float32]

    def probabilities(self, names: list[str]) -> NDArray[np.float64]:
        """How likely each class is, given the features."""
        columns, values = hashed(names)
        scores = self.weights[:, columns].astype(np.float64) @ values
        scores -= scores.max()
        odds = np.exp(scores)
        return np.asarray(odds / odds.sum())


def hashed(names: list[str]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Columns and values of features, of unit length whatever the sentence."""
    columns = np.array([crc32(name.encode()) % DIMENSIONS for name in names], dtype=np.int64)
    return columns, np.full(len(columns), 1.0 / max(1.0, len(columns) ** 0.5))


def features(draft: Draft) -> list[str]:
    """The words near a number, by side; its noun, unit and wording; the kinds its sentence speaks of."""
    reading, slot, head = draft.reading, draft.slot, draft.head
    mention = slot.mention
    names = ["bias", f"unit={mention.unit}", f"wording={mention.qualifier}", f"class={head.count_class}", f"per={mention.per}"]
    names.append("size=" + ("?" if mention.point is None else str(len(str(int(abs(mention.point)))))))
    for offset in range(1, REACH + 1):
        for side, at in (("before", slot.first - offset), ("after", slot.end + offset - 1)):
            word = _plain(draft, at)
            if word:
                names.append(f"{side}:{word}")
                if offset <= 3:
                    names.append(f"{side}{offset}:{word}")
    names.append(f"pair:{_plain(draft, slot.end)}_{_plain(draft, slot.end + 1)}")
    names.append(f"pair:{_plain(draft, slot.first - 2)}_{_plain(draft, slot.first - 1)}")
    if head.noun is not None:
        names.append(f"noun={reading.text_of(head.noun.first, head.noun.end)}")
    names.extend({f"speaks:{kind}" for trigger in reading.triggers for kind in trigger.entry.row["kinds"].values()})
    if draft.guess is not None:
        names.append(f"rule={draft.guess.kind}")
    return names


def _plain(draft: Draft, at: int) -> str:
    """A word as a feature: lower case, its dictionary form; names and numbers left out."""
    words = draft.reading.words
    if not 0 <= at < len(words) or at in draft.reading.numbered:
        return ""
    word = words[at]
    if not word.lower[0].isalpha() or (word.text[0].isupper() and at > 0):
        return ""
    return min(word.forms | word.nouns, key=lambda form: (len(form), form))


@lru_cache(maxsize=1)
def load_classifier() -> Classifier | None:
    """The shipped weights, None where they are not there."""
    path = files("muster.evidence.extract").joinpath(WEIGHTS)
    if not path.is_file():
        return None
    with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as stored:
        return Classifier(
            tuple(str(kind) for kind in stored["kinds"]), stored["weights"].astype(np.float32) * float(stored["scale"])
        )


def ask(draft: Draft, setting: Setting) -> Draft:
    """The draft as the classifier sees it, where the rules leave it room; else unchanged."""
    open_to_advice = draft.cost >= UNSURE and draft.head.count_class != "foreign" and draft.slot.mention.hi != 0
    open_to_advice = open_to_advice and not quoted(draft.reading, draft.slot)
    classifier = load_classifier() if open_to_advice else None
    if classifier is None:
        return draft
    odds = classifier.probabilities(features(draft))
    best = int(np.argmax(odds))
    kind, chance = classifier.kinds[best], float(odds[best])
    if not draft.understood:
        return _learned(draft, kind, chance, setting) if kind != NOTHING and chance >= SPEAKS else draft
    if kind == draft.kind or chance < OVERRULES:
        return draft
    if kind == NOTHING:
        guess = replace(draft.guess, cost=UNDERSTOOD + 0.1) if draft.guess is not None else None
        return replace(draft, guess=guess)
    return _learned(draft, kind, chance, setting)


def _learned(draft: Draft, kind: str, chance: float, setting: Setting) -> Draft:
    rule = f"learned from examples, {chance:.0%}"
    settled = settle(replace(draft, guess=Guess(kind, UNDERSTOOD - chance * 0.9, rule)), setting)
    return replace(settled, kind=kind)
