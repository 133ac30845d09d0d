"""What speaks for and against a run of capitalised words being the name of a person, from its own surroundings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from muster.evidence.persons.known import Known
from muster.evidence.persons.scan import Word

APPOSED_PLACE = re.compile(
    r"\A, (?:which is |also )?(?:a|an|the|another|in|on) (?:(?!from|of|in|at|to|who)[\w’'-]{1,20} ){0,4}?"
    r"(?:town|city|village|region|state|province|district|township|capital|suburb|port|hamlet|island|county|area|river)\b"
)
PLACE_NOUN_BEFORE = re.compile(
    r"\b(?:town|city|village|region|state|province|district|township|camp|hamlet|suburb|port|base) of\s+\Z"
)
AGE_AFTER = re.compile(
    r"\A(?:\*|,?\s\(?(?:aged?\s)?\d{1,2}\b"
    r"(?!\s*(?:people|soldiers|men|percent|per cent|%|kilomet|km|miles|:|of|[A-Z]))[,)\s.;—–-])"
)
APPOSED_PERSON = re.compile(
    r"\A(?:\*|,? ?\((?:not (?:his|her|their) real name|a pseudonym|name changed|real name|whose|who)"
    r"|, (?:who(?:m|se)?|then|now|himself|herself|also|not (?:his|her) real name|a pseudonym|my|his|her|their|both|one of)\b"
    r"|, (?:a|an|the) (?:[\w’'-]{1,24} ){0,5}?(?:soldier|captain|sergeant|corporal|private|major|lieutenant|colonel|general|"
    r"officer|"
    r"defector|deserter|conscript|recruit|fighter|pilot|driver|teacher|nurse|doctor|farmer|student|mother|father|wife|husband|widow|"
    r"son|daughter|brother|sister|resident|villager|policeman|activist|medic|native|veteran|man|woman|boy|girl|shopkeeper|guard|"
    r"commander|cook|mechanic|engineer|gunner|sniper|sailor|clerk|refugee|prisoner|spokes\w+|analyst|researcher|director|professor)\b)",
    re.IGNORECASE,
)

SOLDIERS = (
    r"(?:privates|soldiers|corporals|sergeants|captains|officers|conscripts|recruits|deserters|defectors|policemen"
    r"|brothers|sisters)"
)
AGE_BETWEEN = re.compile(r"\A, \d\d, \Z")
COUPLE = re.compile(rf"\A, (?:two|three|both|all) (?:[\w’'-]{{1,24}} ){{0,3}}?{SOLDIERS}\b", re.IGNORECASE)
COUPLE_FIRST = re.compile(rf"\A(?:, [A-Z][\w’'-]{{1,24}}){{0,4}},? and [A-Z][\w’'-]{{1,24}}(?=,){COUPLE.pattern[2:]}")
TOLD = ("title", "naming", "couple", "named kin")


@dataclass(slots=True)
class Run:
    """Adjacent words that may be one name, with the verdict: "strong", "default", "thing" or "ordinary"."""

    first: int
    last: int
    title: str | None
    verdict: str = "default"
    why: str = "capitalised"


def judge(run: Run, words: list[Word], known: Known, text: str) -> None:
    """Weigh the surroundings of a run and write the verdict into it."""
    start, end = words[run.first].start, words[run.last].end
    before, after = text[max(0, start - 48) : start], text[end : end + 90]
    why = _for_person(run, words, known, before, after)
    run.verdict, run.why = _verdict(run, words, known, why, _against(run, words, known, before, after))


def _verdict(run: Run, words: list[Word], known: Known, why: str | None, against: str | None) -> tuple[str, str]:
    """What the signs for (``why``) and against come to, the surest first."""
    parts = words[run.first : run.last + 1]
    first, lone = parts[0], len(parts) == 1
    names = [word for word in parts if word.key in known.given and not known.is_ordinary(word.key)]
    plain = all(known.is_ordinary(word.key) or word.key in known.alone or word.key in known.places for word in parts)
    told = why in TOLD or (lone and first.key in known.given and _says_itself(run, words, known))
    if lone and (len(first.text) == 1 or first.key in known.alone) and not told:
        return "ordinary", "letter"
    if lone and first.shape == "caps" and first.mode == "normal" and not told and why != "apposition":
        return "thing", "abbreviation"
    if why in ("couple", "named kin") and (lone or not plain):
        return "strong", why
    if why == "naming" and _place_follows(run, words, known):
        return "thing", "place"
    if why in ("apposition", "verb") and against in ("place", "group") and len(parts) < 3:
        return "thing", against
    if why == "age" and plain and lone and first.key not in known.given | known.plain:
        return "ordinary", "plain words"
    sure = told or why in ("apposition", "honorific", "age")
    if why is not None and sure and not (run.title and plain and first.mode != "normal"):
        return "strong", why
    if against == "place" and not (why and not names and len(parts) > 2):
        return "thing", "place"
    if why is not None and not plain:
        return "strong", why
    if lone and first.key in known.places:
        return "thing", "place"
    if names or (not lone and not plain and any(word.key in known.given for word in parts)):
        return "strong", "name word"
    if plain:
        return _plain_verdict(run, words, known, why)
    return ("thing", against) if against else ("default", "capitalised")


def _plain_verdict(run: Run, words: list[Word], known: Known, why: str | None) -> tuple[str, str]:
    """A run of English words, some of which may be names: Grace, Will, Win."""
    parts = words[run.first : run.last + 1]
    first, lone = parts[0], len(parts) == 1
    deed = lone and first.mode == "normal" and _leaves_or_says(run, words, known)
    if deed and first.key in known.plain:
        return "strong", "name word"
    given = first.mode == "normal" and any(word.key in known.given or word.key in known.soft for word in parts)
    if given and lone and first.first and why == "verb" and _is_abstract(run, words, known):
        why = None
    if given and (why or not lone):
        return "strong", "name word"
    if given and not first.first:
        return "default", "name word"
    return "ordinary", "plain words"


def _place_follows(run: Run, words: list[Word], known: Known) -> bool:
    """Whether a noun of place follows ("called Karen state")."""
    return run.last + 1 < len(words) and words[run.last + 1].joined and words[run.last + 1].key in known.beside["place_after"]


def _is_abstract(run: Run, words: list[Word], known: Known) -> bool:
    """Whether an English word that is a name as well is more likely the word: "Hope is fading", "May was wet"."""
    abstract = words[run.first].key in (known.beside["abstract"] | known.beside["not_alone"])
    return abstract and not _leaves_or_says(run, words, known)


def _leaves_or_says(run: Run, words: list[Word], known: Known) -> bool:
    """Whether the next word is a verb of saying or leaving, which only a person does."""
    following = words[run.last + 1] if run.last + 1 < len(words) else None
    does = known.speech | known.beside["leaving"]
    return following is not None and following.gap == " " and following.shape == "low" and following.key in does


def _says_itself(run: Run, words: list[Word], known: Known) -> bool:
    """Whether a month or weekday that begins a sentence deserts or speaks ("Sunday deserted"); "May left" may be the month."""
    word = words[run.first]
    if word.key not in known.beside["calendar"]:
        return False
    if run.first and words[run.first - 1].key in known.speech:
        return _ends_quote(words[run.first - 1].gap)
    following = words[run.last + 1] if run.last + 1 < len(words) else None
    if word.first and following is not None and AGE_BETWEEN.match(following.gap):
        return following.key in known.speech | known.beside["leaving"]
    if not _leaves_or_says(run, words, known):
        return False
    return _ends_quote(word.gap) or (word.first and words[run.last + 1].key not in ("left", "leaves"))


def _ends_quote(gap: str) -> bool:
    """Whether what stands between two words ends a quotation."""
    return any(mark in gap for mark in (",”", ',"', "”,", '",', "’,", "',"))


def _is_named_kin(run: Run, words: list[Word], known: Known) -> bool:
    """Whether a word stands as the name of somebody's kin: "his wife, May, said", "his wife May said"."""
    if not run.first or run.last + 1 >= len(words) or words[run.first - 1].key not in known.kin:
        return False
    gap, following = words[run.first].gap, words[run.last + 1]
    if gap == ", ":
        return following.gap == ", " and (following.key in known.verbs or following.key == "who")
    return gap == " " and _leaves_or_says(run, words, known)


def _is_couple(run: Run, words: list[Word], known: Known, after: str) -> bool:
    """Whether a word is one of two joined names that are then called soldiers: "Faith and Sunday, two privates"."""
    dated = known.alone | known.places
    if COUPLE_FIRST.match(after):
        return words[run.first].key not in dated
    if run.first < 2 or COUPLE.match(after) is None or words[run.first - 1].key != "and":
        return False
    other = words[run.first - 2]
    return other.shape == "cap" and other.key not in dated


def _for_person(run: Run, words: list[Word], known: Known, before: str, after: str) -> str | None:
    first, last = words[run.first], words[run.last]
    if run.title is not None:
        return "title"
    if run.last > run.first and first.key in known.soft and first.shape != "low":
        return "honorific"
    if known.naming.search(before):
        return "naming"
    if _is_named_kin(run, words, known):
        return "named kin"
    if _is_couple(run, words, known, after):
        return "couple"
    if APPOSED_PERSON.match(after):
        return "apposition"
    if AGE_AFTER.match(after):
        return "age"
    if any(word.shape == "initial" for word in words[run.first : run.last + 1]) and run.last > run.first:
        return "initial"
    following = words[run.last + 1] if run.last + 1 < len(words) else None
    if following is not None and following.shape == "low" and not last.possessive:
        close = following.gap in (" ", "\n") and following.key in known.verbs
        if close or (following.gap in (", ", ",” ") and following.key in known.speech):
            return "verb"
    if following is not None and last.possessive and (following.key in known.kin or following.key in known.beside["owned"]):
        return "possessive"
    previous = words[run.first - 1] if run.first else None
    if previous is not None and first.gap in (" ", "\n", ", ", ": ") and previous.shape == "low":
        if previous.key in known.speech and first.gap != ": ":
            return "verb before"
        if previous.key in known.kin and not previous.possessive:
            return "kin"
    return None


def _against(run: Run, words: list[Word], known: Known, before: str, after: str) -> str | None:
    last = words[run.last]
    following = words[run.last + 1] if run.last + 1 < len(words) else None
    if following is not None and not last.possessive and following.gap in (" ", "-", "\n") and following.shape == "low":
        if following.key in known.beside["place_after"]:
            return "place"
        if following.key in known.beside["group_after"]:
            return "group"
    if APPOSED_PLACE.match(after) or PLACE_NOUN_BEFORE.search(before):
        return "place"
    previous = words[run.first - 1] if run.first else None
    if previous is not None and words[run.first].gap in (" ", "\n"):
        if previous.key in known.beside["noun_before"] and previous.shape == "low":
            return "noun"
        if previous.key == "the" or previous.key in ("a", "an", "this", "these", "those"):
            return "article"
        if previous.key in known.beside["place_before"] and not last.possessive:
            return "preposition"
    return None
