"""What a number is when it is no quantity: a date, a time, an age, a duration, an ordinal, a name, a distance.

Each rule looks at the words right before and right behind the number. The first that fits wins; a number that none
fits is a quantity. Names are told from the words before ("Operation 1027", "battalions 552, 564 and 565"), measures
from the words behind ("18 years", "910 kilometres").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from muster.evidence.dates import alternatives
from muster.evidence.lexicon import load_lexicon

BEFORE, BEHIND = 64, 72  # characters looked at on each side
_SIMPLE = re.compile(r"\d+(?:\s?(?:[-–—]|to|and|or)\s?\d+)?|[A-Za-z]+(?:-[A-Za-z]+)?(?:\s(?:to|and|or)\s[A-Za-z-]+)?")


@dataclass(frozen=True, slots=True)
class Place:
    """A number with the text it stands in; ``simple`` is a whole number below a thousand without a scale word."""

    text: str
    start: int
    end: int
    value: float
    form: str

    @property
    def simple(self) -> bool:
        """Whether it may be an age, the number of a unit or of a page."""
        return self.value == int(self.value) and _SIMPLE.fullmatch(self.text[self.start : self.end]) is not None

    @property
    def before(self) -> str:
        """The text before the number, as far as rules look."""
        return self.text[max(0, self.start - BEFORE) : self.start]

    @property
    def behind(self) -> str:
        """The text behind the number, as far as rules look."""
        return self.text[self.end : self.end + BEHIND]


@dataclass(frozen=True, slots=True)
class Contexts:
    """The patterns of what stands around a number."""

    name: re.Pattern[str]
    measures: tuple[tuple[str, re.Pattern[str]], ...]
    hyphen: tuple[tuple[str, re.Pattern[str]], ...]
    idle: re.Pattern[str]
    counted: re.Pattern[str]
    definite: re.Pattern[str]
    nobody: re.Pattern[str]


@lru_cache(maxsize=1)
def contexts() -> Contexts:
    """The patterns compiled from ``words/numbers.toml``."""
    lexicon = load_lexicon()

    def words(topic: str, **where: str) -> str:
        rows = [row for row in lexicon.table(topic) if all(row.get(key) == value for key, value in where.items())]
        return alternatives([word for row in rows for word in row["words"]])

    between = f"(?:(?:{words('number_between')})\\s+)?"
    people = f"(?:[\\w’'-]+\\s+){{0,3}}?(?:{words('number_people')}|{words('number_things')})\\b"
    measures = []
    for role in ("duration", "distance", "other"):
        names = words("number_measures", role=role)
        measures.append((role, re.compile(rf"\s?(?:of\s+(?:the\s+)?)?{between}(?:{names})(?![\w])")))
    return Contexts(
        re.compile(
            rf"(?:(?<![\w])(?:{words('number_names')})|(?<![\w])(?i:{words('number_names_small')}))[\s.:-]{{0,3}}(?:(?:No|no|Number|number|Nos)\.?\s*)?[\"“'‘(#]?\Z"
        ),
        tuple(measures),
        tuple(
            (row["role"], re.compile(rf"(?i)\s?[-‐‑–]\s?(?:{alternatives(row['words'])})\b"))
            for row in lexicon.table("number_hyphen")
        ),
        re.compile(rf"(?i)(?:\s+(?:{words('number_idle')})\b|\s*[-’'.,;:!?)\]”\"—–]|\s*\Z)"),
        re.compile(rf"(?i)\s+(?:(?:was|were|is|are|been|being|or\s+more|more)\s+)?{people}"),
        re.compile(rf"(?i)\s*(?:[.,;:)!?]|\s(?:{words('number_definite')})\b)"),
        re.compile(
            rf"(?i)(?<![\w-])(?P<zero>no|not\s+a\s+single|zero|none)(?:\s+of\s+(?:the|his|their|its|our|those|these))?\s+(?:(?!longer|more\b|one\b|other\b)[\w-]+\s+){{0,1}}(?:{words('number_people')})\b"
        ),
    )


_ADDRESS = re.compile(
    r"(?i)https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,64}|(?<![\w/.-])(?:[\w-]{1,63}\.){1,4}(?:com|org|net|info|gov|edu|int|html?|php|pdf|jpg|png)(?:/\S*)?"
    r"|\+\d[\d()-]*(?:[ -][\d()-]{2,}){1,6}|\(\d{3}\)\s?\d{3}-\d{4}|(?<![\w-])\d{3}-\d{3}-\d{4}(?![\w-])|(?<!\w)[@#]\w+|(?<!\w)\d{1,3}(?:\.\d{1,3}){3}(?!\w)"
)
_CLOCK = re.compile(
    r"(?i)(?<![\w.,:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)(?:\s?(?:[ap]\.?m\b\.?|hrs|hours|GMT|UTC|EST|EDT|local time))?"
    r"|(?<![\w.,:])(?:0?[1-9]|1[0-2])(?:\.[0-5]\d)?\s?(?:[ap]\.m\.|[ap]m\b)|(?<![\w.,:])(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs|hours|GMT|UTC|local time|h)\b"
    r"|(?i:(?<=\bat )|(?<=\bby )|(?<=\baround )|(?<=\bfrom ))(?:[1-9]|1[0-2]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night|o[’']clock))"
    r"|(?<!\w)(?:24/7|24x7)(?!\w)"
)
_AGE_BEFORE = re.compile(
    r"(?i)(?:\b(?:aged?|ages|at\s+the\s+age\s+of|(?:young|old|early|ripe|tender|advanced|minimum|maximum|average|median|lower|upper)?\s*age\s+(?:of|is|was|at|limit\s+of|to|from)|turned|turning|turns)"
    r"(?:\s+(?:of|only|just|between|from|about|around|over|under|up\s+to|at\s+least|as\s+young\s+as|to|below|above))*\s+"
    r"|\bunder[- ]|\bover[- ](?=\d\ds\b)|\b(?:was|is|am|be|were)\s+(?:only|just|barely)\s+|\b(?:in|into)\s+(?:his|her|their|my)\s+(?:early|mid|late|mid-)?[\s-]?)\Z"
)
_AGE_BEHIND = re.compile(
    r"(?i)\s?[-‐‑–]?\s?(?:years?|yrs?|months?)[-\s‐‑–]*(?:olds?\b|of\s+age\b)|\s?[-‐‑–]?y/?o\b|\s+and\s+(?:over|above|older|under|younger|up)\b(?=\s*(?:[.,;)]|who|to|must|will|may|are|can|\Z))|\s+(?:or|and)\s+(?:older|younger)\b"
)
_NAMED_AGE = re.compile(r"[A-ZÀ-Þ][\w’'.-]*(?:\s\(?[A-ZÀ-Þ][\w’'.-]*\)?)*,\s\Z")
_BRACKET_AGE = re.compile(r"[A-ZÀ-Þ][\w’'-]+\s[A-ZÀ-Þ][\w’'-]+\s\(\Z")
_AGE_AFTER_COMMA = re.compile(
    r"(?:,|\))\s+(?:who|a\b|an\b|the\b|from|said|told|says|is\b|was\b|stands|and\s+his|has\b|had\b|of\b|also|left|joined|fled|[a-z]+ed\b|[a-z]+s\b)|[.)](?:\s|\Z)|\s+and\s+[A-Z]"
)
_DECADE_AGE = re.compile(r"(?i)(?:’|')?s\b")
_LIST_LINK = re.compile(r"(?:\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|or|&)\s+|\s*[-–/]\s*)[\"“‘']?\Z")


def masks(text: str) -> list[tuple[int, int, str]]:
    """Addresses, telephone numbers and clock times: spans whose digits are no quantities, with their role."""
    found = [(match.start(), match.end(), "other") for match in _ADDRESS.finditer(text)]
    return found + [(match.start(), match.end(), "time") for match in _CLOCK.finditer(text)]


def role_of(place: Place, *, bounded: str, listed: str) -> tuple[str, str]:
    """The role of a number and the rule that says so.

    ``bounded`` is the qualifier its wording gives, ``listed`` the role of the number before it where the two are in one
    list (``""`` when they are not).
    """
    for rule in (_by_letters, _by_hyphen, _as_age, _as_measure):
        role = rule(place)
        if role:
            return role, f"role:{rule.__name__.strip('_')}"
    if _as_name(place, bounded) or (
        listed == "name" and place.simple and not bounded and not contexts().counted.match(place.behind)
    ):
        return "name", "role:as_name"
    if _is_ticked(place):
        return "other", "role:item"
    if _is_idle(place, bounded):
        return "other", "role:idle"
    return "quantity", ""


def _by_letters(place: Place) -> str:
    """Letters glued to the digits: "48th", "F-16", "155mm", "20s"."""
    text, start, end = place.text, place.start, place.end
    if place.form != "digits":
        return ""
    behind = text[end : end + 3].lower()
    if re.match(r"(?:st|nd|rd|th)\b", behind):
        return "ordinal"
    if re.match(r"[’']?s\b", behind):
        return "age" if re.search(r"(?i)\b(?:his|her|their|my|early|mid|late)[\s-]\Z", place.before) else "other"
    if behind[:1].isalpha():
        return "distance" if re.match(r"(?:mm|cm|km|m|kg|ft|lb|in)\b", behind) else "name"
    if start and (text[start - 1].isalpha() or text[start - 1] in "_/\\"):
        return "name" if text[start - 1] != "/" else "other"
    if start > 1 and text[start - 1] in "-‑" and text[start - 2].isalnum():
        return "name" if text[start - 2].isalpha() else ""
    return ""


def _by_hyphen(place: Place) -> str:
    """A compound: "a 200-strong force" counts, "a six-month campaign" lasts, "a three-pronged attack" is neither."""
    if _AGE_BEHIND.match(place.behind):
        return "age"
    for role, pattern in contexts().hyphen:
        if pattern.match(place.behind):
            return role if role != "quantity" else ""
    return "other" if re.match(r"[-‐‑][A-Za-z]", place.behind) else ""


def _as_age(place: Place) -> str:
    if not place.simple or not 0 < place.value < 121:
        return ""
    behind = place.behind
    if _AGE_BEHIND.match(behind) and not re.match(r"\s+and\s+(?:over|above|up)", behind):
        return "age"
    if _AGE_BEFORE.search(place.before):
        just = re.search(r"(?i)(?:was|is|am|be|were)\s+(?:only|just|barely)\s+\Z", place.before)
        return "age" if not just or re.match(r"\s*(?:[.,;]|when|years|at\b)", behind) else ""
    if 9 < place.value < 100 and place.form == "digits":
        if _NAMED_AGE.search(place.before) and _AGE_AFTER_COMMA.match(behind):
            return "age"
        if _BRACKET_AGE.search(place.before) and behind.startswith(")"):
            return "age"
    return ""


def _as_measure(place: Place) -> str:
    """Years, kilometres, degrees: read from the words behind."""
    if re.match(r"\s?(?:°|º)", place.behind):
        return "distance"
    for role, pattern in contexts().measures:
        found = pattern.match(place.behind)
        if found and not re.search(r"\bm\Z", found.group()) or (found and re.match(r"\s?m\b(?!\w)", place.behind)):
            return role
    if place.form in ("share", "words") and re.match(
        r"(?i)\s+(?:an?\s+)(?:hour|year|century|decade|mile|kilomet\w+|day|minute|dozen years)\b", place.behind
    ):
        return "duration"
    return ""


def _as_name(place: Place, bounded: str) -> bool:
    """The number of a unit, an operation, a law: "Operation 1027", "No. 5"."""
    if (
        bounded
        or place.form in ("vague", "share")
        or place.text[place.start : place.end].count(",")
        or place.value != int(place.value)
    ):
        return (
            place.form == "digits"
            and not bounded
            and re.search(r"(?:Article|Section|Rule|version|Version|Chapter|Windows)\s\Z", place.before) is not None
        )
    found = contexts().name.search(place.before)
    if found is None:
        return False
    sure = re.match(
        r"(?:Operation|No|Nos|Number|Resolution|Article|Section|Light|LIB|IB|Battalion|Boeing|Highway|Route|Channel)",
        found.group(),
    )
    return bool(sure) or place.form == "digits" or contexts().counted.match(place.behind) is None


def _is_ticked(place: Place) -> bool:
    """A list number, a footnote, "1 of 20", a score."""
    text, start, end = place.text, place.start, place.end
    if place.form != "digits":
        return False
    if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
        return True
    if re.search(r"(?:Photo|Page|Part|Slide|Image|Figure|Day|Item|Chapter)s?\s\d{1,3}\s(?:of|/|out\sof)\s\Z", place.before):
        return True
    line = text.rfind("\n", max(0, start - 6), start) if start > 5 else -1
    at_line_start = (
        start == 0
        or (line >= 0 and not text[line + 1 : start].strip(" (\t#"))
        or (start <= 5 and not text[:start].strip(" (\t#"))
    )
    if at_line_start and place.value < 100 and re.match(r"[.)]\s", text[end : end + 2]):
        return True
    return re.match(r"\s?/\s?\d", text[end : end + 4]) is not None


def _is_idle(place: Place, bounded: str) -> bool:
    """A number word that counts nothing: "one of the", "no one", "the two sides"; also "half" where it is no share."""
    words = contexts()
    lower = place.text[place.start : place.end].lower()
    if lower == "half":
        share = r"\s+(?:of\b|the\b|that\b|a\s+percent|as\b|its\b|their\b|his\b|our\b|those\b|these\b|all\b|were\b|are\b|have\b|had\b|is\b|was\b)"
        return (
            not bounded
            and re.match(share, place.behind) is None
            and re.search(r"(?i)\b(?:by|in|about|nearly|over|to|only|than)\s+\Z", place.before) is None
        )
    if lower == "one":
        if bounded:
            return (
                re.match(r"(?i)\s+(?:of\s+the\s+(?:most|main|biggest|largest|best|worst|first)|day|thing|way)\b", place.behind)
                is not None
            )
        if re.search(
            r"(?i)\b(?:no|any|every|some|each|this|that|the|which|number|another|for|as|by|a|only|not)\s+\Z", place.before
        ):
            return True
        return words.idle.match(place.behind) is not None or words.counted.match(place.behind) is None
    if (
        place.form == "words"
        and place.value < 10
        and re.search(r"(?i)\b(?:the|these|those|both)\s+(?:other\s+|same\s+)?\Z", place.before)
    ):
        return words.definite.match(place.behind) is not None or words.counted.match(place.behind) is None
    return False


def nobody(text: str) -> list[tuple[int, int]]:
    """The spans of "no", "none", "not a single" where they count people: zero of them."""
    return [match.span("zero") for match in contexts().nobody.finditer(text)]
