"""Words of a sentence, and the noun phrases beside a verb of saying: who stands before it, who stands after it.

No parser: English puts its subject before the verb, or after it behind a quotation or a comma, and closes a clause with
a comma, a subordinator or another verb. That is enough to find who speaks in news prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from muster.evidence.speakers.wording import Word, is_name, is_verb, words_of
from muster.evidence.wordsets import word_set

__all__ = ["Phrase", "Word", "after", "before", "is_name", "is_verb", "words_of"]


class Phrase(NamedTuple):
    """Positions of words: a noun phrase, and what stands beside it in apposition (empty when nothing does)."""

    first: int
    last: int
    beside_first: int = 0
    beside_last: int = 0


_HARD = frozenset(',;:—–"“”«»?!()[]/…')
_QUOTES = frozenset('"“”«»')


def before(words: Sequence[Word], verb: int) -> Phrase | None:
    """The noun phrase that ends before the verb at this position, with what is in apposition to it."""
    last = verb - 1
    while last >= 0 and (
        words[last].low in word_set("adverbs") or words[last].low in word_set("auxiliaries") or words[last].low.endswith("ly")
    ):
        last -= 1
    if last < 0 or words[last].text in _QUOTES:
        return None
    if words[last].low in {"and", "but"}:
        return _shared_subject(words, last)
    if words[last].low == "to":
        return _shared_subject(words, last)
    if words[last].low in {"who", "which"}:
        last -= 2 if words[last - 1].text == "," else 1
        first = _walk_left(words, last)
        agent = next((at + 1 for at in range(last - 1, first, -1) if words[at].low == "by"), first)  # "taken by X, which says"
        return Phrase(agent, last + 1) if 0 <= agent <= last else None
    if words[last].text in {",", "—", "–"}:
        return _around_apposition(words, last) or _stray_comma(words, last, verb)
    first = _walk_left(words, last)
    open_ended = _behind_comma(words, first, last) if first > 1 else None
    if open_ended is not None:
        return open_ended
    return Phrase(first, last + 1) if first <= last else None


def _behind_comma(words: Sequence[Word], first: int, last: int) -> Phrase | None:
    """A comma opens and none closes: "the rebels, on Monday claimed", "Omar Tell, spokesman of the group told".

    Or the role comes first: "rebel spokesman, Omar Tell told".
    """
    comma = first - 1
    while comma > 0 and words[comma].low in word_set("prepositions") | word_set("adverbs"):
        comma -= 1
    if words[comma].text != ",":
        return None
    if comma < first - 1 and (around := _around_apposition(words, comma)) is not None:
        return around
    named = _walk_left(words, comma - 1)
    if named >= comma:
        return None
    titled = words[comma - 1].low in word_set("roles") and is_name(words[first])
    if titled and not any(is_verb(words, at) or _counts(words, at) for at in range(named, comma)):
        return Phrase(first, last + 1, named, comma)
    if not is_name(words[comma - 1]) or not is_name(words[named]):
        return None
    opens = named == 0 or not words[named - 1].text[0].isalnum()
    if opens and all(word.low in word_set("times") | word_set("prepositions") for word in words[first : last + 1]):
        return Phrase(named, comma)
    role = words[first].low in word_set("roles") and not is_name(words[first])
    return Phrase(named, comma, first, last + 1) if opens and role else None


def _shared_subject(words: Sequence[Word], joint: int) -> Phrase | None:
    """ "The officers appeared in Rome and said": the subject of the first verb of the clause."""
    first = next((at + 1 for at in range(joint - 1, -1, -1) if words[at].text in {";", ":"} | _QUOTES), 0)
    verb = next((at for at in range(first, joint) if is_verb(words, at)), None)
    return before(words, verb) if verb is not None else None


def _around_apposition(words: Sequence[Word], closing: int) -> Phrase | None:
    mark = words[closing].text
    for opening in range(closing - 1, max(-1, closing - 45), -1):
        if words[opening].text in _QUOTES or words[opening].text == ";":
            return None
        if words[opening].text != mark or opening == 0:
            continue
        if not _may_be_beside(words, opening + 1, closing):
            continue
        first = _walk_left(words, opening - 1)
        if first < opening and _may_speak(words, first, opening):
            aside = words[opening + 1].low in word_set("prepositions") | {"because"}
            return Phrase(first, opening) if aside else Phrase(first, opening, opening + 1, closing)
    return None


def _stray_comma(words: Sequence[Word], comma: int, verb: int) -> Phrase | None:
    """ "The officer in charge of the camp, said that": a comma that should not be there."""
    first = _walk_left(words, comma - 1)
    opens = first == 0 or words[first - 1].text == ","
    states = verb + 1 < len(words) and (words[verb + 1].low in {"that", "in"} or words[verb + 1].text in _QUOTES | {","})
    counts = any(_counts(words, at) for at in range(first, comma))
    return Phrase(first, comma) if opens and states and not counts and _may_speak(words, first, comma) else None


def _may_be_beside(words: Sequence[Word], first: int, last: int) -> bool:
    if first >= last:
        return False
    if words[first].low in {"who", "which", "whose", "citing", "quoting", "speaking", "referring", "because"}:
        return True
    if words[first].low in {"in", "on", "at"}:
        return any(word.low in word_set("occasions") for word in words[first:last])
    if last - first == 1 and words[first].text.isdigit():
        return True  # an age
    counts = any(_counts(words, at) for at in range(first, last)) and words[first].low not in {"a", "an"}
    if words[first].low in {"and", "but", "from", "to", "including"} or words[first].low.endswith("ing") or counts:
        return False
    return not any(is_verb(words, at) and words[at - 1].low not in {"who", "which", "that"} for at in range(first, last))


def _counts(words: Sequence[Word], at: int) -> bool:
    """Whether a word is a figure, and not part of a name: "4th Infantry Division", "39 Battalion"."""
    word = words[at]
    ordinal = word.low.endswith(("st", "nd", "rd", "th"))
    return word.text[0].isdigit() and not ordinal and not (at + 1 < len(words) and is_name(words[at + 1]))


def _may_speak(words: Sequence[Word], first: int, last: int) -> bool:
    return any(word.text[0].isalpha() for word in words[first:last]) and not words[first].text[0].isdigit()


def _walk_left(words: Sequence[Word], last: int) -> int:
    """First word of the noun phrase that ends here."""
    at = last
    while at >= 0:
        word = words[at]
        if word.text == ")":
            opening = next((i for i in range(at - 1, max(-1, at - 8), -1) if words[i].text == "("), None)
            if opening is None:
                break
            at = opening - 1
            continue
        if word.text == "," and _is_list(words, at, last):
            at -= 1
            continue
        if (word.text in _HARD) or (word.text in {".", "-"} and at < last):
            break
        if _is_subject_relative(words, at, last):
            at -= 1
            continue
        if word.low in word_set("openers") or word.low in {"who", "which", "what", "whom"}:
            break
        issued = at > 0 and words[at - 1].low in word_set("papers") and at < last
        made = issued and words[at + 1].low in {"on", "in", "this", "last", "by", "to", "with"} | word_set(
            "times"
        )  # "data presented on Monday"
        if is_verb(words, at) and not made and not (at + 1 < len(words) and words[at + 1].low == "by"):
            pronoun = at if _reduced(words, at, last) else _relative_before(words, at)
            if pronoun is None and at < last:
                break
            at = at - 1 if pronoun is None else pronoun - 1
            continue
        at -= 1
    return _trim(words, at + 1, last)


def _is_subject_relative(words: Sequence[Word], at: int, last: int) -> bool:
    """ "A researcher who tracks exits": the pronoun is the subject of the verb behind it; not so "which the group says"."""
    if words[at].low not in {"who", "which"} or not 0 < at < last - 1 or words[at - 1].text in _HARD:
        return False
    following = words[at + 1]
    return following.low.endswith("s") and not is_name(following) and following.low not in word_set("determiners")


def _reduced(words: Sequence[Word], at: int, last: int) -> bool:
    """ "Officials stationed in the region say": a participle that describes them, no verb of its own."""
    if at < 1 or at + 1 >= last or not words[at].low.endswith("ed") or words[at - 1].text in _HARD or is_verb(words, at - 1):
        return False
    fresh = any(
        words[here].low in word_set("determiners") and words[here - 1].low not in word_set("prepositions") | {"near"}
        for here in range(at + 2, last + 1)
    )
    return words[at + 1].low in {"in", "at", "on", "near", "along", "with"} and not fresh


def _is_list(words: Sequence[Word], comma: int, last: int) -> bool:
    """Whether a comma only separates names of a list: "officials in Aden, Abyan and Taiz"."""
    closing = next((at for at in range(comma + 1, last + 1) if words[at].text == "("), last + 1)
    behind = words[comma + 1 : closing]
    joined = any(word.low == "and" for word in behind)
    return joined and comma > 0 and is_name(words[comma - 1]) and all(is_name(word) or word.low == "and" for word in behind)


def _relative_before(words: Sequence[Word], verb: int) -> int | None:
    for at in range(verb - 1, max(-1, verb - 12), -1):
        if words[at].text in _HARD:
            return None
        if words[at].low in {"who", "which", "that"} and at > 0 and words[at - 1].text not in _HARD:
            return at
    return None


def _trim(words: Sequence[Word], first: int, last: int) -> int:
    """Without the conjunctions, adverbs and phrases of time or place that open the clause."""
    while first <= last and (
        words[first].low in {"and", "or", "meanwhile", "however", "separately", "who", "which", "'", "-"}
        or words[first].low in word_set("adverbs")
        or (words[first].low.endswith("ly") and not is_name(words[first]))
        or not words[first].text[0].isalnum()
    ):
        first += 1
    if first <= last and words[first].low in word_set("prepositions"):
        return _past_adverbial(words, first, last)
    joint = next((at for at in range(last - 1, first, -1) if words[at].low == "and"), None)
    if joint is not None and any(is_verb(words, at) or words[at].text[0].isdigit() for at in range(first, joint)):
        return joint + 1
    return first


def _past_adverbial(words: Sequence[Word], first: int, last: int) -> int:
    for at in range(first + 1, last + 1):
        if words[at].low in word_set("determiners") and words[at - 1].low not in word_set("prepositions"):
            return at
        timed = words[at - 1].low in word_set("times") or words[at - 1].text[0].isdigit()
        if timed and words[at].low not in word_set("times") and not words[at].text[0].isdigit():
            return _past_adverbial(words, at, last) if words[at].low in word_set("prepositions") | {"and"} else at
    return first + 1


def after(words: Sequence[Word], first: int) -> Phrase | None:
    """The noun phrase that begins here, with what is in apposition to it; ``None`` when no phrase begins here."""
    at = first
    while at < len(words) and words[at].low in word_set("adverbs") | {"by"}:
        at += 1
    first = at
    if at < len(words) and words[at].low in word_set("prepositions"):
        return None
    while at < len(words) and not _ends_phrase(words, at, first):
        at = _past_bracket(words, at) if words[at].text == "(" else at + 1
    if at == first or not _may_speak(words, first, at):
        return None
    if at + 1 < len(words) and words[at].text == ",":
        closing = next((i for i in range(at + 1, min(len(words), at + 30)) if words[i].text in ',.;"“”—–'), len(words))
        if _appositive(words, at + 1, closing):
            return Phrase(first, at, at + 1, closing)
    return Phrase(first, at)


def _past_bracket(words: Sequence[Word], at: int) -> int:
    closing = next((i for i in range(at + 1, min(len(words), at + 8)) if words[i].text == ")"), None)
    return len(words) if closing is None else closing + 1


def _ends_phrase(words: Sequence[Word], at: int, first: int) -> bool:
    word = words[at]
    if word.text == "(":
        return not (at + 2 < len(words) and any(words[i].text == ")" for i in range(at + 1, min(len(words), at + 8))))
    if word.text in _HARD or word.text == "." or word.low in word_set("openers") or word.low in {"who", "which", "whose"}:
        return True
    if word.low == "about" or (word.low == "to" and at + 1 < len(words) and words[at + 1].low in {"have", "be"}):
        return True
    year = word.text.isdigit() and len(word.text) == 4 and word.text[:2] in {"19", "20"}
    if word.text[0].isdigit() and at > first and words[at - 1].low not in word_set("times") and not year:
        return True
    previous = words[at - 1].low if at > first else "of"
    if word.low in {"the", "a", "an"} and previous not in word_set("prepositions") | word_set("determiners") | {"and", "or"}:
        return True
    return at > first and is_verb(words, at)


def _appositive(words: Sequence[Word], first: int, closing: int) -> bool:
    if first >= closing or any(_counts(words, at) and "-" not in words[at].text for at in range(first, closing)):
        return False
    if words[first].low in {"which", "and", "but", "while", "as", "with", "after", "in", "on", "at", "from"}:
        return False
    return words[first].low == "who" or not any(is_verb(words, at) for at in range(first, closing) if words[at - 1].low != "who")
