"""What kind of claim a number makes: the word of the lexicon that explains it at the least cost.

Cost is distance in words, raised by what lies between (another number, the start of another clause) and by an order of
words that does not fit; a noun alone explains little, and at a price.
"""

from __future__ import annotations

from dataclasses import replace

from muster.evidence.extract.guess import Guess
from muster.evidence.extract.nominal import (
    BY_CLASS,
    COURT_TOPICS,
    PARTICIPLES,
    SPEECH,
    UNARMED,
    VAGUE_KINDS,
    WEAK_PEOPLE,
    WEAK_PLACES,
    composition_of,
    crowd,
    definite,
    loser_of,
    merely_where,
    money_of,
    only_speaks,
    small_print,
)
from muster.evidence.extract.nouns import Head
from muster.evidence.extract.order import claimed_by_another, distance, in_reach, order_after, order_before, owns_number, relative
from muster.evidence.extract.reading import Found, Reading, Slot
from muster.evidence.wordsets import word_set

ARTICLES = word_set("noun_signs")
NOUN_SIGNS_WIDE = ARTICLES | {"and", "or", "more", "border", ","}
LEAVING = frozenset({"defected", "deserted", "surrendered"})
SPARED = frozenset({"escape", "escaped", "escapes", "escaping", "avoid", "avoided", "without"})
UNHURT = frozenset({"injury", "injuries", "unhurt", "unharmed", "unscathed", "uninjured", "death", "harm", "alive", "serious"})
TRIED = 0.8  # surcharge of a crime that is only what they are charged with, and of civilians in place of a force
MEANWHILE = 2.2  # surcharge of "in two separate incidents", which only tells how others fell
DOUBTFUL_MONEY = 0.6


def guesses(reading: Reading, slot: Slot, head: Head, *, topics: frozenset[str] = frozenset()) -> list[Guess]:
    """All explanations of a number, the cheapest first."""
    if head.count_class == "foreign" and not slot.mention.currency:
        return []
    strong = reading.text_of(slot.end, slot.end + 2) in {"- strong", "- member", "- man"}
    if strong and head.count_class in {"persons", "units"}:
        return [Guess("strength", -0.4, "so many strong")]
    found = [guess for trigger in reading.triggers if (guess := _by_trigger(reading, slot, head, trigger)) is not None]
    noun = head.noun
    if noun is not None:
        words = f'counts "{reading.text_of(noun.first, noun.end)}"'
        kind = noun.entry.row.get("kind")
        if kind and (head.count_class == "events" or reading.words[noun.first].lower in PARTICIPLES):
            aside = MEANWHILE * (reading.word(slot.first - 1) == "in" and reading.word(slot.end) in {"separate", "different"})
            return [Guess(str(kind), 0.3 + aside, words, loser_of(reading, slot))]
        if kind:
            found = [guess for guess in found if guess.kind not in VAGUE_KINDS]
            found.append(Guess(str(kind), -0.1 if slot.mention.unit == "share" else 0.4, words, loser_of(reading, slot)))
        elif slot.mention.unit == "share":
            found.extend(composition_of(reading, head, words))
        elif head.count_class in BY_CLASS:
            kind, cost = BY_CLASS[head.count_class]
            found.append(
                Guess(
                    kind,
                    cost
                    + (WEAK_PEOPLE if head.count_class == "persons" else WEAK_PLACES) * head.weak
                    + definite(reading, slot, head)
                    + crowd(slot, head)
                    + merely_where(reading, slot, head)
                    + UNARMED * (noun.entry.row.get("side") == "civilian"),
                    f"{words}, no verb near",
                )
            )
        elif head.count_class == "cases" and topics & COURT_TOPICS:
            found.append(Guess("desertion_cases", 1.1, f"{words}, in a text on desertion"))
    elif slot.mention.currency:
        found.extend(money_of(reading, slot))
    if not topics & LEAVING:
        found = [guess for guess in found if guess.kind != "support_paid" or guess.cost < DOUBTFUL_MONEY]
    surcharge = small_print(slot, head) + only_speaks(reading, slot, head)
    if reading.word(head.reach) in SPARED and reading.word(head.reach + 1) in UNHURT:
        surcharge += 1.5
    return sorted((replace(guess, cost=guess.cost + surcharge) for guess in found), key=lambda guess: guess.cost)


def _by_trigger(reading: Reading, slot: Slot, head: Head, trigger: Found) -> Guess | None:
    """What a word of the lexicon makes of a number, None when it says nothing of it."""
    row = trigger.entry.row
    noun = row["frame"] == "noun"
    if _stands_for_else(reading, head, trigger) or _out_of_reach(reading, slot, head, trigger):
        return None
    if reading.word(trigger.first) == "strong":
        near = trigger.first - slot.end in {0, 1}
        return Guess("strength", -0.4, f'"{reading.text_of(trigger.first, trigger.end)}"', trigger) if near else None
    kind, extra = _kind_for(_of_cases(reading, trigger), slot, head)
    if kind == "desertion_cases" and head.noun is not None and head.noun.entry.row.get("side") == "opposition":
        return None
    if kind is None:
        return None
    if trigger.entry.text == "arrive in" and kind == "defected" and _at_home(reading, trigger):
        kind, extra = "deployed", extra + 0.3
    if head.noun is not None and trigger.first == head.noun.first and trigger.end <= head.noun.end:
        return None
    if _remain(reading, head, trigger):
        return Guess("strength", 0.4, f'"{reading.text_of(trigger.first, trigger.end)}"', trigger)
    frame = row["frame"]
    passive = "no"
    if head.about is not None and head.about < trigger.first and trigger.end <= head.first:
        topical = {"agent": 0.1, "patient": 0.1, "noun": 0.2}.get(frame, 0.4)
        return Guess(kind, row["cost"] + topical, f'"{reading.text_of(trigger.first, trigger.end)}"', trigger, "yes")
    if head.end <= trigger.first:
        between = (min(max(head.end, head.reach), trigger.first), trigger.first)
        order, passive = order_after(reading, head, trigger, frame)
        if order is not None and frame == "noun" and owns_number(reading, trigger):
            order += 0.5
    elif trigger.end <= head.first:
        between = (trigger.end, head.first)
        order, passive = order_before(reading, head, trigger, frame)
    else:
        between = (0, 0)
        order = 0.45
    if order is None or not in_reach(reading, trigger, head, between):
        return None
    if head.noun is None and kind in {"deployed", "units_deployed"}:
        extra += 0.5
    cost: float = row["cost"] + extra + order + distance(reading, slot, *between)
    if noun and head.end <= trigger.first:
        cost += TRIED * any(
            other.entry.row.get("court") and head.end <= other.first < trigger.first for other in reading.triggers
        )
    if kind == "deployed" and head.noun is not None and head.noun.entry.row.get("side") == "civilian":
        cost += TRIED
    cost += claimed_by_another(reading, slot, trigger) + relative(reading, head, trigger)
    return Guess(kind, cost, f'"{reading.text_of(trigger.first, trigger.end)}"', trigger, passive)


def _stands_for_else(reading: Reading, head: Head, trigger: Found) -> bool:
    """Whether a word means something else here: part of a name, a source, a noun, a deed that is a subject, an escape."""
    row = trigger.entry.row
    noun = row["frame"] == "noun"
    if _is_name(reading, trigger):
        return True
    if noun:
        after, before = reading.word(trigger.end), reading.word(trigger.first - 1)
        return _speaks(reading, trigger) or after in {"camp", "camps"} or before in SPARED
    if "money" not in row["kinds"] and _is_noun(reading, trigger):
        return True
    inside = reading.nouns.get(trigger.first)
    if inside is not None and inside.end > trigger.end and trigger.end - trigger.first == 1:
        return True
    if trigger.entry.text == "escape" and reading.word(trigger.end) in UNHURT:
        return True
    return trigger.end <= head.first and _is_subject(reading, trigger, head)


def _at_home(reading: Reading, trigger: Found) -> bool:
    """ "Arrived in the village": a move, where "arrived in Rome" is an exit."""
    span = range(trigger.end, trigger.end + 8)
    return any(at in span and noun.entry.row["class"] == "places" for at, noun in reading.nouns.items())


def _out_of_reach(reading: Reading, slot: Slot, head: Head, trigger: Found) -> bool:
    """Whether a word is too vague for this number: one before a noun nobody knows, a share of nothing, a phrase around it."""
    row = trigger.entry.row
    if head.unknown is not None and row["cost"] >= 0.3:
        return True
    if row["frame"] == "agent" and any(trigger.first < other.first < trigger.end for other in reading.slots):
        return True
    bare_share = slot.mention.unit == "share" and head.noun is None
    return bare_share and row["frame"] == "either" and "share" not in row["kinds"]


def _remain(reading: Reading, head: Head, trigger: Found) -> bool:
    """ "It has 1,800 fighters left": they remain, and did not leave."""
    if trigger.first != head.end or reading.word(trigger.first) != "left":
        return False
    if trigger.entry.text != "leave":
        return reading.word(trigger.first + 1) in {"in", "on", "at"}
    return reading.word(trigger.end) in {",", ".", ";", ")", "in", "on", "at", "and", ""}


def _is_subject(reading: Reading, trigger: Found, head: Head) -> bool:
    """ "The killing has prompted 300 to flee": a deed that does something else; "left 300 without water": not who left."""
    if trigger.end - trigger.first > 1:
        return False
    if trigger.entry.text == "leave":
        return trigger.entry.row["frame"] == "agent"
    if reading.words[trigger.first].tag != "ing":
        return False
    does = {"has", "have", "had", "prompted", "forced"}
    if reading.word(trigger.first - 1) in {"the", "mass", "this"}:
        return bool(does & {reading.word(at) for at in range(trigger.end, head.first)})
    return reading.word(trigger.end) in does


def _is_noun(reading: Reading, trigger: Found) -> bool:
    """Whether a word that may be a verb stands as a noun: "soldiers and guards"."""
    if any(slot.end == trigger.first for slot in reading.slots) and trigger.first in reading.nouns:
        return reading.words[trigger.first].tag in {"", "s"}
    if (
        trigger.end - trigger.first == 1
        and reading.words[trigger.first].tag in {"", "s"}
        and reading.word(trigger.first - 1) in ARTICLES
    ):
        return True
    if trigger.end - trigger.first > 1 or trigger.first not in reading.nouns or reading.words[trigger.first].tag in {"ed", "ing"}:
        return False
    return reading.word(trigger.first - 1) in NOUN_SIGNS_WIDE


def _speaks(reading: Reading, trigger: Found) -> bool:
    """Whether the noun is a source and not a matter: "according to deserters", "the defectors said"."""
    before = reading.text_of(max(0, trigger.first - 2), trigger.first)
    return before.endswith(("according to", "told", "from former")) or reading.word(trigger.end) in SPEECH


def _is_name(reading: Reading, trigger: Found) -> bool:
    """Whether the word is part of a name or a month: "Rapid Support Forces", "in March"."""
    word = reading.words[trigger.first]
    if word.text in {"March", "May", "Will", "Mark"} and trigger.first > 0:
        return True
    if word.text == "Amnesty":
        return True
    return any(name.first <= trigger.first < name.end for name in reading.names if name.entry.topic in {"force", "place"})


def _of_cases(reading: Reading, trigger: Found) -> dict[str, str]:
    """What a word means; "AWOL cases" and "desertion charges" are cases whoever is counted."""
    kinds: dict[str, str] = trigger.entry.row["kinds"]
    following = reading.nouns.get(trigger.end)
    if following is not None and following.entry.row["class"] == "cases" and kinds.get("cases"):
        return {**kinds, "persons": kinds["cases"]}
    return kinds


def _kind_for(kinds: dict[str, str], slot: Slot, head: Head) -> tuple[str | None, float]:
    """The kind a trigger gives to what is counted, and a surcharge where that had to be guessed."""
    unit = slot.mention.unit
    if unit == "ratio":
        return kinds.get("share") or None, 0.3
    if unit in {"USD", "money"} or slot.mention.currency:
        return kinds.get("money") or None, 0.0
    if unit == "share":
        for name in ("share", head.count_class or ("persons" if head.unknown is None else "")):
            if kinds.get(name):
                return kinds[name], 0.0 if name == "share" or head.noun is not None else 0.2
        return None, 0.0
    if head.count_class is not None:
        return kinds.get(head.count_class) or None, 0.0
    surcharge = 0.9 if head.unknown else 0.15
    for name in ("persons", "cases", "calls"):
        if kinds.get(name):
            return kinds[name], surcharge + 0.3 * (name != "persons" and not head.unknown)
    if kinds.get("places") == "territory" and not head.unknown:
        return "territory", 1.3
    return None, 0.0
