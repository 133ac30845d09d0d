"""What a witness's sentences say of him or her: bands of age and service, rank group, branch, way out, quarter."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date
from typing import NamedTuple

from muster.evidence.persons.combine import band_of_age
from muster.evidence.testimony.reading import Sentence, Witness
from muster.evidence.testimony.words import TestimonyWords

UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
WORDS = {word: number for number, word in enumerate(UNITS.split(), start=1)} | TENS
WRITTEN = rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{UNITS.replace(' ', '|')}))?|{UNITS.replace(' ', '|')})"
NUMBER = rf"(?P<n>\d{{1,2}}|{WRITTEN})"
AGE = re.compile(
    r"\b(?P<a>\d{2})[\s-]y(?:ea)?rs?[\s-]old\b"
    r"|\b(?:aged?|age of|turned|was|is|only|just|at) (?P<b>\d{2})\b(?=[,.;) ]|$)(?! (?:people|men|percent))"
    r"|, (?P<c>\d{2})[,.;]"
    rf"|\b(?:am|aged|turned|was|is) (?P<w>{WRITTEN})(?= now|[,.;]| when| years old)"
)
DECADE = re.compile(r"\bin (?:his|her) (?:early |mid-?|late )?(?P<d>[1-6]0)s\b")
JOIN = re.compile(r"\b(?:join|enlist|sign(?:ed)? up|recruit|conscript|drafted|enter|became a soldier|cadet|volunteer)", re.I)
SERVED = re.compile(
    rf"\b(?:serv(?:ed|ing|ice)|spent|after|with|had|for|nearly|over|some|about)\s+(?:\w+\s+){{0,2}}?{NUMBER}[\s-]years?\b"
    r"(?! old| ago| later| in prison)"
    rf"|\b{NUMBER.replace('<n>', '<m>')}[\s-]years?(?:['’]| of| in| with|[\s-]veteran)[^.;]{{0,20}}"
    r"(?:service|army|military|force|police|navy|uniform|veteran)"
    rf"|\b{NUMBER.replace('<n>', '<k>')}-year veteran",
    re.I,
)
SERVICE_WORD = re.compile(r"\b(?:serv|army|military|force|police|navy|uniform|veteran|soldier|career)", re.I)
MONTHS = tuple(month.lower() for month in month_name[1:])
WHEN = re.compile(
    r"\b(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:\s+\d{1,2}(?:st|nd|rd|th)?)?(?:,?\s+(?:of\s+)?(?P<year>(?:19|20)\d\d))?\b"
)

OWN = frozenset(("a", "the", "as", "ex", "former", "made", "became", "to"))
ARMY = frozenset(("base", "barracks", "comrades", "unit", "trench", "trenches", "commander", "front"))


class Facts(NamedTuple):
    """Bands only."""

    age_band: str | None
    joined_age_band: str | None
    rank_group: str | None
    branch: str | None
    service_band: str | None
    exit_type: str | None


def facts_of(text: str, witness: Witness, words: TestimonyWords) -> Facts:
    """Everything the sentences of a witness state about the person."""
    pieces = [text[sentence.span.start : sentence.span.end] for sentence in witness.sentences]
    age, joined = _ages(pieces)
    rank = _rank(text, witness, words)
    branch = _branch(witness, words) or ("army" if rank is not None else None)
    return Facts(age, joined, rank, branch, _service(pieces), _exit(witness))


def _ages(pieces: list[str]) -> tuple[str | None, str | None]:
    age: str | None = None
    joined: str | None = None
    for piece in pieces:
        for match in AGE.finditer(piece):
            years = _number(match["a"] or match["b"] or match["c"] or match["w"])
            if not 10 <= years <= 80:
                continue
            clause = re.split(r"[;.]", piece[max(0, match.start() - 50) : match.end() + 60])
            joins = (
                any(JOIN.search(part) and match.group() in part for part in clause) and match["a"] is None and match["c"] is None
            )
            if joins and joined is None:
                joined = band_of_age(years)
            elif not joins and age is None:
                age = band_of_age(years)
        decade = DECADE.search(piece)
        if decade is not None and age is None:
            age = _band_of_decade(int(decade["d"]), decade.group())
    return age, joined


def _number(word: str) -> int:
    """The value of digits, or of a number in words below sixty."""
    return int(word) if word.isdigit() else sum(WORDS[part] for part in re.split(r"[ -]", word.lower()))


def _band_of_decade(low: int, wording: str) -> str:
    """Ten years lie in two bands unless they are called early or late."""
    if "early" in wording or "mid" in wording:
        return band_of_age(low + 3)
    if "late" in wording:
        return band_of_age(low + 8)
    first, last = band_of_age(low), band_of_age(low + 9)
    return first if first == last else f"{first.split('-')[0]}-{last.split('-')[-1]}"


def _rank(text: str, witness: Witness, words: TestimonyWords) -> str | None:
    """Rank group from the description, the title before the name, or an apposition."""
    found = [words.ranks[low] for low in witness.described if low in words.ranks]
    if {"police", "officer"} <= set(witness.described):
        found = ["other_rank"]  # every policeman is a "police officer"
    weak: list[str] = []
    for sentence in witness.sentences:
        for mention in sentence.mentions:
            if mention.person != witness.person or witness.person is None:
                continue
            before = re.findall(r"[\w-]+", text[max(sentence.span.start, mention.start - 30) : mention.start].lower())[-2:]
            after = re.findall(r"[\w-]+", text[mention.end : min(sentence.span.end, mention.end + 70)].lower())[:9]
            found += [words.ranks[low] for low in (*before, *after) if low in words.ranks]
        lows = [term.low for term in sentence.terms]
        if not words.about["pronoun"].isdisjoint(lows):
            weak += [words.ranks[low] for k, low in enumerate(lows) if low in words.ranks and _is_own(lows, k)]
    for group in ("officer", "nco"):
        if group in found:
            return group
    if found:
        return "other_rank"
    lows_all = {term.low for sentence in witness.sentences for term in sentence.terms}
    if weak:
        return weak[0]
    return (
        "other_rank"
        if {"soldiers", "soldier"} & lows_all and any("like him" in _piece(text, s) for s in witness.sentences)
        else None
    )


def _is_own(lows: list[str], place: int) -> bool:
    """Whether a rank in a sentence about a person is that person's: "as a sergeant", "made corporal", "The captain"."""
    return lows[:place] == ["the"] or not OWN.isdisjoint(lows[max(0, place - 2) : place])


def _piece(text: str, sentence: Sentence) -> str:
    return text[sentence.span.start : sentence.span.end]


def _branch(witness: Witness, words: TestimonyWords) -> str | None:
    """The branch named first; air, navy and police count before the army, whose words fit all."""
    order: list[str] = []
    for low in witness.described:
        order += ["air"] if low in ("pilot", "airman") else ["navy"] if low in ("sailor", "marine") else []
        order += ["police"] if low in ("policeman", "policewoman", "constable", "gendarme") else []
    for sentence in witness.sentences:
        order += [label for label, _ in words.branches.find(sentence.terms)]
    special = [label for label in order if label != "army"]
    army = order.count("army")
    if special and (special[0] == order[0] or special.count(special[0]) * 2 >= army):
        return special[0]
    lows = {term.low for sentence in witness.sentences for term in sentence.terms}
    return "army" if army or lows & ARMY else None


def _service(pieces: list[str]) -> str | None:
    for piece in pieces:
        for match in SERVED.finditer(piece):
            word = (match["n"] or match["m"] or match["k"]).lower()
            if not SERVICE_WORD.search(piece[max(0, match.start() - 40) : match.end() + 40]):
                continue
            years = _number(word)
            return "0-4" if years < 5 else "5-9" if years < 10 else "10-19" if years < 20 else "20+"
    return None


def _exit(witness: Witness) -> str | None:
    types = [label for sentence in witness.sentences for label, _ in sentence.exits]
    return next(
        (label for label in ("defected", "surrendered", "deserted", "discharged", "arrested") if label in types), witness.way
    )


def quarter_of(text: str, witness: Witness, published: date | None) -> str | None:
    """The quarter of leaving, when a month stands in a sentence with a word of exit."""
    for sentence in witness.sentences:
        if not sentence.exits:
            continue
        for match in WHEN.finditer(text, sentence.span.start, sentence.span.end):
            month = MONTHS.index(match["month"].lower()) + 1
            if text[match.end() : match.end() + 6].strip().lower().startswith("coup") or (
                match["month"] == "May" and not match["year"]
            ):
                continue
            year = int(match["year"]) if match["year"] else _latest_year(month, published)
            if year is not None:
                return f"{year}Q{(month + 2) // 3}"
    return None


def _latest_year(month: int, published: date | None) -> int | None:
    if published is None:
        return None
    return published.year if month <= published.month else published.year - 1
