"""What a noun phrase is called: its head, the person in it, the body in it, and the words that make a name of it."""

from __future__ import annotations

from collections.abc import Sequence

from muster.evidence.speakers.actors import Actors
from muster.evidence.speakers.phrases import Word, is_name
from muster.evidence.wordsets import ordinary_words, word_set

__all__ = [
    "common_words",
    "head_of",
    "is_another",
    "is_nobody",
    "name_of",
    "organisation_in",
    "person_in",
    "possessive",
    "titled_name",
    "without_agent",
    "without_brackets",
    "without_clause",
    "without_time",
]


def without_brackets(words: list[Word]) -> list[Word]:
    """Without what stands in brackets: an abbreviation of the name before it, a date, a place."""
    kept: list[Word] = []
    depth = 0
    for word in words:
        depth += word.text == "("
        if not depth and word.text not in "\"'“”":
            kept.append(word)
        depth -= word.text == ")" and depth > 0
    return kept


def without_time(words: list[Word]) -> list[Word]:
    """Without the day at its edges: "the ministry on Friday", "data released on Friday", "31 October 2022 the ministry"."""
    times = word_set("times")
    start = next((at for at, word in enumerate(words) if word.low not in times and not word.text.isdigit()), 0)
    words = words[start:] if any(word.low in times for word in words[:start]) else words
    end = len(words)
    while end > 1 and words[end - 1].low in word_set("times") | {"late", "early"}:
        end -= 1
    if end < len(words) and words[end - 1].low in word_set("prepositions"):
        end -= 1
    issued = end > 1 and words[end - 1].low.endswith("ed") and words[end - 2].low in word_set("papers")
    return words[: end - issued]


def without_clause(words: list[Word]) -> list[Word]:
    """Up to a relative clause."""
    end = next((at for at, word in enumerate(words) if at and word.low in {"who", "which", "that", "whose"}), len(words))
    return words[:end]


def possessive(word: Word) -> bool:
    """Whether a word is somebody's: "army's", "rebels'"."""
    return word.text.endswith(("'s", "’s", "s'", "s’"))


def without_agent(words: list[Word]) -> list[Word]:
    """Up to "published by", "seen by": who passed a report on is not who made it."""
    handed = word_set("passed_on") | word_set("handed") | {"sent", "given", "made"}
    end = next(
        (
            at
            for at in range(1, len(words) - 1)
            if words[at + 1].low == "by" or (words[at].low in handed and words[at + 1].low in {"to", "with"})
        ),
        len(words),
    )
    return words[:end]


def name_of(words: Sequence[Word]) -> str:
    """The phrase as a name: without its article."""
    first = next(
        (at for at, word in enumerate(words) if word.low not in {"the", "a", "an", "its", "his", "her", "their", "another"}), 0
    )
    name = " ".join(word.text for word in words[first:]).replace(" ,", ",")
    return name[:-2] if name.endswith(("'s", "’s")) else name.removesuffix(" own")


def is_nobody(words: Sequence[Word]) -> bool:
    """Whether a phrase cannot be a body, a role or a person by the way it opens: "four in ten", "by command", ") it"."""
    first = next((word for word in words if word.text[0].isalnum()), None)
    timed = all(word.low in word_set("times") or not any(letter.isalpha() for letter in word.text) for word in words)
    if first is None or timed or first.low in word_set("nobody") or words[0].text in {"#", "@"}:
        return True
    if first.low in word_set("labels") and (len(words) == 1 or words[1].low in word_set("prepositions")):
        return True
    whole = words[2] if len(words) > 2 and words[1].low in {"in", "out"} else None
    share = whole is not None and (whole.low in word_set("cardinals") or whole.text.isdigit())
    return share or (words[0].text[0].isdigit() and not any(is_name(word) for word in words[1:]))


def is_another(words: Sequence[Word]) -> bool:
    """ "Another", "one of them", "the eight": more of those who spoke before."""
    low = [word.low for word in words if word.low not in {"the", "other"}]
    return low[:2] == ["one", "of"] or (len(low) == 1 and low[0] in word_set("cardinals") | {"another", "others", "both"})


def common_words(words: Sequence[Word]) -> frozenset[str]:
    """The words of a phrase that are no names."""
    return frozenset(word.low for word in words if not is_name(word))


def titled_name(words: Sequence[Word], beside: Sequence[Word], person: str) -> str:
    """A person with what the text calls him: "captain Ali", "rebels' spokesman Ali", "Ali (doctor in Homs)"."""
    main, role = name_of(words), name_of(beside[:10])
    if person not in main:
        return f"{main} {person}" if len(words) <= 6 else person
    if any(word.low in word_set("roles") for word in beside[:10]):
        return f"{person} ({role})"
    return main if len(words) <= 8 and all(word.text != "," for word in words) else person


def head_of(words: Sequence[Word]) -> str:
    """The last noun before a preposition."""
    last = words[0].low if words else ""
    for word in words:
        if word.low in word_set("prepositions") or word.low in {"at", "close"}:
            break
        last = word.low
    return last


def person_in(words: Sequence[Word], actors: Actors) -> str | None:
    """The longest run of capitalised words that is no body, country, month or title."""
    no_name = word_set("titles") | word_set("organs") | word_set("skip") | word_set("times") | word_set("channels")
    runs: list[list[str]] = [[]]
    common = False  # behind "forces in control of" a name is a place or a thing, not who speaks
    opening = next((word for word in words if word.low not in word_set("skip")), None)
    noun = opening is not None and not is_name(opening)
    countries = {at for _, first, last in actors.countries(words) for at in range(first, last)}
    for at, word in enumerate(words):
        if word.low in word_set("prepositions") and noun and not runs[-1]:
            common = True
        plain = is_name(word) and word.low not in no_name and not word.text.isupper() and at not in countries
        particle = word.low in {"al", "bin", "ibn", "de", "el", "van", "von"} and runs[-1]
        if not common and ((plain and not word.text.endswith(("'s", "’s"))) or particle):
            runs[-1].append(word.text)
        elif word.text not in {"-", "."} and runs[-1]:
            if (
                not is_name(word)
                and word.text.isalpha()
                and word.low not in word_set("prepositions") | word_set("openers") | {"and", "who"}
            ):
                runs[-1] = []  # "Karenni fighters": a name before a noun only describes it
            runs.append([])
    best = max(runs, key=len)
    if len(best) == 1 and best[0].lower() in ordinary_words():
        return None
    if len(best) < 2 and any(word.low in word_set("organs") and is_name(word) for word in words):
        return None
    return " ".join(best) if 1 <= len(best) <= 5 and any(len(part) > 2 for part in best) else None


def organisation_in(words: Sequence[Word], actors: Actors) -> str | None:
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
        if len(run) == 1 and (actors.country(run) or run[0].low in word_set("titles") | word_set("organs")):
            continue
        if any(word.low in word_set("organs") for word in run) or any(word.text.isupper() and len(word.text) > 2 for word in run):
            while run and run[0].low in {"the", "and", "a", "an"}:
                run = run[1:]
            return " ".join(word.text for word in run)
    return None
