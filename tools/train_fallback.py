"""Trains the fallback classifier of the evidence reader from the committed texts in tests/evidence/gold/tune.

    python tools/train_fallback.py            # writes src/muster/evidence/extract/fallback.npz
    python tools/train_fallback.py --check    # leave-one-text-out accuracy, writes nothing

Deterministic: full-batch gradient descent from zero, no random numbers. Never reads the held split.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np

from muster.evidence.extract.fallback import DIMENSIONS, NOTHING, WEIGHTS, features, hashed
from muster.evidence.extract.pipeline import draft_claims
from muster.evidence.lexicon import load_lexicon
from muster.evidence.read import read_document
from muster.evidence.record import Document

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "evidence" / "gold" / "tune"
SENTENCES = ROOT / "tests" / "evidence" / "gold" / "sentences.toml"
STEPS, RATE, DECAY = 400, 4.0, 2e-4


def examples(path: Path, lexicon) -> list[tuple[list[str], str]]:
    """Features and class of each number of one annotated text."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    document = read_document(path.with_suffix(".txt"))
    found = []
    for draft in draft_claims(document, lexicon=lexicon, learned="no").drafts:
        start, end = document.place(draft.slot.mention.start, draft.slot.mention.end)
        label = NOTHING
        for claim in gold["claims"]:
            if claim["start"] <= start < claim["end"]:
                label = kind_of(claim, draft.kind)
        if label:
            found.append((features(draft), label))
    return found


def single_sentences(lexicon) -> list[tuple[list[str], str]]:
    """Features and class of the marked number of each invented sentence."""
    found = []
    for kind, rows in tomllib.loads(SENTENCES.read_text(encoding="utf-8")).items():
        for row in rows:
            start, text = row.index("["), row.replace("[", "").replace("]", "")
            document = Document("sentence", "0" * 64, text, text, None, "text/plain", "en")
            for draft in draft_claims(document, lexicon=lexicon, learned="no").drafts:
                if draft.slot.mention.start <= start < draft.slot.mention.end:
                    found.append((features(draft), kind))
    return found


def kind_of(claim: dict, proposed: str) -> str | None:
    """The annotated kind: of several defensible ones that of the rules, else the first; None for one nobody can use."""
    kinds = claim.get("kind") or []
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    usable = [kind for kind in kinds if kind != "unclassified"]
    return proposed if proposed in usable else usable[0] if usable else None


def train(data: list[tuple[list[str], str]]) -> tuple[list[str], np.ndarray]:
    """Classes and weights of a softmax regression with weight decay, rare classes weighted up by the root of their share."""
    counts = Counter(label for _, label in data)
    kinds = sorted(kind for kind, count in counts.items() if count >= 2)
    data = [(names, label) for names, label in data if label in kinds]
    inputs = np.zeros((len(data), DIMENSIONS))
    for row, (names, _) in enumerate(data):
        columns, values = hashed(names)
        np.add.at(inputs[row], columns, values)
    targets = np.array([[float(label == kind) for kind in kinds] for _, label in data])
    importance = np.array([counts[label] ** -0.5 for _, label in data])[:, None]
    importance /= importance.mean()
    weights = np.zeros((len(kinds), DIMENSIONS))
    for _ in range(STEPS):
        scores = inputs @ weights.T
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        weights -= RATE * (((odds - targets) * importance).T @ inputs / len(data) + DECAY * weights)
    return kinds, weights


def check(by_text: list[list[tuple[list[str], str]]], sentences: list[tuple[list[str], str]]) -> None:
    """Accuracy on each text by weights trained on the others."""
    right = total = 0
    for place, text in enumerate(by_text):
        kinds, weights = train([item for other, items in enumerate(by_text) if other != place for item in items] + sentences)
        for names, label in text:
            columns, values = hashed(names)
            right += kinds[int(np.argmax(weights[:, columns] @ values))] == label
            total += 1
    print(f"leave one text out: {right} of {total} right, {right / total:.2f}")


def main() -> None:
    pack = ROOT / "src" / "muster" / "packs" / "myanmar"
    lexicon = load_lexicon(pack)
    by_text = [examples(path, lexicon) for path in sorted(GOLD.glob("*.json"))]
    sentences = single_sentences(lexicon)
    if "--check" in sys.argv:
        check(by_text, sentences)
        return
    kinds, weights = train([item for text in by_text for item in text] + sentences)
    scale = float(np.abs(weights).max()) / 127.0
    path = ROOT / "src" / "muster" / "evidence" / "extract" / WEIGHTS
    np.savez_compressed(path, kinds=np.array(kinds), weights=np.round(weights / scale).astype(np.int8), scale=np.float32(scale))
    numbers = sum(map(len, by_text)) + len(sentences)
    print(f"{len(by_text)} texts, {numbers} numbers, {len(kinds)} classes, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
