"""Numbers that are the age of a person mentioned beside them, and count nobody."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from muster.evidence.persons.find import CODE, PersonMention

AGE = re.compile(r"\d{1,2}\Z")
ENDS = re.compile(r"\A(?:[,;)—–]|[.!?](?:\s|[\"”’]|\Z)|\s[-–—]\s|\s(?:and|when|who|but|years?)\b|\Z)")
APPOSED = re.compile(r"\A(?:,? \(|, | [-–—] ?)(?:aged |age |now |then |both |just |only |barely |(?P<other>\d{1,2}) and )?\Z")
STATED = re.compile(r"\A (?:is|was|turned|had turned|is now|was then|was only|is only|was just|is just)(?: aged)? \Z")
PRONOUN = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Ww]ho|I)(?:’s|'s|’m|'m| is| was| am| turned| had turned)(?: now| then| only| just| aged)? \Z"
)
BOTH = re.compile(r"\b[Bb]oth(?: are| were)?(?: aged)? \Z")
NOUN = re.compile(
    r"\b(?:[Aa]|[Tt]he|[Oo]ne|[Hh]is|[Hh]er|[Aa]nother)(?: [a-z-]+){0,3} (?:soldier|private|corporal|sergeant|captain|lieutenant"
    r"|major|conscript|recruit|deserter|defector|policeman|officer|fighter|man|woman|boy|girl|brother|sister|son|daughter"
    r"|father|mother|wife|husband|widow|cousin|driver|medic|nurse|villager|student|teacher|farmer), (?:aged )?\Z"
)
PAIR = re.compile(r"\b(?:[Tt]wo|[Bb]oth)(?: [a-z-]+){1,3}, (?:aged )?(?:\d{1,2} and )?\Z")
PAIR_ENDS = re.compile(r"\A(?: and \d{1,2})?[,)]")
EXTREME = re.compile(r"\b(?:oldest|youngest|eldest)\b[^.;,]{0,40} (?:was|is) \Z")
WAS = re.compile(r"\b(?:was|is|were) (?:only |just |aged )?\Z")
WHEN = re.compile(r"\A when (?:he|she|they|I)\b")
AT = re.compile(r"(?:\A|[.!?\n][\s\"“]{0,3})(?:At|Aged) \Z")
PERSON_NEXT = re.compile(r"\A, (?:he|she|P-)\b")
LOOK = 60


def is_age(text: str, start: int, end: int, mentions: Sequence[PersonMention]) -> bool:
    """Whether the number at a span is somebody's age: "Ivan P., 33, deserted", "he is 28 and joined", "both 21"."""
    if AGE.match(text[start:end]) is None or not 10 <= int(text[start:end]) <= 99:
        return False
    if ENDS.match(text[end : end + 12]) is None:
        return False
    before = text[max(0, start - LOOK) : start]
    after = text[end : end + 20]
    if any(sign.search(before) for sign in (PRONOUN, BOTH, NOUN, EXTREME)):
        return True
    if (PAIR.search(before) and PAIR_ENDS.match(after)) or (WAS.search(before) and WHEN.match(after)):
        return True
    if AT.search(before) and (PERSON_NEXT.match(after) or any(one.start == end + 2 for one in mentions)):
        return True
    return any(APPOSED.match(between) or STATED.match(between) for between in _since_person(text, start, before, mentions))


def _since_person(text: str, start: int, before: str, mentions: Sequence[PersonMention]) -> list[str]:
    """What stands between the nearest person before a number, found or already a code, and the number."""
    place = bisect_right(mentions, start, key=lambda mention: mention.start) - 1
    found = [text[mentions[place].end : start]] if place >= 0 and mentions[place].end <= start else []
    codes = list(CODE.finditer(before))
    return found + ([before[codes[-1].end() :]] if codes else [])
