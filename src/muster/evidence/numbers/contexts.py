"""The patterns of what stands around a number and makes it something else than a quantity. Rules: number_roles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from muster.evidence.lexicon import load_lexicon
from muster.evidence.times.alternatives import alternatives


@dataclass(frozen=True, slots=True)
class Contexts:
    """Patterns compiled from ``words/numbers.toml``."""

    name: re.Pattern[str]
    measures: tuple[tuple[str, re.Pattern[str]], ...]
    hyphen: tuple[tuple[str, re.Pattern[str]], ...]
    idle: re.Pattern[str]
    counted: re.Pattern[str]
    definite: re.Pattern[str]
    nobody: re.Pattern[str]
    sole: re.Pattern[str]


def _words(topic: str, **where: str) -> str:
    rows = [row for row in load_lexicon().table(topic) if all(row.get(key) == value for key, value in where.items())]
    return alternatives([word for row in rows for word in row["words"]])


@lru_cache(maxsize=1)
def contexts() -> Contexts:
    """The patterns of the general words."""
    people = _words("number_people")
    counted = rf"(?:[\w’'-]+\s+){{0,3}}?(?:{people}|{_words('number_things')})\b"
    between = f"(?:(?:{_words('number_between')})\\s+)?"
    measure = r"\s?(?:of\s+(?:the\s+)?)?"
    name = rf"(?:(?<!\w)(?:{_words('number_names')})|(?<!\w)(?i:{_words('number_names_small')}))"
    named = rf"{name}(?:\s+(?:as|numbered|no\.))?(?:\s+the(?=\s))?"
    clause = (
        r"(?=\s*(?:[.,;:!?)]|\Z)|\s+(?:was|were|is|are|has|have|had|in|at|from|on|who|to|with|left|died|been|among|of|for)\b)"
    )
    zero = r"(?P<zero>no|not\s+a\s+single|zero|none)(?:\s+of\s+(?:the|his|their|its|our|those|these))?"
    return Contexts(
        name=re.compile(rf"{named}[\s.:)-]{{0,3}}(?:(?:No|no|Number|number|Nos)\.?\s*)?[\"“'‘(#]?\Z"),
        measures=tuple(
            (role, re.compile(rf"{measure}{between}(?:{_words('number_measures', role=role)})(?!\w)"))
            for role in ("duration", "distance", "other")
        ),
        hyphen=tuple(
            (row["role"], re.compile(rf"(?i)\s?[-‐‑–]\s?(?:{alternatives(row['words'])})\b"))
            for row in load_lexicon().table("number_hyphen")
        ),
        idle=re.compile(rf"(?i)(?:\s+(?:{_words('number_idle')})\b|\s*[-’'.,;:!?)\]”\"—–]|\s*\Z)"),
        counted=re.compile(rf"(?i)\s+(?:(?:was|were|is|are|been|being|or\s+more|more)\s+)?{counted}"),
        definite=re.compile(rf"(?i)\s*(?:[.,;:)!?]|\s(?:{_words('number_definite')})\b)"),
        sole=re.compile(rf"(?i)\b(?:the|a)\s+(?P<sole>sole|lone)\s+(?:[\w-]+\s+)?(?:{people})\b"),
        nobody=re.compile(rf"(?i)(?<![\w-]){zero}\s+(?:(?!longer|more\b|one\b|other\b)[\w-]+\s+)?(?:{people})\b{clause}"),
    )


# Addresses, telephone numbers, handles: no digit in them counts anything.
ADDRESS = re.compile(
    r"""
    https?://\S+ | www\.\S+ | (?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,64}
    | (?<![\w/.-])(?:[\w-]{1,63}\.){1,4}(?:com|org|net|info|gov|edu|int|html?|php|pdf|jpg|png)(?:/\S*)?
    | \+\d[\d()-]{0,20}(?:[\ -][\d()-]{1,20}){1,6} | \(\d{3}\)\s?\d{3}-\d{4} | (?<![\w-])\d{3}-\d{3}-\d{4}(?![\w-])
    | (?<!\w)[@#]\w+ | (?<!\w)\d{1,3}(?:\.\d{1,3}){3}(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
CLOCK = re.compile(
    r"""
    (?<![\w.,:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)(?:\s?(?:[ap]\.?m\b\.?|hrs|hours|GMT|UTC|EST|EDT))?
    | (?<![\w.,:])(?:0?[1-9]|1[0-2])(?:\.[0-5]\d)?\s?(?:[ap]\.m\.|[ap]m\b)
    | (?<![\w.,:])(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs|hours|GMT|UTC|local\stime|h)\b
    | (?:(?<=\bat\ )|(?<=\bby\ )|(?<=\baround\ )|(?<=\bfrom\ ))
      (?:[1-9]|1[0-2]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)
      (?=\s+(?:in\s+the\s+(?:morning|afternoon|evening)|at\s+night|o[’']clock))
    | (?<!\w)(?:24/7|24x7)(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
AGE_BEFORE = re.compile(
    r"""
    (?: \b(?: aged? | ages(?:\s+(?:of|between))? | (?:[a-z]+\s)?age\s+(?:of|is|was|at|limit\s+of|to|from) | turn(?:ed|ing|s) )
        (?:\s+(?:of|only|just|between|from|about|around|over|under|up\s+to|at\s+least|as\s+young\s+as|to|below|above))*\s+
      | \bunder[-\ ] | \bover[-\ ](?=\d\ds\b)
      | \b(?:men|women|people|anyone|those|persons|children|boys|girls|males|females|citizens|youths)\s+
        (?:over|under|above|below|older\s+than|younger\s+than|between)\s+
      | (?P<barely>\b(?:was|is|am|be|were)\s+(?:only|just|barely)\s+)
      | \b(?:in|into)\s+(?:his|her|their|my)\s+(?:early|mid|late)?[\s-]? )\Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
AGE_BEHIND = re.compile(
    r"""
    \s?[-‐‑–]?\s?(?:years?|yrs?|months?)[-\s‐‑–]*
        (?: olds?\b(?!\s+(?:war|conflict|revolt|uprising|insurgency|crisis)) | of\s+age\b )
    | \s?[-‐‑–]?y/?o\b
    | \s+(?:or|and)\s+(?:older|younger)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "Maung Sein, 19, stands", "Maung Sein (19)": two figures after a name, and no list of places after them.
NAMED_AGE = re.compile(r"[A-ZÀ-Þ][\w’'.-]*,\s\Z")
BRACKET_AGE = re.compile(r"[A-ZÀ-Þ][\w’'-]+\s[A-ZÀ-Þ][\w’'-]+\s\(\Z")
AGE_AFTER_COMMA = re.compile(
    r"(?:,|\))\s+(?:who|an?|the|from|said|told|says|is|was|stands|and\s+his|has|had|of|also|left|joined|fled|[a-z]+ed|[a-z]+s)\b"
    r"|[.)](?:\s|\Z)|\s+and\s+[A-Z]"
)
# "7 Division", "195 battalion": the number of a unit before its noun, which then has no plural.
UNIT_BEHIND = re.compile(
    r"\s(?:[A-Z][\w-]+\s){0,3}(?:(?i:division|brigade|battalion|regiment)|Operation\b|Corps|Squadron|Company|Commando|Para|Street|Road|Avenue)\b"
)
SHARE_BEHIND = re.compile(
    r"(?i)\s+(?:of|the|that|as|its|their|his|our|those|these|all|were|are|is|was|have|had|has|more|less|fewer|lower|higher|to|in|who|"
    r"since|by|or|and|from|on|at|below|above|under|over|would|will|could|smaller|larger|bigger)\b|\s*(?:[.,;:!?)”\"]|\Z)"
)
HALF_BEHIND = re.compile(r"(?i)\s+(?:of|the|that|a\s+percent|as|its|their|his|our|those|these|all|were|are|have|had|is|was|or)\b")
HALF_BEFORE = re.compile(r"(?i)\b(?:by|in|about|nearly|over|to|only|than)\s+\Z")
OTHER_HALF = re.compile(r"(?i)\b(?:first|second|latter|last|other|early|better)\s+\Z")
AND_A_HALF = re.compile(r"(?i)\b(?:years?|months?|hours?|days?|weeks?|decades?)\s+and\s+\Z")
PRONOUN_BEFORE = re.compile(r"(?i)\b(?:no|any|every|some|each|this|that|the|which|number|another|for|as|by|a|not)\s+\Z")
# Names whose number is one whatever stands behind it: "Battalion 564 soldiers".
SURE_NAME = re.compile(
    r"(?i)(?:Operation|Nos?\b|Number|Resolution|Article|Section|Light|LIBs?|IBs?|LIDs?|MOCs?|Battalion|Brigade|Division|Regiment|Squadron|"
    r"Boeing|Highway|Route|Channel|Unit\b|Column)"
)
SHORT_BEFORE = re.compile(r"(?<![\w.])[A-Z]{2,5}\s\Z")  # letters that stand for the name of a unit
NAMED_BEHIND = re.compile(r"\s+(?:is|was|has|had|are|were|in|at|from|under|based|and its|'s)\b|[,.;)]|['’]s\b")
ITEM_BEFORE = re.compile(
    r"(?:Photo|Page|Part|Slide|Image|Figure|Day|Item|Chapter)s?\s\d{1,3}\s(?:of|/|out\sof)\s\Z|\bevery\s\Z|\.{5,}\s*\Z|\d[-–/]\Z|\d\(\Z"
)
ITEM_BEHIND = re.compile(r"\s?/\s?\d|[-–]\d|\s(?i:min(?:ute)?s?\sread)\b")
BRACKETED = re.compile(r"(?:\A|[;:,.]|\band|\d|\n)\s*\(\Z")
# A footnote mark that a converter left on the line: "... of strength. 205 As reflected in ..."
NOTE_BEFORE = re.compile(r"[.,;”\"]\s?\Z")
ONE_FATE = re.compile(
    r"(?i)\s+(?:was|is|has\s+been|had\s+been)\s+(?:\w+ly\s+)?(?:killed|wounded|injured|captured|arrested|shot|missing|detained|dead|executed)\b"
)


@lru_cache(maxsize=1)
def note_behind() -> re.Pattern[str]:
    """A capitalised word that begins a sentence and counts nothing."""
    words = [word for row in load_lexicon().table("sentence_starters") for word in row["words"]]
    return re.compile(rf"\s(?:{alternatives([word.capitalize() for word in words])})\s")
