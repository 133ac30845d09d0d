"""Drafts made records: each understood number a claim, each other one a line in the queue of what is not understood."""

from __future__ import annotations

from collections.abc import Callable

from muster.evidence.extract.draft import Draft
from muster.evidence.extract.pipeline import Draughts
from muster.evidence.extract.place import place_of
from muster.evidence.extract.scope import branch_of, includes_of, measure_of, per_of, population_of, scope_of
from muster.evidence.lexicon import Lexicon
from muster.evidence.record import Claim, Document, Unclassified, claim_id
from muster.evidence.redact import Redaction
from muster.evidence.speakers.claimant import Speakers, attribute
from muster.evidence.speakers.modality import modality_of
from muster.evidence.text import Span
from muster.evidence.times.when import When

MAX_QUOTE = 600


def claim_of(
    draft: Draft,
    document: Document,
    speakers: Speakers,
    *,
    when: When,
    lexicon: Lexicon,
    read: Draughts,
    redaction: Redaction,
    clean: Callable[[str], str],
) -> Claim:
    """The record of an understood number, redacted, with offsets into the file."""
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
        quote=quote_of(reading.span, number, redaction),
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
        claimant=clean(said.claimant),
        claimant_side=said.side,
        chain=tuple(clean(name) for name in said.chain),
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


def quote_of(span: Span, number: Span, redaction: Redaction) -> str:
    """The redacted sentence, or of a long one the part around the number; lines and columns are run together."""
    start, end = span
    if end - start > MAX_QUOTE:
        start = max(span.start, min((number.start + number.end - MAX_QUOTE) // 2, span.end - MAX_QUOTE))
        end = min(span.end, start + MAX_QUOTE)
        start, end = _at_blanks(redaction.source, start, end, span, number)
    quote = redaction.cut(start, end, keep=[(number.start, number.end)])
    return ("…" if start > span.start else "") + " ".join(quote.split()) + ("…" if end < span.end else "")


def _at_blanks(text: str, start: int, end: int, span: Span, number: Span) -> tuple[int, int]:
    """The stretch without the words its ends would cut in two."""
    if start > span.start:
        start = min(text.find(" ", start, number.start) + 1 or start, number.start)
    if end < span.end:
        end = max(text.rfind(" ", number.end, end), number.end)
    return start, end


def queued(draft: Draft, document: Document, redaction: Redaction) -> Unclassified:
    """A number nothing understood, for a person to look at."""
    mention = draft.slot.mention
    start, end = document.place(mention.start, mention.end)
    quote = quote_of(draft.reading.span, Span(mention.start, mention.end), redaction)
    return Unclassified(start, end, quote, mention.point, mention.lo, mention.hi, mention.qualifier, _reason(draft))


def _reason(draft: Draft) -> str:
    """Why nothing was made of a number, in words."""
    if draft.head.count_class == "foreign" and draft.head.noun is not None:
        return f'counts "{draft.reading.text_of(draft.head.noun.first, draft.head.noun.end)}", not the force'
    if draft.head.unknown is not None:
        return f'counts "{draft.head.unknown}", which the lexicon does not know'
    return "no word near says what it counts" if draft.guess is None else f"only a weak sign: {draft.guess.rule}"
