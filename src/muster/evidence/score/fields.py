"""When a field of a proposed claim is right: one small rule a field, each lenient only where two answers are defensible."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from muster.core.dates import parse_interval
from muster.core.errors import MusterError
from muster.evidence.score.gold import alternatives, kinds_of

Gold = Mapping[str, Any]
Found = Mapping[str, Any]

_QUALIFIERS = {"over": "at_least", "up_to": "at_most", "estimate": "about", "at least": "at_least", "up to": "at_most"}
# "At least" and "over" bound from below alike; "nearly" and "up to" from above.
_BOUND = {
    "at_least": "low",
    "at_most": "high",
    "nearly": "high",
    "exact": "point",
    "about": "point",
    "range": "range",
    "vague": "vague",
}
_OWN_VOICE = {"article", "unattributed", "unattributed reports", "own voice", "reports"}
_FORCE_UNITS = {"persons", "households"}
_SLACK = timedelta(days=3)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _close(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    # A third is 33.33 to one annotator and 33.333 to the other.
    return abs(abs(found) - abs(wanted)) <= 2e-4 * max(1.0, abs(wanted))


def _share_scale(found: Found, gold: Gold) -> float:
    """Shares are compared as per cent: the text says 14.5, a record may say 0.145."""
    point = found.get("point") if found.get("point") is not None else found.get("hi")
    is_share = any(str(unit or "").startswith(("percent", "share")) for unit in alternatives(gold.get("unit")))
    stated = next((_number(value) for value in alternatives(gold.get("value")) if value is not None), None)
    return 100.0 if is_share and point is not None and abs(point) <= 1.0 < abs(stated or 2.0) else 1.0


def bounds_right(found: Found, gold: Gold) -> bool:
    """The stated figure, and on which sides it is open."""
    scale = _share_scale(found, gold)
    point, low, high = (None if found.get(key) is None else found[key] * scale for key in ("point", "lo", "hi"))
    shape = _BOUND.get(found.get("qualifier") or "", "")
    qualifiers = [_QUALIFIERS.get(word, word) for word in alternatives(gold.get("qualifier") or "exact")]
    shapes = {_BOUND.get(word, "point") for word in qualifiers}
    lows, highs, values = (list(alternatives(gold.get(key))) for key in ("low", "high", "value"))
    if shape == "vague":
        return "vague" in shapes and (any(_close(low, _number(value)) for value in (*lows, *values)) or lows == [None])
    if shape == "range":
        return any(_close(low, _number(value)) for value in lows) and any(_close(high, _number(value)) for value in highs)
    figures = [*values, *(lows if shape == "low" else highs if shape == "high" else [])]
    return shape in shapes and any(_close(point, _number(value)) for value in figures if value is not None)


def kind_right(found: Found, gold: Gold) -> bool:
    """The kind, where the annotation knows one."""
    kinds = kinds_of(gold)
    return kinds is None or found.get("kind") in kinds


def unit_right(found: Found, gold: Gold) -> bool:
    """The unit after normalising the annotators' free words."""
    if gold.get("unit") is None:
        return True
    return any(_plain_unit(str(word)) == _plain_unit(str(found.get("unit"))) for word in alternatives(gold["unit"]))


def _plain_unit(word: str) -> str:
    for beginnings, plain in (
        (("percent", "share", "%", "fraction"), "share"),
        (("person", "soldier", "people", "police", "famil", "household"), "persons"),
        (("case", "verdict", "charge"), "cases"),
        (("usd", "dollar", "us$"), "USD"),
        (("kyat", "baht", "euro", "money", "rouble", "ruble", "hryvnia", "dinar", "pound"), "money"),
        (("township", "town", "district", "place", "base", "outpost", "village", "camp", "cit", "post"), "places"),
        (("battalion", "unit", "brigade", "regiment", "group", "compan"), "units"),
        (("incident", "clash", "event", "strike", "attack", "battle", "bomb", "sortie"), "events"),
        (("times", "ratio"), "ratio"),
    ):
        if word.lower().startswith(beginnings):
            return plain
    return "items"


def side_right(found: Found, gold: Gold) -> bool:
    """Whose people are counted. Ethnic armies are opponents for this purpose when the annotation says so."""
    if gold.get("side") is None:
        return True
    return _as_word(found.get("side"), gold["side"])


def _as_word(found: Any, wanted: Any) -> bool:
    return found in list(alternatives(wanted))


def modality_right(found: Found, gold: Gold) -> bool:
    """Asserted unless the annotation says otherwise."""
    return _as_word(found.get("modality"), gold.get("modality") or "asserted")


def claimant_right(found: Found, gold: Gold) -> bool:
    """The same name, a part of it or an abbreviation; the article's own voice goes by several names."""
    wanted = gold.get("who_claims", gold.get("claimant"))
    if wanted is None:
        return True
    said = _plain_name(found.get("claimant") or "article")
    names = [_plain_name(str(name)) for name in alternatives(wanted)]
    if any(name in _OWN_VOICE for name in names) and said in _OWN_VOICE:
        return True
    if any(re.fullmatch(r"p\d+", name) for name in names) and re.match(r"p \w+|person", said):
        return True
    return any(_same_name(said, name) for name in names)


def _plain_name(name: str) -> str:
    words = re.sub(r"[^\w\s]", " ", name.lower().replace("u.s.", "us").replace("u.n.", "un")).split()
    return " ".join(word for word in words if word not in {"the", "a", "an", "of", "for", "s"})


def _same_name(said: str, wanted: str) -> bool:
    if not said or not wanted:
        return False
    mine, theirs = said.split(), wanted.split()
    initials = "".join(word[0] for word in theirs if word not in {"and"}), "".join(word[0] for word in mine)
    if said == initials[0] or wanted == initials[1]:
        return True
    shared = {_stem(word) for word in mine} & {_stem(word) for word in theirs}
    return len(shared) >= max(1, (min(len(mine), len(theirs)) + 1) // 2)


def _stem(word: str) -> str:
    return re.sub(r"(ies|es|s|ian|ish|i|ese)$", "", word)[:6]


def claimant_side_right(found: Found, gold: Gold) -> bool:
    """Which side the claimant is on."""
    return gold.get("claimant_side") is None or _as_word(found.get("claimant_side"), gold["claimant_side"])


def place_right(found: Found, gold: Gold) -> bool:
    """The place or one that contains it by name; nothing said counts as nothing."""
    if gold.get("place") is None:
        return True
    mine = _plain_name(found.get("place") or "")
    return any(
        mine == (name := _plain_name(str(place))) or (bool(mine) and (mine in name or name in mine))
        for place in alternatives(gold["place"])
    )


def when_right(found: Found, gold: Gold) -> bool:
    """Both ends of the window within what the annotation says, give or take three days."""
    wanted = [when for when in alternatives(gold.get("when")) if when]
    return not wanted or any(_window_right(found, str(when)) for when in wanted)


def _window_right(found: Found, when: str) -> bool:
    start, _, end = when.partition("/")
    low, high, as_of = (date.fromisoformat(found[key]) if found.get(key) else None for key in ("date_lo", "date_hi", "as_of"))
    if not end:
        return _inside(high, start) or _inside(as_of, start) or (_inside(low, start) and high is None)
    return (start == ".." or _inside(low, start)) and (end == ".." or _inside(high, end) or _inside(as_of, end))


def _inside(day: date | None, words: str) -> bool:
    if day is None:
        return False
    try:
        span = parse_interval(words[:10])
    except MusterError:
        return True
    return span.first - _SLACK <= day <= span.last + _SLACK


FIELDS: dict[str, Callable[[Found, Gold], bool]] = {
    "kind": kind_right,
    "bounds": bounds_right,
    "unit": unit_right,
    "side": side_right,
    "claimant": claimant_right,
    "modality": modality_right,
    "claimant_side": claimant_side_right,
    "place": place_right,
    "when": when_right,
}
CORE = ("kind", "bounds", "unit", "side", "claimant", "modality")
FULL = (*CORE, "place", "when")
