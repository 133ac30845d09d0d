"""Capitalised words taken together: which of them could be the name of a person, and what speaks for and against it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from muster.evidence.persons.known import Known
from muster.evidence.persons.scan import Word

OF = ("of", "for", "and", "the", "in", "de", "on")
APPOSED_PLACE = re.compile(
    r"\A, (?:which is |also )?(?:a|an|the|another|in|on) (?:(?!from|of|in|at|to|who)[\w’'-]{1,20} ){0,4}?"
    r"(?:town|city|village|region|state|province|district|township|capital|suburb|port|hamlet|island|county|area|river)\b"
)
PLACE_NOUN_BEFORE = re.compile(
    r"\b(?:town|city|village|region|state|province|district|township|camp|hamlet|suburb|port|base) of\s+\Z"
)
AGE_AFTER = re.compile(
    r"\A(?:\*|,?\s\(?(?:aged?\s)?\d{1,2}\b(?!\s*(?:people|soldiers|men|percent|per cent|%|kilomet|km|miles|:|of|[A-Z]))[,)\s.;—–-])"
)
APPOSED_PERSON = re.compile(
    r"\A(?:\*|,? ?\((?:not (?:his|her|their) real name|a pseudonym|name changed|real name|whose|who)"
    r"|, (?:who(?:m|se)?|then|now|himself|herself|also|not (?:his|her) real name|a pseudonym|my|his|her|their|both|one of)\b"
    r"|, (?:a|an|the) (?:[\w’'-]{1,24} ){0,5}?(?:soldier|captain|sergeant|corporal|private|major|lieutenant|colonel|general|officer|"
    r"defector|deserter|conscript|recruit|fighter|pilot|driver|teacher|nurse|doctor|farmer|student|mother|father|wife|husband|widow|"
    r"son|daughter|brother|sister|resident|villager|policeman|activist|medic|native|veteran|man|woman|boy|girl|shopkeeper|guard|"
    r"commander|cook|mechanic|engineer|gunner|sniper|sailor|clerk|refugee|prisoner|spokes\w+|analyst|researcher|director|professor)\b)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Run:
    """Adjacent words that may be one name, with the verdict: "strong", "default", "thing" or "ordinary"."""

    first: int
    last: int
    title: str | None
    verdict: str = "default"
    why: str = "capitalised"


def find_runs(words: list[Word], known: Known, text: str) -> list[Run]:
    """Candidates for names in order, with verdicts from their own surroundings only."""
    labels = _labels(words, known)
    runs: list[Run] = []
    position = 0
    while position < len(words):
        if labels[position] == "low":
            position += 1
            continue
        stop = _segment_end(words, labels, position, known)
        _absorb(words, labels, position, stop, known)
        runs.extend(_split(words, labels, position, stop, known))
        position = stop
    for run in runs:
        _judge(run, words, known, text)
    return runs


def _labels(words: list[Word], known: Known) -> list[str]:
    """What each word is by itself: low, title, office, thing, place, head, prefix, ordinary, name or unknown."""
    labels = [_label(word, known) for word in words]
    for index, word in enumerate(words):
        for phrase in known.phrases.get(word.key, ()):
            stop = index + len(phrase)
            if word.shape == "low" and not any(w.shape != "low" for w in words[index:stop]):
                continue
            if stop <= len(words) and all(words[index + k].key == part for k, part in enumerate(phrase)):
                if all(words[k].joined for k in range(index + 1, stop)):
                    labels[index:stop] = ["thing"] * len(phrase)
                    break
    return labels


def _label(word: Word, known: Known) -> str:
    key = word.key
    if word.shape == "low":
        return "low"
    if word.shape == "initial":
        return "name"
    if key in known.soft:
        return "soft"
    given = key in known.given
    if key in known.titles and not (given and word.mode != "caps"):
        return "title"
    if key in known.office_words:
        return "title"
    if key in known.alone and not given:
        return "thing"
    if key in known.places:
        return "both" if given else "place"
    if key in known.head:
        return "head"
    if key in known.prefix and not given:
        return "prefix"
    if given:
        return "both" if known.is_ordinary(key) or key in known.alone else "name"
    if known.is_ordinary(key):
        return "ordinary"
    return "unknown"


def _segment_end(words: list[Word], labels: list[str], start: int, known: Known) -> int:
    """End of the stretch of joined capitalised words, connectors and particles inside it taken along."""
    stop = start + 1
    while stop < len(words) and words[stop].joined:
        if labels[stop] != "low":
            stop += 1
            continue
        nearer = stop + 1 < len(words) and words[stop + 1].joined
        if nearer and labels[stop + 1] != "low" and (words[stop].key in known.particles or words[stop].key in OF):
            stop += 2
        elif (
            nearer
            and stop + 2 < len(words)
            and words[stop + 2].joined
            and labels[stop + 2] != "low"
            and words[stop].key in (known.particles | {"of", "for"})
            and words[stop + 1].key in (known.particles | {"the"})
        ):
            stop += 3
        else:
            break
    return stop


def _absorb(words: list[Word], labels: list[str], start: int, stop: int, known: Known) -> None:
    """Organisations and places swallow the capitalised words they are made of."""
    for index in range(start, stop):
        if labels[index] == "head" or (labels[index] == "prefix" and words[index].key in known.head):
            back = index
            while back > start and labels[back - 1] in ("unknown", "ordinary", "name", "both", "place", "thing", "prefix"):
                if words[back].first and words[back].mode == "normal" and "\n" in words[back].gap:
                    break
                if words[back - 1].mode != "normal" and labels[back - 1] in ("name", "unknown", "both") and back < index:
                    break
                back -= 1
            if labels[back : index + 1].count("name") and back > 0 and labels[back - 1] == "title" and back < index - 1:
                back = index
            if labels[index] == "head" and back == index and words[index].key in known.prefix and index + 1 < stop:
                if labels[index + 1] == "unknown":
                    labels[index + 1] = "thing"
            labels[back : index + 1] = ["thing"] * (index + 1 - back)
            if index + 2 < stop and words[index + 1].key in ("of", "for"):
                after = index + 2
                while after < stop and labels[after] in ("unknown", "ordinary", "place", "both", "thing", "prefix", "low"):
                    labels[after] = "thing" if labels[after] != "low" else "low"
                    after += 1
        elif labels[index] == "prefix":
            after = index + 1
            while after < stop and labels[after] in ("unknown", "name", "both", "place", "ordinary") and after <= index + 3:
                labels[after] = "thing"
                after += 1
            labels[index] = "thing"


def _split(words: list[Word], labels: list[str], start: int, stop: int, known: Known) -> list[Run]:
    """Pieces of a segment between titles, places and things."""
    runs: list[Run] = []
    position = start
    title: str | None = None
    if start and labels[start - 1] == "low" and words[start].joined and words[start - 1].key in known.lower_titles:
        title = words[start - 1].key
    while position < stop:
        label = labels[position]
        if label == "title":
            title = words[position].key
            position += 1
            continue
        if label in ("thing", "place", "head", "prefix") or (label == "low" and words[position].key not in known.particles):
            title = None
            position += 1
            continue
        last = position
        while last + 1 < stop and (
            labels[last + 1] in ("name", "unknown", "soft", "both", "ordinary")
            or (labels[last + 1] == "place" and labels[last] in ("name", "soft"))
            or (labels[last + 1] == "low" and words[last + 1].key in known.particles)
        ):
            if "\n" in words[last + 1].gap and words[last + 1].mode != words[last].mode:
                break
            last += 1
        run = _trim(words, labels, position, last, title, known)
        if run is not None:
            runs.append(run)
        title = None
        position = last + 1
    return runs


def _trim(words: list[Word], labels: list[str], first: int, last: int, title: str | None, known: Known) -> Run | None:
    """Take off ordinary words at the front of a sentence, in headlines on both sides, and loose particles."""
    while first <= last and title is None and labels[first] in ("ordinary", "both", "soft", "low"):
        word = words[first]
        loose = word.first or word.mode != "normal"
        if (
            labels[first] == "low"
            and word.key in known.particles
            and word.key not in ("of", "y", "e", "as", "at", "an", "ad", "ed", "or")
        ):
            break
        if labels[first] == "both" and first < last and labels[first + 1] in ("name", "unknown", "both", "soft"):
            break
        if labels[first] == "both" and first < last and word.mode == "normal" and word.key not in known.beside["not_alone"]:
            break
        if labels[first] == "soft" and first < last:
            break
        if labels[first] in ("both", "soft") and (first == last or not (loose and known.is_ordinary(word.key))):
            break
        if labels[first] == "ordinary" and not loose and first == last:
            break
        if labels[first] == "ordinary" and not loose and all(label != "ordinary" for label in labels[first + 1 : last + 1]):
            break
        first += 1
    while first <= last and (labels[last] == "low" or (labels[last] == "ordinary" and words[last].mode != "normal")):
        last -= 1
    return None if first > last else Run(first, last, title)


def _judge(run: Run, words: list[Word], known: Known, text: str) -> None:
    """Weigh the surroundings of a run."""
    first, last = words[run.first], words[run.last]
    parts = words[run.first : run.last + 1]
    before = text[max(0, first.start - 48) : first.start]
    after = text[last.end : last.end + 90]
    why = _for_person(run, words, known, before, after)
    names = [word for word in parts if word.key in known.given and not known.is_ordinary(word.key)]
    plain = all(known.is_ordinary(word.key) or word.key in known.alone or word.key in known.places for word in parts)
    lone_capitals = len(parts) == 1 and first.shape == "caps" and first.mode == "normal" and len(first.text) > 1
    if len(parts) == 1 and (len(first.text) == 1 or first.key in known.alone) and why not in ("title", "naming"):
        run.verdict, run.why = "ordinary", "letter"
        return
    if lone_capitals and why not in ("title", "naming", "apposition"):
        run.verdict, run.why = "thing", "abbreviation"
        return
    against = _against(run, words, known, before, after)
    if why == "naming" and following_place(run, words, known):
        run.verdict, run.why = "thing", "place"
        return
    if why in ("apposition", "verb") and against in ("place", "group") and len(parts) < 3:
        run.verdict, run.why = "thing", against
        return
    if why in ("title", "naming", "apposition", "honorific", "age"):
        if not (run.title and plain and first.mode != "normal"):
            run.verdict, run.why = "strong", why
            return
    if against == "place" and not (why and not names and len(parts) > 2):
        run.verdict, run.why = "thing", "place"
    elif why is not None and not plain and not lone_capitals:
        run.verdict, run.why = "strong", why
    elif len(parts) == 1 and first.key in known.places:
        run.verdict, run.why = "thing", "place"
    elif names or (len(parts) > 1 and any(word.key in known.given for word in parts) and not plain):
        run.verdict, run.why = "strong", "name word"
    elif plain:
        given = any(word.key in known.given or word.key in known.soft for word in parts) and first.mode == "normal"
        if given and len(parts) == 1 and first.first and why == "verb" and _is_abstract(run, words, known):
            why = None
        run.verdict, run.why = ("strong", "name word") if given and (why or len(parts) > 1) else ("ordinary", "plain words")
        if given and len(parts) == 1 and not first.first and not why:
            run.verdict, run.why = "default", "name word"
    elif lone_capitals or against:
        run.verdict, run.why = "thing", against or "abbreviation"


def following_place(run: Run, words: list[Word], known: Known) -> bool:
    """Whether a noun of place follows ("called Karen state")."""
    return run.last + 1 < len(words) and words[run.last + 1].joined and words[run.last + 1].key in known.beside["place_after"]


def _is_abstract(run: Run, words: list[Word], known: Known) -> bool:
    """Whether an English word that is a name as well is more likely the word: "Hope is fading", "May was wet"."""
    following = words[run.last + 1].key
    return words[run.first].key in (known.beside["abstract"] | known.beside["not_alone"]) and following not in known.speech


def _for_person(run: Run, words: list[Word], known: Known, before: str, after: str) -> str | None:
    first, last = words[run.first], words[run.last]
    if run.title is not None:
        return "title"
    if run.last > run.first and first.key in known.soft and first.shape != "low":
        return "honorific"
    if known.naming.search(before):
        return "naming"
    if APPOSED_PERSON.match(after):
        return "apposition"
    if AGE_AFTER.match(after):
        return "age"
    if any(word.shape == "initial" for word in words[run.first : run.last + 1]) and run.last > run.first:
        return "initial"
    following = words[run.last + 1] if run.last + 1 < len(words) else None
    near = following is not None and following.gap in (" ", "\n", ", ", ",” ")
    if following is not None and near and following.shape == "low" and not last.possessive and following.key in known.verbs:
        if following.gap in (" ", "\n") or following.key in known.speech:
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
