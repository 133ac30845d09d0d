"""What a number is when it is no quantity: a date, a time, an age, a duration, an ordinal, a name, a distance.

Each rule looks at the words right before and right behind the number. The first that fits wins; a number that none
fits is a quantity. Names are told from the words before ("Operation 1027", "battalions 552, 564 and 565"), measures
from the words behind ("18 years", "910 kilometres").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from muster.evidence.numbers import contexts as around
from muster.evidence.numbers.contexts import contexts

BEFORE, BEHIND = 44, 72  # characters looked at on each side
_SIMPLE = re.compile(
    r"\d+(?:\s?(?:[-–—]|to|and|or)\s?\d+)?|[A-Za-z]+(?:-[A-Za-z]+)?(?:\s(?:to|and|or)\s[A-Za-z]+(?:-[A-Za-z]+)?)?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A number, or a range, with the text it stands in."""

    text: str
    start: int
    end: int
    value: float
    form: str

    @property
    def simple(self) -> bool:
        """Whether it may be an age, the number of a unit or of a page: whole, and without marks or scale words."""
        return self.value == int(self.value) and _SIMPLE.fullmatch(self.words) is not None

    @property
    def words(self) -> str:
        """The number as written."""
        return self.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The text before the number, as far as rules look."""
        return self.text[max(0, self.start - BEFORE) : self.start]

    @property
    def behind(self) -> str:
        """The text behind the number, as far as rules look."""
        return self.text[self.end : self.end + BEHIND]


def masks(text: str) -> list[tuple[int, int, str]]:
    """Addresses, telephone numbers and clock times: spans whose digits are no quantities, with their role."""
    found = [(match.start(), match.end(), "other") for match in around.ADDRESS.finditer(text)]
    return found + [(match.start(), match.end(), "time") for match in around.CLOCK.finditer(text)]


def nobody(text: str) -> list[tuple[int, int]]:
    """The spans of "no", "none", "not a single" where they count people: zero of them."""
    return [match.span("zero") for match in contexts().nobody.finditer(text)]


def alone(text: str) -> list[tuple[int, int]]:
    """The spans of "sole" and "lone" before a person: one of them."""
    return [match.span("sole") for match in contexts().sole.finditer(text)]


def role_of(place: Place, *, bounded: str, listed: str) -> tuple[str, str]:
    """The role of a number and the rule that says so.

    ``bounded`` is the qualifier the words before it give, ``listed`` the role of the number before it where the two are
    in one list (``""`` when they are not).
    """
    for rule in (_by_letters, _by_hyphen, _as_age, _as_measure):
        role = rule(place)
        if role:
            return role, f"role:{rule.__name__.strip('_')}"
    if not bounded and (_as_name(place) or (listed == "name" and _goes_on(place))):
        return "name", "role:as_name"
    if _is_item(place):
        return "other", "role:item"
    if _is_idle(place, bounded):
        return "other", "role:idle"
    return "quantity", ""


def _by_letters(place: Place) -> str:
    """Letters glued to the digits: "48th", "F-16", "155mm", "20s"."""
    text, start, end = place.text, place.start, place.end
    if place.form != "digits":
        return ""
    behind = text[end : end + 4].lower()
    if re.match(r"(?:st|nd|rd|th)\b", behind):
        return "ordinal"
    if re.match(r"[’']?s\b", behind):
        return "age" if re.search(r"(?i)\b(?:his|her|their|my|early|mid|late)[\s-]\Z", place.before) else "other"
    if behind[:1].isalpha():
        return "distance" if re.match(r"(?:mm|cm|km|m|kg|ft|lb|in)\b", behind) else "name"
    ahead = text[max(0, start - 2) : start]
    if ahead[-1:].isalpha() or ahead[-1:] in ("_", "/", "\\"):
        return "other" if ahead[-1:] == "/" else "name"
    return "name" if len(ahead) == 2 and ahead[1] in "-‑" and ahead[0].isalpha() else ""


def _by_hyphen(place: Place) -> str:
    """A compound: "a 200-strong force" counts, "a six-month campaign" lasts, "a three-pronged attack" is neither."""
    if around.AGE_BEHIND.match(place.behind):
        return "age"
    for role, pattern in contexts().hyphen:
        if pattern.match(place.behind):
            return role if role != "quantity" else ""
    open_end = re.match(r"[-‐‑]\s+(?:to|and|or)\s+[\w-]{1,12}[-‐‑]\s?(?P<unit>\w+)", place.behind)
    if open_end:
        return "age" if "old" in place.behind[open_end.start("unit") : open_end.end() + 5] else "duration"
    return "other" if re.match(r"[-‐‑][A-Za-z]", place.behind) else ""


def _as_age(place: Place) -> str:
    if not place.simple or not 0 < place.value < 121:
        return ""
    behind = place.behind
    before = around.AGE_BEFORE.search(place.before)
    if before:
        return "age" if not before["barely"] or re.match(r"\s*(?:[.,;]|when|years|at\b)", behind) else ""
    if 9 < place.value < 100 and place.form == "digits":
        if around.NAMED_AGE.search(place.before) and around.AGE_AFTER_COMMA.match(behind):
            return "age"
        if around.BRACKET_AGE.search(place.before) and behind.startswith(")"):
            return "age"
    return ""


def _as_measure(place: Place) -> str:
    """Years, kilometres, degrees: read from the words behind."""
    if re.match(r"\s?[°º]", place.behind):
        return "distance"
    for role, pattern in contexts().measures:
        if pattern.match(place.behind):
            return role
    if place.form == "share":
        if re.match(r"(?i)\s+(?:an?\s+)?(?:hour|year|century|decade|mile|kilomet\w+|day|minute)\b", place.behind):
            return "duration"
        if around.AND_A_HALF.search(place.before):
            return "duration"
    return ""


def _as_name(place: Place) -> bool:
    """The number of a unit, an operation, a law: "Operation 1027", "No. 5", "7 Division"."""
    if place.form in ("vague", "share", "ratio") or "," in place.words:
        return False
    if place.form == "digits" and (around.UNIT_BEHIND.match(place.behind) or re.fullmatch(r"0\d+", place.words)):
        return True
    if (
        place.form == "digits"
        and place.value < 1000
        and around.SHORT_BEFORE.search(place.before)
        and around.NAMED_BEHIND.match(place.behind)
    ):
        return True  # "TIB 7 is made up of"
    found = contexts().name.search(place.before)
    if found is None or (place.form == "words" and found.group().startswith(("No", "no"))):
        return False
    if around.SURE_NAME.match(found.group()) and "(" not in found.group():
        return True
    return contexts().counted.match(place.behind) is None


def _goes_on(place: Place) -> bool:
    """Whether a number carries a list of names on: whole, bare, and with nobody to count behind it."""
    return place.simple and contexts().counted.match(place.behind) is None


def _is_item(place: Place) -> bool:
    """A list number, a footnote, "1 of 20", a score, "every 3"."""
    text, start, end = place.text, place.start, place.end
    if place.form != "digits":
        return False
    if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
        return True
    if around.ITEM_BEFORE.search(place.before) or around.ITEM_BEHIND.match(place.behind):
        return True
    if (
        place.value < 30
        and text[end : end + 2] == ") "
        and text[start - 1 : start] in (" ", "\n", "")
        and "(" not in place.before[-60:]
    ):
        return True  # "three options: 1) join 2) go home"
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")" and around.BRACKETED.search(place.before):
        return True
    if place.value < 1000 and around.NOTE_BEFORE.search(place.before) and around.note_behind().match(place.behind):
        return True
    line = max(text.rfind("\n", max(0, start - 6), start), 0 if start < 6 else -1)
    return (
        line >= 0
        and not text[line:start].strip(" (\t\n#")
        and place.value < 100
        and re.match(r"[.)]\s", text[end : end + 2]) is not None
    )


def _is_idle(place: Place, bounded: str) -> bool:
    """A number word that counts nothing: "one of the", "no one", "the two sides"; "half" and "a third" that share nothing."""
    lower = place.words.lower()
    if place.form == "share":
        return not bounded and _is_idle_share(place, lower)
    if lower == "one":
        return _is_idle_one(place, bounded)
    if (
        place.form == "words"
        and place.value < 10
        and re.search(r"(?i)\b(?:the|these|those|both)\s+(?:other\s+|same\s+)?\Z", place.before)
    ):
        return contexts().definite.match(place.behind) is not None or contexts().counted.match(place.behind) is None
    return False


def _is_idle_share(place: Place, lower: str) -> bool:
    if re.search(r"\s(?:in|of|out)\s", lower):
        return False
    if lower.endswith("half") and around.OTHER_HALF.search(place.before):
        return True
    if lower == "half":
        return around.HALF_BEHIND.match(place.behind) is None and around.HALF_BEFORE.search(place.before) is None
    return around.SHARE_BEHIND.match(place.behind) is None


def _is_idle_one(place: Place, bounded: str) -> bool:
    """ "One" counts people and things, after a bound, and in a list of years; else it is a pronoun."""
    if around.ONE_FATE.match(place.behind):
        return False
    if bounded:
        return (
            re.match(r"(?i)\s+(?:of\s+the\s+(?:most|main|biggest|largest|best|worst|first)|day|thing|way)\b", place.behind)
            is not None
        )
    if around.PRONOUN_BEFORE.search(place.before):
        return True
    if re.match(r"\s+in\s+(?:[A-Z]|\d{4})", place.behind) and re.search(r"(?:[:;,]|\band)\s+\Z", place.before):
        return False
    return contexts().idle.match(place.behind) is not None or contexts().counted.match(place.behind) is None
