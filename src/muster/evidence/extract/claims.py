"""Drafts made records: each understood number a claim, each other one a line in the queue of what is not understood."""

from __future__ import annotations

from collections.abc import Sequence

from muster.core.dates import Interval
from muster.evidence.claimant import Speakers, attribute, find_speakers
from muster.evidence.event_book import events_of
from muster.evidence.extract.draft import Draft
from muster.evidence.extract.pipeline import Draughts, draft_claims
from muster.evidence.extract.place import place_of
from muster.evidence.extract.scope import branch_of, includes_of, measure_of, per_of, population_of, scope_of
from muster.evidence.lexicon import Lexicon
from muster.evidence.modality import modality_of
from muster.evidence.record import Claim, Document, Extraction, Unclassified, claim_id
from muster.evidence.text import Span
from muster.evidence.when import When, resolve

MAX_QUOTE = 300


def extract(document: Document, *, lexicon: Lexicon, key: bytes | None = None) -> Extraction:
    """All that a document claims. ``key`` turns private names into the same pseudonyms in each document of a ledger."""
    read = draft_claims(document, lexicon=lexicon)
    spans = [reading.span for reading in read.readings]
    speakers = find_speakers(document.text, lexicon=lexicon, spans=spans, publisher=document.publisher, case=read.setting.country)
    understood = [draft for draft in read.drafts if draft.understood]
    windows = _windows(understood, document, lexicon=lexicon)
    claims = tuple(
        _claim(draft, document, speakers, when=when, lexicon=lexicon, read=read)
        for draft, when in zip(understood, windows, strict=True)
    )
    queue = tuple(_queued(draft, document) for draft in read.drafts if not draft.understood)
    return Extraction(document, claims=claims, unclassified=queue)


def _windows(drafts: Sequence[Draft], document: Document, *, lexicon: Lexicon) -> list[When]:
    """The days each figure covers; one without a date of its own has those of the figure before it in the paragraph."""
    first, last = document.published, document.published_until or document.published
    published = Interval(first, last) if first is not None and last is not None else None
    events = events_of(lexicon)
    found: list[When] = []
    for place, draft in enumerate(drafts):
        mention = draft.slot.mention
        same = place > 0 and drafts[place - 1].reading.paragraph == draft.reading.paragraph
        found.append(
            resolve(
                document.text,
                sentence=draft.reading.span,
                number=Span(mention.start, mention.end),
                published=published,
                events=events,
                before=found[-1] if same else None,
            )
        )
    return found


def _claim(draft: Draft, document: Document, speakers: Speakers, *, when: When, lexicon: Lexicon, read: Draughts) -> Claim:
    readings, setting = read.readings, read.setting
    reading, slot, head, guess = draft.reading, draft.slot, draft.head, draft.guess
    assert guess is not None
    mention = slot.mention
    start, end = document.place(mention.start, mention.end)
    sentence = document.place(*reading.span)
    number = Span(mention.start, mention.end)
    said = attribute(speakers, number)
    measure = measure_of(reading, slot, head, kind=draft.kind)
    where = place_of(readings, draft.index, slot, kind=draft.kind, measure=measure, setting=setting)
    return Claim(
        id=claim_id(document.sha256, start, end, draft.kind),
        start=start,
        end=end,
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        quote=quote_of(document.text, reading.span, number),
        kind=draft.kind,
        measure=measure,
        point=mention.point,
        lo=mention.lo,
        hi=mention.hi,
        qualifier=mention.qualifier,
        unit=draft.unit,
        per=per_of(reading, slot, head),
        side=draft.side,
        branch=branch_of(reading, head, setting),
        population=population_of(reading, head, draft.kind),
        scope=scope_of(reading, slot, head),
        includes=includes_of(reading, guess),
        place=where.name,
        place_id=where.id,
        claimant=said.claimant,
        claimant_side=said.side,
        chain=said.chain,
        modality=modality_of(speakers, number, lexicon=lexicon, attribution=said),
        date_basis=when.basis,
        date_lo=when.date_lo,
        date_hi=when.date_hi,
        as_of=when.as_of,
        confidence=confidence_of(guess.cost),
        rules=(*draft.rules, where.rule, f"speaker: {said.basis}", *mention.words),
    )


def confidence_of(cost: float) -> float:
    """Confidence in a kind from the cost of its explanation: near one when free, a half at what rules alone would pass on."""
    return round(max(0.2, min(0.97, 0.97 - 0.26 * cost)), 2)


def quote_of(text: str, span: Span, number: Span) -> str:
    """The sentence, or of a long one the part around the number."""
    sentence = text[span.start : span.end]
    if len(sentence) <= MAX_QUOTE:
        return sentence
    middle = (number.start + number.end) // 2 - span.start
    first = max(0, min(middle - MAX_QUOTE // 2, len(sentence) - MAX_QUOTE))
    part = sentence[first : first + MAX_QUOTE - 2]
    return ("…" if first else "") + part + ("…" if first + len(part) < len(sentence) else "")


def _queued(draft: Draft, document: Document) -> Unclassified:
    mention = draft.slot.mention
    start, end = document.place(mention.start, mention.end)
    quote = quote_of(document.text, draft.reading.span, Span(mention.start, mention.end))
    return Unclassified(start, end, quote, mention.point, mention.lo, mention.hi, mention.qualifier, _reason(draft))


def _reason(draft: Draft) -> str:
    """Why nothing was made of a number, in words."""
    if draft.head.count_class == "foreign" and draft.head.noun is not None:
        return f'counts "{draft.reading.text_of(draft.head.noun.first, draft.head.noun.end)}", not the force'
    if draft.head.unknown is not None:
        return f'counts "{draft.head.unknown}", which the lexicon does not know'
    return "no word near says what it counts" if draft.guess is None else f"only a weak sign: {draft.guess.rule}"


def kinds_of(drafts: Sequence[Draft]) -> tuple[str, ...]:
    """The kinds of drafts that are understood, in order."""
    return tuple(draft.kind for draft in drafts if draft.understood)
