"""Numbers that leave out what they count: "20 more surrendered", "170 and 60 in February", "from 63 in 2021 to 260 in 2022".

A number without a noun of its own takes kind, unit and side from the claim before it: in the sentence, then in the
sentence before, a pair from the pair before it. A figure that repeats an earlier one takes its kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from muster.evidence.extract.draft import SURE, Draft
from muster.evidence.wordsets import word_set

NEAR = 2  # sentences back a number may lean on
JOINING = word_set("series_words")


def inherit(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with those that lean on another one explained by it."""
    done: list[Draft] = []
    for draft in drafts:
        done.append(_leaning(draft, done, drafts) if _leans(draft) else draft)
    return _restated(done)


def _leans(draft: Draft) -> bool:
    """Whether a number has no noun of its own and no word close by that explains it well."""
    mention = draft.slot.mention
    if (
        draft.head.unknown is not None
        or draft.head.count_class == "foreign"
        or mention.currency
        or mention.unit in {"USD", "money"}
    ):
        return False
    bare = draft.head.noun is None or (draft.head.weak and draft.reading.word(draft.slot.end) in {"others", "other", "more"})
    return bare and draft.cost > 0.75


def _leaning(draft: Draft, done: Sequence[Draft], drafts: Sequence[Draft]) -> Draft:
    before = _antecedent(draft, done)
    if before is None:
        before = _successor(draft, drafts)
    if before is None or before.guess is None:
        return draft
    cost = min(2.2, before.cost * 0.5 + 0.75 + 0.5 * (draft.reading is not before.reading))
    share = draft.slot.mention.unit == "share"
    if cost >= draft.cost or (share and before.unit != "share" and before.kind == "territory"):
        return draft
    return draft.like(before, cost, rule="kind taken from the claim it continues", unit="share" if share else None)


def _antecedent(draft: Draft, done: Sequence[Draft]) -> Draft | None:
    """The claim a bare number continues: the matching member of the pair before, or the last claim near enough."""
    place = _place_in_pair(draft)
    near = [
        other
        for other in done[-8:]
        if other.understood and other.cost <= 2.2 and draft.index - other.index <= (NEAR if _opens_like_series(draft) else 0)
        and other.slot.mention.currency is None and other.reading.paragraph >= draft.reading.paragraph - 1
    ]  # fmt: skip
    if not near:
        return None
    if place is not None and len(near) >= 2 and near[-1].reading is near[-2].reading:
        pair = near[-2:] if place == 0 else near[-2:]
        if place == 1 and near[-1].slot.end <= draft.slot.first and near[-1].reading is draft.reading:
            return near[-2] if len(near) > 2 else near[-1]
        return pair[0] if place == 0 else pair[1]
    for other in reversed(near):
        if other.reading is not draft.reading or _joined(draft, other):
            return other
    return None


def _successor(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """ "Between 10 and, some say, 20 soldiers": a bare number that runs into the next one takes its noun."""
    for other in drafts:
        if other.reading is draft.reading and other.slot.first >= draft.slot.end and other.understood and other.cost <= SURE:
            words = draft.reading.text_of(draft.slot.end, other.slot.first).split()
            return (
                other
                if len(words) <= 3
                and all(word in {"to", "or", "and", "of", "out", ",", "the", "in", "last", "-"} for word in words)
                else None
            )
    return None


def _joined(draft: Draft, other: Draft) -> bool:
    """Whether the words between two numbers of a sentence carry no new matter of their own."""
    words = draft.reading.words[other.head.end : draft.slot.first]
    alien = sum(1 for word in words if word.lower not in JOINING and not word.lower[0].isdigit() and word.lower.isalpha())
    return alien <= 7 and not any(word.lower in {";"} for word in words)


def _opens_like_series(draft: Draft) -> bool:
    """Whether the sentence is one that can go on with the figures of the last: "In February it was seven and eight"."""
    words = [word.lower for word in draft.reading.words[: draft.slot.first]]
    return len(words) <= 12


def _place_in_pair(draft: Draft) -> int | None:
    """0 or 1 in "seven and eight", None outside a pair."""
    for other in draft.reading.slots:
        between = (draft.slot.end, other.first) if other.first >= draft.slot.end else (other.end, draft.slot.first)
        if other.mention is not draft.slot.mention and draft.reading.text_of(*between) == "and":
            return 0 if other.first >= draft.slot.end else 1
    return None


def _restated(drafts: Sequence[Draft]) -> list[Draft]:
    """A figure given twice means the same: the doubtful one follows the sure one."""
    sure: dict[tuple[float, str | None], Draft] = {}
    for draft in drafts:
        point = draft.slot.mention.point
        if draft.cost <= SURE and draft.guess is not None and point is not None and point >= 12:
            sure.setdefault((point, draft.slot.mention.unit), draft)
    done = []
    for draft in drafts:
        twin = sure.get((draft.slot.mention.point or -1.0, draft.slot.mention.unit))
        if (
            twin is not None
            and twin is not draft
            and draft.cost > SURE
            and draft.head.count_class != "foreign"
            and twin.guess is not None
        ):
            same = draft.head.noun is None or draft.head.count_class == twin.head.count_class
            if same and draft.head.unknown is None:
                draft = draft.like(twin, 1.2, rule="the same figure elsewhere in the text")
        done.append(draft)
    return done
