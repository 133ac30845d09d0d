"""All the places where a sentence says who says so: verbs of saying, "according to", headlines, reports, hearsay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from muster.evidence.lexicon import Lexicon
from muster.evidence.speakers.frames import Frame, naming, segments, span_of
from muster.evidence.speakers.naming import possessive
from muster.evidence.speakers.phrases import Phrase, Word, after, before, is_name, is_verb
from muster.evidence.speakers.saying import Saying
from muster.evidence.speakers.sources import Setting, Source, Sources, sources_of
from muster.evidence.text import Span
from muster.evidence.wordsets import word_set

__all__ = ["Speech", "speech_of"]

_DASHES = frozenset("—–-")


class Speech:
    """The cues of a lexicon, and the frames they make."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.sources: Sources = sources_of(lexicon)
        self._saying = Saying(lexicon, self.sources)
        self._nouns = {form for row in lexicon.table("report_nouns") for form in row["forms"]}
        self._hearsay = _phrases(lexicon, "hearsay")
        self._attributing = _phrases(lexicon, "attributing")

    def frames(self, words: Sequence[Word], setting: Setting) -> tuple[Frame, ...]:
        """All attributions of a sentence, in order of their cues."""
        found: list[Frame] = []
        for at in range(len(words)):
            frame = (
                self._according(words, at, setting)
                or self._saying.frame(words, at, setting, found)
                or self._figure_of(words, at, setting)
                or self._rumour(words, at)
            )
            if frame is not None:
                found.append(frame)
        if not any(frame.source for frame in found):
            found.extend(self._headed(words, setting) or self._bracketed(words, setting) or self._sourced(words, setting))
        return _within_segments(words, found)

    def subject(self, words: Sequence[Word], setting: Setting) -> Source | None:
        """The person or body a sentence is about: whom "he said" or "the institute said" can point back to."""
        verb = next((at for at in range(1, len(words)) if is_verb(words, at)), None)
        phrase = before(words, verb) if verb is not None else None
        if phrase is None or not self.sources.can_speak(words[phrase.first : phrase.last]):
            return None
        source = self.sources.resolve(words, phrase, setting)
        heads = word_set("roles") | word_set("loose") | word_set("organs") | word_set("witnesses") | word_set("rulers")
        return source if source is not None and (source.person or source.head in heads) else None

    def computed_from(self, words: Sequence[Word], setting: Setting) -> Source | None:
        """ "The agency has calculated from data of the bureau": whose data the figures of a text come from."""
        for at in range(1, len(words) - 3):
            if words[at].low not in {"from", "on", "using"} or words[at - 1].low not in word_set("computing"):
                continue
            noun = next((here for here in range(at + 1, at + 4) if words[here].low in self._nouns), None)
            if noun is not None and noun + 2 < len(words) and words[noun + 1].low in {"of", "from", "by"}:
                phrase = after(words, noun + 2)
                return self.sources.resolve(words, phrase, setting) if phrase else None
        return None

    def _according(self, words: Sequence[Word], at: int, setting: Setting) -> Frame | None:
        length = _starts(words, at, self._attributing) or self._by_count(words, at)
        phrase = after(words, at + length) if length else None
        if phrase is None or not self.sources.can_speak(words[phrase.first : phrase.last]):
            return None
        source = self.sources.resolve(words, phrase, setting)
        if source is None:
            return None
        end = max(phrase.last, phrase.beside_last)
        opens = at == 0 or words[at - 1].low in {"and", "but", "while", "or", ";", ":"}
        follows = Span(words[end - 1].end, words[-1].end)
        precedes = Span(words[0].start, words[at].start)
        scopes = (follows,) if opens else (precedes, follows)
        return Frame(Span(words[at].start, words[at + length - 1].end), source, scopes, naming(words, phrase), form="according")

    def _by_count(self, words: Sequence[Word], at: int) -> int:
        """ "By the army's own count": a report with its owner, behind "by"."""
        if words[at].low != "by" or (at and words[at - 1].text != ","):
            return 0
        noun = next((here for here in range(at + 1, min(len(words), at + 7)) if words[here].low in self._nouns), None)
        return int(noun is not None and any(word.text.endswith(("'s", "’s", "s'", "s’")) for word in words[at + 1 : noun]))

    def _figure_of(self, words: Sequence[Word], at: int, setting: Setting) -> Frame | None:
        """ "The opposition's figure of 12,000 deserters"."""
        figure = at + 2 < len(words) and words[at].low in self._nouns and words[at + 1].low == "of" and at > 0
        if not figure or not possessive(words[at - 1]) or not any(word.text[0].isdigit() for word in words[at + 2 : at + 6]):
            return None
        first = next((here + 1 for here in range(at - 1, -1, -1) if words[here].text in ",;:" or is_verb(words, here)), 0)
        source = self.sources.resolve(words, Phrase(first, at), setting)
        scope = Span(words[at].end, words[min(len(words), at + 6) - 1].end)
        cue = span_of(words[at])
        return Frame(cue, source, (scope,), cue, form="report") if source is not None else None

    def _rumour(self, words: Sequence[Word], at: int) -> Frame | None:
        length = _starts(words, at, self._hearsay)
        if not length:
            return None
        cue = Span(words[at].start, words[at + length - 1].end)
        return Frame(cue, None, (Span(words[0].start, words[-1].end),), cue, form="hearsay")

    def _headed(self, words: Sequence[Word], setting: Setting) -> list[Frame]:
        """ "UN: 300 dead" and "300 dead - UN": a headline that names its source at an edge."""
        if not 3 < len(words) <= 30:
            return []
        edges = []
        for at, word in enumerate(words):
            if word.text == ":" and 0 < at < 8 and at + 1 < len(words):
                edges.append((at, Phrase(0, at), Span(word.end, words[-1].end)))
            if word.text in _DASHES | {":"} and len(words) - 7 < at < len(words) - 1 and at > 3:
                edges.append((at, Phrase(at + 1, len(words)), Span(words[0].start, word.start)))
        for mark, phrase, scope in edges:
            if self._is_topic(words[phrase.first : phrase.last]) and not phrase.first:
                continue
            if any(is_verb(words, at) or words[at].text[0].isdigit() for at in range(phrase.first, phrase.last)):
                continue
            source = self.sources.can_speak(words[phrase.first : phrase.last]) and self.sources.resolve(words, phrase, setting)
            told = source and (source.known or self.sources.has_role(words[phrase.first : phrase.last]))
            if source and told and (source.known or source.side != "unknown"):
                return [Frame(span_of(words[mark]), source, (scope,), naming(words, phrase), form="headline")]
        return []

    def _bracketed(self, words: Sequence[Word], setting: Setting) -> list[Frame]:
        """ "340,000 people displaced (UN migration agency)": a line of data with its source in brackets at the end."""
        end = len(words) - (words[-1].text in ".;,") if words else 0
        opening = next((at for at in range(end - 2, max(0, end - 12), -1) if words[at].text == "("), None)
        if opening is None or words[end - 1].text != ")" or not any(word.text[0].isdigit() for word in words[:opening]):
            return []
        inside = words[opening + 1 : end - 1]
        label = 2 if len(inside) > 2 and inside[0].low in {"source", "sources"} and inside[1].text == ":" else 0
        if len(inside) == 1 and inside[0].text in setting.abbreviations or not self.sources.can_speak(inside):
            return []
        if any(word.text[0].isdigit() or is_verb(inside, at) for at, word in enumerate(inside)):
            return []
        phrase = Phrase(opening + 1 + label, end - 1)
        source = self.sources.resolve(words, phrase, setting)
        reports = source is not None and (source.side in {"un", "independent"} and source.known)
        if source is None or not (label or reports):
            return []
        scope = Span(words[0].start, words[opening].start)
        return [Frame(span_of(words[opening]), source, (scope,), naming(words, phrase), form="bracketed")]

    def _is_topic(self, words: Sequence[Word]) -> bool:
        """ "Syria:" and "Boko Haram:" tell what a headline is about, "UN:" and "Army:" who says it."""
        named = next(self.sources.actors.mentions(words), None)
        country = self.sources.actors.country(words) is not None and len(words) == 1
        return country or (named is not None and named.actor.kind == "armed_group")

    def _sourced(self, words: Sequence[Word], setting: Setting) -> list[Frame]:
        """ "The new figures from the ministry bring the toll to 300": a report with its maker, and no verb of saying."""
        for at, word in enumerate(words[:-2]):
            if word.low not in self._nouns - {"number", "numbers", "account", "letter"} or (is_name(word) and at):
                continue
            if words[at + 1].low == "that" and (speaker := self.subject(words, setting)):
                return [Frame(span_of(word), speaker, (Span(word.end, words[-1].end),), span_of(word), form="report")]
            if words[at + 1].low in {"by", "from"} and (phrase := after(words, at + 2)):
                source = self.sources.can_speak(words[phrase.first : phrase.last]) and self.sources.resolve(
                    words, phrase, setting
                )
                if source:
                    whole = Span(words[0].start, words[-1].end)
                    return [Frame(span_of(word), source, (whole,), naming(words, phrase), form="report")]
        return []


def _within_segments(words: Sequence[Word], found: Sequence[Frame]) -> tuple[Frame, ...]:
    """Frames reach over a contrast only into clauses that have no speaker of their own; none reaches past a plain "but"."""
    cuts = segments(words)
    if not cuts or not found:
        return tuple(found)
    edges = [words[0].start, *(words[cut].start for cut in cuts), words[-1].end + 1]
    spoken = [
        any(edges[at] <= frame.cue.start < edges[at + 1] for frame in found if frame.source) for at in range(len(edges) - 1)
    ]
    kept = []
    for frame in found:
        here = max(at for at in range(len(edges) - 1) if edges[at] <= frame.cue.start)
        low = high = here
        while low > 0 and not spoken[low - 1]:
            low -= 1
        while high + 1 < len(spoken) and not spoken[high + 1] and words[cuts[high]].low not in {"but", "although", "though", ","}:
            high += 1
        reach = Span(edges[low], edges[high + 1])
        scopes = (Span(max(scope.start, reach.start), min(scope.end, reach.end)) for scope in frame.scopes)
        kept.append(replace(frame, scopes=tuple(scope for scope in scopes if scope.start < scope.end)))
    return tuple(kept)


def _phrases(lexicon: Lexicon, topic: str) -> dict[str, list[tuple[str, ...]]]:
    """Phrases of several words by their first, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in lexicon.table(topic):
        for form in row["forms"]:
            found.setdefault(form.split()[0], []).append(tuple(form.split()))
    return {first: sorted(forms, key=len, reverse=True) for first, forms in found.items()}


def _starts(words: Sequence[Word], at: int, phrases: dict[str, list[tuple[str, ...]]]) -> int:
    """Length of the phrase that begins here; 0 when none does."""
    for phrase in phrases.get(words[at].low, ()):
        if tuple(word.low for word in words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


_COMPILED: WeakKeyDictionary[Lexicon, Speech] = WeakKeyDictionary()


def speech_of(lexicon: Lexicon) -> Speech:
    """The cues of a lexicon, compiled once."""
    found = _COMPILED.get(lexicon)
    if found is None:
        found = _COMPILED[lexicon] = Speech(lexicon)
    return found
