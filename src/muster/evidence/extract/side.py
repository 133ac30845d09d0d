"""Whose people are counted.

Asked in this order: the words of the counted noun phrase and its "of ..."/"from ..." ("RSF officers", "members of the
Syrian army"); the noun itself (soldiers, rebels, villagers); what they left or joined ("quit the army", "went over to the
rebels"); who did it to them ("rebels killed 12") or lost them ("the army lost 12"); what the kind usually means.
"""

from __future__ import annotations

from typing import Literal

from muster.evidence.extract.guess import Guess
from muster.evidence.extract.nouns import Head
from muster.evidence.extract.reading import Found, Reading
from muster.evidence.extract.setting import Setting, fell_at_war

EXITS = frozenset({"defected", "deserted", "surrendered", "refusals", "defector_contacts", "insider_support", "safehoused"})
SUFFERED = frozenset({"killed", "wounded", "missing", "casualties", "captured", "detained"})
BY_KIND = {
    "civilians_killed": "civilian",
    "displaced": "civilian",
    "detained": "civilian",
    "opinion": "civilian",
    "militia_recruited": "opposition",
    "militia_strength": "opposition",
    "airstrikes": "state",
    "clashes": "other",
    "killed": "civilian",
    "wounded": "civilian",
    "missing": "civilian",
    "casualties": "civilian",
    "composition": "state",
}
OPPOSITE = {"state": "opposition", "opposition": "state", "eao": "state"}
SENDER = 5  # words between a country and the number of troops it sends
OWN = frozenset({"its", "their", "his", "our", "her", "my"})


def side_of(reading: Reading, head: Head, guess: Guess, *, setting: Setting) -> tuple[str, str]:
    """The side, and the words of the rule that found it."""
    noun = head.noun
    phrase = _named(reading, head.first, head.end if noun is None else noun.first + _prefix(reading, noun), setting)
    specific = noun.entry.row.get("side") if noun is not None and not head.weak else None
    own = noun is not None and noun.entry.row.get("side") == "state"
    if phrase == "civilian" and noun is not None and (own or noun.entry.row.get("branch") == "militia"):
        phrase = None
    if guess.kind == "territory" and guess.trigger is not None and noun is not None and noun.entry.row["class"] == "area":
        return _holder(reading, head, guess, setting)
    if own and guess.kind in {"strength", "deployed"} and _foreign_sender(reading, head, setting):
        return "other", "sent by an outside power"
    if noun is not None and noun.entry.row["class"] == "money":
        return _by_event(reading, head, guess, setting)
    if (
        phrase is not None
        and not (guess.kind == "recruited" and phrase == "civilian")
        and not (specific == "civilian" and phrase in {"state", "other"})
    ):
        return phrase, "side named in the counted phrase"
    if guess.kind == "recruited" and phrase in {None, "civilian"}:
        return _recruiter(reading, head, guess, setting)
    if head.complement is not None and noun is not None and noun.entry.row["class"] in {"persons", "units", "cases", "items"}:
        inside = _completing(reading, head.complement, setting) or _noun_side(reading, head)
        if inside is not None and specific != "civilian":
            return inside, "side named after the counted noun"
    if noun is not None and noun.entry.row["class"] in {"places", "area"} or guess.kind in {"territory"}:
        return _holder(reading, head, guess, setting)
    if reading.word(head.first - 1) in OWN or any(
        reading.word(at) in OWN for at in range(head.first, head.end if noun is None else noun.end)
    ):
        owner = _nearest_before(reading, head.first, setting, counted="skip")
        if owner is not None and specific != "civilian":
            return owner, "side of the owner"
    if specific:
        return str(specific), "side of the noun"
    origin = origin_of(reading, head, setting)
    if origin is not None:
        return origin, "side they come from"
    return _by_event(reading, head, guess, setting)


def _prefix(reading: Reading, noun: Found) -> int:
    """The words of a noun that qualify its last one ("rebel" in "rebel fighters"); the last says what, not whose."""
    joined = noun.end - noun.first - 1
    return joined + (1 if reading.words[noun.end - 1].lower in {"rebels", "insurgents", "militants"} else 0)


def _completing(reading: Reading, span: tuple[int, int], setting: Setting) -> str | None:
    """The side "of the army" or "from Rwanda" names; "in Kabul" names none, "in the army" does."""
    if reading.word(span[0] - 1) in {"in", "within"}:
        forces = [name for name in reading.names if span[0] <= name.first < span[1] and name.entry.topic == "force"]
        return setting.side_of(forces[0]) if forces else _adjective(reading, *span)
    return _named(reading, *span, setting)


def _noun_side(reading: Reading, head: Head) -> str | None:
    """The side of the noun in "members of their families", "20 of the policemen"."""
    if head.complement is None or not head.backed or head.noun is None or head.noun.entry.row.get("side"):
        return None
    sides = [noun.entry.row.get("side") for at, noun in reading.nouns.items() if head.complement[0] <= at < head.complement[1]]
    return str(sides[-1]) if sides and sides[-1] else None


def _foreign_sender(reading: Reading, head: Head, setting: Setting) -> bool:
    """ "France will field 3,000 troops": a country that is no party, named shortly before the number."""
    near = [name for name in reading.names if head.first - SENDER <= name.first < head.first]
    return bool(near) and near[-1].entry.topic == "country" and setting.side_of(near[-1]) == "other"


def origin_of(reading: Reading, head: Head, setting: Setting) -> str | None:
    """The side of "61 from the army": said right after a number without a noun."""
    if head.nouns or reading.word(head.first) in {"$", "€", "£"}:
        return None
    for start in (head.end, head.end + 1):
        if reading.text_of(start, start + 4) == "in the ranks of":
            return _named(reading, start, min(len(reading.words), start + 7), setting)
    if reading.word(head.end) != "from":
        return None
    return _named(reading, head.end, min(len(reading.words), head.end + 4), setting)


def _recruiter(reading: Reading, head: Head, guess: Guess, setting: Setting) -> tuple[str, str]:
    """Recruits belong to who takes them in: the force named in the verb's own words, or its subject, else the state."""
    if guess.trigger is not None and guess.trigger.entry.row["frame"] == "patient":
        taker = _nearest_before(reading, guess.trigger.first, setting)
        if taker in {"opposition", "eao", "state"}:
            return taker, "side of who takes them"
    if guess.trigger is not None:
        joined = _named(reading, guess.trigger.first, min(len(reading.words), guess.trigger.end + 4), setting)
        if joined in {"opposition", "eao", "state"}:
            return joined, "side they join"
    before = _nearest_before(reading, head.first, setting)
    return (before, "side named before") if before in {"opposition", "eao"} else ("state", "usual side of this kind")


def _by_event(reading: Reading, head: Head, guess: Guess, setting: Setting) -> tuple[str, str]:
    """The side of people the noun says nothing of."""
    trigger = guess.trigger
    if trigger is not None and trigger.entry.row["frame"] == "noun":
        after = _named(reading, trigger.end, min(len(reading.words), trigger.end + 6), setting)
        linked = reading.word(trigger.end)
        whose = after if linked in {"of", "among"} else None
        whose = whose or _named(reading, max(0, trigger.first - 3), trigger.first, setting)
        if whose is None and linked in {"in", "from", "by"}:
            whose = after
        if whose is not None:
            return whose, "side named beside the word"
    if trigger is not None and guess.kind in EXITS:
        left = _left_or_joined(reading, trigger, setting)
        if left is not None:
            return left, "side of what they left"
    if (
        trigger is not None
        and (guess.kind in SUFFERED and trigger.entry.row["frame"] == "patient" or trigger.entry.row.get("lose"))
        and trigger.end <= head.first
        and guess.passive == "no"
    ):
        loses = bool(trigger.entry.row.get("lose"))
        doer = _nearest_before(reading, trigger.first, setting, counted="skip")
        if doer is None and loses:
            return "state", "usual side of who loses"
        if doer is not None:
            if trigger.entry.row.get("lose"):
                return doer, "side of the loser"
            if (
                head.noun is None
                and doer == "opposition"
                and reading.text_of(head.first, head.end).endswith(("thousands", "hundreds"))
            ):
                return "civilian", "the many an armed group killed"
            if head.noun is None and doer in OPPOSITE:
                return OPPOSITE[doer], "enemy of who did it"
    usual = head.noun.entry.row.get("usual") if head.noun is not None else None
    if usual and guess.kind in EXITS:
        return str(usual), "usual side of the noun"
    if guess.kind in {"strength", "deployed", "recruited", "attrition", "units_deployed", "surrendered", "pay", "equipment"}:
        owner = _nearest_before(reading, head.first, setting)
        if owner is not None and owner != "civilian":
            return owner, "side named before"
    if usual:
        return str(usual), "usual side of the noun"
    if guess.kind == "captured" and guess.trigger is None:
        captor = _nearest_before(reading, head.first, setting)
        if captor in OPPOSITE:
            return OPPOSITE[captor], "enemy of who holds them"
    if guess.kind in SUFFERED and guess.trigger is None:
        ranks = _ranks_before(reading, head, setting)
        if ranks is not None:
            return ranks, "side named in a sentence without another verb"
    if guess.kind in SUFFERED and not head.nouns and fell_at_war(reading, (head.first, head.end), setting):
        return "state", "nationals of a country at war who fell in it"
    return BY_KIND.get(guess.kind, "state"), "usual side of this kind"


def _ranks_before(reading: Reading, head: Head, setting: Setting) -> str | None:
    """ "In the ranks of the army the toll is 25 killed": the only side named, with no verb that makes it the doer."""
    if any(trigger.entry.row["frame"] in {"patient", "either"} and trigger.first < head.first for trigger in reading.triggers):
        return None
    if not {"among", "ranks", "side", "our", "comrades"} & {reading.word(at) for at in range(head.first)}:
        return None
    return _nearest_before(reading, head.first, setting)


def _named(reading: Reading, first: int, end: int, setting: Setting) -> str | None:
    """The side that words of a stretch name; a force or country before an adjective of side, the last of them the head's."""
    for name in reading.names:
        if first <= name.first < end:
            side = setting.side_of(name)
            if name.entry.topic in {"country", "capital"}:
                other = _adjective(reading, first, end)
                if other in {"opposition", "civilian"}:
                    return other
            if side is not None:
                return side
    return _adjective(reading, first, end)


def _adjective(reading: Reading, first: int, end: int) -> str | None:
    sides = [str(found.entry.row["side"]) for found in reading.sides if first <= found.first < end]
    last = [noun for at, noun in reading.nouns.items() if first <= at < end]
    if last and last[-1].entry.row.get("side") == "state" and "civilian" in sides:
        return "state"
    for side in ("other", "opposition", "civilian", "state"):
        if side in sides:
            return side
    return None


def _left_or_joined(reading: Reading, trigger: Found, setting: Setting) -> str | None:
    """From "quit the army" and "defected from X" the side of X; from "went over to the rebels" the other one."""
    inside = reading.text_of(trigger.first, trigger.end)
    words = inside.split()
    leaves = words[0] in {"break", "broke", "broken", "breaking"} or "from" in words or "against" in words
    joined = not leaves and any(word in words for word in ("join", "joined", "joining", "to", "with"))
    ahead = trigger.end + (3 if joined else 7)
    direction = "to" if joined else "from"
    for position in range(trigger.first, min(len(reading.words), ahead + 1)):
        word = reading.word(position)
        if position >= trigger.end and word in {"from", "to", "towards", "with", "into", "among"}:
            direction = "from" if word == "from" else "to"
        if position >= trigger.end and word in {".", ";", ",", "and", "after", "before", "since", "when", "while"}:
            break
        side = None if word in {"enemy", "enemies"} else _named(reading, position, position + 1, setting)
        if side in OPPOSITE:
            return side if direction == "from" else OPPOSITE[side]
    return None


def _nearest_before(
    reading: Reading, position: int, setting: Setting, *, counted: Literal["take", "skip"] = "take"
) -> str | None:
    """The side of the force named last before a place of the sentence."""
    best: tuple[int, str] | None = None
    for name in reading.names:
        if counted == "skip" and _is_aim(reading, name):
            continue
        if name.first < position and name.entry.topic in {"force", "country", "ruler"}:
            side = setting.side_of(name)
            if side is not None and (name.entry.topic != "country" or side == "state"):
                best = (name.first, side)
    victims = {at for slot in reading.slots for at in range(slot.first, slot.end + 4)} if counted == "skip" else set()
    for found in reading.sides:
        if found.first in victims or (counted == "skip" and _is_aim(reading, found)):
            continue
        if found.first < position and (best is None or found.first > best[0]) and found.entry.row["side"] != "other":
            best = (found.first, str(found.entry.row["side"]))
    return best[1] if best else None


def _is_aim(reading: Reading, found: Found) -> bool:
    """ "Surrendered to the rebels", "fighting against the army": they are not the subject of the clause."""
    before = found.first - 1 - (reading.word(found.first - 1) == "the")
    return reading.word(before) in {"to", "against", "from", "by", "with"}


def _holder(reading: Reading, head: Head, guess: Guess, setting: Setting) -> tuple[str, str]:
    """For ground: who holds or takes it, or who lost it. "under the control of X" and "to the rebels" name the holder."""
    trigger = guess.trigger
    if trigger is not None:
        after = _named(reading, trigger.end, min(len(reading.words), trigger.end + 5), setting)
        inside = reading.text_of(trigger.first, trigger.end)
        if after is not None and (
            guess.passive == "yes" or any(word in inside.split() for word in ("under", "to", "control", "hands", "by"))
        ):
            return after, "side of the holder"
        before = _nearest_before(reading, min(trigger.first, head.first), setting)
        if before is not None and before != "civilian":
            return before, "side of the subject"
        if after is not None:
            return after, "side of the holder"
    before = _nearest_before(reading, head.first, setting)
    if before is None or before == "civilian":
        return "state", "usual side of this kind"
    return before, "side named before"
