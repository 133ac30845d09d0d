"""Small fields of a claim: total or part, stock or flow, unit, population, branch, and what else the figure includes."""

from __future__ import annotations

from muster.evidence.extract.guess import Guess
from muster.evidence.extract.nouns import Head
from muster.evidence.extract.reading import Found, Reading, Slot
from muster.evidence.extract.setting import Setting
from muster.evidence.wordsets import word_set

STOCKS = frozenset(
    {"strength", "deployed", "units_deployed", "militia_strength", "safehoused", "insider_support", "missing", "territory"}
)
CUMULATIVE = frozenset(["since", "far", "overall", "total", "altogether", "already"])
PARTS = frozenset(["including", "among", "of_whom"])
CHANGES = word_set("change_words")
QUALIFYING = word_set("qualifiers_of_people")
UNIT_BY_CLASS = {
    "persons": "persons",
    "units": "units",
    "places": "places",
    "area": "items",
    "items": "items",
    "munitions": "events",
    "homes": "items",
    "events": "events",
    "cases": "cases",
    "calls": "events",
    "households": "households",
    "money": "money",
}
PEOPLE_KINDS = frozenset({"defected", "deserted", "surrendered", "killed", "attrition", "recruited"})
# Exit words that, coordinated in one phrase, say that a figure counts several kinds.
INCLUDED = {
    "killed": ("casualty", "casualties", "killed", "death", "deaths", "dead"),
    "wounded": ("wounded", "injured", "casualties", "casualty"),
    "deserted": ("desertion", "desertions", "deserted", "deserting", "awol"),
    "defected": ("defection", "defections", "defected", "defecting"),
    "surrendered": ("surrendered", "surrenders", "surrender", "surrendering"),
    "captured": ("captured", "capture", "prisoners"),
    "missing": ("missing",),
}


def unit_of(slot: Slot, head: Head, kind: str) -> str:
    """The unit of a figure."""
    mention = slot.mention
    if mention.unit in {"USD", "money"} or mention.currency:
        return "USD" if (mention.currency or mention.unit) == "USD" else "money"
    if mention.unit in {"share", "ratio"}:
        return mention.unit
    if head.count_class == "area" and kind == "territory":
        return "items"
    if head.count_class == "cases" and kind in PEOPLE_KINDS:
        return "persons"
    if head.count_class is not None and head.count_class != "foreign":
        return UNIT_BY_CLASS[head.count_class]
    return {
        "territory": "places",
        "clashes": "events",
        "airstrikes": "events",
        "equipment": "items",
        "desertion_cases": "cases",
        "units_deployed": "units",
    }.get(kind, "persons")


def measure_of(reading: Reading, slot: Slot, head: Head, *, kind: str) -> str:
    """Stock, flow, cumulative, rate, share, change or number of events."""
    if slot.mention.per or _per(reading, head.end) is not None:
        return "rate"
    near = {reading.word(at) for at in range(max(0, slot.first - 5), min(len(reading.words), head.end + 4))}
    if (
        near & CHANGES
        and reading.word(slot.first - 1) in {"by", "roughly", "about", "nearly", "some", "of"}
        or reading.word(slot.end) in {"fewer", "more"}
        and reading.word(slot.end + 1) == "than"
    ):
        return "change"
    if slot.mention.unit == "share":
        return "share"
    if kind in STOCKS:
        return "stock"
    words = {word.lower for word in reading.words}
    if words & CUMULATIVE:
        return "cumulative"
    return "events" if kind in {"clashes", "airstrikes", "desertion_cases"} else "flow"


def per_of(reading: Reading, slot: Slot, head: Head) -> str | None:
    """Day, week, month or year of a rate."""
    return slot.mention.per or _per(reading, head.end)


def _per(reading: Reading, position: int) -> str | None:
    periods = {
        "day": "day",
        "daily": "day",
        "week": "week",
        "weekly": "week",
        "month": "month",
        "monthly": "month",
        "year": "year",
        "annually": "year",
        "yearly": "year",
    }
    for at in range(position, min(len(reading.words), position + 4)):
        word = reading.word(at)
        if word in {"a", "per", "every", "each"} and reading.word(at + 1) in periods:
            return periods[reading.word(at + 1)]
        if word in {"daily", "weekly", "monthly", "annually", "yearly"}:
            return periods[word]
        if word in {",", ".", ";"}:
            break
    return None


def scope_of(reading: Reading, slot: Slot, head: Head) -> str:
    """Whether a figure is all, a part of another, more on top of it, or what a share is taken of."""
    before = reading.word(slot.first - 1)
    after = [reading.word(at) for at in range(slot.end, slot.end + 3)]
    if before in {"including", "among"} or reading.text_of(max(0, slot.first - 2), slot.first) in {
        "of whom",
        "of them",
        "of these",
        "of which",
        "among them",
    }:
        return "part"
    if after[:2] in (["of", "them"], ["of", "whom"], ["of", "these"], ["of", "those"]) or after[:2] == ["of", "the"]:
        return "part"
    if (
        after[0] in {"more", "further", "additional", "others", "other"}
        and after[1] != "than"
        or before in {"another", "further", "additional"}
    ):
        return "increment"
    first = reading.words[slot.first].lower if slot.first < len(reading.words) else ""
    if first in {"another", "further", "additional"}:
        return "increment"
    if any(
        other.end <= slot.first
        and reading.text_of(other.end, slot.first)
        in {"of", "of the", "of its", "out of", "in every", "of every", "of their", "in"}
        for other in reading.slots
    ):
        return "denominator"
    return "total"


def population_of(reading: Reading, head: Head, kind: str) -> str:
    """The counted nouns, one word each, in the order of the text."""
    nouns = [head.nouns[-1], *head.joined] if head.nouns else []
    words: list[str] = []
    for found in nouns:
        row = found.entry.row
        word = str(row.get("key") or _plain(reading, found.first, found.end))
        if row.get("weak") and head.complement is not None and reading.word(head.complement[0] - 1) in {"of", "from"}:
            inner = _people(reading, head.complement)
            word = str(inner.entry.row.get("key") or _plain(reading, inner.first, inner.end)) if inner is not None else word
        if word not in words:
            words.append(word)
    return (
        "+".join(words)
        if words
        else {"clashes": "clashes", "airstrikes": "air strikes", "territory": "places", "desertion_cases": "cases"}.get(
            kind, "persons"
        )
    )


def _people(reading: Reading, span: tuple[int, int]) -> Found | None:
    """Who "members of ..." are: the people or the force the words after it end in."""
    last: Found | None = None
    for at, noun in reading.nouns.items():
        if span[0] <= at < span[1] and (last is None or at >= last.end):
            last = noun
    return last if last is not None and last.entry.row["class"] in {"persons", "units", "households"} else None


def _plain(reading: Reading, first: int, end: int) -> str:
    """The words of a noun without those that only say whose or what sort: "government troops" are troops."""
    while end - first > 1 and reading.word(first).removesuffix("'s") in QUALIFYING:
        first += 1
    return reading.text_of(first, end)


def branch_of(reading: Reading, head: Head, setting: Setting) -> str | None:
    """Army, police, air, navy or militia; mixed when the phrase names two."""
    branches: list[str] = []
    places = [(head.first, head.end), *([head.complement] if head.complement else [])]
    for first, end in places:
        for name in reading.names:
            if first <= name.first < end and name.entry.row.get("branch"):
                branches.append(str(name.entry.row["branch"]))
        for at, noun in reading.nouns.items():
            if first <= at < end and noun.entry.row.get("branch"):
                branches.append(str(noun.entry.row["branch"]))
    found = dict.fromkeys(branches)
    if "militia" in found and len(found) == 2 and setting.country is None:
        return "militia"
    return None if not found else next(iter(found)) if len(found) == 1 else "mixed"


def includes_of(reading: Reading, guess: Guess) -> tuple[str, ...]:
    """Kinds the figure counts besides its own: "casualties, desertions and defections", "defected or deserted"."""
    if guess.trigger is None or guess.kind not in {
        "attrition",
        "defected",
        "deserted",
        "surrendered",
        "casualties",
        "killed",
        "captured",
    }:
        return ()
    first, end = guess.trigger.first, guess.trigger.end
    window = [reading.word(at) for at in range(max(0, first - 6), min(len(reading.words), end + 9))]
    if not {"and", "or", "and/or", ",", "/"} & set(window):
        return ()
    found = [kind for kind, words in INCLUDED.items() if kind != guess.kind and any(word in window for word in words)]
    if guess.kind != "attrition":
        found = [kind for kind in found if _coordinated(reading, guess, INCLUDED[kind])]
    return tuple(found)


def _coordinated(reading: Reading, guess: Guess, words: tuple[str, ...]) -> bool:
    """Whether one of the words is joined to the trigger by and/or with no number between."""
    assert guess.trigger is not None
    numbered = {at for slot in reading.slots for at in range(slot.first, slot.end)}
    for at in range(guess.trigger.end, min(len(reading.words), guess.trigger.end + 5)):
        if at in numbered:
            return False
        if reading.word(at) in words:
            return any(reading.word(inner) in {"and", "or", "and/or", "/", ","} for inner in range(guess.trigger.end, at))
    for at in range(guess.trigger.first - 1, max(-1, guess.trigger.first - 4), -1):
        if at in numbered:
            return False
        if reading.word(at) in words:
            return any(reading.word(inner) in {"and", "or", "and/or", "/"} for inner in range(at, guess.trigger.first))
    return False
