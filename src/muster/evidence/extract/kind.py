"""What kind of claim a number makes: the word of the lexicon that explains it at the least cost.

Cost is distance in words, raised by what lies between (another number, the start of another clause) and by an order of
words that does not fit: the people counted stand before "deserted" and after "killed", unless "were" is between.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from muster.evidence.extract.nouns import BREAKS, Head
from muster.evidence.extract.reading import Found, Reading, Slot
from muster.evidence.wordsets import word_set

PER_WORD = 0.06
WEAK_PEOPLE, WEAK_PLACES = 0.25, 0.7  # surcharge of nouns that say little
MANY = 1000  # "the 58,000 soldiers" is news, "the eight soldiers" is not
NEARBY = 6  # words up to which each counts fully
PER_WORD_FAR = 0.025
EDGES = {
    ";": 1.2,
    ":": 0.5,
    "—": 0.6,
    "–": 0.6,
    "but": 0.6,
    "while": 0.6,
    "whereas": 0.8,
    "although": 0.6,
    "though": 0.5,
    "however": 0.6,
    ",": 0.2,
    "and": 0.15,
    "(": 0.3,
    ")": 0.3,
    "after": 0.4,
    "when": 0.5,
    "before": 0.4,
    "as": 0.2,
    "because": 0.6,
    "that": 0.1,
    "which": 0.3,
    "who": 0.1,
    "until": 0.3,
    "if": 0.3,
    "than": 0.3,
    '"': 0.15,
    "“": 0.15,
    "”": 0.15,
}
AUXILIARIES = word_set("passive_auxiliaries")
ARTICLES = word_set("before_nouns")
PARTICIPLES = frozenset({"killed", "wounded", "injured", "dead", "missing", "fallen"})
MODALS = word_set("modals")
SPEECH = frozenset({"said", "say", "says", "told", "tell", "claim", "claimed", "added", "recalled", "explained"})
OBJECT_STARTS = word_set("object_starts")
# What a noun says by itself when no verb does, and how much that is trusted.
VAGUE_KINDS = frozenset({"strength", "deployed", "opinion"})
COURT_TOPICS = frozenset({"deserted", "defected", "refusals", "desertion_cases"})
BY_CLASS = {
    "persons": ("strength", 2.1),
    "units": ("units_deployed", 2.0),
    "places": ("territory", 1.9),
    "area": ("territory", 1.5),
    "items": ("equipment", 1.7),
    "munitions": ("airstrikes", 1.5),
    "homes": ("equipment", 2.6),
    "households": ("displaced", 2.6),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind with what it costs to believe it, and the words that say so."""

    kind: str
    cost: float
    rule: str
    trigger: Found | None = None
    passive: str = "no"


def guesses(reading: Reading, slot: Slot, head: Head, *, topics: frozenset[str] = frozenset()) -> list[Guess]:
    """All explanations of a number, the cheapest first."""
    if head.count_class == "foreign" and not slot.mention.currency:
        return []
    found = [guess for trigger in reading.triggers if (guess := _by_trigger(reading, slot, head, trigger)) is not None]
    noun = head.noun
    if noun is not None:
        words = f'counts "{reading.text_of(noun.first, noun.end)}"'
        kind = noun.entry.row.get("kind")
        if kind and (head.count_class == "events" or reading.words[noun.first].lower in PARTICIPLES):
            return [Guess(str(kind), 0.3, words, _loser(reading, slot))]
        if kind:
            found = [guess for guess in found if guess.kind not in VAGUE_KINDS]
            found.append(Guess(str(kind), -0.1 if slot.mention.unit == "share" else 0.4, words))
        elif slot.mention.unit == "share":
            found.extend(_composition(reading, head, words))
        elif head.count_class in BY_CLASS:
            kind, cost = BY_CLASS[head.count_class]
            found.append(
                Guess(
                    kind,
                    cost
                    + (WEAK_PEOPLE if head.count_class == "persons" else WEAK_PLACES) * head.weak
                    + _definite(reading, slot, head),
                    f"{words}, no verb near",
                )
            )
        elif head.count_class == "cases" and topics & COURT_TOPICS:
            found.append(Guess("desertion_cases", 1.1, f"{words}, in a text on desertion"))
    elif slot.mention.currency:
        found.extend(_money(reading, slot))
    surcharge = _small_print(slot, head) + only_speaks(reading, slot, head)
    return sorted((replace(guess, cost=guess.cost + surcharge) for guess in found), key=lambda guess: guess.cost)


def _loser(reading: Reading, slot: Slot) -> Found | None:
    """ "Lost 12 killed", "admits 35 dead": the word that says whose they were."""
    near = [trigger for trigger in reading.triggers if trigger.entry.row.get("lose") and 0 <= slot.first - trigger.end <= 3]
    return near[-1] if near else None


def _money(reading: Reading, slot: Slot) -> list[Guess]:
    """Money by the month is pay; money in a sentence on those who leave is for them."""
    soldiers = any(noun.entry.row.get("side") == "state" for noun in reading.nouns.values())
    leaving = any("defected" in trigger.entry.row["kinds"].values() for trigger in reading.triggers)
    if slot.mention.per and soldiers:
        return [Guess("pay", 1.5, "money by the month, in a sentence on soldiers")]
    return [Guess("support_paid", 1.9, "money, in a sentence on those who leave")] if leaving else []


def _composition(reading: Reading, head: Head, words: str) -> list[Guess]:
    """A share of a force that is said to be something: "80 percent of the lower ranks are Sunni"."""
    if head.count_class != "persons":
        return []
    copula = any(reading.word(at) in {"are", "is", "were", "was", "be", "come", "came"} for at in range(head.end, head.end + 8))
    return [Guess("composition", 1.2 if copula else 2.0, f"{words}: a share of them")]


def _definite(reading: Reading, slot: Slot, head: Head) -> float:
    """A surcharge for what is known already ("the eight officers") or belongs to somebody ("its three schools")."""
    before = reading.word(slot.first - 1)
    if before in {"the", "these", "those", "both", "all"}:
        return 0.5 if (slot.mention.point or 0) < MANY else 0.0
    return 0.6 if head.count_class != "persons" and (before in {"its", "their", "his"} or before.endswith("'s")) else 0.0


def only_speaks(reading: Reading, slot: Slot, head: Head) -> float:
    """A surcharge for a few who only speak: "three of them said"."""
    point = slot.mention.point
    if point is None or point > 12 or slot.mention.unit is not None or head.count_class not in {"persons", None}:
        return 0.0
    for at in range(head.end, min(len(reading.words), head.end + 7)):
        if reading.word(at) in SPEECH:
            return 2.0
        if any(trigger.first == at and trigger.entry.row["cost"] <= 0.3 for trigger in reading.triggers):
            return 0.0
    return 0.0


def _small_print(slot: Slot, head: Head) -> float:
    """A surcharge for wordings that seldom count anything: "no", "one", "several", "a few"."""
    mention = slot.mention
    if mention.unit is not None:
        return 0.0
    if mention.hi == 0:
        return 2.2
    if mention.qualifier == "vague" and mention.lo is not None and mention.lo <= 5:
        return 0.5 if head.count_class in {"persons", None} and head.unknown is None else 1.3
    return 0.0 if mention.point != 1 else 1.5 if head.count_class == "cases" else 0.4


def _by_trigger(reading: Reading, slot: Slot, head: Head, trigger: Found) -> Guess | None:
    row = trigger.entry.row
    noun = row["frame"] == "noun"
    if _is_name(reading, trigger) or (noun and (_speaks(reading, trigger) or reading.word(trigger.end) in {"camp", "camps"})):
        return None
    if row["frame"] != "noun" and _is_noun(reading, trigger):
        return None
    if head.unknown is not None and row["cost"] >= 0.3:
        return None
    if row["frame"] == "agent" and any(trigger.first < other.first < trigger.end for other in reading.slots):
        return None
    kind, extra = _kind_for(_of_cases(reading, trigger), slot, head)
    if kind == "desertion_cases" and head.noun is not None and head.noun.entry.row.get("side") == "opposition":
        return None
    if kind is None:
        return None
    if head.noun is not None and trigger.first == head.noun.first and trigger.end <= head.noun.end:
        return None
    frame = row["frame"]
    passive = "no"
    if head.about is not None and head.about < trigger.first and trigger.end <= head.first:
        topical = {"agent": 0.1, "patient": 0.1, "noun": 0.2}.get(frame, 0.4)
        return Guess(kind, row["cost"] + topical, f'"{reading.text_of(trigger.first, trigger.end)}"', trigger, "yes")
    if head.end <= trigger.first:
        between = (min(max(head.end, head.reach), trigger.first), trigger.first)
        order, passive = _after(reading, head, trigger, frame)
        if order is not None and frame == "noun" and _owns_number(reading, trigger):
            order += 0.5
    elif trigger.end <= head.first:
        between = (trigger.end, head.first)
        order, passive = _before(reading, head, trigger, frame)
    else:
        between = (0, 0)
        order = 0.45
    if order is None or not _in_reach(reading, trigger, head, between):
        return None
    if head.noun is None and kind in {"deployed", "units_deployed"}:
        extra += 0.5
    cost: float = row["cost"] + extra + order + _distance(reading, slot, *between)
    cost += _claimed_by_another(reading, slot, trigger) + _relative(reading, head, trigger)
    return Guess(kind, cost, f'"{reading.text_of(trigger.first, trigger.end)}"', trigger, passive)


def _is_noun(reading: Reading, trigger: Found) -> bool:
    """Whether a word that may be a verb stands as a noun: "soldiers and guards"."""
    if (
        trigger.end - trigger.first == 1
        and reading.words[trigger.first].tag in {"", "s"}
        and reading.word(trigger.first - 1) in ARTICLES
    ):
        return True
    if trigger.end - trigger.first > 1 or trigger.first not in reading.nouns or reading.words[trigger.first].tag in {"ed", "ing"}:
        return False
    return reading.word(trigger.first - 1) in {
        "the",
        "a",
        "an",
        "and",
        "of",
        "their",
        "its",
        "his",
        "no",
        "more",
        "border",
        ",",
        "or",
        "in",
    }


def _speaks(reading: Reading, trigger: Found) -> bool:
    """Whether the noun is a source and not a matter: "according to deserters", "the defectors said"."""
    before = reading.text_of(max(0, trigger.first - 2), trigger.first)
    return before.endswith(("according to", "told", "from former")) or reading.word(trigger.end) in SPEECH


def _is_name(reading: Reading, trigger: Found) -> bool:
    """Whether the word is part of a name or a month: "Rapid Support Forces", "in March"."""
    word = reading.words[trigger.first]
    if word.text in {"March", "May", "Will", "Mark"} and trigger.first > 0:
        return True
    return any(name.first <= trigger.first < name.end for name in reading.names if name.entry.topic in {"force", "place"})


def _claimed_by_another(reading: Reading, slot: Slot, trigger: Found) -> float:
    """A surcharge for a word that points at another number: "the loss of 40,000", "killed 12"."""
    for other in reading.slots:
        if other.mention is slot.mention or other.first < trigger.first or other.first > trigger.end + 2:
            continue
        if other.first < trigger.end:
            return 0.8
        if trigger.entry.row["frame"] != "agent" and reading.word(trigger.end) not in {"and", ",", "after", "since"}:
            return 0.8
    return 0.0


def _relative(reading: Reading, head: Head, trigger: Found) -> float:
    """A discount for the relative clause of the counted noun: "60,000 soldiers who had deserted"."""
    end = head.reach if head.end <= head.reach < trigger.first else head.end
    if trigger.first <= end or trigger.first > end + 3:
        return 0.0
    words = {reading.word(at) for at in range(end, trigger.first)}
    return -0.35 if words & {"who", "that"} and words <= {"who", "that", "have", "had", "has", "been", "were", "are"} else 0.0


def _in_reach(reading: Reading, trigger: Found, head: Head, between: tuple[int, int]) -> bool:
    """Whether a word that speaks only of numbers right beside it is near enough, and no mere auxiliary ("have reached")."""
    row = trigger.entry.row
    if "near" not in row:
        return True
    if row.get("order") == "before" and trigger.first >= head.end:
        return False
    following = reading.words[trigger.end] if trigger.end < len(reading.words) else None
    if (
        following is not None
        and (following.tag in {"ed", "ing"} or following.lower.endswith(("ed", "wn")) or following.lower in {"been", "to", "not"})
        and trigger.end < head.first
    ):
        return False
    return between[1] - between[0] <= int(row["near"])


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


def _after(reading: Reading, head: Head, trigger: Found, frame: str) -> tuple[float | None, str]:
    """The surcharge for a trigger after the counted noun, None where the words say the opposite."""
    if frame == "noun":
        return 0.25, "no"
    if frame == "either":
        return 0.15, "no"
    if frame == "agent":
        if reading.words[trigger.first].tag == "ing":
            return 0.6 if _main_verb_later(reading, trigger) else 0.1, "no"
        return 0.0, "no"
    before = {reading.word(position) for position in range(max(head.end, trigger.first - 4), trigger.first)}
    tag = reading.words[trigger.first].tag
    if before & AUXILIARIES:
        return 0.0, "yes"
    if tag != "ed" or before & {"have", "has", "had", "who", "which"} or "to" in before:
        if trigger.entry.row.get("lose"):
            return None, "no"
        return (None, "no") if _has_object(reading, trigger.end) or tag in {"ing", "", "s"} else (0.8, "no")
    if _has_object(reading, trigger.end):
        return None, "no"
    if _main_verb_later(reading, trigger):
        return 0.55, "yes"
    return (0.05, "yes") if trigger.first - head.end <= 3 else (0.4, "yes")


def _main_verb_later(reading: Reading, participle: Found) -> bool:
    """Whether a participle only qualifies, because the verb of the clause follows: "troops trained abroad have deserted"."""
    for at in range(participle.end, min(len(reading.words), participle.end + 24)):
        if any(slot.first == at for slot in reading.slots) and reading.word(at - 1) in {"and", ","}:
            return False
        if reading.word(at) in {"have", "has", "had", "were", "was"} and any(
            at < other.first <= at + 2 for other in reading.triggers
        ):
            return True
        if any(
            other.first == at and other.entry.row["frame"] == "agent" and other.entry.row["cost"] <= 0.1
            for other in reading.triggers
        ):
            return True
        if reading.word(at) in {";", "when", "after"} or (
            reading.word(at) == "and" and any(other.first == at + 1 for other in reading.triggers)
        ):
            return False
    return False


def _before(reading: Reading, head: Head, trigger: Found, frame: str) -> tuple[float | None, str]:
    """The surcharge for a trigger before the number."""
    if frame == "noun":
        if _leads_to_number(reading, trigger, head):
            return 0.0, "no"
        return (0.6 if _verb_between(reading, trigger, head) else 0.2), "no"
    if frame == "either":
        return 0.05, "no"
    if frame == "agent":
        return (0.35 if head.noun is None else 0.75), "no"
    other_object = (
        0.5 if trigger.end < head.first and _has_object(reading, trigger.end) and not _number_at(reading, trigger.end) else 0.0
    )
    before = {reading.word(position) for position in range(max(0, trigger.first - 3), trigger.first)}
    if before & AUXILIARIES and reading.words[trigger.first].tag == "ed":
        return 0.8, "yes"
    return other_object, "no"


def _verb_between(reading: Reading, trigger: Found, head: Head) -> bool:
    """Whether a verb that may explain the number stands nearer to it than a noun does."""
    return any(
        trigger.end <= other.first and other.end <= head.first and other.entry.row["frame"] != "noun"
        for other in reading.triggers
    )


def _number_at(reading: Reading, position: int) -> bool:
    return any(slot.first <= position < slot.end for slot in reading.slots)


def _has_object(reading: Reading, position: int) -> bool:
    """Whether an object follows a verb: an article, a number, a noun, a name."""
    word = reading.word(position)
    return (
        word in OBJECT_STARTS
        or any(slot.first == position for slot in reading.slots)
        or position in reading.nouns
        or (bool(word) and word[0].isalpha() and reading.words[position].text[0].isupper() and word not in BREAKS)
    )


def _owns_number(reading: Reading, trigger: Found) -> bool:
    """Whether a nominal trigger stands right after another number and so is likely counted by that one."""
    return any(slot.end == trigger.first for slot in reading.slots)


def _leads_to_number(reading: Reading, trigger: Found, head: Head) -> bool:
    """ "The desertion of 30", "death toll: 30", "strength stood at 30": the noun points at the number."""
    between = reading.text_of(trigger.end, head.first)
    return len(between) <= 22 and any(
        word in between.split() for word in ("of", ":", "at", "to", "was", "is", "are", "were", "reached", "exceeded", "by")
    )


def _distance(reading: Reading, slot: Slot, first: int, end: int) -> float:
    """What lies between number and trigger, as a cost."""
    words = max(0, end - first)
    cost = PER_WORD * min(words, NEARBY) + PER_WORD_FAR * max(0, words - NEARBY)
    cost += sum(EDGES.get(reading.words[position].lower, 0.0) for position in range(first, end))
    return cost + 0.4 * sum(1 for other in reading.slots if first <= other.first < end and other.mention is not slot.mention)
