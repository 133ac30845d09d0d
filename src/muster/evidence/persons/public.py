"""Whether a name is public: because it is in the list of public figures, or because an office is stated beside it.

Everyone else is private, with or without a rank. A word of exit, captivity or harm that is nearer than the office wins.
"""

from __future__ import annotations

import re

from muster.evidence.persons.known import Known

WINDOW = 110
COMPLEMENT = re.compile(
    r"\A(?:[\s-]+general)?,?\s*(?:(?:of|for|at|to|in|on|from|with)\s+[^.;:()“”\"\n]{1,70}?)?"
    r",?\s*(?:the\s+|an?\s+)?\Z"
)
SHIELD_HARD = re.compile(
    r"pseudonym|real name|name (?:has been|was) changed|names changed|anonymity|not to be (?:named|identified)", re.I
)
SPEAKS = re.compile(r"\A,? (?:who (?:speaks|spoke|is speaking)|speaking) (?:for|on behalf of) ")
RUNS_IT = re.compile(
    r"\A,? who (?:heads|leads|commands|represents|presides over|directs|chairs|runs|founded|co-founded|"
    r"speaks for|teaches|researches|studies|monitors)\b",
    re.I,
)
AFTER = re.compile(
    r"\A(?:\s*\((?:an?|the)?\s*|,\s+(?:who (?:is|was|serves as|served as)\s+|then\s+|now\s+)?|\s+(?:is|was|serves as)\s+)"
)
OF_INSTITUTION = re.compile(
    r"\A,? (?:of|at|from|with) (?:the )?(?:[A-Z][\w’'.-]*\s+|of\s+|for\s+|the\s+|and\s+|on\s+){0,5}?"
    r"(?:Institut\w+|Universit\w+|College|Crisis Group|Watch|Amnesty|Cent(?:re|er)s?|Foundation|Observatory|Endowment|Brookings|"
    r"Chatham House|Council on|RAND|CSIS|IISS|USIP|SIPRI|OHCHR|UNHCR|UNICEF|OCHA|ACLED)\b"
    r"|\A,? (?:of|at|from|with) the (?:[\w’'-]+ ){0,4}?"
    r"(?:ombudsman|ministry|commission|institute|university|observatory|embassy)\b"
)
OWNED_BY = re.compile(r"@ (?:of|to|for) (?:the |a )?(?:[\w’'-]+ ){0,2}\Z")
WORDS = re.compile(r"[\w’'-]+")


def is_hard_shielded(text: str, start: int, end: int) -> bool:
    """Whether the text itself says that this name must not be known ("not his real name")."""
    return SHIELD_HARD.search(text[end : end + 60]) is not None


def office_beside(text: str, start: int, end: int, known: Known) -> bool:
    """Whether an office is stated right before or after a name, and no word of exit or harm is nearer."""
    before = _sentence_before(text, start)
    after = _sentence_after(text, end)
    distances = [distance for distance in (_office_before(before, known), _office_after(after, known)) if distance is not None]
    if not distances:
        return False
    if known.high_office.search(before[-60:] + " | " + after[:60]):
        return True
    return _shield_distance(before, after, known) >= min(distances)


def _sentence_before(text: str, start: int) -> str:
    """The stretch before a name, from the last full stop that is not one of an abbreviation."""
    piece = text[max(0, start - WINDOW) : start]
    cut = [match.end() for match in re.finditer(r"(?:(?<=[a-z]{4})[.!?][”\"’']?|[!?;]|\n\s*\n)\s", piece)]
    return piece[cut[-1] :] if cut else piece


def _sentence_after(text: str, end: int) -> str:
    piece = text[end : end + WINDOW]
    cut = re.search(r"(?<=[a-z\d)]{2})[.!?;](?:\s|\Z)|\n\s*\n", piece)
    return piece[: cut.start()] if cut else piece


def _office_before(before: str, known: Known) -> int | None:
    """Distance of an office that leads up to the name, as in "the spokesman of the ministry, Maj. Gen. X"."""
    stripped = _strip_titles(before, known)
    for match in reversed(list(known.any_office.finditer(stripped))):
        rest = stripped[match.end() :]
        if rest[:2] in ("'s", "’s") or COMPLEMENT.match(rest) is None:
            continue
        words = [word.lower() for word in WORDS.findall(rest)]
        if any(word in known.verbs or word in ("who", "that", "and", "whose") for word in words):
            continue
        if known.attached.search(rest) or OWNED_BY.search(known.attached.sub("@", stripped[: match.start()])):
            continue
        weak = known.strong_office.search(match.group()) is None
        if weak and not known.institutions.search(stripped[max(0, match.start() - 50) :]):
            continue
        return len(before) - match.end()
    return None


def _strip_titles(before: str, known: Known) -> str:
    """Text before a name without the ranks that stand between it and the office; offices stay ("senior general")."""
    while True:
        match = re.search(r"([\w-]+)\.?[\s-]+\Z", before)
        if match is None or match.group(1).lower() not in known.titles:
            return before
        if any(office.end() == match.end(1) for office in known.any_office.finditer(before)):
            return before
        before = before[: match.start()]


def _office_after(after: str, known: Known) -> int | None:
    """Distance of an office in apposition, as in "X, deputy director for Asia"."""
    if OF_INSTITUTION.match(after) or SPEAKS.match(after) or (RUNS_IT.match(after) and known.institutions.search(after[:70])):
        return 1
    opening = AFTER.match(after)
    if opening is None:
        return None
    rest = after[opening.end() :]
    match = known.any_office.search(rest)
    while match is not None:
        between = [word.lower() for word in WORDS.findall(rest[: match.start()])]
        if len(between) > 9 or "," in rest[: match.start()] or any(word in known.verbs for word in between):
            return None
        owned = rest[match.end() :][:2] in ("'s", "’s")
        foreign = known.attached.search(rest[: match.start()]) or known.beside["moves"].intersection(between)
        if foreign:
            return None
        weak = known.strong_office.search(match.group()) is None
        if not owned and (not weak or known.institutions.search(rest[:90])):
            return opening.end() + match.start()
        match = known.any_office.search(rest, match.end())
    return None


def _shield_distance(before: str, after: str, known: Known) -> int:
    """Characters to the nearest word of exit, captivity or harm that is about the named person."""
    nearest = 10_000
    for match in known.shielded.finditer(before):
        nearest = min(nearest, len(before) - match.end())
    # What the person says of others ("said 48 had deserted") is not about the person.
    said = next((word.start() for word in WORDS.finditer(after) if word.group().lower() in known.speech), len(after))
    found = known.shielded.search(after, 0, said)
    return nearest if found is None else min(nearest, found.start())
