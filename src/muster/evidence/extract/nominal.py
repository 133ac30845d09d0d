"""What the counted noun says by itself, and the surcharges of wordings that seldom count anything."""

from __future__ import annotations

from muster.evidence.extract.guess import Guess
from muster.evidence.extract.nouns import Head
from muster.evidence.extract.reading import Found, Reading, Slot

VAGUE_PEOPLE = frozenset({"people", "person", "individual", "human being", "soul", "life", "head", "name"})
UNARMED = 0.5  # surcharge of people who are no force, so that a bare count of them is not its strength
WEAK_PEOPLE, WEAK_PLACES = 0.25, 0.7  # surcharge of nouns that say little
CROWD = 50_000
WHERE = frozenset({"in", "at", "on", "near", "across", "from", "aboard", "with"})
MANY = 1000  # "the 58,000 soldiers" is news, "the eight soldiers" is not
PARTICIPLES = frozenset({"killed", "wounded", "injured", "dead", "missing", "fallen"})
SPEECH = frozenset({"said", "say", "says", "told", "tell", "claim", "claimed", "added", "recalled", "explained"})
# What a noun says by itself when no verb does, and how much that is trusted.
VAGUE_KINDS = frozenset({"strength", "deployed", "opinion"})
COURT_TOPICS = frozenset({"deserted", "defected", "refusals", "desertion_cases"})
BY_CLASS = {
    "persons": ("strength", 2.1),
    "units": ("units_deployed", 2.0),
    "places": ("territory", 1.9),
    "area": ("territory", 1.5),
    "items": ("equipment", 1.7),
    "munitions": ("airstrikes", 2.0),
    "homes": ("equipment", 2.6),
    "households": ("displaced", 2.6),
}


def loser_of(reading: Reading, slot: Slot) -> Found | None:
    """ "Lost 12 killed", "admits 35 dead": the word that says whose they were."""
    near = [trigger for trigger in reading.triggers if trigger.entry.row.get("lose") and 0 <= slot.first - trigger.end <= 3]
    return near[-1] if near else None


def money_of(reading: Reading, slot: Slot) -> list[Guess]:
    """Money by the month is pay; money in a sentence on those who leave is for them."""
    soldiers = any("state" in (noun.entry.row.get("side"), noun.entry.row.get("usual")) for noun in reading.nouns.values())
    leaving = any("defected" in trigger.entry.row["kinds"].values() for trigger in reading.triggers)
    if slot.mention.per and soldiers:
        return [Guess("pay", 1.5, "money by the month, in a sentence on soldiers")]
    return [Guess("support_paid", 1.9, "money, in a sentence on those who leave")] if leaving else []


def composition_of(reading: Reading, head: Head, words: str) -> list[Guess]:
    """A share of a force that is said to be something: "80 percent of the lower ranks are Sunni"."""
    if head.count_class != "persons":
        return []
    copula = any(reading.word(at) in {"are", "is", "were", "was", "be", "come", "came"} for at in range(head.end, head.end + 8))
    return [Guess("composition", 1.2 if copula else 2.0, f"{words}: a share of them")]


def crowd(slot: Slot, head: Head) -> float:
    """A surcharge for people in numbers no force has, with nothing said of them."""
    noun = head.noun
    vague = noun is not None and str(noun.entry.text) in VAGUE_PEOPLE and head.weak
    if vague:
        return 0.5
    return 0.5 if head.weak and head.count_class == "persons" and (slot.mention.point or 0) >= CROWD else 0.0


def definite(reading: Reading, slot: Slot, head: Head) -> float:
    """A surcharge for what is known already ("the eight officers") or belongs to somebody ("its three schools")."""
    before = reading.word(slot.first - 1)
    if before == "the" and reading.word(slot.first - 2) == "of" and any(other.end == slot.first - 2 for other in reading.slots):
        return 0.0
    if before in {"the", "these", "those", "both", "all"}:
        return 0.5 if (slot.mention.point or 0) < MANY else 0.0
    return 0.6 if head.count_class != "persons" and (before in {"its", "their", "his"} or before.endswith("'s")) else 0.0


def merely_where(reading: Reading, slot: Slot, head: Head) -> float:
    """A surcharge for what only tells where or by what means: "broke out in two places", "came on three motorcycles"."""
    if head.count_class not in {"places", "items", "homes"} or reading.word(slot.first - 1) not in WHERE:
        return 0.0
    return 0.8


def only_speaks(reading: Reading, slot: Slot, head: Head) -> float:
    """A surcharge for a few who only speak: "three of them said"."""
    point = slot.mention.point
    if point is None or point > 12 or slot.mention.unit is not None or head.count_class not in {"persons", "units", None}:
        return 0.0
    if quoted(reading, slot):
        return 2.0
    for at in range(head.end, min(len(reading.words), head.end + 7)):
        if reading.word(at) in SPEECH:
            return 2.0
        if any(trigger.first == at and trigger.entry.row["cost"] <= 0.3 for trigger in reading.triggers):
            return 0.0
    return 0.0


def quoted(reading: Reading, slot: Slot) -> bool:
    """ "According to one former lieutenant": a source, and no count."""
    return reading.word(slot.first - 1) == "to" and reading.word(slot.first - 2) == "according"


def small_print(slot: Slot, head: Head) -> float:
    """A surcharge for wordings that seldom count anything: "no", "one", "several", "a few"."""
    mention = slot.mention
    if mention.unit is not None:
        return 0.0
    if mention.hi == 0:
        return 2.2
    if mention.qualifier == "vague" and mention.lo is not None and mention.lo <= 5:
        return 0.5 if head.count_class in {"persons", None} and head.unknown is None else 1.3
    return 0.0 if mention.point != 1 else 1.5 if head.count_class == "cases" else 0.4
