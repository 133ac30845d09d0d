"""Who bears witness in a text, and which sentences are theirs."""

from __future__ import annotations

import re

from muster.evidence.persons.find import PersonMention
from muster.evidence.testimony.described import AGED, described, others_before, plural_near, subject_before
from muster.evidence.testimony.reading import Sentence, Witness
from muster.evidence.testimony.words import TestimonyWords

__all__ = ["gather"]

UNWILLING = ("arrested", "discharged", "surrendered")  # ways out that make a witness only of one who speaks
SUBJECT_REACH = 140  # characters from a name to the verb of which it is the subject
ONE_OF = re.compile(r"\bone of (?:them|the)\b[^.;“”]{0,30}\Z")
HOME = re.compile(
    r"\b(?:fled|left|abandon\w*|fleeing|leaving)\s+(?:\w+\s+){0,2}(?:village|home|homes|house|town|city|country|school)\b"
)
SOMEWHERE = frozenset(("at", "in", "near", "into", "from", "between", "around", "outside", "inside", "of", "towards", "to"))
THEMES = ("desert", "defect", "refus", "awol", "mutin", "abscond", "runaway", "disobe", "dodg", "evad", "fugitive", "surrender")
THEME = 2  # such words in a text that is about people who leave
LISTED = re.compile(r"[A-Z][\w-]+(?:,| and|, and) \Z")
APPOSITION = re.compile(r"\.?,?\s*(?:\d\d,\s*)?(?P<what>(?:an?|the|once|formerly)\s[^,.;:“”]{3,40})")
SPEAKERS = ("nco", "other_rank")  # an officer who speaks may well still serve


def gather(text: str, sentences: list[Sentence], words: TestimonyWords) -> list[Witness]:
    """All witnesses with their sentences, in order of appearance."""
    named: dict[int, Witness] = {}
    witnesses: list[Witness] = []
    current: Witness | None = None
    waiting: list[Sentence] = []
    for number, sentence in enumerate(sentences):
        if sentence.asked:
            continue
        private = [mention for mention in sentence.mentions if not mention.public and not _is_spot(text, mention, named)]
        fresh = None if private else described(number, sentences, words, alone=current is None)
        if private:
            witness = named.get(private[0].person)
            if witness is None:
                witness = named[private[0].person] = Witness(private[0].person, (private[0].start, private[0].end))
                witnesses.append(witness)
            if plural_near(number, sentences) and ONE_OF.search(text[max(0, private[0].start - 40) : private[0].start]):
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
    theme = sum(len(sentence.exits) + sum(term.low.startswith(THEMES) for term in sentence.terms) for sentence in sentences)
    for witness in witnesses:
        if witness.person is not None and not witness.sure:
            speaks = theme >= THEME and _tells(witness, words) and _serves(text, witness, words)
            witness.sure = speaks or _left(text, witness, words)
    return [witness for witness in witnesses if witness.sure]


def _is_spot(text: str, mention: PersonMention, named: dict[int, Witness]) -> bool:
    """Whether a single capitalised word behind "at" or "from" is more likely a place than somebody new."""
    if mention.person in named or " " in mention.text:
        return False
    before = text[max(0, mention.start - 24) : mention.start]
    if LISTED.search(before) and not re.match(r", \d\d\b", text[mention.end : mention.end + 6]):
        return True
    last = re.findall(r"[A-Za-z]+", before)[-1:]
    return bool(last) and last[0].lower() in SOMEWHERE


def _opens_with_pronoun(sentence: Sentence, mention: PersonMention, words: TestimonyWords) -> bool:
    """Whether "he" or "his" stands before the first name: the sentence is then about the person before as well."""
    return any(term.low in words.about["pronoun"] for term in sentence.terms if term.end <= mention.start)


def _continues(sentence: Sentence, current: Witness, words: TestimonyWords) -> bool:
    """Whether a sentence without a name still speaks of the same person."""
    lows = [term.low for term in sentence.terms]
    if sentence.inside:
        return True
    if any(mention.public for mention in sentence.mentions):
        return False
    if sentence.told:
        return True
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


def _own_exit(sentence: Sentence, witness: Witness, words: TestimonyWords) -> bool:
    """Whether a word of exit in a sentence follows the person's name, a pronoun or "I", or a descriptor stands by the name.

    "His men walked over" and "generals had defected" behind the name are others' exits, and so is "the defection of".
    """
    names = [mention.end for mention in sentence.mentions if mention.person == witness.person]
    for _, place in sentence.exits:
        word = sentence.terms[place]
        if word.low in words.about["exit_noun"] and not words.about["owner"] & {sentence.terms[max(0, place - 1)].low}:
            continue
        others = others_before(sentence, place, words)
        if any(end <= word.start <= end + SUBJECT_REACH and others < end for end in names):
            return True
        if subject_before(sentence, place, words, after=others):
            return True
        if names and (word.low in words.leavers or word.low.startswith("defect")):
            return others < 0
    return False


def _serves(text: str, witness: Witness, words: TestimonyWords) -> bool:
    """Whether a rank below an officer's stands beside the name, as in "Timo, 27, a signaller" or "Private Timo"."""
    for sentence in witness.sentences:
        for mention in sentence.mentions:
            if mention.person != witness.person:
                continue
            title = re.findall(r"[\w-]+", text[max(sentence.span.start, mention.start - 20) : mention.start].lower())[-1:]
            beside = APPOSITION.match(text, mention.end)
            after = re.findall(r"[\w-]+", beside["what"].lower()) if beside else []
            ranks = [words.ranks[low] for low in (*title, *after) if low in words.ranks]
            if ranks and ranks[0] in SPEAKERS:
                return True
    return False


def _tells(witness: Witness, words: TestimonyWords) -> bool:
    """Whether the person is quoted in the first person."""
    return any(
        sentence.quoted and words.about["first_person"].intersection(t.low for t in sentence.terms)
        for sentence in witness.sentences
    )


def _left(text: str, witness: Witness, words: TestimonyWords) -> bool:
    """Whether a named person is one who left the force: a word of exit about him, and one of service."""
    lows = [term.low for sentence in witness.sentences for term in sentence.terms]
    if not any(_own_exit(sentence, witness, words) for sentence in witness.sentences):
        return False
    told = _tells(witness, words)
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
