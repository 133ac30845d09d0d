"""Where a word stands to the number it may explain: before or after, how far, with what between.

The people counted stand before "deserted" and after "killed", unless "were" is between. Each misfit is a surcharge; a
word that says the opposite is ruled out (None).
"""

from __future__ import annotations

from muster.evidence.extract.nouns import BREAKS, Head
from muster.evidence.extract.reading import Found, Reading, Slot
from muster.evidence.wordsets import word_set

PER_WORD = 0.06
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
CLAUSES = frozenset({"which", "while", "when", "whereas"})
AUXILIARIES = word_set("passive_auxiliaries")
OBJECT_STARTS = word_set("object_starts")


def distance(reading: Reading, slot: Slot, first: int, end: int) -> float:
    """What lies between number and trigger, as a cost."""
    words = max(0, end - first)
    cost = PER_WORD * min(words, NEARBY) + PER_WORD_FAR * max(0, words - NEARBY)
    cost += sum(EDGES.get(reading.words[position].lower, 0.0) for position in range(first, end))
    return cost + 0.4 * sum(1 for other in reading.slots if first <= other.first < end and other.mention is not slot.mention)


def order_after(reading: Reading, head: Head, trigger: Found, frame: str) -> tuple[float | None, str]:
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


def order_before(reading: Reading, head: Head, trigger: Found, frame: str) -> tuple[float | None, str]:
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
        told = any(other.end <= trigger.first and other.mention.role == "quantity" for other in reading.slots)
        return (None if reading.word(head.first - 1) == "by" else 1.4 if told else 0.8), "yes"
    return other_object, "no"


def _verb_between(reading: Reading, trigger: Found, head: Head) -> bool:
    """Whether a verb that may explain the number stands nearer to it than a noun does."""
    return any(
        trigger.end <= other.first and other.end <= head.first and other.entry.row["frame"] != "noun"
        for other in reading.triggers
    )


def _number_at(reading: Reading, position: int) -> bool:
    return not reading.numbered.isdisjoint((position, position + 1, position + 2))


def _has_object(reading: Reading, position: int) -> bool:
    """Whether an object follows a verb: an article, a number, a noun, a name."""
    word = reading.word(position)
    return (
        word in OBJECT_STARTS
        or position in reading.numbered
        or position in reading.nouns
        or (bool(word) and word[0].isalpha() and reading.words[position].text[0].isupper() and word not in BREAKS)
    )


def owns_number(reading: Reading, trigger: Found) -> bool:
    """Whether a nominal trigger stands right after another number and so is likely counted by that one."""
    return any(slot.end == trigger.first for slot in reading.slots)


def _leads_to_number(reading: Reading, trigger: Found, head: Head) -> bool:
    """ "The desertion of 30", "death toll: 30", "strength stood at 30": the noun points at the number."""
    between = reading.text_of(trigger.end, head.first)
    reach = 60 if reading.word(trigger.end - 1) == "toll" else 22
    return len(between) <= reach and any(
        word in between.split() for word in ("of", ":", "at", "to", "was", "is", "are", "were", "reached", "exceeded", "by")
    )


def claimed_by_another(reading: Reading, slot: Slot, trigger: Found) -> float:
    """A surcharge for a word that points at another number: "the loss of 40,000", "killed 12"."""
    for other in reading.slots:
        if slot.end <= other.first < trigger.first and CLAUSES & {reading.word(at) for at in range(slot.end, other.first)}:
            return 0.8
        if other.mention is slot.mention or other.first < trigger.first or other.first > trigger.end + 2:
            continue
        if other.first < trigger.end:
            return 0.8
        if trigger.entry.row["frame"] != "agent" and reading.word(trigger.end) not in {"and", ",", "after", "since"}:
            return 0.8
    return 0.0


def relative(reading: Reading, head: Head, trigger: Found) -> float:
    """A discount for the relative clause of the counted noun: "60,000 soldiers who had deserted"."""
    end = head.reach if head.end <= head.reach < trigger.first else head.end
    if trigger.first <= end or trigger.first > end + 3:
        return 0.0
    words = {reading.word(at) for at in range(end, trigger.first)}
    return -0.35 if words & {"who", "that"} and words <= {"who", "that", "have", "had", "has", "been", "were", "are"} else 0.0


def in_reach(reading: Reading, trigger: Found, head: Head, between: tuple[int, int]) -> bool:
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
        and trigger.end <= head.first
    ):
        return False
    return between[1] - between[0] <= int(row["near"])
