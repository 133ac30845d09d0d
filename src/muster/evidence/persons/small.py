"""Names that no capital shows: after a small honorific, after "named", in quotation marks, as a string of name syllables."""

from __future__ import annotations

import re

from muster.evidence.persons.known import Known
from muster.evidence.persons.scan import Word
from muster.evidence.persons.weigh import AGE_AFTER, Run

QUOTED = re.compile(
    r"(?i:\b(?:soldier|captain|sergeant|corporal|private|fighter|commander|"
    r"nicknamed|nickname|called|named|known as|alias|call ?sign|"
    r"pseudonym|nom de guerre|goes by|pilot|deserter|defector|name)\b[,:]?"
    r"(?i: (?:is|of|was|the|him|her|them|me|himself|herself|as))?\s*)"
    r"[\"'“‘«]([^\W\d_][\w’-]{1,24}(?: [^\W\d_][\w’-]{1,24}){0,2}),?[\"'”’»]"
)

PRONOUNS = frozenset(("he", "she", "they", "we", "i", "you", "who"))  # "he saw": the verb

# A nickname inside a name: Mirwais "Mike" Noorzai.
INSIDE = re.compile(r"(?<=[^\W\d_] )[\"'“‘«]([^\W\d_][\w’-]{1,24}),?[\"'”’»](?= [^\W\d_])")


def find_small(words: list[Word], known: Known, text: str, *, taken: set[int]) -> list[Run]:
    """Runs of words written small that are names, and nicknames in quotation marks."""
    runs: list[Run] = []
    index = 0
    while index < len(words):
        word = words[index]
        if word.shape != "low" or index in taken or word.fixed:
            index += 1
            continue
        last = _after_honorific(words, index, known, taken)
        if last is None and index + 1 < len(words):
            last = _syllables(words, index, known, taken, text)
        if last is None and known.naming.search(text[max(0, word.start - 40) : word.start]) and _odd(word, known):
            last = index
        if last is not None:
            runs.append(Run(index, last, None, "strong", "small letters"))
            index = last
        index += 1
    runs.extend(_inside(words, text, taken))
    runs.extend(_quoted(words, known, text, taken | {k for run in runs for k in range(run.first, run.last + 1)}))
    return runs


def _odd(word: Word, known: Known) -> bool:
    """Whether a small word is no English word."""
    return len(word.key) > 1 and not known.is_ordinary(word.key) and word.key not in known.particles


def _after_honorific(words: list[Word], index: int, known: Known, taken: set[int]) -> int | None:
    """The last word of a name that follows the honorific at ``index`` ("ko zay thu")."""
    key = words[index].key
    if key not in known.lower_titles and key not in known.beside["small_honorific"]:
        return None
    last = index
    while last + 1 < len(words) and last - index < 4 and last + 1 not in taken and words[last + 1].joined:
        following = words[last + 1]
        sure = key in known.beside["small_honorific"] and following.key not in known.beside["not_alone"]
        is_name = following.key in known.given and (not known.is_ordinary(following.key) or last > index or sure)
        if following.key in known.speech:
            break
        if following.shape != "low" or not (is_name or (_odd(following, known) and following.key not in known.verbs)):
            break
        if following.key in known.lower_titles:
            break
        last += 1
    if last == index:
        return None
    return last


def _syllables(words: list[Word], index: int, known: Known, taken: set[int], text: str) -> int | None:
    """The last word of small name words in a row: at most one is English, or an age or a verb of saying or leaving follows."""
    last = index
    if words[index].key in known.given and _odd(words[index], known) and _alone(words, index, known):
        return index
    if index and words[index].key in known.verbs and words[index - 1].key in PRONOUNS:
        return None
    while last < len(words) and last - index < 5 and last not in taken and words[last].shape == "low":
        if words[last].key not in known.given or (last > index and not _tied(words[last])) or words[last].key in known.speech:
            break
        last += 1
    parts = words[index:last]
    odd = sum(_odd(word, known) and word.key not in known.soft for word in parts)
    twice = len(parts) == 2 and parts[0].key == parts[1].key
    if len(parts) >= 2 and (_is_introduced(words, index, last, known, text) or (twice and _told_of(words, last, known, text))):
        return last - 1
    if len(parts) >= 2 and odd >= 2 and odd >= len(parts) - 1:
        return last - 1
    known_odd = odd
    while parts and last < len(words) and last - index < 5 and last not in taken and words[last].shape == "low":
        if not _tied(words[last]) or not _odd(words[last], known) or words[last].key in known.places | known.verbs:
            break
        last, odd = last + 1, odd + 1
    if last - index >= 2 and odd:
        aged = parts[0].key not in known.beside["not_alone"] and AGE_AFTER.match(
            text[words[last - 1].end : words[last - 1].end + 40]
        )
        if aged or (known_odd and _told_of(words, last, known, text)):
            return last - 1
    return last - 1 if len(parts) >= 2 and known_odd and all(_odd(word, known) for word in parts) else None


def _tied(word: Word) -> bool:
    """Whether a word goes on with the one before: a space between, or a hyphen ("jean-pierre")."""
    return word.joined or word.gap == "-"


def _alone(words: list[Word], index: int, known: Known) -> bool:
    """Whether one name word, or one of two joined by "and", is told to say something or to leave."""
    word = words[index]
    if len(word.key) < 3 or word.key in known.titles or word.key in known.soft or word.key in known.speech | known.places:
        return False
    place = index + 1
    while place + 1 < len(words) and words[place].key == "and" and words[place + 1].key in known.given:
        place += 2
    following = words[place] if place < len(words) else None
    return following is not None and following.gap == " " and following.key in known.speech | known.beside["leaving"]


def _is_introduced(words: list[Word], index: int, last: int, known: Known, text: str) -> bool:
    """Whether name words stand after "named", or between commas after a word of kin ("his wife, aye aye, said")."""
    if known.naming.search(text[max(0, words[index].start - 40) : words[index].start]):
        return True
    kin = index > 0 and words[index].gap == ", " and words[index - 1].key in known.kin
    return kin and last < len(words) and words[last].gap == ", "


def _told_of(words: list[Word], following: int, known: Known, text: str) -> bool:
    """Whether an age, or a verb of saying or leaving, follows the word before ``following``."""
    if AGE_AFTER.match(text[words[following - 1].end : words[following - 1].end + 40]):
        return True
    word = words[following] if following < len(words) else None
    return word is not None and word.gap == " " and word.key in known.speech | known.beside["leaving"]


def _quoted(words: list[Word], known: Known, text: str, taken: set[int]) -> list[Run]:
    """Nicknames in quotation marks: soldier 'Tiger', known as "the Owl"."""
    starts = {word.start: index for index, word in enumerate(words)}
    runs: list[Run] = []
    for match in QUOTED.finditer(text):
        first = starts.get(match.start(1))
        if first is None or first in taken:
            continue
        last = first
        while last + 1 < len(words) and words[last + 1].end <= match.end(1):
            last += 1
        if any(words[k].shape != "low" for k in range(first, last + 1)):
            runs.append(Run(first, last, None, "strong", "nickname"))
    return runs


def _inside(words: list[Word], text: str, taken: set[int]) -> list[Run]:
    """A quoted word between two parts of a name."""
    starts = {word.start: index for index, word in enumerate(words)}
    found = [starts.get(match.start(1)) for match in INSIDE.finditer(text)]
    return [
        Run(index, index, None, "strong", "nickname")
        for index in found
        if index is not None and index not in taken and {index - 1, index + 1} <= taken and words[index].shape != "low"
    ]
