"""From words to record: what a trigger means for these people, once it is known whose they are."""

from __future__ import annotations

from dataclasses import replace

from muster.evidence.extract.draft import Draft
from muster.evidence.extract.scope import INCLUDED, branch_of, unit_of
from muster.evidence.extract.setting import Setting
from muster.evidence.extract.side import origin_of, side_of
from muster.evidence.wordsets import word_set

MILITIA = {"recruited": "militia_recruited", "strength": "militia_strength"}
OPPOSED = frozenset({"opposition", "eao"})
# Words that make "lost 4,818 people" a loss of strength and not of lives.
OWN_PEOPLE = frozenset(
    {"comrade", "comrades", "soldier", "soldiers", "men", "troops", "fighters", "friends", "colleagues", "lives"}
)
MOVEMENTS = word_set("movements")
LEFT = frozenset({"defected", "deserted", "surrendered", "defector_contacts", "safehoused", "refusals"})


def settle(draft: Draft, setting: Setting) -> Draft:
    """The draft with side, unit and the kind that follows from them."""
    guess = draft.guess
    draft = replace(draft, origin=origin_of(draft.reading, draft.head, setting))
    if guess is None:
        return replace(draft, unit=unit_of(draft.slot, draft.head, "")) if draft.slot.mention.currency else draft
    side, rule = side_of(draft.reading, draft.head, guess, setting=setting)
    kind = _kind(replace(draft, rules=(guess.rule, rule)), guess.kind, side)
    if kind == "displaced" and side == "state":
        kind, side = ("deserted", side) if _armed(draft) else (kind, "civilian")
    if branch_of(draft.reading, draft.head, setting) == "militia":
        kind = MILITIA.get(kind, kind)
    if kind in LEFT and side == "civilian" and not draft.head.nouns:
        side = "state"
    unit = unit_of(draft.slot, draft.head, kind)
    if unit == "units" and draft.reading.text_of(draft.slot.end, draft.slot.end + 2) in {"- strong", "- man", "- member"}:
        unit = "persons"
    return replace(draft, kind=kind, side=side, unit=unit, rules=(guess.rule, rule))


def _kind(draft: Draft, kind: str, side: str) -> str:
    trigger = draft.guess.trigger if draft.guess is not None else None
    noun = draft.head.noun
    civilian = noun is not None and (noun.entry.row.get("side") == "civilian" or _are_people(draft))
    if trigger is not None and trigger.entry.row.get("civilian") and (civilian or (noun is None and side == "civilian")):
        return str(trigger.entry.row["civilian"])
    if kind in LEFT and civilian and side == "civilian":
        return "displaced" if kind in {"defected", "deserted"} else kind
    if kind == "killed" and side == "civilian" or kind == "killed" and civilian:
        return "civilians_killed"
    if kind == "recruited" and trigger is not None and _change_sides(draft):
        return "defected"
    if trigger is not None and trigger.entry.row.get("lose") and kind in {"killed", "attrition"}:
        return _lost(draft, kind)
    if side in OPPOSED:
        return MILITIA.get(kind, kind)
    return kind


def _change_sides(draft: Draft) -> bool:
    """Whether men under arms join something that is no army: "nine policemen joined the movement"."""
    assert draft.guess is not None
    assert draft.guess.trigger is not None
    words = draft.reading.text_of(draft.guess.trigger.first, draft.guess.trigger.end).split()
    noun = draft.head.noun
    inside = [other for at, other in draft.reading.nouns.items() if draft.head.first <= at < draft.head.reach]
    armed = noun is not None and any(other.entry.row.get("side") == "state" for other in inside)
    return armed and words[0].startswith("join") and words[-1] in MOVEMENTS


def _armed(draft: Draft) -> bool:
    """Whether the people counted are men of a force: soldiers, members of the army."""
    span = range(draft.head.first, draft.head.reach)
    nouns = any(at in span and noun.entry.row.get("side") == "state" for at, noun in draft.reading.nouns.items())
    return nouns or any(name.first in span and name.entry.topic == "force" for name in draft.reading.names)


def _are_people(draft: Draft) -> bool:
    """Whether nothing but "people" is said of those counted."""
    noun, guessed = draft.head.noun, "usual side of this kind"
    return noun is not None and draft.reading.words[noun.end - 1].lower in {"people", "persons"} and guessed in draft.rules


def _ways(draft: Draft) -> list[str]:
    """How they were lost, where the text says so: "lost 300 a day to desertion, death and injury"."""
    ahead = range(draft.head.end, min(len(draft.reading.words), draft.head.end + 12))
    ways = ("to", "through", "by", "from")
    start = next((at for at in ahead if draft.reading.word(at) in ways and draft.reading.word(at - 1) != "addition"), None)
    if start is None:
        return []
    words = {draft.reading.word(at) for at in range(start, min(len(draft.reading.words), start + 8))}
    return [kind for kind, forms in INCLUDED.items() if words & set(forms)]


def _lost(draft: Draft, kind: str) -> str:
    """Lives or numbers: comrades and soldiers are lost to death, people and personnel to all causes."""
    own = draft.head.noun.entry.row.get("kind") if draft.head.noun is not None else None
    if own:
        return str(own)
    ways = _ways(draft)
    if ways:
        return ways[0] if len(ways) == 1 else "attrition"
    if draft.slot.mention.unit == "share" or draft.head.noun is None and kind == "attrition":
        return "attrition"
    words = {word.lower for word in draft.reading.words[draft.head.first : draft.head.end]}
    if words & OWN_PEOPLE:
        return "killed"
    return "killed" if kind == "killed" and draft.head.noun is None else "attrition"
