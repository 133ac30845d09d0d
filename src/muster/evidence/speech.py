"""Where a sentence says who says so: each cue with its speaker and the stretch of text it governs.

A cue before the statement ("the army said 30 men fled") governs what follows; one behind it ("30 men fled, the army
said") what precedes. A clause that a contrast opens ("..., but", ";") is out of reach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from muster.evidence.lexicon import Lexicon
from muster.evidence.phrases import Phrase, Word, after, before, is_name, is_verb
from muster.evidence.sources import Source, Sources, sources_of
from muster.evidence.text import Span
from muster.evidence.wordsets import word_set

__all__ = ["Frame", "Speech", "speech_of"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution: the cue, the speaker (``None``: hearsay), what it governs, and the words that name the speaker."""

    cue: Span
    source: Source | None
    scopes: tuple[Span, ...]
    naming: Span
    stance: str = "asserted"
    form: str = "said"


@dataclass(frozen=True, slots=True)
class _Verb:
    stance: str
    weak: bool
    relay: bool
    strict: bool
    needs: frozenset[str]
    unless: tuple[str, ...]


_QUOTES = frozenset('"“”')


class Speech:
    """The verbs of saying of a lexicon, and the frames they make."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.sources: Sources = sources_of(lexicon)
        self._verbs: dict[str, _Verb] = {}
        for row in lexicon.table("speech"):
            for form in row["forms"]:
                self._verbs.setdefault(form, _verb(row))
        self._nouns = {form for row in lexicon.table("report_nouns") for form in row["forms"]}
        self._hearsay = [tuple(form.split()) for row in lexicon.table("hearsay") for form in row["forms"]]
        self._hearsay.sort(key=len, reverse=True)

    def frames(self, words: Sequence[Word], *, conflict: str | None) -> tuple[Frame, ...]:
        """All attributions of a sentence, in order of their cues."""
        found: list[Frame] = []
        for at, word in enumerate(words):
            if word.low == "according" and at + 2 < len(words) and words[at + 1].low == "to":
                frame = self._according(words, at, conflict)
            elif word.low in self._verbs and not word.text.isupper() and (at == 0 or word.text.islower()):
                frame = self._said(words, at, conflict, found)
            else:
                frame = self._rumour(words, at)
            if frame is not None:
                found.append(frame)
        if not any(frame.source for frame in found):
            found.extend(self._headed(words, conflict) or self._sourced(words, conflict))
        return tuple(found)

    def _according(self, words: Sequence[Word], at: int, conflict: str | None) -> Frame | None:
        phrase = after(words, at + 2)
        source = phrase and self.sources.resolve(words, phrase, conflict=conflict)
        if phrase is None or source is None:
            return None
        end = max(phrase.last, phrase.beside_last)
        opens = at == 0 or words[at - 1].low in {"and", "but", "while", "or", ";"}
        low, high = _segment(words, at)
        follows = Span(words[end - 1].end, words[high - 1].end)
        precedes = Span(words[low].start, words[at].start)
        scopes = (follows,) if opens else (precedes, follows)
        return Frame(Span(words[at].start, words[at + 1].end), source, scopes, _naming(words, phrase), form="according")

    def _said(self, words: Sequence[Word], at: int, conflict: str | None, found: list[Frame]) -> Frame | None:
        verb = self._verbs[words[at].low]
        if self._idle(words, at, verb):
            return None
        if at + 1 < len(words) and words[at + 1].low == "by":
            return self._agent(words, at, conflict, verb)
        previous = _content_before(words, at)
        if previous is not None and words[previous].low in word_set("be") and not words[at].low.endswith("ing"):
            return None
        if words[at].low.endswith("ing") and not (previous is not None and words[at - 1].low in word_set("be")):
            return self._participle(words, at, conflict, verb, found)
        phrase = before(words, at)
        if phrase is not None and (self.sources.can_speak(words[phrase.first : phrase.last]) or not verb.weak):
            return self._subject_first(words, at, phrase, conflict, verb)
        if phrase is None and at and (words[at - 1].text in _QUOTES | {",", "—", "–", "-"} or words[at - 1].low == "as"):
            return self._inverted(words, at, conflict, verb)
        return self._inverted(words, at, conflict, verb) if at == 0 else None

    def _idle(self, words: Sequence[Word], at: int, verb: _Verb) -> bool:
        """Not a verb of saying here: a noun, a reduced passive, an idiom, or without what it needs."""
        following = " ".join(word.low for word in words[at + 1 : at + 4])
        if any(following.startswith(idiom) for idiom in verb.unless):
            return True
        if verb.needs and not verb.needs & {word.low for word in words[at + 1 : at + 22]}:
            return True
        if following.startswith(("to have", "to be", "of ")):
            return True
        if words[at].low in self._nouns and not self._used_as_verb(words, at):
            return True
        return verb.strict and not any(word.text[0].isdigit() for word in words[at + 1 : at + 15])

    def _used_as_verb(self, words: Sequence[Word], at: int) -> bool:
        if at == 0 or at + 1 >= len(words):
            return at > 0 and words[at - 1].low in {",", '"', "”"}
        if words[at - 1].low in {"the", "a", "an", "its", "their", "his", "in", "of", "by", "official", "latest", "some"}:
            return False
        following = words[at + 1]
        return (
            following.low in word_set("statement")
            or following.text[0].isdigit()
            or is_name(following)
            or words[at - 1].text in _QUOTES | {","}
        )

    def _agent(self, words: Sequence[Word], at: int, conflict: str | None, verb: _Verb) -> Frame | None:
        phrase = after(words, at + 2)
        if phrase is None or not self.sources.can_speak(words[phrase.first : phrase.last]):
            return None
        source = self.sources.resolve(words, phrase, conflict=conflict)
        low, high = _segment(words, at)
        scopes = (Span(words[low].start, words[at].start), Span(words[phrase.last - 1].end, words[high - 1].end))
        return Frame(_span(words[at]), source, scopes, _naming(words, phrase), verb.stance, "by") if source else None

    def _participle(self, words: Sequence[Word], at: int, conflict: str | None, verb: _Verb, found: list[Frame]) -> Frame | None:
        """ "..., adding that 30 fled": the speaker is the one before; "citing the army": the army, passed on."""
        _, high = _segment(words, at)
        scope = Span(words[at].end, words[high - 1].end)
        if verb.relay:
            phrase = after(words, at + 1)
            source = phrase and self.sources.resolve(words, phrase, conflict=conflict)
            if phrase is None or source is None:
                return None
            whole = Span(words[0].start, words[-1].end)
            return Frame(_span(words[at]), source, (whole,), _naming(words, phrase), verb.stance, "citing")
        last = next((frame for frame in reversed(found) if frame.source and frame.form != "citing"), None)
        if last is not None:
            return Frame(_span(words[at]), last.source, (scope,), last.naming, verb.stance, "adding")
        phrase = after(words, 0)
        if phrase is None or not self.sources.can_speak(words[phrase.first : phrase.last]):
            return None
        source = self.sources.resolve(words, phrase, conflict=conflict)
        return Frame(_span(words[at]), source, (scope,), _naming(words, phrase), verb.stance, "adding") if source else None

    def _subject_first(self, words: Sequence[Word], at: int, phrase: Phrase, conflict: str | None, verb: _Verb) -> Frame | None:
        source = self.sources.resolve(words, phrase, conflict=conflict)
        if source is None:
            return None
        low, high = _segment(words, at)
        follows = Span(words[at].end, words[high - 1].end)
        form = "citing" if verb.relay else "said"
        if not _postposed(words, at, phrase.first):
            return Frame(_span(words[at]), source, (follows,), _naming(words, phrase), verb.stance, form)
        low = low if low < phrase.first else 0
        precedes = Span(words[low].start, words[phrase.first].start)
        return Frame(_span(words[at]), source, (precedes, follows), _naming(words, phrase), verb.stance, form)

    def _inverted(self, words: Sequence[Word], at: int, conflict: str | None, verb: _Verb) -> Frame | None:
        phrase = after(words, at + 1)
        if phrase is None or not self.sources.can_speak(words[phrase.first : phrase.last]):
            return None
        source = self.sources.resolve(words, phrase, conflict=conflict)
        low, high = _segment(words, at)
        scopes = (
            Span(words[low].start, words[at].start),
            Span(words[max(phrase.last, phrase.beside_last) - 1].end, words[high - 1].end),
        )
        return Frame(_span(words[at]), source, scopes, _naming(words, phrase), verb.stance, "inverted") if source else None

    def _rumour(self, words: Sequence[Word], at: int) -> Frame | None:
        for form in self._hearsay:
            if tuple(word.low for word in words[at : at + len(form)]) == form:
                low, high = _segment(words, at)
                cue = Span(words[at].start, words[at + len(form) - 1].end)
                return Frame(cue, None, (Span(words[low].start, words[high - 1].end),), cue, form="hearsay")
        return None

    def _headed(self, words: Sequence[Word], conflict: str | None) -> list[Frame]:
        """ "UN: 300 dead" and "300 dead - UN": a headline that names its source at an edge."""
        marks = [at for at, word in enumerate(words) if word.text in {":", "—", "–", "-"}]
        if not marks or len(words) > 30:
            return []
        for mark, first, last, scope in (
            (marks[0], 0, marks[0], Span(words[marks[0]].end, words[-1].end)),
            (marks[-1], marks[-1] + 1, len(words), Span(words[0].start, words[marks[-1]].start)),
        ):
            named = words[first:last]
            if (
                words[mark].text == ":"
                and first
                or not 0 < len(named) <= 6
                or any(is_verb(words, at) for at in range(first, last))
            ):
                continue
            if any(word.text[0].isdigit() for word in named) or not self.sources.can_speak(named):
                continue
            source = self.sources.resolve(words, Phrase(first, last), conflict=conflict)
            if source and (source.known or source.side != "unknown"):
                return [Frame(_span(words[mark]), source, (scope,), Span(named[0].start, named[-1].end), form="headline")]
        return []

    def _sourced(self, words: Sequence[Word], conflict: str | None) -> list[Frame]:
        """ "The new figures from the ministry bring the toll to 300": a report with its maker, and no verb of saying."""
        for at, word in enumerate(words[:-2]):
            if word.low not in self._nouns or word.low in {"number", "numbers", "account"} or is_name(word) and at:
                continue
            if words[at + 1].low in {"by", "from"} and (phrase := after(words, at + 2)):
                if not self.sources.can_speak(words[phrase.first : phrase.last]):
                    continue
                source = self.sources.resolve(words, phrase, conflict=conflict)
                whole = Span(words[0].start, words[-1].end)
                return [Frame(_span(word), source, (whole,), _naming(words, phrase), form="report")] if source else []
        return []


def _verb(row: Mapping[str, Any]) -> _Verb:
    return _Verb(
        row.get("stance", "asserted"),
        bool(row.get("weak")),
        bool(row.get("relay")),
        bool(row.get("strict")),
        frozenset(row.get("needs", ())),
        tuple(row.get("unless", ())),
    )


def _segment(words: Sequence[Word], at: int) -> tuple[int, int]:
    """The stretch of the sentence around a word that no contrast cuts."""
    cuts = [0]
    for here, word in enumerate(words):
        if word.text == ";" or (word.low in word_set("contrasts") and here and words[here - 1].text in {",", "—", "–"}):
            cuts.append(here + (word.text == ";"))
    cuts.append(len(words))
    low = max(cut for cut in cuts[:-1] if cut <= at)
    return low, min(cut for cut in cuts if cut > at)


def _content_before(words: Sequence[Word], at: int) -> int | None:
    at -= 1
    while at >= 0 and (words[at].low.endswith("ly") or words[at].low in {"also", "not", "been", "since"}):
        if words[at].low == "been":
            return at
        at -= 1
    return at if at >= 0 else None


def _postposed(words: Sequence[Word], verb: int, subject: int) -> bool:
    """Whether the statement stands before its speaker: a clause or a quotation, a comma, the subject, the verb, an end."""
    if subject == 0 or words[subject - 1].text not in _QUOTES | {",", "—", "–"}:
        return False
    if words[subject - 1].text in _QUOTES or words[max(0, subject - 2)].text in _QUOTES:
        return True
    said_of = any(is_verb(words, at) or words[at].text[0].isdigit() for at in range(subject))
    if not said_of:
        return False
    nxt = verb + 1
    if words[verb].low in {"told", "tells", "tell"}:
        nxt += 1
        while nxt < len(words) and is_name(words[nxt]):
            nxt += 1
    if nxt >= len(words) or words[nxt].text in ".,;?!—–" or words[nxt].text in _QUOTES:
        return True
    if words[nxt].low in word_set("after_postposed"):
        return not any(word.low == "that" for word in words[nxt : nxt + 12])
    return False


def _span(word: Word) -> Span:
    return Span(word.start, word.end)


def _naming(words: Sequence[Word], phrase: Phrase) -> Span:
    return Span(words[phrase.first].start, words[max(phrase.last, phrase.beside_last) - 1].end)


_COMPILED: WeakKeyDictionary[Lexicon, Speech] = WeakKeyDictionary()


def speech_of(lexicon: Lexicon) -> Speech:
    """The verbs of saying of a lexicon, compiled once."""
    found = _COMPILED.get(lexicon)
    if found is None:
        found = _COMPILED[lexicon] = Speech(lexicon)
    return found
