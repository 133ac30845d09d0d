"""Claims read in the light of their neighbours: parts and lists, repeated figures, whose side, what the text is about.

"67 officers, 401 soldiers and 81 family members" after "617 surrendered" are surrendered; a figure given twice means the
same; a bare count of victims is of the side of the count before it; a handful of soldiers no verb explains is what the
rest of the text counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from muster.evidence.extract.draft import SURE, UNDERSTOOD, Draft
from muster.evidence.extract.ellipsis import is_bare
from muster.evidence.extract.guess import Guess
from muster.evidence.extract.nominal import quoted
from muster.evidence.wordsets import word_set

LEFT = frozenset({"defected", "deserted", "surrendered", "refusals", "captured"})
HELD = frozenset({"detained", "captured"})
SUFFERED = frozenset({"killed", "civilians_killed", "wounded", "missing", "casualties"})
GUESSED = frozenset({"usual side of this kind", "enemy of who did it", "side named before", "usual side of the noun"})
NAMED = frozenset({"side named in the counted phrase", "side named after the counted noun"})
PART_CUES = frozenset({"including", "among", "comprising", "them", "whom", "these", ":", "—", "–", "(", "included", "include"})
OPENINGS = word_set("list_openings")
WEAK = 1.85
GROUP = 20  # men or people enough to be news of themselves
VAGUE = 3.2  # cost beyond which a number is left alone
FEW = 5000


def in_context(drafts: Sequence[Draft], exits: Counter[str]) -> list[Draft]:
    """The drafts, each seen beside the others; ``exits`` counts the words for leaving in the whole text."""
    return _restated(_sided(_listed(by_text(drafts, exits))))


def _listed(drafts: Sequence[Draft]) -> list[Draft]:
    done: list[Draft] = []
    for draft in drafts:
        whole = _whole_of(draft, done)
        if whole is None and _continues(draft, done):
            whole = done[-1]
        done.append(draft if whole is None else _as_part(draft, whole))
    return done


def _continues(draft: Draft, done: Sequence[Draft]) -> bool:
    """Whether "150 people", of whom nothing is said, stands right after a count of people."""
    if draft.reading.word(draft.head.reach).startswith("escap"):
        return False
    near = bool(done) and done[-1].understood and done[-1].unit == "persons" and draft.index - done[-1].index <= 1
    return (
        near
        and draft.head.weak
        and draft.head.count_class == "persons"
        and not draft.understood
        and draft.slot.mention.unit is None
        and draft.cost < VAGUE
    )


def _whole_of(draft: Draft, done: Sequence[Draft]) -> Draft | None:
    """The claim a number is a part of, where the words say so."""
    if done and draft.slot.mention.unit == "share" and done[-1].understood:
        return _amounts(draft, done[-1])
    if (
        not done
        or draft.head.count_class not in {"persons", "households"}
        or not done[-1].understood
        or quoted(draft.reading, draft.slot)
    ):
        return None
    before = done[-1]
    if before.head.count_class not in {"persons", None, "cases"} or before.unit not in {"persons", "cases"}:
        return _amounts(draft, before)
    if draft.slot.mention.unit == "share":
        return _amounts(draft, before)
    vague = draft.cost >= WEAK or _lists(draft) or _far(draft)
    if not vague:
        return None
    reading, first = draft.reading, draft.slot.first
    if reading is before.reading:
        between = reading.text_of(before.head.end, first).split()
        after = reading.text_of(draft.head.end, draft.head.end + 3)
        cue = bool(PART_CUES & set(between)) or after.startswith(("among them", "among the", ", among"))
        clause = {"which", "was", "were", "by", "that", "who", "when", "while"} & set(between)
        short = len(between) <= 8 and bool({",", "and", ";"} & set(between)) and draft.cost >= WEAK and not clause
        return before if cue or short else None
    opening = reading.text_of(0, first).split()
    if draft.index - before.index == 1 and first <= 9 and OPENINGS & set(opening):
        return before
    return None


def _lists(draft: Draft) -> bool:
    """Whether the word before a number only opens a list: "comprising 10 men and 15 women"."""
    guess = draft.guess
    return guess is not None and guess.rule.strip('"').startswith(("compris", "includ", "consist", "made up"))


def _far(draft: Draft) -> bool:
    """Whether the word that explains a number stands far from it."""
    return draft.guess is not None and draft.guess.trigger is not None and draft.cost > 1.0


def _amounts(draft: Draft, before: Draft) -> Draft | None:
    """ "The loss of 40,000 amounts to 15 percent of its strength": the share is of the same exits."""
    if draft.index - before.index > 1 or draft.kind not in {"strength", "composition"} or draft.slot.mention.unit != "share":
        return None
    same = draft.reading is before.reading
    between = set(draft.reading.text_of(before.head.end if same else 0, draft.slot.first).split())
    verbs = (
        {"represented", "represents", "amounted"}
        if not same
        else {"amounts", "amount", "amounting", "equals", "equal", "represents", "represent", "representing", "or", "is", "makes"}
    )
    return before if before.kind != draft.kind and between & verbs else None


def _as_part(draft: Draft, whole: Draft) -> Draft:
    """The number with the kind of its whole, but the side of its own noun."""
    own = (
        draft.head.noun is not None and not draft.head.weak and draft.head.noun.entry.row.get("side") or set(draft.rules) & NAMED
    )
    side = draft.side if own and not (whole.kind in LEFT and _says_sex_or_age(draft)) else whole.side
    kind = whole.kind
    if kind in {"killed", "civilians_killed"}:
        kind = "civilians_killed" if side == "civilian" else "killed"
    unit = "share" if draft.slot.mention.unit == "share" else draft.unit
    part = draft.like(whole, min(draft.cost, whole.cost * 0.5 + 0.7), rule="part of the claim before it", unit=unit)
    return replace(part, kind=kind, side=side)


def _says_sex_or_age(draft: Draft) -> bool:
    """Women and minors among fighters are fighters."""
    noun = draft.head.noun
    return noun is not None and draft.reading.words[noun.end - 1].lower in {
        "women",
        "woman",
        "girls",
        "boys",
        "minors",
        "children",
        "teenagers",
    }


def _sided(drafts: Sequence[Draft]) -> list[Draft]:
    """Bare counts take the side of the count of the same sort before them."""
    done: list[Draft] = []
    for place, draft in enumerate(drafts):
        noun = draft.head.noun
        guessed = bool(set(draft.rules) & GUESSED) and (
            noun is None or is_bare(draft) or bool(noun.entry.row.get("kind") or noun.entry.row.get("usual"))
        )
        usual = noun is not None and bool(noun.entry.row.get("usual"))
        family = LEFT if draft.kind in LEFT else SUFFERED if draft.kind in SUFFERED else None
        before = next((other for other in reversed(done[-6:]) if family and _same_family(other, family)), None)
        after = drafts[place + 1] if place + 1 < len(drafts) else None
        if guessed and family is not None and after is not None and _coordinated(draft, after):
            before = after
        if guessed and noun is None and draft.kind in HELD and draft.reading.word(0) == "of":
            whole = next((other for other in done[-6:] if other.reading is draft.reading and other.understood), None)
            draft = draft if whole is None else replace(draft, side=whole.side, rules=(*draft.rules, "side of the whole"))
        if before is None and family is SUFFERED:
            before = next((other for other in reversed(done[-2:]) if other.unit == "persons" and other.understood), None)
        near = before is not None and (
            before is after or before.reading is draft.reading or family is LEFT or draft.index - before.index <= 2
        )
        if guessed and near and before is not None and (not usual or family is LEFT or before is after):
            side = before.side
            kind = draft.kind
            if kind in {"killed", "civilians_killed"}:
                kind = "civilians_killed" if side == "civilian" else "killed"
            draft = replace(draft, side=side, kind=kind, rules=(*draft.rules, "side of the claim before"))
        done.append(draft)
    return done


def _same_family(other: Draft, family: frozenset[str]) -> bool:
    """Whether a count is of the same sort, and of people the side of who leaves can be learned from."""
    return other.kind in family and other.understood and not (family is LEFT and other.side == "civilian")


def _coordinated(draft: Draft, after: Draft) -> bool:
    """ "Killed 70 and captured twenty Syrian soldiers": the next count, joined by "and", says whose they are."""
    if after.reading is not draft.reading or not after.understood or set(after.rules) & GUESSED:
        return False
    between = draft.reading.text_of(draft.head.end, after.slot.first).split()
    return "and" in between and len(between) <= 4


def _restated(drafts: Sequence[Draft]) -> list[Draft]:
    """A figure given twice means the same: the doubtful one follows the sure one."""
    sure: dict[tuple[float, str | None], Draft] = {}
    for draft in drafts:
        point = draft.slot.mention.point
        if (
            draft.cost <= SURE
            and draft.guess is not None
            and point is not None
            and point >= 12
            and not _loses(draft)
            and draft.slot.mention.qualifier != "vague"
            and draft.unit != "share"
        ):
            sure.setdefault((point, draft.slot.mention.unit), draft)
    return [_like_twin(draft, sure.get((draft.slot.mention.point or -1.0, draft.slot.mention.unit))) for draft in drafts]


def _like_twin(draft: Draft, twin: Draft | None) -> Draft:
    if (
        twin is None
        or twin is draft
        or draft.slot.mention.qualifier == "vague"
        or draft.head.count_class == "foreign"
        or draft.head.unknown is not None
    ):
        return draft
    same = draft.head.noun is None or draft.head.count_class == twin.head.count_class
    if not same or (draft.cost <= SURE and not (_loses(draft) and draft.head.noun is None)):
        return draft
    alike = draft.like(twin, 1.2, rule="the same figure elsewhere in the text")
    own = draft.head.noun is not None and not draft.head.weak and draft.head.noun.entry.row.get("side")
    return replace(alike, side=draft.side) if own and draft.side != "other" else alike


def _loses(draft: Draft) -> bool:
    return draft.guess is not None and draft.guess.trigger is not None and bool(draft.guess.trigger.entry.row.get("lose"))


def by_text(drafts: Sequence[Draft], exits: Counter[str]) -> list[Draft]:
    """A small group of men under arms that no verb explains is what the rest of the text counts."""
    left = [draft for draft in drafts if draft.cost <= SURE and draft.kind in LEFT]
    counts = Counter(draft.kind for draft in left) or (exits if sum(exits.values()) >= 2 else Counter[str]())
    if not counts:
        return list(drafts)
    kind = counts.most_common(1)[0][0]
    sides = Counter(draft.side for draft in left)
    side = sides.most_common(1)[0][0] if sides else "state"
    return [_explained(draft, kind) if _is_small_group(draft) and draft.side == side else draft for draft in drafts]


def _is_small_group(draft: Draft) -> bool:
    point = draft.slot.mention.point
    armed = draft.head.count_class == "persons" and draft.side in {"state", "opposition", "eao"}
    return draft.kind in {"strength", "militia_strength"} and draft.cost >= WEAK and armed and point is not None and point < FEW


def _explained(draft: Draft, kind: str) -> Draft:
    point = draft.slot.mention.point or 0.0
    cost = min(draft.cost, UNDERSTOOD) if point >= GROUP else draft.cost
    guess = Guess(kind, cost, "what the text counts")
    return replace(draft, guess=guess, kind=kind, rules=("a small group, as the rest of the text counts", *draft.rules[1:]))
