"""Other extractors, under the same guards: what they propose is checked against the text before anybody sees it.

A proposer is found by the entry point group ``muster.proposers`` and asked only when named; none is imported by default.
Its text is redacted before it gets it. A proposal is refused unless its span is verbatim, its number, read again from the
span, is the one proposed, and its words are of the vocabulary. It is never more than a proposal.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol

from muster.core.errors import MusterError
from muster.core.vocabulary import CLAIMANT_SIDES, COUNTED_SIDES, KINDS, MODALITIES, QUALIFIERS, UNITS
from muster.evidence.numbers.quantities import NumberMention, find_numbers
from muster.evidence.record import Claim, Document
from muster.evidence.redact import Redactor
from muster.evidence.text import Span

GROUP = "muster.proposers"
NEAR = 1e-6
AGREES, DIFFERS = 0.5, 0.6  # share of the doubt that agreement takes away; factor of confidence where two disagree
_WORDS: dict[str, tuple[str, ...]] = {
    "kind": KINDS,
    "qualifier": QUALIFIERS,
    "unit": UNITS,
    "side": COUNTED_SIDES,
    "claimant_side": CLAIMANT_SIDES,
    "modality": MODALITIES,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What another extractor says of one number. ``start`` and ``end`` are places in the window it was given; ``span`` is
    the text there, word for word."""

    start: int
    end: int
    span: str
    kind: str
    lo: float | None
    hi: float | None
    qualifier: str
    unit: str
    side: str
    claimant: str = "article"
    claimant_side: str = "unknown"
    modality: str = "asserted"


class Proposer(Protocol):
    """Another extractor. ``name`` is stored on each claim; ``prompt`` is all that may change its answers."""

    name: str
    prompt: str

    def propose(self, document: Document, window: Span, schema: Mapping[str, Any]) -> list[Proposal]:
        """Proposals for a window of ``document.text``, which is redacted."""
        ...


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that failed a guard, with the guard in words."""

    proposal: Proposal
    reason: str


def schema() -> dict[str, list[str]]:
    """The words a proposal may use, field by field."""
    return {field: list(words) for field, words in _WORDS.items()}


def find_proposer(name: str) -> Proposer:
    """The proposer of this name among those installed.

    Errors: a :class:`MusterError` that lists what is installed.
    """
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in found:
        installed = ", ".join(sorted(found)) or "none"
        raise MusterError(f'No proposer is called "{name}". Installed: {installed}.')
    proposer: Proposer = found[name].load()()
    return proposer


def redacted(document: Document, redactor: Redactor) -> Document:
    """The document a proposer is shown: redacted text, nothing of the file, no offsets into it."""
    text = redactor.read(document.text).text
    return replace(document, original=text, text=text, origin_of=None)


def propose(
    proposer: Proposer, document: Document, window: Span, *, cache: Path | None = None
) -> tuple[list[Proposal], list[Refusal]]:
    """Ask a proposer about a window of a redacted document; what passes the guards, and what does not.

    ``cache``: folder where answers are kept by document, proposer and prompt, so that a run can be repeated.
    """
    answers = _cached(proposer, document, window, cache)
    kept: list[Proposal] = []
    refused: list[Refusal] = []
    numbers = find_numbers(document.text)
    for answer in answers:
        reason = _fault(answer, document.text, window, numbers)
        if reason is None:
            kept.append(answer)
        else:
            refused.append(Refusal(answer, reason))
    return kept, refused


def _fault(proposal: Proposal, text: str, window: Span, numbers: Sequence[NumberMention]) -> str | None:
    """The first guard a proposal fails, None when it passes."""
    start, end = window.start + proposal.start, window.start + proposal.end
    if not window.start <= start < end <= window.end or text[start:end] != proposal.span:
        return "its span is not in the text word for word"
    for field, words in _WORDS.items():
        if getattr(proposal, field) not in words:
            return f'its {field} "{getattr(proposal, field)}" is not a word of the vocabulary'
    mention = next((number for number in numbers if start <= number.start and number.end <= end), None)
    if mention is None or mention.role != "quantity":
        return "there is no quantity in its span"
    if mention.qualifier != proposal.qualifier or not (_same(mention.lo, proposal.lo) and _same(mention.hi, proposal.hi)):
        return "the number read again from its span is another one"
    return None


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= NEAR * max(1.0, abs(one))


def _cached(proposer: Proposer, document: Document, window: Span, cache: Path | None) -> list[Proposal]:
    def ask() -> list[Proposal]:
        return proposer.propose(document, window, schema())

    if cache is None:
        return ask()
    prompt = sha256(proposer.prompt.encode()).hexdigest()
    name = sha256(f"{document.sha256}\n{proposer.name}\n{prompt}\n{window.start}-{window.end}".encode()).hexdigest()
    return _stored(cache / f"{name}.json", ask)


def _stored(path: Path, ask: Callable[[], list[Proposal]]) -> list[Proposal]:
    if path.is_file():
        return [Proposal(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
    answers = ask()
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{field: getattr(answer, field) for field in Proposal.__dataclass_fields__} for answer in answers]
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    unfinished.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    os.replace(unfinished, path)
    return answers


def compare(claim: Claim, proposal: Proposal | None, *, proposer: str) -> Claim:
    """The claim with its confidence raised where another extractor agrees on kind and side, lowered where it does not."""
    if proposal is None:
        return claim
    if (proposal.kind, proposal.side) == (claim.kind, claim.side):
        confidence, word = claim.confidence + AGREES * (1.0 - claim.confidence), "agrees"
    else:
        confidence, word = claim.confidence * DIFFERS, f"differs: {proposal.kind}, {proposal.side}"
    return replace(claim, confidence=round(confidence, 2), rules=(*claim.rules, f"{proposer} {word}"))
