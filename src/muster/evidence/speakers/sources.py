"""Who a noun phrase stands for when it is the subject of a verb of saying: a known body, an unknown one, or just a role.

"Kyaw Zaw, a spokesman for the NUG" is the NUG; "a report by the institute" is the institute; "high-ranking Turkish
sources" stay themselves; "he", "the group" and "the report" are somebody named before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal
from weakref import WeakKeyDictionary

from muster.evidence.lexicon import Lexicon
from muster.evidence.speakers.actors import Actors, Mention, actors_of
from muster.evidence.speakers.naming import (
    common_words,
    head_of,
    is_another,
    is_nobody,
    name_of,
    organisation_in,
    person_in,
    possessive,
    titled_name,
    without_agent,
    without_brackets,
    without_clause,
    without_time,
)
from muster.evidence.speakers.phrases import Phrase, Word, is_name
from muster.evidence.speakers.source import Setting, Source
from muster.evidence.wordsets import ordinary_words, word_set

__all__ = ["Setting", "Source", "Sources", "sources_of"]


OWNED = ("-run", "-owned", "-controlled", "-backed", "-funded")  # "regime-run" is the regime's


class Sources:
    """Resolves noun phrases with the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.actors: Actors = actors_of(lexicon)
        self._voices = [(row["side"], frozenset(row["forms"])) for row in lexicon.table("voices")]
        self._private = frozenset().union(*(forms for side, forms in self._voices if side == "independent")) - word_set("organs")
        self._opposing = frozenset().union(*(forms for side, forms in self._voices if side == "opposition"))
        self._ruling = frozenset().union(*(forms for side, forms in self._voices if side in {"state", "foreign_state"}))
        self._speaking = frozenset().union(*(forms for _, forms in self._voices)) | word_set("roles")
        self._reports = _forms(lexicon.table("report_nouns"))
        self._makers = _forms(lexicon.table("made_by"))
        self._pronouns = _forms(lexicon.table("pronouns"))
        self._definite = _forms(lexicon.table("definite"))

    def can_speak(self, words: Sequence[Word]) -> bool:
        """Whether any of these words is a name, a role, a report or a pronoun: something a figure can come from."""
        return any(
            word.low in self._speaking
            or word.low.removesuffix("s") in word_set("loose")
            or word.low in self._reports
            or word.low in self._pronouns
            or (is_name(word) and word.low not in word_set("skip") | word_set("times") | word_set("channels"))
            for word in words
        )

    def has_role(self, words: Sequence[Word]) -> bool:
        """Whether a word for a body or a role is among these: a headline names by it who speaks, not what it is about."""
        return any(word.low in self._speaking | word_set("organs") | self._reports for word in words)

    def resolve(self, words: Sequence[Word], phrase: Phrase, setting: Setting) -> Source | None:
        """Who the phrase stands for; ``None`` when it can be nobody who says things."""
        full = without_brackets(list(words[phrase.first : phrase.last]))
        beside = list(words[phrase.beside_first : phrase.beside_last])
        behind = words[phrase.last : phrase.last + 6]
        relative = behind if behind and behind[0].low == "who" else ()
        left = any(word.low in word_set("exits") for word in (*full, *beside, *relative))
        left = left or any(word.low in {"retired", "former"} for word in words[phrase.first : phrase.last])
        aside: list[Word] = []
        if (
            beside
            and beside[0].low in {"who", "which", "whose"}
            and not any(word.low in word_set("leading") for word in beside[:3])
        ):
            aside, beside = beside, []  # what he does, not whom he speaks for
        main = without_time(without_clause(full))
        if not main:
            return None
        if main[-1].low in self._pronouns and not any(is_name(word) for word in main[1:]):
            return Source(main[-1].text, "unknown", refers="pronoun", head=main[-1].low)
        if is_another(main):
            return Source(name_of(main), "unknown", refers="like", head="one")
        if is_nobody(main):
            return None
        report = self._report(main)
        if report is not None:
            return self._reported(main, beside, report, setting)
        source = self._somebody(main, without_clause(beside), setting)
        source = replace(source, owned=self._leans(main, beside, source), said_as=common_words(main + beside))
        if source.side == "unknown" and aside:
            source = replace(source, side=self._side(aside, setting))  # "the group, which monitors the war"
        return replace(source, side="independent") if left and not source.known else source

    def _reported(self, main: list[Word], beside: list[Word], report: tuple[list[Word], str], setting: Setting) -> Source:
        """Who made a report: named in the phrase or beside it, else the report stands for itself or for one before."""
        made, head = report
        if not made and (by := next((at for at, word in enumerate(beside) if word.low in {"by", "from"}), None)) is not None:
            made = beside[by + 1 :]
        if made and made[0].low not in {"inside", "within", "across", "around", "throughout"}:
            shared = next((at for at, word in enumerate(made) if at and word.low in {"with", "to"}), len(made))
            return replace(self._somebody(without_time(made[:shared]), [], setting), report=True)
        pointing = main[0].low in word_set("pointers")
        name = name_of(main) if pointing or main[0].low in {"a", "an"} else "article"
        printed = any(word.low == "in" and is_name(main[at]) for at, word in enumerate(main[:-1], start=1))
        return Source(name, "independent", refers="definite" if pointing else None, head=head, report=True, media=printed)

    def _leans(self, main: list[Word], beside: list[Word], source: Source) -> bool:
        """Whether he speaks for a body that the phrase does not name."""
        lows = [word.low for word in (*main, *beside)]
        spokesman = any(low in word_set("speakers_for") for low in lows)
        if source.known or not (spokesman or lows[:1] in (["its"], ["their"])):
            return False
        foreign = self.actors.country(main + beside) is not None
        bodies = word_set("organs") - {"group", "force", "forces", "movement", "alliance", "front", "staff", "organisation"}
        return not foreign and not any(low in bodies or low in self._opposing for low in lows)

    def _report(self, main: list[Word]) -> tuple[list[Word], str] | None:
        """The makers of a report and its noun, when the phrase is a report; no makers when it says not whose."""
        head = head_of(main)
        if head in word_set("roles") or head.removesuffix("s") in word_set("roles") | word_set("loose") | {"source"}:
            return None  # "intelligence officials" are people
        for at, word in enumerate(main):
            if word.low not in self._reports or (is_name(word) and at and is_name(main[at - 1])):
                continue
            owners = [other for other in main[:at] if other.low not in word_set("skip") | word_set("report_adjectives")]
            owned = bool(owners) and (possessive(owners[-1]) or next(self.actors.mentions(owners), None) is not None)
            if owned:
                return owners, word.low
            for maker in range(at + 1, min(len(main), at + 12)):
                passed_on = main[maker - 1].low in word_set("passed_on")
                if main[maker].low in self._makers and not passed_on and (main[maker].low != "of" or self._owned(main, maker)):
                    return without_agent(main[maker + 1 :]), word.low
            behind = main[at + 1 :]  # "conflict tracker Ruba Watch"
            if behind and any(found.first == 0 for found in self.actors.mentions(behind)):
                return behind, word.low
            named = any(is_name(other) and other.low not in ordinary_words() for other in owners)
            if named or self.actors.country(owners) or any(other.low in self._speaking for other in owners):
                return without_agent(main), word.low
            return [], word.low
        return None

    def _owned(self, main: list[Word], of: int) -> bool:
        """ "A count of soldiers" says what is counted, "data of the bureau" whose it is."""
        owners = word_set("organs") | word_set("roles") | {"prosecutors", "authorities", "officials"}
        counted = main[of - 1].low in {"number", "numbers", "count", "toll", "tally"}
        return not counted and any(is_name(word) or word.low in owners for word in main[of + 1 : of + 6])

    def _somebody(self, main: list[Word], beside: list[Word], setting: Setting) -> Source:
        aside = next((at for at, word in enumerate(beside) if at and word.low in {"with", "during"}), len(beside))
        beside = beside[:aside]  # "an engineer with 20 years of service" is not the service
        person = person_in(main, self.actors) or person_in(beside, self.actors)
        found = self._known(main, setting, person=person) or self._known(beside, setting, person=person)
        if found is not None and found.actor.side != "independent" and head_of(main) in self._private:
            found = None  # "Russian military bloggers" are not the military
        return self._actor(main, found, person, setting) if found else self._unlisted(main, beside, person, setting)

    def _actor(self, main: list[Word], found: Mention, person: str | None, setting: Setting) -> Source:
        """The known actor of a phrase."""
        actor = found.actor
        inside = " ".join(word.text for word in main[found.first : found.last])
        person = None if person is None or person in inside else person
        some = main[-1].low.removesuffix("s") in word_set("loose")
        name = name_of(main) if actor.as_written or some else actor.name
        side = self.actors.side(actor, setting.conflict)
        media = actor.kind == "media"
        return Source(name, side, actor.reliability, head=head_of(main), person=person, known=True, media=media)

    def _unlisted(self, main: list[Word], beside: list[Word], person: str | None, setting: Setting) -> Source:
        """A body, a person or a role that no list knows."""
        side = self._side(main + beside, setting)
        if head_of(main).removesuffix("s") in {"member", "fighter"} and side in {"unknown", "independent"}:
            sides = {self.actors.side(named.actor, setting.conflict) for named in self.actors.mentions(main)}
            side = "opposition" if "opposition" in sides else side  # a rebel is no bystander
        if side == "unknown" and any(is_name(word) for word in main[1:] or main):
            side = "independent"  # a name no list knows is most often a paper, a monitor or a private person
        organisation = None
        body = bool(beside) and head_of(beside) in word_set("organs") | word_set("bodies")
        if person is not None and body and not any(word.low in word_set("roles") for word in beside):
            organisation, person = person, None  # "Ruba Analytica, a research group"
        elif not any(word.low in word_set("envoys") for word in main) and head_of(main) not in word_set("witnesses"):
            unnamed = person is not None or not any(is_name(word) and organisation_in([word], self.actors) for word in main)
            organisation = (unnamed and organisation_in(beside, self.actors)) or organisation_in(main, self.actors)
        if organisation:
            person = person if person and person not in organisation else None
            return self._body(organisation, main, main + beside, setting, person=person, side=side)
        if len(main) == 2 and main[0].low in word_set("titles") and len(main[1].text.rstrip(".")) == 1:
            return Source(name_of(main), "independent", head=main[0].low)  # "Captain N.": a witness without his name
        if person:
            return Source(
                titled_name(main, beside, person), "independent" if side == "unknown" else side, head="person", person=person
            )
        head = head_of(main)
        pointing = (
            main[0].low in word_set("pointers") - {"another"}
            and bool({head, head.removesuffix("s")} & self._definite)
            and len(main) <= 3
        )
        return Source(name_of(main), side, refers="definite" if pointing else None, head=head)

    def _body(self, name: str, main: list[Word], whole: list[Word], setting: Setting, *, person: str | None, side: str) -> Source:
        """A body by its name. A spokesman is nobody's by himself; a body that is only named for a land is no state's."""
        name = name.removesuffix("'s").removesuffix("’s")
        own = [word for word in whole if word.low not in word_set("speakers_for")]
        side = self._side(own, setting) if len(own) < len(whole) else side
        if side == "foreign_state" and not any(word.low in self._ruling for word in own):
            side = "independent"
        return Source(setting.abbreviations.get(name, name), side, head=head_of(main), person=person)

    def _known(self, words: list[Word], setting: Setting, *, person: str | None) -> Mention | None:
        """The actor the phrase names, unless it names him only to say where somebody else stands."""
        for found in self.actors.mentions(words):
            meant = setting.abbreviations.get(words[found.first].text) if found.last - found.first == 1 else None
            if meant and self.actors.canonical(meant) != found.actor.name:  # the text says what its abbreviation stands for
                if (actor := self.actors.named(meant)) is not None:
                    return Mention(found.first, found.last, actor)
                continue
            ahead = [word.low for word in words[: found.first]]
            if any(low.rstrip("s") in word_set("loose") for low in ahead) and found.actor.side in {"state", "opposition"}:
                continue
            before = words[found.first - 1] if found.first else None
            longer = before is not None and is_name(before) and not possessive(before) and "-" not in before.text
            if longer and before and not found.actor.as_written and found.last - found.first > 1 and not self._qualifies(before):
                continue  # "the Tigray People's Defence Force" is not the People's Defence Force
            if person is None and {"with", "to", "against", "by", "between"} & set(ahead):
                continue
            sent = any(word.low in word_set("envoys") for word in words[found.last : found.last + 2])
            if sent and found.first and self.actors.country(words[: found.first]):
                continue  # "Libya's U.N. ambassador" is Libya's
            return found
        return None

    def _qualifies(self, word: Word) -> bool:
        """Whether a capitalised word only describes the name behind it: a country, a title, an article."""
        plain = word_set("titles") | word_set("skip") | word_set("press") | word_set("organs") | self._speaking
        return word.low in plain or self.actors.country([word]) is not None or word.low in ordinary_words()

    def _side(self, words: Sequence[Word], setting: Setting) -> str:
        """By the nouns of the phrase; a state's is foreign when it is not the state of the conflict."""
        full = [setting.abbreviations.get(word.text, word.low).lower() for word in words]
        lows = {low for part in full for low in part.split()}
        lows |= {low.rstrip("s") for low in lows} | {low.partition("-")[0] for low in lows if low.endswith(OWNED)}
        country = self.actors.country(words)
        national = "state" if self.actors.at_home(country, setting.conflict) else "foreign_state"
        lows -= {"press"} if "release" in lows else set()
        lows -= {"western"} if lows & {"command", "division", "region", "front", "zone", "district"} else set()
        if lows & word_set("press") and not lows & self._opposing - {"exile", "exiled"}:
            return national if lows & word_set("owners") else "independent"
        if {"un", "u.n."} & lows and not (country and lows & word_set("envoys")) or {"united", "nations"} <= lows:
            return "un"
        if "armed" in lows and lows & {"group", "wing", "organisation", "organization", "faction"} and not lows & {"state"}:
            return "opposition"
        if lows & word_set("ties") and (tied := next(self.actors.mentions(words), None)):
            return self.actors.side(tied.actor, setting.conflict)
        former = bool(lows & {"former", "ex", "retired"})
        head = head_of(words).removesuffix("s")
        ruling = head in word_set("rulers") and not (head == "official" and lows & word_set("carers"))
        ruling = ruling or bool(lows & {"intelligence", "investigative", "federal", "parliamentary"})
        metonym = country is not None and any(last - first == len(words) for _, first, last in self.actors.countries(words))
        metonym = metonym or (country is not None and bool(lows & {"defence", "defense"}) and "force" in lows)
        if not lows & self._opposing and (ruling or metonym) and not lows & word_set("western"):
            return "independent" if former else national
        return self._voice(lows, country, national, former="yes" if former else "no")

    def _voice(self, lows: set[str], country: str | None, national: str, *, former: Literal["yes", "no"]) -> str:
        for side, forms in self._voices:
            if not lows & forms:
                continue
            if side == "state":
                return "independent" if former == "yes" else national
            if side == "unknown" and country:
                return "foreign_state" if national == "foreign_state" else "independent"
            return side
        return "foreign_state" if national == "foreign_state" else "unknown"


_COMPILED: WeakKeyDictionary[Lexicon, Sources] = WeakKeyDictionary()


def sources_of(lexicon: Lexicon) -> Sources:
    """The resolver of a lexicon, compiled once."""
    found = _COMPILED.get(lexicon)
    if found is None:
        found = _COMPILED[lexicon] = Sources(lexicon)
    return found


def _forms(rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(form for row in rows for form in row["forms"])
