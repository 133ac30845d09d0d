"""Numbers that leave out what they count: "20 more surrendered", "170 and 60 in February", "from 63 in 2021 to 260 in 2022".

A number without a noun of its own takes kind, unit and side from the claim before it: in the sentence, then in the
sentences before, the member of a pair from the same member of the pair before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from muster.evidence.extract.draft import SURE, Draft
from muster.evidence.extract.guess import Guess
from muster.evidence.extract.nominal import only_speaks
from muster.evidence.extract.reading import Reading
from muster.evidence.wordsets import word_set

MANY = 1000
NEXT = 4  # numbers ahead that a bare one may run into
LIST = 12  # lines of a list a caption holds for
NEAR = 2  # sentences back a number may lean on
SERIES = 12  # words before the number in a sentence that goes on with the figures of the last one
ALIEN = 7  # words of new matter between two numbers of a sentence that still belong together
JOINING = word_set("series_words")


def lean(drafts: Sequence[Draft], *, readings: Sequence[Reading]) -> list[Draft]:
    """The drafts, with those that lean on another one explained by it."""
    done: list[Draft] = []
    for place, draft in enumerate(drafts):
        following = drafts[place + 1 : place + 1 + NEXT]
        done.append(_leaning(draft, done, following, readings=readings) if _leans(draft) else draft)
    return done


def is_bare(draft: Draft) -> bool:
    """Whether a number has no noun of its own ("41"), or only "others"."""
    if draft.head.unknown is not None or draft.head.count_class == "foreign":
        return False
    follows = draft.reading.word(draft.slot.end)
    if draft.head.noun is None and any(
        name.first == draft.slot.end
        and name.entry.topic == "force"
        and (name.entry.text.endswith("s") or draft.reading.word(name.end) == "and")
        for name in draft.reading.names
    ):
        return False
    return draft.head.noun is None or (draft.head.weak and follows in {"others", "other", "more"})


def _leans(draft: Draft) -> bool:
    if only_speaks(draft.reading, draft.slot, draft.head):
        return False
    if draft.slot.mention.unit == "ratio":
        return False
    if draft.guess is None:
        return is_bare(draft) or draft.unit in {"USD", "money"}
    if draft.head.count_class == "cases" and draft.kind == "deserted":
        return True
    if not is_bare(draft):
        return draft.cost > SURE and bool(draft.slot.mention.currency) and draft.head.unknown is None
    trigger = draft.guess.trigger
    after_of = draft.reading.word(draft.slot.end) == "of" and draft.reading.word(draft.slot.end + 1) not in {
        "its",
        "their",
        "our",
    }
    return (
        draft.cost > 0.75
        or after_of
        or (trigger is not None and trigger.entry.row["frame"] == "either" and draft.head.noun is None)
        or _of_whole(draft)
    )


def _of_them(draft: Draft) -> bool:
    """ "212 of them", but not "three of its own"."""
    first = draft.slot.end
    return draft.reading.word(first) == "of" and draft.reading.word(first + 1) not in {"its", "their", "our"}


def _of_whole(draft: Draft) -> bool:
    """ "Of the 463 graduates, 438 ...": the bare number is a part of the one the sentence opens with."""
    slots = draft.reading.slots
    return bool(slots) and slots[0].first <= 3 and draft.reading.word(0) == "of" and slots[0].mention is not draft.slot.mention


def _leaning(draft: Draft, done: Sequence[Draft], drafts: Sequence[Draft], *, readings: Sequence[Reading]) -> Draft:
    if draft.head.count_class == "cases" and draft.kind == "deserted":
        before = next((other for other in reversed(done[-4:]) if other.kind == "desertion_cases" and _close(draft, other)), None)
        return draft if before is None else draft.like(before, draft.cost, rule="cases, as the claim before")
    money = draft.unit in {"USD", "money"} or bool(draft.slot.mention.currency)
    before = _antecedent(draft, done, money="yes" if money else "no") or _successor(draft, drafts)
    if before is None or before.guess is None:
        return draft if draft.guess is not None else _captioned(draft, readings)
    cost = min(2.2, before.cost * 0.5 + 0.75 + 0.5 * (draft.reading is not before.reading))
    share = draft.slot.mention.unit == "share"
    trigger = draft.guess.trigger if draft.guess is not None else None
    numbering = trigger is not None and draft.reading.word(trigger.first) == "numbering"
    vague = trigger is not None and trigger.entry.row["frame"] == "either" and share == (before.unit == "share") and not numbering
    same_sentence = draft.reading is before.reading
    sure = draft.unit == "persons" and draft.cost <= 1.8 and not vague
    if trigger is not None and not same_sentence and sure and before.unit not in {"persons", "cases", "share"}:
        return draft
    of_them = _of_them(draft)
    parted = _of_whole(draft) and (draft.cost > 0.6 or before.unit not in {"persons", draft.unit})
    forced = vague or (same_sentence and (of_them or parted))
    if (cost >= draft.cost and not forced and draft.cost <= SURE) or (
        share and before.unit != "share" and before.kind == "territory"
    ):
        return draft
    unit = "share" if share else draft.unit if money else None
    if before.unit == "share" and not share:
        unit = "share" if same_sentence and (draft.slot.mention.point or MANY) <= 100 else "persons"
    leaning = draft.like(before, min(cost, draft.cost), rule="kind taken from the claim it continues", unit=unit)
    if share and before.kind in {"strength", "militia_strength"} and draft.reading.word(draft.slot.end) in {"are", "were", "is"}:
        return replace(leaning, kind="composition")
    return leaning


def _captioned(draft: Draft, readings: Sequence[Reading]) -> Draft:
    """A line of a table or list: its caption says what it counts."""
    if len(draft.reading.words) > SERIES:
        return draft
    for index in range(draft.index, max(-1, draft.index - LIST), -1):
        reading = readings[index]
        if len(reading.words) > 2 * SERIES:
            return draft
        for trigger in reading.triggers:
            kind = trigger.entry.row["kinds"].get("persons")
            if kind and trigger.entry.row["cost"] <= 0.2 and not reading.slots:
                sides = [str(found.entry.row["side"]) for found in reading.sides]
                rule = f'line of a list under "{reading.text_of(trigger.first, trigger.end)}"'
                guess = Guess(str(kind), 1.8, rule)
                unit = "share" if draft.slot.mention.unit == "share" else draft.unit
                return replace(draft, guess=guess, kind=str(kind), side=sides[0] if sides else "state", unit=unit, rules=(rule,))
    return draft


def _close(draft: Draft, other: Draft) -> bool:
    return draft.index - other.index <= 1


def _antecedent(draft: Draft, done: Sequence[Draft], *, money: str) -> Draft | None:
    """The claim a bare number continues: the matching member of the pair before, or the last claim near enough."""
    reach = NEAR if _opens_like_series(draft) else 0
    near = [
        other
        for other in done[-8:]
        if other.cost <= 2.2
        and draft.index - other.index <= reach
        and bool(other.slot.mention.currency) == (money == "yes")
        and other.reading.paragraph >= draft.reading.paragraph - 1
    ]
    if not near:
        return None
    place = _place_in_pair(draft)
    if place is not None and len(near) >= 2 and near[-1].reading is near[-2].reading:
        if place == 1 and near[-1].slot.end <= draft.slot.first and near[-1].reading is draft.reading:
            return near[-2] if len(near) > 2 else near[-1]
        return near[-2] if place == 0 else near[-1]
    share = draft.slot.mention.unit == "share"
    near.sort(key=lambda other: (other.reading is draft.reading, (other.unit == "share") == share))
    for other in reversed(near):
        if other.reading is not draft.reading or _joined(draft, other):
            return other
    return None


def _successor(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """ "10 of the 30 soldiers", "10 or, some say, 20": a bare number that runs into the next one takes its noun."""
    for other in drafts:
        if other.reading is draft.reading and other.slot.first >= draft.slot.end and other.cost <= SURE:
            words = draft.reading.text_of(draft.slot.end, other.slot.first).split()
            joining = {"to", "or", "and", "of", "out", ",", "the", "in", "last", "-"}
            return other if len(words) <= 3 and all(word in joining for word in words) else None
    return None


def _joined(draft: Draft, other: Draft) -> bool:
    """Whether the words between two numbers of a sentence carry no new matter of their own."""
    words = [word.lower for word in draft.reading.words[other.head.end : draft.slot.first]]
    if words and words[-1] in {"including", "included"}:
        return True
    alien = sum(1 for word in words if word not in JOINING and word.isalpha())
    return alien <= (2 * ALIEN if ":" in words else ALIEN)


def _opens_like_series(draft: Draft) -> bool:
    """Whether the sentence is one that can go on with the figures of the last: "In February it was seven and eight"."""
    return draft.slot.first <= SERIES


def _place_in_pair(draft: Draft) -> int | None:
    """0 or 1 in "seven and eight", None outside a pair."""
    for other in draft.reading.slots:
        between = (draft.slot.end, other.first) if other.first >= draft.slot.end else (other.end, draft.slot.first)
        if other.mention is not draft.slot.mention and draft.reading.text_of(*between) == "and":
            return 0 if other.first >= draft.slot.end else 1
    return None
