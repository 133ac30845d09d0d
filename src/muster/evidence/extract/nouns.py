"""What a number counts: the noun it stands before, with the words that qualify it and the "of" that completes it.

"567 members of the security forces" counts members, completed by forces; "some 20 wounded government soldiers" counts
soldiers. A number without a noun is headless; a number before a noun nobody knows says so, for its rules trust it less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from muster.evidence.extract.reading import Found, Reading, Slot
from muster.evidence.wordsets import word_set

BREAKS = word_set("phrase_ends")
STARTERS = word_set("phrase_starts")
PREPOSITIONS = frozenset(["of", "from", "in", "among", "within", "with"])
MAX_MODIFIERS = 6
TOPIC_REACH = 26  # words between "the number of ..." and the number


@dataclass(frozen=True, slots=True)
class Head:
    """The noun phrase of a number: where it lies, what it is made of. ``first`` is the number, ``end`` after the last noun."""

    first: int
    end: int
    nouns: tuple[Found, ...] = ()
    joined: tuple[Found, ...] = ()
    complement: tuple[int, int] | None = None
    unknown: str | None = None
    backed: bool = False
    about: int | None = None

    @property
    def reach(self) -> int:
        """The end with "of the army" and the like taken in."""
        return self.complement[1] if self.complement is not None else self.end

    @property
    def noun(self) -> Found | None:
        """The noun that is counted."""
        return self.nouns[-1] if self.nouns else None

    @property
    def count_class(self) -> str | None:
        """Its class, None for a headless number or an unknown noun."""
        return None if not self.nouns else str(self.nouns[-1].entry.row["class"])

    @property
    def weak(self) -> bool:
        """Whether the noun says next to nothing (people, members)."""
        return bool(self.nouns) and bool(self.nouns[-1].entry.row.get("weak")) and not self.backed


def head_of(reading: Reading, slot: Slot) -> Head:
    """The noun phrase of a number, looked for after it, then (for "of them") nowhere."""
    if slot.mention.currency or slot.mention.unit in {"USD", "money"}:
        return Head(slot.first, slot.end)
    position = _skip_starters(reading, slot)
    whole = _whole(reading, slot, position)
    if whole is not None:
        inner = head_of(reading, whole)
        return replace(inner, first=slot.first)
    if (
        reading.word(slot.end) == "of"
        and position == slot.end + 1
        and slot.mention.unit != "share"
        and slot.mention.qualifier != "vague"
    ):
        return Head(slot.first, slot.end)
    nouns, end, unknown = _phrase(reading, position, frozenset(range(slot.first, slot.end)))
    if nouns and reading.word(position - 1) == "them" and nouns[-1].entry.row["class"] != "persons":
        return Head(slot.first, position)
    if not nouns:
        before = _before(reading, slot)
        if before is not None and unknown is None:
            return Head(slot.first, slot.end, (before,))
        if unknown is None:
            topic = _topic(reading, slot)
            if topic is not None:
                return Head(slot.first, slot.end, (topic,), complement=_complement(reading, topic.end), about=topic.first)
        force = next((name for name in reading.names if name.first == position and name.entry.topic == "force"), None)
        if force is not None and unknown is None:
            return Head(slot.first, force.end)
        stop = end if slot.mention.unit == "share" else min(position, end)
        return Head(slot.first, max(slot.end, stop), unknown=unknown)
    joined, joined_end = _joined(reading, end, nouns[-1])
    complement = _complement(reading, joined_end)
    backed = complement is not None and any(complement[0] <= at < complement[1] for at in reading.nouns)
    return Head(slot.first, joined_end, tuple(nouns), joined, complement, backed=backed)


def _whole(reading: Reading, slot: Slot, position: int) -> Slot | None:
    """The number a part is taken of: "six of the 17 townships", "268 of the country's 407 districts"."""
    if reading.word(slot.end) not in {"of", "out"}:
        return None
    for other in reading.slots:
        if slot.end < other.first <= position + 3:
            between = [reading.word(at) for at in range(position, other.first)]
            if all(
                word.endswith("'s") or word in STARTERS or word in {"some", "more", "than", "army", "total"} for word in between
            ):
                return other
    return None


def _skip_starters(reading: Reading, slot: Slot) -> int:
    position = slot.end
    if reading.word(position) in {"-", "–", "—"} and reading.word(position + 1) in {"strong", "man", "member", "odd", "plus"}:
        return position + 2 if reading.word(position + 1) != "man" else position + 1
    if reading.word(position) == "the" and reading.word(position + 1) in {"number", "total", "tally"}:
        position += 2
    if reading.word(position) == "out" and reading.word(position + 1) == "of":
        position += 1
    if reading.word(position) == ")" and reading.word(slot.first - 1) == "(":
        position += 1
    while reading.word(position) in STARTERS or reading.word(position) in {'"', "“", "”", "'", "+"}:
        if reading.word(position) == "of" and reading.word(position + 1) in {"whom", "which"}:
            break
        if reading.word(position) == "their" and position > slot.end and reading.word(position - 1) not in {"of", "more"}:
            break
        position += 1
    return position


def _phrase(reading: Reading, start: int, own: frozenset[int]) -> tuple[list[Found], int, str | None]:
    """Nouns of the phrase that begins here, its end, and its first word when no noun is known."""
    nouns: list[Found] = []
    position = start
    numbered = reading.numbered - reading.naming
    unknown: str | None = None
    while position < min(len(reading.words), start + MAX_MODIFIERS + 4 * bool(nouns)):
        word = reading.words[position]
        found = reading.nouns.get(position)
        if position in numbered and position not in own:
            break
        if found is not None and not _is_verb_here(reading, found, nouns):
            nouns.append(found)
            position = found.end
            continue
        if nouns and not (word.lower == "-" or _goes_on(reading, position)):
            break
        if word.lower in BREAKS or (not word.lower[0].isalnum() and word.lower not in {"-", "“", '"', "'", "‘", "’", "/"}):
            break
        if word.tag in {"s", "ing", "ed"} and not _qualifies(reading, position):
            if word.tag == "s" and not nouns and position - 1 in own:
                unknown = word.lower
            break
        if unknown is None and word.lower.isalpha() and _may_be_counted(reading, position):
            unknown = word.lower
        position += 1
    return nouns, (nouns[-1].end if nouns else position), None if nouns else unknown


def _begins_verb(reading: Reading, position: int) -> bool:
    """Whether a verb begins here; a form in -s after a number is a plural, never a verb."""
    return reading.words[position].tag != "s" and any(trigger.first == position for trigger in reading.triggers)


def _may_be_counted(reading: Reading, position: int) -> bool:
    """Whether a word nobody knows can be what is counted: a plural, or an adjective before one."""
    if reading.words[position].text[0].isupper() or _begins_verb(reading, position):
        return False
    near = [reading.word(at) for at in (position, position + 1)]
    return any(word.endswith(("s", "men", "people")) and not word.endswith("ss") and word not in BREAKS for word in near)


def _is_verb_here(reading: Reading, found: Found, nouns: list[Found]) -> bool:
    """ "20 soldiers wounded in ..." and "100 dead": a noun that is also a participle stands for the count only when alone."""
    word = reading.words[found.first]
    if found.end - found.first > 1:
        return False
    if word.lower in {
        "guard",
        "guards",
        "force",
        "forces",
        "post",
        "attack",
        "strike",
        "battle",
        "raid",
        "shell",
        "house",
        "call",
        "contact",
        "man",
    }:
        return bool(nouns) and reading.word(found.end) in {"the", "a", "their", "its", "his"}
    return word.tag == "ed" and bool(nouns)


def _goes_on(reading: Reading, position: int) -> bool:
    """Whether a word between two nouns belongs to one compound ("police special forces")."""
    return (
        reading.words[position].lower.isalpha()
        and reading.word(position) not in {"last", "next"}
        and reading.word(position) not in BREAKS
        and (position + 1) in reading.nouns
        and (reading.words[position].tag == "" and not reading.word(position).endswith("ly"))
    )


def _qualifies(reading: Reading, position: int) -> bool:
    """Whether a participle is an adjective: a noun follows within two words, with nothing between that ends a phrase."""
    for ahead in (1, 2, 3):
        word = reading.word(position + ahead)
        if (position + ahead) in reading.nouns:
            return True
        if not word or word in BREAKS or word in STARTERS or not (word[0].isalnum() or word == "-"):
            return False
    return False


def _topic(reading: Reading, slot: Slot) -> Found | None:
    """The noun of "the number of soldiers who fled ... at 480": it stands before, and the number closes the clause."""
    for at in range(slot.first - 1, max(0, slot.first - TOPIC_REACH), -1):
        if at in reading.numbered or reading.word(at) in {";", "and"}:
            return None
        if reading.word(at) in {"number", "total", "tally"} and reading.word(at + 1) == "of":
            start = at + 2
            while reading.word(start) in STARTERS:
                start += 1
            nouns, end, _ = _phrase(reading, start, frozenset())
            return nouns[-1] if nouns and end <= slot.first else None
    return None


def _before(reading: Reading, slot: Slot) -> Found | None:
    """ "Soldiers: 300", "soldiers (300)": a noun right before a number in brackets or after a colon."""
    if reading.word(slot.first - 1) in {"(", ":"}:
        for position in (slot.first - 2, slot.first - 3):
            found = reading.nouns.get(position)
            if found is not None and found.end == slot.first - 1 and found.entry.row["class"] != "foreign":
                return found
    return None


def _joined(reading: Reading, end: int, noun: Found) -> tuple[tuple[Found, ...], int]:
    """Further nouns counted by the same number: "soldiers and police officers", "soldiers, police and their families"."""
    joined: list[Found] = []
    position = end
    while reading.word(position) in {"and", ",", "or", "&", "including", "and/or"}:
        start = position + 1 + (reading.word(position + 1) in {"and", "or", "other", "their"})
        start += reading.word(start) in {"their", "other", "some"}
        if start in reading.numbered or reading.word(start - 1) == "some":
            break
        found, stop, _ = _phrase(reading, start, frozenset())
        if not found or found[0].first > start + 2 or reading.words[found[-1].first].tag == "ed" or not _alike(found[-1], noun):
            break
        if reading.word(position) == "," and _is_subject(reading, stop):
            break
        joined.append(found[-1])
        position = stop
    return tuple(joined), position if joined else end


def _alike(one: Found, other: Found) -> bool:
    classes = {str(one.entry.row["class"]), str(other.entry.row["class"])}
    return len(classes) == 1 or classes == {"persons", "households"}


def _is_subject(reading: Reading, position: int) -> bool:
    """Whether a speech verb follows: "20 soldiers, officials said"."""
    return reading.word(position) in {
        "said",
        "say",
        "says",
        "told",
        "added",
        "reported",
        "estimate",
        "believe",
        "claim",
        "claimed",
    }


def _complement(reading: Reading, end: int) -> tuple[int, int] | None:
    """The words of "of the security forces", "from the army" after the noun, up to the end of that phrase."""
    if reading.word(end) not in PREPOSITIONS:
        return None
    position = end + 1
    while position < min(len(reading.words), end + 8):
        word = reading.words[position]
        if position > end + 1 and (
            word.lower in BREAKS and word.lower not in {"the", "of", "and", "a"} or not word.lower[0].isalnum()
        ):
            break
        if word.tag in {"s", "ing", "ed"} and position not in reading.nouns and position > end + 1:
            break
        if position in reading.numbered:
            break
        position += 1
    return end + 1, position
