"""Who says a figure: the speaker that governs a number, on which side he is, and through whom it reached the text.

All cues of a document are found once (:func:`find_speakers`); then each number is answered (:func:`attribute`):
a quotation belongs to who spoke it, a clause to the nearest cue that governs it, a sentence that goes on with a report
to that report, and everything else to the article itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from muster.evidence.lexicon import Lexicon
from muster.evidence.speakers.antecedent import abbreviations, resolve_back
from muster.evidence.speakers.frames import Frame
from muster.evidence.speakers.issuer import issuer_of
from muster.evidence.speakers.phrases import Word, words_of
from muster.evidence.speakers.quotations import quotations_in
from muster.evidence.speakers.running import Speakers, carried
from muster.evidence.speakers.sources import Setting, Source
from muster.evidence.speakers.speech import Speech, speech_of
from muster.evidence.text import Span, paragraphs, sentences

__all__ = ["ARTICLE", "Attribution", "Speakers", "attribute", "find_speakers"]

ARTICLE = "article"  # the text's own voice
CROWD = 20  # attributions of one sentence to either side of a number that are weighed
FAR = 1000  # who cites governs before any other cue; who plans, only when nobody else tells of it
LONGEST = 200  # words read as one sentence
NEAR = 60  # a cue that follows a quotation within so many characters belongs to it


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who claims a figure. ``chain``: through whom, outermost first, the claimant last; empty when he spoke directly.

    ``basis`` names the rule; ``stance`` is what the speaker does with the statement (asserted, planned, doubted, denied).
    """

    claimant: str
    side: str
    chain: tuple[str, ...]
    basis: str
    cue: Span | None
    reliability: str = "F"
    stance: str = "asserted"


def find_speakers(
    text: str,
    *,
    lexicon: Lexicon,
    spans: Sequence[Span] | None = None,
    publisher: str | None = None,
    case: str | None = None,
    subjects: Mapping[int, Span] | None = None,
) -> Speakers:
    """All cues of a document and who they stand for. ``case``: the country of the conflict, where it is known.

    ``subjects``: subjects of verbs by a parse (``speakers.nlp.parse_subjects``), used where the rules find none.
    """
    whole = tuple(spans) if spans is not None else sentences(text)
    words = tuple(words_of(text, span.start, span.end) for span in whole)
    speech = speech_of(lexicon)
    conflict = case or speech.sources.actors.conflict([word for run in words for word in run])
    setting = Setting(conflict, abbreviations(text), subjects or {})
    bounds = paragraphs(text)
    starts = [paragraph.start for paragraph in bounds]
    issuer = issuer_of(words, publisher, speech.sources, setting)
    frames = resolve_back((_spoken(speech, run, setting) for run in words), issuer)
    quotations = quotations_in(text, bounds)
    return Speakers(
        text,
        whole,
        tuple(span.start for span in whole),
        tuple(bisect_right(starts, span.start) - 1 for span in whole),
        words,
        frames,
        quotations,
        tuple(span.start for span in quotations),
        _first_named(frames),
        conflict,
        _declared(words, frames, speech, setting),
        len({frame.source.name for row in frames for frame in row if frame.source and frame.source.name != ARTICLE}) == 1,
        issuer,
    )


def _spoken(speech: Speech, words: Sequence[Word], setting: Setting) -> tuple[Source | None, list[Frame]]:
    """Whom a sentence is about and what it attributes; one of no sane length is read in pieces, to stay linear."""
    pieces = [words[at : at + LONGEST] for at in range(0, len(words), LONGEST)]
    subject = speech.subject(pieces[0], setting) if pieces else None
    return subject, [frame for piece in pieces for frame in speech.frames(piece, setting)]


def _declared(
    words: Sequence[Sequence[Word]], frames: Sequence[Sequence[Frame]], speech: Speech, setting: Setting
) -> Frame | None:
    """Whose data a text says at its head that it is computed from, when it has no other source."""
    for run, row in zip(words[:4], frames[:4], strict=True):
        source = speech.computed_from(run, setting) if row else None
        if source is not None:
            allowed = {source.name, *(frame.source.name for frame in row if frame.source)}
            others = any(frame.source and frame.source.name not in allowed for other in frames for frame in other)
            return None if others else replace(row[0], source=source)
    return None


def attribute(speakers: Speakers, number: Span) -> Attribution:
    """Who says the number at this place."""
    said = _said(speakers, number)
    issuer = speakers.issuer
    if issuer is None or said.claimant != ARTICLE or said.basis == "hearsay":
        return said
    return Attribution(issuer.name, issuer.side, (), "issuer", None, issuer.reliability, said.stance)


def _said(speakers: Speakers, number: Span) -> Attribution:
    """Who says the number; the article when nobody else does."""
    if not speakers.frames:
        return _own_voice("article")
    index = speakers.sentence_at(number.start)
    frames = _nearby(speakers.frames[index], number)
    quotation = speakers.quotation_at(number.start)
    if quotation is not None and (frame := _speaker_of(speakers, quotation, index)):
        return _answer(frame, frames, "quotation")
    governing = [frame for frame in frames if _governs(frame, number)]
    named = [frame for frame in governing if frame.source is not None]
    if named or governing:
        frame = min(named or governing, key=lambda candidate: _distance(candidate, number))
        frame = _inner(frame, named, number)
        answer = _answer(frame, frames, frame.form)
        contested = next((other.stance for other in named if other.stance in {"denied", "doubted"}), None)
        return replace(answer, stance=contested) if contested and frame.form == "by" else answer
    if not any(frame.source is None or frame.naming.start <= number.start < frame.naming.end for frame in frames):
        goes_on = carried(speakers, index)
        if goes_on is not None:
            return replace(_answer(goes_on, (), "carried"), stance="asserted")
    return _own_voice("article")


def _nearby(frames: Sequence[Frame], number: Span) -> Sequence[Frame]:
    """The frames around a number; all of them in a sentence of sane length."""
    if len(frames) <= 2 * CROWD:
        return frames
    at = bisect_right(frames, number.start, key=lambda frame: frame.cue.start)
    return frames[max(0, at - CROWD) : at + CROWD]


def _governs(frame: Frame, number: Span) -> bool:
    if frame.source is not None and frame.naming.start <= number.start < frame.naming.end:
        return False
    return any(scope.start <= number.start < scope.end for scope in frame.scopes)


def _distance(frame: Frame, number: Span) -> int:
    ahead = number.start - frame.cue.end
    gap = ahead if ahead >= 0 else frame.cue.start - number.end
    faint = frame.stance == "planned" or (frame.source is not None and frame.source.name == ARTICLE)
    return gap + (FAR if faint else -FAR if frame.form == "citing" else 0)


def _inner(frame: Frame, named: Sequence[Frame], number: Span) -> Frame:
    """ "The minister said 12 had left, reported the paper": the minister's figure, passed on by the paper."""
    papers = [
        other.source
        for other in named
        if other.source is not None
        and other.cue.start >= number.start
        and (other.form == "reported" or (other.form == "according" and other.source.media))
    ]
    if not papers:
        return frame
    ahead = [other for other in named if other.cue.end <= number.start and other.stance != "planned"]
    own = ahead[-1] if ahead and frame.source in papers else frame
    passed_on = own.source is not None and own.source.name != papers[-1].name
    return replace(own, relay=papers[-1].name) if passed_on else own


def _answer(frame: Frame, others: Sequence[Frame], basis: str) -> Attribution:
    source = frame.source
    if source is None:
        return replace(_own_voice("hearsay"), cue=frame.cue)
    relays = [other.source.name for other in others if other.source and frame.form == "citing" and other.form != "citing"]
    relays += [frame.relay] if frame.relay else []
    chain = (*dict.fromkeys(name for name in relays if name != source.name), source.name)
    return Attribution(
        source.name, source.side, chain if len(chain) > 1 else (), basis, frame.cue, source.reliability, frame.stance
    )


def _own_voice(basis: str) -> Attribution:
    return Attribution(ARTICLE, "independent", (), basis, None)


def _speaker_of(speakers: Speakers, quotation: Span, index: int) -> Frame | None:
    """The frame nearest to a quotation in its paragraph: one just behind it before one ahead, one ahead before the rest."""
    paragraph = speakers.paragraph_of[index]
    near: list[tuple[int, Frame]] = []
    for other in range(max(0, index - 4), min(len(speakers.frames), index + 5)):
        if speakers.paragraph_of[other] != paragraph:
            continue
        for frame in _nearby(speakers.frames[other], quotation):
            if frame.source is None or quotation.start < frame.cue.start < quotation.end:
                continue
            behind = frame.cue.start - quotation.end
            gap = behind if behind >= 0 else quotation.start - frame.cue.end
            near.append((gap + (NEAR if behind > NEAR else 0), frame))
    return min(near, key=lambda pair: pair[0])[1] if near else _before_quotation(speakers, quotation, index)


def _before_quotation(speakers: Speakers, quotation: Span, index: int) -> Frame | None:
    """Who spoke last in the paragraph before, when a quotation fills its own: one speech over two paragraphs."""
    own = speakers.paragraph_of[index]
    opens = next((at for at in range(index, -1, -1) if at == 0 or speakers.paragraph_of[at - 1] != own), index)
    if quotation.start > speakers.starts[opens] + 1:
        return None
    for before in range(opens - 1, max(-1, opens - 4), -1):
        if speakers.paragraph_of[before] < own - 1:
            break
        named = [frame for frame in speakers.frames[before] if frame.source and frame.source.name != ARTICLE]
        if named:
            return named[-1]
    return None


def _first_named(frames: Sequence[Sequence[Frame]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, row in enumerate(frames):
        for frame in row:
            if frame.source is not None:
                found.setdefault(frame.source.name, index)
    return found
