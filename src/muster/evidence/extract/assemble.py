"""All that one document gives: claims, directions, testimonies, events, contradictions and the numbers left over.

Rules read the text as it stands; what leaves here is redacted, and carries offsets into the file's own characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from muster.core.dates import Interval
from muster.evidence.extract.claims import claim_of, queued
from muster.evidence.extract.draft import Draft
from muster.evidence.extract.pipeline import Draughts, draft_claims
from muster.evidence.extract.place import place_near
from muster.evidence.lexicon import Lexicon
from muster.evidence.persons.ages import is_age
from muster.evidence.persons.days import month_end, widen_days
from muster.evidence.persons.find import CODE
from muster.evidence.record import Claim, Contradiction, Document, EventDate, Extraction, Testimony, Trend
from muster.evidence.redact import Redaction, Redactor
from muster.evidence.speakers.claimant import Speakers, attribute, find_speakers
from muster.evidence.testimony import find_testimonies
from muster.evidence.text import Span
from muster.evidence.times.event_book import EventBook, events_of
from muster.evidence.times.events import contradicting, event_dates
from muster.evidence.times.when import When, resolve
from muster.evidence.trends import find_trends

HE_OR_SHE = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
BEFORE = 400  # characters before a sentence in which the person it speaks of is looked for
FEW = 20  # up to so many, a figure and a day beside a person are about that person


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """What all rules of one document share."""

    document: Document
    lexicon: Lexicon
    read: Draughts
    spans: tuple[Span, ...]
    speakers: Speakers
    redaction: Redaction
    clean: Callable[[str], str]
    published: Interval | None
    events: EventBook


def extract(
    document: Document, *, lexicon: Lexicon, key: bytes | None = None, subjects: Mapping[int, Span] | None = None
) -> Extraction:
    """All that a document claims. ``key`` gives a private person the same code in every document of a ledger.

    ``subjects`` are those a parser found for verbs (``nlp.parse_subjects``): a help with who says what.
    """
    work = _work(document, lexicon, key, subjects)
    drafts = [draft for draft in work.read.drafts if not _counts_years(draft, work)]
    understood = [draft for draft in drafts if draft.understood]
    windows = _windows(work, understood)
    dated = event_dates(document.text, work.spans, work.events, work.published)
    return Extraction(
        _redacted(document, work),
        claims=tuple(_claim(draft, when, work) for draft, when in zip(understood, windows, strict=True)),
        trends=tuple(_trends(work)),
        testimonies=tuple(_testimonies(work)),
        events=tuple(_placed_event(event, work) for event in dated),
        contradictions=tuple(_placed_contradiction(found, work) for found in contradicting(dated, work.events)),
        unclassified=tuple(queued(draft, document, work.redaction) for draft in drafts if not draft.understood),
    )


def _work(document: Document, lexicon: Lexicon, key: bytes | None, subjects: Mapping[int, Span] | None) -> Work:
    read = draft_claims(document, lexicon=lexicon)
    redaction = Redactor(key, lexicon).read(document.text)
    spans = tuple(reading.span for reading in read.readings)
    first, last = document.published, document.published_until or document.published
    return Work(
        document,
        lexicon,
        read,
        spans,
        find_speakers(
            document.text,
            lexicon=lexicon,
            spans=spans,
            publisher=document.publisher,
            case=read.setting.country,
            subjects=subjects or {},
        ),
        redaction,
        cache(redaction.clean),
        Interval(first, last) if first is not None and last is not None else None,
        events_of(lexicon),
    )


def _redacted(document: Document, work: Work) -> Document:
    """What the document says of itself, without names; its text stays for offsets and is never stored."""
    return replace(
        document,
        name=work.redaction.file_name(document.name),
        url=work.redaction.address(document.url) if document.url else None,
        publisher=work.redaction.publisher(document.publisher) if document.publisher else None,
        title=work.redaction.heading(document.title) if document.title else None,
        notes=tuple(work.clean(note) for note in (*document.notes, *work.read.notes)),
    )


def _counts_years(draft: Draft, work: Work) -> bool:
    """Whether a number is the age of somebody, which is nobody's count and nobody's business."""
    mention = draft.slot.mention
    return is_age(work.document.text, mention.start, mention.end, work.redaction.mentions)


def _claim(draft: Draft, when: When, work: Work) -> Claim:
    """The record of a draft. The day on which one named person left would point at him: a month must do."""
    mention = draft.slot.mention
    few = draft.unit == "persons" and (mention.hi or mention.point or FEW + 1) <= FEW
    told = few and _follows_person(draft, work)
    claim = claim_of(
        draft,
        work.document,
        work.speakers,
        when=when,
        lexicon=work.lexicon,
        read=work.read,
        redaction=work.redaction.about_person() if told else work.redaction,
        clean=work.clean,
    )
    if not few or not (told or CODE.search(claim.quote)):
        return claim
    return replace(widen_days(claim, work.published), as_of=month_end(claim.as_of, work.published))


def _follows_person(draft: Draft, work: Work) -> bool:
    """Whether a sentence says "he" or "she" of a private person named shortly before it in the paragraph."""
    text, (start, end) = work.document.text, draft.reading.span
    first = max(start - BEFORE, text.rfind("\n\n", 0, start), 0)
    return HE_OR_SHE.search(text, start, end) is not None and work.redaction.code(first, start) is not None


def _windows(work: Work, drafts: Sequence[Draft]) -> list[When]:
    """The days each figure covers; one without a date of its own has those of the figure before it in the paragraph."""
    found: list[When] = []
    for place, draft in enumerate(drafts):
        mention = draft.slot.mention
        same = place > 0 and drafts[place - 1].reading.paragraph == draft.reading.paragraph
        found.append(_when(work, draft.reading.span, Span(mention.start, mention.end), before=found[-1] if same else None))
    return found


def _when(work: Work, sentence: Span, span: Span, *, before: When | None = None) -> When:
    return resolve(
        work.document.text, sentence=sentence, number=span, published=work.published, events=work.events, before=before
    )


def _trends(work: Work) -> list[Trend]:
    """Directions, with where, when and who, redacted and placed in the file."""

    def where(start: int, end: int) -> tuple[str | None, str | None]:
        found = place_near(work.read.readings, start, setting=work.read.setting)
        return found.name, found.id

    def who(start: int, end: int) -> tuple[str, str]:
        said = attribute(work.speakers, Span(start, end))
        return work.clean(said.claimant), said.side

    found = find_trends(work.document.text, sentences=work.spans, lexicon=work.lexicon, place_of=where, attribute=who)
    return [_placed_trend(trend, work) for trend in found]


def _placed_trend(trend: Trend, work: Work) -> Trend:
    sentence = work.spans[bisect_right(work.spans, (trend.start, len(work.document.text))) - 1]
    when = _when(work, sentence, Span(trend.start, trend.end))
    start, end = work.document.place(trend.start, trend.end)
    about = work.redaction.code(*sentence) is not None
    quote = work.redaction.cut(trend.start, trend.end, about_person=about)
    dated = replace(trend, start=start, end=end, quote=quote, date_lo=when.date_lo, date_hi=when.date_hi)
    return widen_days(dated, work.published) if about else dated


def _testimonies(work: Work) -> list[Testimony]:
    def where(start: int, end: int) -> str | None:
        return place_near(work.read.readings, start, setting=work.read.setting).id

    found = find_testimonies(
        work.document.text,
        sentences=work.spans,
        lexicon=work.lexicon,
        persons=work.redaction.mentions,
        published=work.document.published,
        redaction=work.redaction,
        place_id_of=where,
    )
    placed = ((record, work.document.place(record.start, record.end)) for record in found)
    return [replace(record, start=start, end=end) for record, (start, end) in placed]


def _placed_event(event: EventDate, work: Work) -> EventDate:
    start, end = work.document.place(event.start, event.end)
    return replace(event, start=start, end=end, quote=work.redaction.cut(event.start, event.end))


def _placed_contradiction(found: Contradiction, work: Work) -> Contradiction:
    spans = tuple(work.document.place(start, end) for start, end in found.spans)
    quotes = tuple(work.redaction.cut(start, end) for start, end in found.spans)
    return replace(found, spans=spans, quotes=quotes)
