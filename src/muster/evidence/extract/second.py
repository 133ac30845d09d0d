"""A second opinion: another extractor is asked about the same document, and changes what is sure and what is open.

It sees redacted text, so its answers are matched to the numbers of the document by what they say and in their order. Where
it agrees a claim grows surer, where it differs less sure, and a number no rule understood becomes a proposal of its own.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from pathlib import Path

from muster.evidence.extract.proposer import Proposal, Proposer, compare, propose, redacted
from muster.evidence.record import Claim, Extraction, Unclassified, claim_id, open_claim
from muster.evidence.redact import Redactor
from muster.evidence.text import paragraphs

_SURE = 0.5  # of a claim that rests on one other extractor alone


def ask_also(extraction: Extraction, proposer: Proposer, *, redactor: Redactor, cache: Path | None = None) -> Extraction:
    """The extraction with what a proposer says of it. What fails a guard is left out and counted in the document's notes."""
    document = redacted(extraction.document, redactor)
    waiting: dict[tuple[object, ...], deque[Proposal]] = defaultdict(deque)
    refused = 0
    for window in paragraphs(document.text):
        kept, turned_away = propose(proposer, document, window, cache=cache)
        refused += len(turned_away)
        for answer in kept:
            waiting[_number(answer)].append(answer)
    claims = [compare(claim, _take(waiting, claim), proposer=proposer.name) for claim in extraction.claims]
    still_open: list[Unclassified] = []
    for number in extraction.unclassified:
        proposal = _take(waiting, number)
        if proposal is None:
            still_open.append(number)
        else:
            claims.append(_claim(extraction, number, proposal, proposer.name))
    note = f"{proposer.name}: {refused} proposals refused by the guards"
    return replace(
        extraction,
        document=replace(extraction.document, notes=(*extraction.document.notes, note)),
        claims=tuple(sorted(claims, key=lambda claim: claim.start)),
        unclassified=tuple(still_open),
    )


def _number(item: Proposal | Claim | Unclassified) -> tuple[object, ...]:
    return item.qualifier, item.lo, item.hi


def _take(waiting: dict[tuple[object, ...], deque[Proposal]], item: Claim | Unclassified) -> Proposal | None:
    same = waiting.get(_number(item))
    return same.popleft() if same else None


def _claim(extraction: Extraction, number: Unclassified, proposal: Proposal, proposer: str) -> Claim:
    """A number the rules left open, as the other extractor reads it."""
    return replace(
        open_claim(extraction.document.sha256, number),
        id=claim_id(extraction.document.sha256, number.start, number.end, proposal.kind),
        kind=proposal.kind,
        unit=proposal.unit,
        side=proposal.side,
        modality=proposal.modality,
        claimant=proposal.claimant,
        claimant_side=proposal.claimant_side,
        confidence=_SURE,
        rules=(f"proposed by {proposer}",),
        proposer=proposer,
    )
