"""Verbs of saying and the frames they make: the subject before or behind the verb, a passive with its agent, a participle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from muster.evidence.lexicon import Lexicon
from muster.evidence.speakers.frames import Frame, is_postposed, naming, span_of
from muster.evidence.speakers.phrases import Phrase, Word, after, before, is_name, is_verb
from muster.evidence.speakers.sources import Setting, Source, Sources
from muster.evidence.text import Span
from muster.evidence.wordsets import word_set

__all__ = ["Saying"]

_QUOTES = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class _Verb:
    stance: str
    weak: bool
    relay: bool
    strict: bool
    needs: frozenset[str]
    near: frozenset[str]
    unless: tuple[str, ...]


class Saying:
    """The verbs of saying of a lexicon."""

    def __init__(self, lexicon: Lexicon, sources: Sources) -> None:
        self.sources = sources
        self._nouns = {form for row in lexicon.table("report_nouns") for form in row["forms"]}
        self._verbs: dict[str, _Verb] = {}
        for row in lexicon.table("speech"):
            for form in row["forms"]:
                self._verbs.setdefault(form, _verb(row))

    def frame(self, words: Sequence[Word], at: int, setting: Setting, found: Sequence[Frame]) -> Frame | None:
        """The frame of the verb of saying at this position; ``None`` when the word is none, or none here."""
        verb = self._verbs.get(words[at].low)
        lower = at == 0 or words[at].text.islower() or _in_capitals(words) or words[at - 1].text == ":"
        if words[at].low in {"call", "calls", "called"} and (named := self._called(words, at, setting)):
            return named
        if verb is None or not lower or self._idle(words, at, verb):
            return None
        if words[at].low in word_set("handed") and not self._figure_before(words, at):
            return None
        if words[at].low in word_set("put_at") and (placed := self._put_at(words, at, setting, verb)):
            return placed
        if words[at].low == "estimated" and at + 1 < len(words) and words[at + 1].low == "at":
            return None  # "its strength, but estimated at 5,000"
        if at + 1 < len(words) and words[at + 1].low == "by" and (agent := self._agent(words, at, setting, verb)):
            return agent
        if verb.stance == "asserted" and _negated(words, at):
            return None
        previous = _content_before(words, at)
        participle = words[at].low.endswith("ing")
        if previous is not None and words[previous].low in word_set("be") and not participle:
            return self._cited(words, at, setting, verb)
        if participle and not (at and words[at - 1].low in word_set("be")):
            return self._participle(words, at, setting, verb, found)
        phrase = before(words, at) or _parsed(words, at, setting)
        if phrase is not None:
            speaks = not verb.weak or self.sources.can_speak(words[phrase.first : phrase.last])
            return self._subject_first(words, at, phrase, setting, verb) if speaks else None
        opens = at == 0 or (at == 1 and words[0].low == "and") or (words[at - 1].text == ":" and not words[at].text.islower())
        if opens or words[at - 1].text in _QUOTES | {",", "—", "–", "-", "…"} or words[at - 1].low == "as":
            return self._inverted(words, at, setting, verb)
        return None

    def _called(self, words: Sequence[Word], at: int, setting: Setting) -> Frame | None:
        """ "What the court called “several hundred” rebels": its words; "the army calls the figure inflated": it denies it."""
        belittled = any(word.low in word_set("called_false") for word in words[at + 1 : at + 3])
        quoted = at + 1 < len(words) and words[at + 1].text in _QUOTES
        phrase = before(words, at) if quoted or belittled else None
        source = self._named(words, phrase, setting)
        if phrase is None or source is None:
            return None
        ends = (here for here in range(at + 2, len(words)) if words[here].text in _QUOTES and not belittled)
        closing = next(ends, len(words) - 1)
        stance = "denied" if belittled else "asserted"
        return Frame(span_of(words[at]), source, (Span(words[at].end, words[closing].end),), naming(words, phrase), stance)

    def _figure_before(self, words: Sequence[Word], at: int) -> bool:
        """ "A toll of 15 given by the army": what was given is a figure, and by somebody."""
        passive = at + 1 < len(words) and words[at + 1].low == "by"
        return passive and any(word.low in self._nouns for word in words[max(0, at - 7) : at])

    def _put_at(self, words: Sequence[Word], at: int, setting: Setting, verb: _Verb) -> Frame | None:
        """ "The toll, put at 13 by the army"."""
        if at + 2 >= len(words) or words[at + 1].low != "at":
            return None
        by = next((here for here in range(at + 3, min(len(words), at + 8)) if words[here].low == "by"), None)
        phrase = after(words, by + 1) if by is not None else None
        source = self._named(words, phrase, setting)
        if by is None or phrase is None or source is None:
            return None
        scope = Span(words[at].end, words[by].start)
        return Frame(span_of(words[at]), source, (scope,), naming(words, phrase), verb.stance, "by")

    def _idle(self, words: Sequence[Word], at: int, verb: _Verb) -> bool:
        """Not a verb of saying here: a noun, a reduced passive, an idiom, or without what it needs."""
        following = " ".join(word.low for word in words[at + 1 : at + 4]) + " "
        if any(following.startswith(f"{idiom} ") for idiom in verb.unless) or (
            following.startswith(("to have ", "to be ")) and not words[at].low.startswith("claim")
        ):
            return True
        noun = words[at].low in self._nouns | word_set("verbs_and_nouns")
        if noun and at and _is_base(words[at].low) and not _plural_before(words, at):
            return True
        participle = words[at].low.endswith("ed") or words[at].low == "found"
        if participle and at + 1 < len(words) and words[at + 1].low in word_set("auxiliaries"):
            return True  # "the men found were ..."
        if at and (words[at - 1].low in {"the", "a", "an", "its", "their", "this"} or (noun and following.startswith("of "))):
            return True
        if words[at].low in word_set("purposes") and at and words[at - 1].low == "to":
            return True  # what somebody has to look for, not what he tells
        if verb.needs and not verb.needs & {word.low for word in words[at + 1 : at + 22]}:
            return True
        if verb.near and not verb.near & {word.low for word in words[at + 1 : at + 4]}:
            return True
        if noun and not self._used_as_verb(words, at):
            return True
        return verb.strict and not any(word.text[0].isdigit() for word in words[at + 1 : at + 22])

    def _used_as_verb(self, words: Sequence[Word], at: int) -> bool:
        """Whether a form that is a noun too ("claims", "reports") is the verb here: it goes on with a statement."""
        if at and words[at - 1].text in _QUOTES | {","}:
            return True
        if at == 0 or at + 1 >= len(words) or words[at - 1].low in word_set("before_nouns") or is_verb(words, at - 1):
            return False
        following = words[at + 1]
        states = following.low in word_set("statement") or following.low == "to"
        return states or following.text[0].isdigit() or is_name(following)

    def _named(self, words: Sequence[Word], phrase: Phrase | None, setting: Setting) -> Source | None:
        if phrase is None or not self.sources.can_speak(words[phrase.first : phrase.last]):
            return None
        return self.sources.resolve(words, phrase, setting)

    def _agent(self, words: Sequence[Word], at: int, setting: Setting, verb: _Verb) -> Frame | None:
        """ "As reported by the army"; "the army was quoted by the agency": the agency passes on what the army said."""
        phrase = after(words, at + 2)
        source = self._named(words, phrase, setting)
        if phrase is None or source is None:
            return None
        scopes = (Span(words[0].start, words[at].start), Span(words[phrase.last - 1].end, words[-1].end))
        subject = before(words, at) if verb.relay else None
        said = self._named(words, subject, setting)
        if subject is not None and said is not None:
            return Frame(span_of(words[at]), said, scopes[1:], naming(words, subject), verb.stance, "citing", source.name)
        return Frame(span_of(words[at]), source, scopes, naming(words, phrase), verb.stance, "by")

    def _cited(self, words: Sequence[Word], at: int, setting: Setting, verb: _Verb) -> Frame | None:
        """ "30 had left, his office was cited as saying": who is cited says it."""
        subject = before(words, at) if verb.relay and any(word.low == "as" for word in words[at + 1 : at + 6]) else None
        source = self._named(words, subject, setting)
        if subject is None or source is None:
            return None
        scopes = (Span(words[0].start, words[subject.first].start), Span(words[at].end, words[-1].end))
        return Frame(span_of(words[at]), source, scopes, naming(words, subject), verb.stance)

    def _participle(self, words: Sequence[Word], at: int, setting: Setting, verb: _Verb, found: Sequence[Frame]) -> Frame | None:
        """ "..., adding that 30 fled": the speaker is the one before; "citing the army": the army, passed on."""
        scope = Span(words[at].end, words[-1].end)
        if verb.relay:
            phrase = after(words, at + 1)
            source = self._named(words, phrase, setting)
            if phrase is None or source is None or source.name == "article":
                return None
            whole = Span(words[0].start, words[-1].end)
            return Frame(span_of(words[at]), source, (whole,), naming(words, phrase), verb.stance, "citing")
        if (absolute := before(words, at)) and absolute.first and words[absolute.first - 1].low == "with":
            source = self._named(words, absolute, setting)
            return Frame(span_of(words[at]), source, (scope,), naming(words, absolute), verb.stance, "adding") if source else None
        last = next((frame for frame in reversed(found) if frame.source and frame.form != "citing"), None)
        if last is not None:
            return Frame(span_of(words[at]), last.source, (scope,), last.naming, verb.stance, "adding")
        opening = next((here for here in range(at - 1, -1, -1) if is_verb(words, here)), None)
        phrase = before(words, opening) if opening else None
        source = self._named(words, phrase, setting)
        if phrase is None or source is None:
            return None
        return Frame(span_of(words[at]), source, (scope,), naming(words, phrase), verb.stance, "adding")

    def _subject_first(self, words: Sequence[Word], at: int, phrase: Phrase, setting: Setting, verb: _Verb) -> Frame | None:
        source = self.sources.resolve(words, phrase, setting)
        if source is None:
            return None
        if verb.relay:
            return self._quoting(words, at, setting, verb, source, subject=phrase.first)
        follows = Span(words[at].end, words[-1].end)
        scopes: tuple[Span, ...] = (follows,)
        if verb.stance != "planned" and is_postposed(words, at, phrase.first):
            scopes = (Span(words[0].start, words[phrase.first].start), follows)
        return Frame(span_of(words[at]), source, scopes, naming(words, phrase), verb.stance, _form(words[at], "said"))

    def _quoting(
        self, words: Sequence[Word], at: int, setting: Setting, verb: _Verb, relay: Source, *, subject: int
    ) -> Frame | None:
        """ "The agency quoted the army as saying": the army, passed on by the agency."""
        phrase = after(words, at + 1)
        source = self._named(words, phrase, setting)
        if phrase is None or source is None:
            return None
        scopes = (Span(words[phrase.last - 1].end, words[-1].end), Span(words[0].start, words[subject].start))
        reach = scopes if is_postposed(words, at, subject) else scopes[:1]
        return Frame(span_of(words[at]), source, reach, naming(words, phrase), verb.stance, "citing", relay.name)

    def _inverted(self, words: Sequence[Word], at: int, setting: Setting, verb: _Verb) -> Frame | None:
        phrase = after(words, at + 1)
        source = self._named(words, phrase, setting)
        if phrase is None or source is None or verb.stance == "planned":
            return None
        end = max(phrase.last, phrase.beside_last)
        scopes = (Span(words[0].start, words[at].start), Span(words[end - 1].end, words[-1].end))
        return Frame(span_of(words[at]), source, scopes, naming(words, phrase), verb.stance, _form(words[at], "inverted"))


def _form(verb: Word, otherwise: str) -> str:
    """Papers report what others say; so "reported" may only pass a statement on."""
    return "reported" if verb.low in {"report", "reports", "reported"} else otherwise


def _verb(row: Mapping[str, Any]) -> _Verb:
    return _Verb(
        row.get("stance", "asserted"),
        bool(row.get("weak")),
        bool(row.get("relay")),
        bool(row.get("strict")),
        frozenset(row.get("needs", ())),
        frozenset(row.get("near", ())),
        tuple(row.get("unless", ())),
    )


def _parsed(words: Sequence[Word], at: int, setting: Setting) -> Phrase | None:
    """The subject a parse gives the verb, when there is one and it stands before the verb."""
    span = setting.subjects.get(words[at].start)
    if span is None or span.end > words[at].start:
        return None
    inside = [here for here in range(at) if span.start <= words[here].start < span.end]
    comma = next((here for here in inside if words[here].text == ","), None)
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    return Phrase(first, last) if comma is None else Phrase(first, comma, comma + 1, last)


def _in_capitals(words: Sequence[Word]) -> bool:
    """Whether this is a headline that writes every word with a capital."""
    letters = [word for word in words if word.text[0].isalpha() and len(word.text) > 3]
    return 3 < len(letters) < 30 and all(word.text[0].isupper() for word in letters)


def _is_base(form: str) -> bool:
    return not form.endswith(("s", "ed", "ing"))


def _plural_before(words: Sequence[Word], at: int) -> bool:
    """Whether a bare form can be a verb here: behind a plural or a modal ("officials estimate", "would claim")."""
    if words[at - 1].low in word_set("auxiliaries") | word_set("adverbs"):
        return True
    phrase = before(words, at)
    lows = [word.low for word in words[phrase.first : phrase.last]] if phrase else []
    return any(low in word_set("plurals") or (low.endswith("s") and len(low) > 3) for low in lows)


def _negated(words: Sequence[Word], at: int) -> bool:
    """ "Could not confirm": the verb group holds a negation."""
    while at > 0 and (words[at - 1].low in word_set("auxiliaries") | word_set("adverbs") or words[at - 1].low.endswith("ly")):
        at -= 1
        if words[at].low in word_set("negations"):
            return True
    return at > 1 and words[at - 1].low == "to" and words[at - 2].low in {"unable", "declined", "refused", "impossible"}


def _content_before(words: Sequence[Word], at: int) -> int | None:
    at -= 1
    while at >= 0 and (words[at].low.endswith("ly") or words[at].low in {"also", "not", "since"}):
        at -= 1
    return at if at >= 0 else None
