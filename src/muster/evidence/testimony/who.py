"""Who bears witness in a text, and which sentences are theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from muster.evidence.persons.find import PersonMention
from muster.evidence.testimony.words import TestimonyWords
from muster.evidence.text import Span
from muster.evidence.word_patterns import Term, split_terms

CONTACTS = ("e-mail", "link", "phone", "id", "place", "script")
UNWILLING = ("arrested", "discharged")  # ways out that make a witness only of one who speaks
SUBJECT_REACH = 140  # characters from a name to the verb of which it is the subject
LONGEST = 120  # words of a sentence in which a person may be brought in
ONE_OF = re.compile(r"\bone of (?:them|the)\b[^.;“”]{0,30}\Z")
AGED = re.compile(r"^\d{1,2}-y(?:ea)?r-old$")
HOME = re.compile(
    r"\b(?:fled|left|abandon\w*|fleeing|leaving)\s+(?:\w+\s+){0,2}(?:village|home|homes|house|town|city|country|school)\b"
)


@dataclass(slots=True)
class Sentence:
    """A sentence with its words and the mentions of persons in it."""

    span: Span
    terms: list[Term]
    mentions: list[PersonMention]
    exits: list[tuple[str, int]]
    quoted: bool
    paragraph: bool


@dataclass(slots=True)
class Witness:
    """Somebody who left: a person of the document, or a description; the sentences that are about him or her."""

    person: int | None
    intro: tuple[int, int]
    described: tuple[str, ...] = ()
    kin: bool = False
    writes: bool = False  # the text itself is told by this person
    way: str | None = None  # of the group the person is one of, where nothing else is said
    sentences: list[Sentence] = field(default_factory=list)
    sure: bool = False


def read_sentences(text: str, spans: Sequence[Span], persons: Sequence[PersonMention], words: TestimonyWords) -> list[Sentence]:
    """Sentences with what is in them; a sentence that stands inside an open quotation counts as quoted."""
    mentions = [mention for mention in persons if mention.why not in CONTACTS]
    read: list[Sentence] = []
    place = 0
    open_quote = False
    before = 0
    for span in spans:
        while place < len(mentions) and mentions[place].start < span.start:
            place += 1
        stop = place
        while stop < len(mentions) and mentions[stop].start < span.end:
            stop += 1
        piece = text[span.start : span.end]
        terms = split_terms(text, span.start, span.end)
        quoted = open_quote or "“" in piece or '"' in piece
        opened, closed = piece.rfind("“"), piece.rfind("”")
        open_quote = opened > closed if opened != closed else open_quote
        exits = [(label, match.first) for label, match in words.exits.find(terms)]
        read.append(Sentence(span, terms, mentions[place:stop], exits, quoted, "\n" in text[before : span.start]))
        before = span.end
        place = stop
    return read


def gather(text: str, sentences: list[Sentence], words: TestimonyWords) -> list[Witness]:
    """All witnesses with their sentences, in order of appearance."""
    named: dict[int, Witness] = {}
    witnesses: list[Witness] = []
    current: Witness | None = None
    waiting: list[Sentence] = []
    for number, sentence in enumerate(sentences):
        private = [mention for mention in sentence.mentions if not mention.public]
        fresh = None if private else _described(number, sentences, words)
        if private:
            witness = named.get(private[0].person)
            if witness is None:
                witness = named[private[0].person] = Witness(private[0].person, (private[0].start, private[0].end))
                witnesses.append(witness)
            if _plural_near(number, sentences) and ONE_OF.search(text[max(0, private[0].start - 40) : private[0].start]):
                witness.sure = True
                witness.way = witness.way or next(
                    (e for o in sentences[max(0, number - 2) : number + 1] for e, _ in o.exits), None
                )
            if current is not None and current is not witness and _opens_with_pronoun(sentence, private[0], words):
                current.sentences.append(sentence)
            current = witness
        elif fresh is not None and not (fresh.kin and current is None):
            witnesses.append(fresh)
            fresh.way = next((label for other in sentences[max(0, number - 2) : number + 1] for label, _ in other.exits), None)
            if fresh.kin:
                fresh.sentences.append(sentence)
            else:
                current = fresh
        elif current is not None and not _continues(sentence, current, words):
            waiting.append(sentence)
            if len(waiting) > 1 or sentence.paragraph or any(mention.public for mention in sentence.mentions):
                current = None
            continue
        if current is not None:
            # A sentence between two of the same person's, in one paragraph, is that person's too.
            if not private and fresh is None and waiting and not (sentence.paragraph or waiting[0].paragraph):
                current.sentences += waiting
            current.sentences.append(sentence)
        waiting = []
    for witness in witnesses:
        witness.sure = witness.sure or (witness.person is not None and _left(text, witness, words))
    return [witness for witness in witnesses if witness.sure]


def _opens_with_pronoun(sentence: Sentence, mention: PersonMention, words: TestimonyWords) -> bool:
    """Whether "he" or "his" stands before the first name: the sentence is then about the person before as well."""
    return any(term.low in words.about["pronoun"] for term in sentence.terms if term.end <= mention.start)


def _continues(sentence: Sentence, current: Witness, words: TestimonyWords) -> bool:
    """Whether a sentence without a name still speaks of the same person."""
    lows = [term.low for term in sentence.terms]
    if any(mention.public for mention in sentence.mentions):
        return False
    if words.about["pronoun"].intersection(lows):
        return True
    if (sentence.quoted or current.writes) and words.about["first_person"].intersection(lows):
        return True
    nouns = words.force | words.leavers | words.civil
    return any(
        low in words.about["definite"]
        and (AGED.match(lows[k + 1]) or lows[k + 1] in nouns or (lows[k + 1] in words.about["former"] and k + 2 < len(lows)))
        for k, low in enumerate(lows[:-1])
    )


def _described(number: int, sentences: list[Sentence], words: TestimonyWords) -> Witness | None:
    """A person brought in by description in this sentence, if one is."""
    sentence = sentences[number]
    terms = sentence.terms[:LONGEST]
    lows = [term.low for term in terms]
    speaks = any(low in words.speech for low in lows)
    for k, low in enumerate(lows):
        if low in words.kin and k and lows[k - 1] in ("his", "her", "my") and sentence.exits:
            rank = [other for other in lows[k + 1 : k + 8] if other in words.force or other in words.leavers]
            if rank and any(place > k for _, place in sentence.exits):
                return Witness(None, (terms[k].start, terms[k].end), (low, *rank), kin=True, sure=True)
        if (
            low == "i"
            and not sentence.quoted
            and lows[k + 1 : k + 2]
            and lows[k + 1] in ("was", "am", "served", "joined", "deserted", "defected")
        ):
            service = [other for other in lows[k + 1 : k + 8] if other in words.force or other in words.leavers]
            if service:
                return Witness(None, (terms[k].start, terms[k].end), tuple(service), writes=True, sure=True)
        if low not in words.about["indefinite"]:
            continue
        phrase = _phrase(lows, k, words)
        if phrase is None:
            if low == "one" and speaks and k + 1 < len(lows) and lows[k + 1] in ("who", "of") and _plural_near(number, sentences):
                kind = _plural_noun(number, sentences, words)
                return Witness(None, (terms[k].start, terms[k].end), kind, sure=True) if kind else None
            continue
        if _beside_name(sentence, terms[k].start, terms[phrase].end):
            continue
        if _is_leaver(number, sentences, lows, k, phrase, words):
            return Witness(None, (terms[k].start, terms[phrase].end), tuple(lows[k : phrase + 1]), sure=True)
    return None


def _phrase(lows: list[str], first: int, words: TestimonyWords) -> int | None:
    """The head of the noun phrase that an article at ``first`` opens, within six words."""
    head = None
    for k in range(first + 1, min(first + 7, len(lows))):
        if lows[k] in words.about["several"] or lows[k] in words.plural:
            return None
        if lows[k] in words.force or lows[k] in words.leavers or lows[k] in words.civil:
            head = k
        elif head is not None or lows[k] in ("of", "who", "to", "in", "at", "for", "and", "the", "a"):
            break
    return head


def _is_leaver(number: int, sentences: list[Sentence], lows: list[str], first: int, head: int, words: TestimonyWords) -> bool:
    inside = lows[first : head + 1]
    sentence = sentences[number]
    who = lows[head + 1 : head + 2] == ["who"] or lows[head + 1 : head + 2] == ["that"]
    exits_after = [place for _, place in sentence.exits if head < place <= head + (10 if who else 5)]
    aged = any(AGED.match(low) for low in inside) or lows[head + 1 : head + 3] in (["in", "his"], ["in", "her"])
    near = sentences[number : number + 4]
    leaves = any(other.exits for other in near)
    speaks = any(
        low in words.speech and low != "according" for low in (*lows[head + 1 : head + 9], *lows[max(0, first - 2) : first])
    )
    if lows[:1] in (["photo"], ["image"], ["picture"], ["caption"], ["file"]):
        return False
    if lows[head] in words.leavers:
        return speaks or aged or who
    if words.about["former"].intersection(inside) and lows[head] in words.force:
        return speaks or aged or who
    if lows[head] in words.force:
        if who and exits_after:
            return True
        if aged and leaves:
            return True
        return lows[first] in ("one", "another") and speaks and _plural_near(number, sentences)
    if aged or "young" in inside:
        wanted = [term.low for other in near for term in other.terms]
        return leaves and bool((words.about["draft"] | {"army", "military", "unit"}).intersection(wanted))
    return False


def _plural_near(number: int, sentences: list[Sentence]) -> bool:
    """Whether this or one of the two sentences before speaks of several who left."""
    lows = {term.low for other in sentences[max(0, number - 3) : number + 1] for term in other.terms}
    plural = {
        "defectors",
        "deserters",
        "soldiers",
        "policemen",
        "officers",
        "conscripts",
        "troops",
        "guardsmen",
        "men",
        "fighters",
    }
    return bool({"defectors", "deserters"} & lows) or (
        bool(plural & lows) and any(other.exits for other in sentences[max(0, number - 3) : number + 1])
    )


def _plural_noun(number: int, sentences: list[Sentence], words: TestimonyWords) -> tuple[str, ...]:
    """What "one, who" is one of, in the singular."""
    for other in reversed(sentences[max(0, number - 2) : number + 1]):
        for term in other.terms:
            single = term.low.removesuffix("men") + "man" if term.low.endswith("men") else term.low.removesuffix("s")
            if single in words.force or single in words.leavers:
                return (single,)
    return ()


def _beside_name(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the phrase stands in apposition to a name."""
    return any(-3 <= start - mention.end <= 4 or -1 <= mention.start - end <= 3 for mention in sentence.mentions)


def _own_exit(sentence: Sentence, witness: Witness, words: TestimonyWords) -> bool:
    """Whether a word of exit in a sentence follows the person's name, a pronoun or "I", or a descriptor stands by the name."""
    names = [mention.end for mention in sentence.mentions if mention.person == witness.person]
    subjects = words.about["pronoun"] | words.about["first_person"]
    for _, place in sentence.exits:
        start = sentence.terms[place].start
        if any(end <= start <= end + SUBJECT_REACH for end in names):
            return True
        if any(term.low in subjects for term in sentence.terms[max(0, place - 14) : place]):
            return True
        if names and (sentence.terms[place].low in words.leavers or sentence.terms[place].low.startswith("defect")):
            return True
    return False


def _left(text: str, witness: Witness, words: TestimonyWords) -> bool:
    """Whether a named person is one who left the force: a word of exit about him, and one of service."""
    lows = [term.low for sentence in witness.sentences for term in sentence.terms]
    if not any(_own_exit(sentence, witness, words) for sentence in witness.sentences):
        return False
    told = any(
        sentence.quoted and words.about["first_person"].intersection(t.low for t in sentence.terms)
        for sentence in witness.sentences
    )
    if not told and not {label for sentence in witness.sentences for label, _ in sentence.exits}.difference(UNWILLING):
        return False
    strong = any(low in words.leavers or low.startswith("defect") for low in lows)
    for sentence in witness.sentences:
        for mention in sentence.mentions:
            if mention.person != witness.person:
                continue
            around = text[max(sentence.span.start, mention.start - 30) : min(sentence.span.end, mention.end + 60)].lower()
            strong = strong or bool(
                re.search(r"\b(?:former|ex-?)\s?(?:\w+ ){0,3}?(?:" + "|".join(sorted(words.force)) + r")\b", around)
                or set(re.findall(r"[a-z-]+", around[:30])) & words.force
                or set(re.findall(r"[a-z-]+", text[mention.end : mention.end + 40].lower().partition(".")[0])[:5]) & words.force
            )
    if strong:
        return True
    service = len((words.about["service"] | words.ranks.keys()).intersection(lows))
    home = any(HOME.search(text[sentence.span.start : sentence.span.end]) for sentence in witness.sentences)
    return service >= 2 or (service >= 1 and not home)
