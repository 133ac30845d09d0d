"""Who a noun phrase stands for when it is the subject of a verb of saying: a known body, an unknown one, or just a role.

"Kyaw Zaw, a spokesman for the NUG" is the NUG; "a report by the institute" is the institute; "high-ranking Turkish
sources" stay themselves; "he", "the group" and "the report" are somebody named before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from muster.evidence.actors import Actors, Mention, actors_of
from muster.evidence.lexicon import Lexicon
from muster.evidence.phrases import Phrase, Word, is_name
from muster.evidence.wordsets import word_set

__all__ = ["Source", "Sources", "sources_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who says something. ``refers`` is how he points back, when the phrase names nobody: pronoun or definite."""

    name: str
    side: str
    reliability: str = "F"
    refers: str | None = None
    head: str = ""
    person: str | None = None
    known: bool = False


class Sources:
    """Resolves noun phrases with the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.actors: Actors = actors_of(lexicon)
        self._voices = [(row["side"], frozenset(row["forms"]), bool(row.get("former"))) for row in lexicon.table("voices")]
        self._speaking = frozenset().union(*(forms for _, forms, _ in self._voices)) | word_set("roles")
        self._reports = _forms(lexicon.table("report_nouns"))
        self._makers = _forms(lexicon.table("made_by"))
        self._pronouns = _forms(lexicon.table("pronouns"))
        self._definite = _forms(lexicon.table("definite"))

    def can_speak(self, words: Sequence[Word]) -> bool:
        """Whether any of these words is a name, a role, a report or a pronoun: something a figure can come from."""
        return any(
            word.low in self._speaking
            or word.low in self._reports
            or word.low in self._pronouns
            or (is_name(word) and (at or word.text.isupper() or word.low not in word_set("skip")))
            for at, word in enumerate(words)
        )

    def resolve(self, words: Sequence[Word], phrase: Phrase, *, conflict: str | None) -> Source | None:
        """Who the phrase stands for; ``None`` when it can be nobody who says things."""
        main, beside = list(words[phrase.first : phrase.last]), list(words[phrase.beside_first : phrase.beside_last])
        main = [word for word in main if word.text not in "()\"'“”"] if len(main) == 1 else main
        if not main:
            return None
        if main[-1].low in self._pronouns and len(main) == 1:
            return Source(main[-1].text, "unknown", refers="pronoun", head=main[-1].low)
        report = self._report(main)
        if report is not None:
            made, head = report
            if not made:
                return Source(_said(main), "independent", refers="definite", head=head)
            main = made
        return self._somebody(main, beside, conflict)

    def _report(self, main: list[Word]) -> tuple[list[Word], str] | None:
        """The makers of a report and its noun, when the phrase is a report; no makers when it says not whose."""
        for at, word in enumerate(main):
            if word.low not in self._reports or (is_name(word) and at and is_name(main[at - 1])):
                continue
            if word.low in {"records", "post", "record"} and is_name(word):
                continue
            for maker in range(at + 1, min(len(main), at + 12)):
                if main[maker].low in self._makers and (main[maker].low != "of" or not self._of_subject(main, maker)):
                    return main[maker + 1 :], word.low
            before = [other for other in main[:at] if other.low not in word_set("skip")]
            if any(is_name(other) or other.low in self._speaking for other in before):
                return [other for other in main[:at] if other.low not in {"latest", "new", "recent", "own", "previous"}], word.low
            return [], word.low
        return None

    def _of_subject(self, main: list[Word], of: int) -> bool:
        """ "A count of soldiers" says what is counted, "data of the bureau" whose it is."""
        return not any(is_name(word) or word.low in word_set("organs") for word in main[of + 1 : of + 6])

    def _somebody(self, main: list[Word], beside: list[Word], conflict: str | None) -> Source:
        everything = main + beside
        named = _person(main, self.actors)
        known = self._known(main, beside, person=named)
        if known is not None:
            actor = known.actor
            side = self.actors.side(actor, conflict)
            return Source(actor.name, side, actor.reliability, head=_head(main), person=named, known=True)
        organisation = _organisation(main if named is None else beside or main)
        side = self._side(everything, conflict)
        if organisation:
            return Source(organisation, side, head=_head(main), person=named)
        if named:
            return self._titled(main, beside, named, side)
        head = _head(main)
        first = main[0].low
        if (
            first in {"the", "that", "this", "one", "another", "its", "their", "his"}
            and head in self._definite
            and len(main) <= 3
        ):
            return Source(_said(main), side, refers="definite", head=head)
        return Source(_said(main), side, head=head)

    def _titled(self, main: list[Word], beside: list[Word], named: str, side: str) -> Source:
        """A person: by his role when the text gives one, else by his name."""
        role = [word for word in main if not is_name(word) or word.low in word_set("titles") | word_set("roles")]
        words = (
            beside
            if any(word.low in word_set("roles") for word in beside)
            else role
            if any(w.low in word_set("roles") for w in role)
            else []
        )
        if side == "unknown":
            side = "independent"
        del words
        return Source(named, side, head="person", person=named)

    def _known(self, main: list[Word], beside: list[Word], *, person: str | None) -> Mention | None:
        """The actor the phrase names, unless it names him only to say where a private person stands."""
        for words in (main, beside):
            for found in self.actors.mentions(words):
                loose = any(word.low.rstrip("s") in word_set("loose") for word in words[: found.first])
                if not (loose and found.actor.side in {"state", "opposition"}):
                    return found
            if words is main and person is None and _organisation(main):
                return None
        return None

    def _side(self, words: Sequence[Word], conflict: str | None) -> str:
        """By the nouns of the phrase; a state's is foreign when it is not the state of the conflict."""
        lows = {word.low for word in words} | {word.low.rstrip("s") for word in words}
        former = bool(lows & {"former", "ex", "retired", "anonymous"})
        country = self.actors.country(words)
        if lows & {"un", "u.n."} or {"united", "nations"} <= lows:
            return "un"
        for side, forms, _ in self._voices:
            if not lows & forms:
                continue
            if side == "state" and former:
                return "independent"
            if side in {"state", "unknown"} and country:
                return "state" if country == conflict else "foreign_state"
            if side == "independent" and lows & {"state", "state-run", "state-owned", "official", "pro-government"} & lows:
                return "state" if country in {None, conflict} else "foreign_state"
            return side
        return "foreign_state" if country and country != conflict else "unknown"


_COMPILED: WeakKeyDictionary[Lexicon, Sources] = WeakKeyDictionary()


def sources_of(lexicon: Lexicon) -> Sources:
    """The resolver of a lexicon, compiled once."""
    found = _COMPILED.get(lexicon)
    if found is None:
        found = _COMPILED[lexicon] = Sources(lexicon)
    return found


def _forms(rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(form for row in rows for form in row["forms"])


def _said(words: Sequence[Word]) -> str:
    """The phrase as a name: without article, and without what a relative clause adds."""
    kept: list[str] = []
    for word in words:
        if word.low in {"who", "which", "that"} and kept:
            break
        if kept or word.low not in {"the", "a", "an"}:
            kept.append(word.text)
    return " ".join(kept).replace(" ,", ",").replace("( ", "(").replace(" )", ")")


def _head(words: Sequence[Word]) -> str:
    """The last noun before a preposition or relative clause."""
    last = words[0].low if words else ""
    for word in words:
        if word.low in word_set("prepositions") or word.low in {"at", "who", "which", "that", "close", "("}:
            break
        last = word.low
    return last


def _person(words: Sequence[Word], actors: Actors) -> str | None:
    """A run of two to four capitalised words that is no body, country or title."""
    run: list[str] = []
    best: list[str] = []
    for word in words:
        plain = (
            is_name(word)
            and word.low not in word_set("titles") | word_set("organs") | word_set("skip")
            and not word.text.isupper()
        )
        particle = word.low in {"al", "bin", "ibn", "de", "el", "van", "von"} and run
        if (plain or particle) and not actors.country([word]):
            run.append(word.text)
            if word.text.endswith(("'s", "’s")):
                run = []
        elif word.text not in {"-", "."}:
            if len(run) >= len(best):
                best = run
            run = []
    best = run if len(run) >= len(best) else best
    if any(word.low in word_set("organs") and is_name(word) for word in words) and len(best) < 2:
        return None
    return " ".join(best) if 1 <= len(best) <= 5 and any(len(part) > 2 for part in best) else None


def _organisation(words: Sequence[Word]) -> str | None:
    """The longest run of capitalised words that holds a word for a body, or an abbreviation."""
    runs: list[list[Word]] = [[]]
    for at, word in enumerate(words):
        joins = word.low in {"of", "for", "and", "the", "on", "in", "&", "to"} and runs[-1]
        follows = any(is_name(other) for other in words[at + 1 : at + 3])
        if is_name(word) or (joins and follows):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    for run in sorted(runs, key=len, reverse=True):
        if any(word.low in word_set("organs") for word in run) or any(word.text.isupper() and len(word.text) > 2 for word in run):
            while run and run[0].low in {"the", "and"}:
                run = run[1:]
            return " ".join(word.text for word in run)
    return None
