"""Witnesses brought in by a description: "a corporal who left told us", "one deserter, 22", "I was a captain"."""

from __future__ import annotations

import re

from muster.evidence.testimony.reading import Sentence, Witness
from muster.evidence.testimony.words import TestimonyWords

__all__ = ["AGED", "described", "others_before", "plural_near", "subject_before"]

LONGEST = 120  # words of a sentence in which a person may be brought in
AGED = re.compile(r"^\d{1,2}-y(?:ea)?r-old$")
YEARS = re.compile(r"^[1-6]\d$")
FURTHER = frozenset(("another", "second", "third", "fourth", "other", "one"))
WHO_REACH = 7  # words from a rank to the "who" that tells of leaving


def described(number: int, sentences: list[Sentence], words: TestimonyWords, *, alone: bool) -> Witness | None:
    """A person brought in by description in this sentence, if one is."""
    sentence = sentences[number]
    terms = sentence.terms[:LONGEST]
    lows = [term.low for term in terms]
    speaks = any(low in _tells(words) for low in lows)
    for k, low in enumerate(lows):
        if low in words.kin and k and lows[k - 1] in ("his", "her", "my") and sentence.exits:
            rank = [other for other in lows[k + 1 : k + 8] if other in words.force or other in words.leavers]
            if rank and any(place > k for _, place in sentence.exits):
                return Witness(None, (terms[k].start, terms[k].end), (low, *rank), kin=True, sure=True)
        if (
            low == "i"
            and (alone or not sentence.quoted)
            and lows[k + 1 : k + 2]
            and lows[k + 1] in ("was", "am", "served", "joined", "deserted", "defected")
        ):
            service = [other for other in lows[k + 1 : k + 8] if other in words.force or other in words.leavers]
            if service:
                return Witness(None, (terms[k].start, terms[k].end), tuple(service), writes=True, sure=True)
        definite = alone and low == "the"
        if low not in words.about["indefinite"] and not definite:
            continue
        if lows[max(0, k - 1) : k] == ["of"] and words.kin.intersection(lows[max(0, k - 2) : k]):
            continue  # "the mother of a soldier"
        if lows[max(0, k - 1) : k] == ["of"] and words.kin.intersection(lows[max(0, k - 2) : k]):
            continue  # "the mother of a soldier"
        phrase = _phrase(lows, k, words)
        if phrase is None:
            if _one_of_them(lows, k, words) and speaks and plural_near(number, sentences):
                kind = _plural_noun(number, sentences, words)
                return Witness(None, (terms[k].start, terms[k].end), kind, sure=True) if kind else None
            continue
        if _beside_name(sentence, terms[k].start, terms[phrase].end):
            continue
        if definite and not _known_leaver(number, sentences, lows[k : phrase + 1], phrase, words):
            continue
        if _is_leaver(number, sentences, lows, k, phrase, words):
            return Witness(None, (terms[k].start, terms[phrase].end), tuple(lows[k : phrase + 1]), sure=True)
    return None


def _tells(words: TestimonyWords) -> frozenset[str]:
    """Verbs of telling, with those that bring no name in."""
    return words.speech | words.about["tells"]


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
    who = lows[head + 1 : head + 2] in (["who"], ["that"])
    exits_after = [place for _, place in sentence.exits if head < place <= head + (10 if who else 5)]
    aged = any(AGED.match(low) for low in inside) or lows[head + 1 : head + 3] in (["in", "his"], ["in", "her"])
    aged = aged or any(YEARS.match(low) for low in lows[head + 1 : head + 2]) or lows[head + 1 : head + 2] == ["aged"]
    near = sentences[number : number + 4]
    leaves = any(other.exits for other in near)
    speaks = any(
        low in _tells(words) and low != "according" for low in (*lows[head + 1 : head + 9], *lows[max(0, first - 2) : first])
    )
    if lows[:1] in (["photo"], ["image"], ["picture"], ["caption"], ["file"]):
        return False
    quotes = sentence.quoted and not sentence.inside
    if lows[head] in words.leavers:
        return speaks or aged or who or quotes
    if words.about["former"].intersection(inside) and lows[head] in words.force:
        return speaks or aged or who
    if lows[head] in words.force and speaks and FURTHER.intersection(lows[max(0, first - 1) : first]):
        return plural_near(number, sentences)  # "another, a captain, said"
    if lows[head] in words.force:
        if _left_here(sentence, head, words) and any(other.told for other in near):
            return True
        if (who and exits_after) or _who_left(sentence, lows, head, words):
            return True
        if speaks and _tells_of_leaving(near, words):
            return True
        if aged and leaves:
            return True
        return lows[first] in ("one", "another") and speaks and plural_near(number, sentences)
    if aged or "young" in inside or (who and _left_here(sentence, head, words)):
        wanted = [term.low for other in near for term in other.terms]
        return leaves and bool((words.about["draft"] | {"army", "military", "unit"}).intersection(wanted))
    return False


def _one_of_them(lows: list[str], place: int, words: TestimonyWords) -> bool:
    """Whether a word is the "one" of "one, who", "one of them", "said one, 25"."""
    after = lows[place + 1 : place + 2]
    said = not _tells(words).isdisjoint(lows[max(0, place - 1) : place])
    return lows[place] == "one" and (after in (["who"], ["of"]) or (said and (not after or YEARS.match(after[0]) is not None)))


def _known_leaver(number: int, sentences: list[Sentence], inside: list[str], head: int, words: TestimonyWords) -> bool:
    """Whether "the" person is one who left: by the words themselves, by "who", or by what he or she tells next."""
    if (words.about["former"] | words.leavers).intersection(inside):
        return True
    lows = [term.low for term in sentences[number].terms[:LONGEST]]
    speaks = bool(_tells(words).intersection(lows[max(0, head - 4) : head + 9]))
    near = sentences[number : number + 4]
    if _left_here(sentences[number], head, words) and any(other.told for other in near):
        return True
    return _who_left(sentences[number], lows, head, words) or (speaks and _tells_of_leaving(near, words))


def _left_here(sentence: Sentence, head: int, words: TestimonyWords) -> bool:
    """Whether a word of exit stands behind the person in the sentence, and no other people between."""
    first = sentence.terms[head].start
    places = [place for _, place in sentence.exits if place > head and sentence.terms[place].low not in words.about["exit_noun"]]
    return any(others_before(sentence, place, words) < first for place in places)


def _who_left(sentence: Sentence, lows: list[str], head: int, words: TestimonyWords) -> bool:
    """Whether "who" with a word of exit close behind follows the rank, with a few words between: "of the guard, who fled"."""
    for place in range(head + 1, min(head + WHO_REACH, len(lows))):
        if lows[place] in words.about["others"] or lows[place] in words.speech:
            return False
        if lows[place] == "who":
            return any(place <= exit_place <= place + WHO_REACH - 1 for _, exit_place in sentence.exits)
    return False


def _tells_of_leaving(near: list[Sentence], words: TestimonyWords) -> bool:
    """Whether one of the next sentences has a word of exit with "I", "he" or "she" as the one who leaves; "we" if quoted."""
    exits = ((other, place) for other in near for _, place in other.exits)
    return any(subject_before(other, place, words, after=others_before(other, place, words)) for other, place in exits)


def others_before(sentence: Sentence, place: int, words: TestimonyWords) -> int:
    """Where the last word for other people stands before a word of exit; -1 for none. "He and some comrades" is he as well."""
    terms = sentence.terms
    for k in range(place - 1, max(-1, place - 15), -1):
        if terms[k].low in words.about["others"] and not {"and", "with"} & {term.low for term in terms[max(0, k - 3) : k]}:
            return terms[k].start
    return -1


def subject_before(sentence: Sentence, place: int, words: TestimonyWords, *, after: int) -> bool:
    """Whether "I" or "he" stands before a word, behind the offset ``after``, and not as the subject of "he says"."""
    subjects = (words.about["pronoun"] | words.about["first_person"]) - words.about["owner"]
    return any(
        sentence.terms[k].low in subjects
        and sentence.terms[k].start > after
        and (k + 1 == place or sentence.terms[k + 1].low not in words.speech | words.about["thought"])
        for k in range(max(0, place - 14), place)
    )


def plural_near(number: int, sentences: list[Sentence]) -> bool:
    """Whether this or one of the two sentences before speaks of several who left."""
    lows = {term.low for other in sentences[max(0, number - 3) : number + 1] for term in other.terms}
    plural = {
        "policewomen",
        "constables",
        "sergeants",
        "pilots",
        "sailors",
        "recruits",
        "guards",
        "captains",
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
