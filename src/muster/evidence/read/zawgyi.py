"""Burmese written for the Zawgyi font, read as Unicode.

Zawgyi puts signs of Burmese at code points of other meaning and stores some before the letter they belong to. It is told
by what no Unicode text has: a virama without two letters to bind, or between two that are never stacked; a vowel after what
would be an asat; a vowel ``e`` or a medial ``ra`` at the start of a word. Against them count a medial ``ha``, a true stack and
a closing asat. A text is taken as Zawgyi when more speaks for it than against it.

Each letter with its signs is turned by itself: signs are replaced one by one and then sorted into the order of Unicode.
"""

from __future__ import annotations

import re

_BASE = "\u1000-\u1021\u1023-\u102a\u103f\u104e\u106a\u106b\u106e\u106f\u1086\u108f-\u1092\u1097"
_BEFORE = "\u1031\u103b\u107e-\u1084"
_AFTER = "\u102b-\u1030\u1032-\u103a\u103c\u103d\u105a\u1060-\u1069\u106c\u106d\u1070-\u107d\u1085\u1087-\u108e\u1093-\u1096"
_CLUSTER = re.compile(f"([{_BEFORE}]*)([{_BASE}])([{_AFTER}]*)")
_BURMESE = re.compile("[\u1000-\u109f]")

_C = "\u1000-\u1021"
# Letters that stand one under the other in Burmese and Pali words; any other two with a virama between are no stack.
_STACK = (
    "\u1000\u1039[\u1000\u1001]|\u1002\u1039[\u1002\u1003]|\u1005\u1039[\u1005\u1006]|"
    "\u1007\u1039[\u1007\u1008]|\u1009\u1039[\u1005\u1006\u1007]|\u100b\u1039[\u100b\u100c]|"
    "\u100d\u1039[\u100d]|\u100f\u1039[\u100b\u100c\u100d\u100f]|\u1010\u1039[\u1010\u1011]|"
    "\u1012\u1039[\u1012\u1013]|\u1014\u1039[\u1010\u1011\u1012\u1013\u1014]|\u1015\u1039[\u1015\u1016]|"
    "\u1017\u1039[\u1017\u1018]|\u1019\u1039[\u1015\u1016\u1017\u1018\u1019]|\u101c\u1039[\u101c]|"
    "\u101e\u1039[\u101e]"
)
_FOR = re.compile(
    f"\u1039(?![{_C}])|(?<![{_C}\u1025\u103a])\u1039|(?!{_STACK})[{_C}]\u1039[{_C}]|\u103a(?=[\u102b-\u1030\u1032])"
    f"|(?<![\u1000-\u109f])[\u1031\u103b\u107e-\u1084][{_C}]"
)
_AGAINST = re.compile(f"\u103e|{_STACK}|\u103a(?=[\u1037\u1038\\s\u104a\u104b]|\\Z)|\u1004\u103a\u1039")

_KINZI = "\u1004\u103a\u1039"
_SIGNS = {
    "\u1033": "\u102f", "\u1034": "\u1030", "\u1039": "\u103a", "\u103a": "\u103b", "\u107d": "\u103b", "\u103b": "\u103c",
    "\u103c": "\u103d", "\u103d": "\u103e", "\u1087": "\u103e", "\u1094": "\u1037", "\u1095": "\u1037", "\u105a": "\u102b\u103a",
    "\u1088": "\u103e\u102f", "\u1089": "\u103e\u1030", "\u108a": "\u103d\u103e", "\u108e": "\u102d\u1036",
    "\u1064": _KINZI, "\u108b": _KINZI + "\u102d", "\u108c": _KINZI + "\u102e", "\u108d": _KINZI + "\u1036",
    "\u1096": "\u1039\u1010\u103d",
} | dict.fromkeys(map(chr, range(0x107E, 0x1085)), "\u103c")  # fmt: skip
_STACKED = {
    0x1060: 0x1000, 0x1061: 0x1001, 0x1062: 0x1002, 0x1063: 0x1003, 0x1065: 0x1005, 0x1066: 0x1006,
    0x1067: 0x1006, 0x1068: 0x1007, 0x1069: 0x1008, 0x106C: 0x100B, 0x106D: 0x100C, 0x1070: 0x100F,
    0x1071: 0x1010, 0x1072: 0x1010, 0x1073: 0x1011, 0x1074: 0x1011, 0x1075: 0x1012, 0x1076: 0x1013,
    0x1077: 0x1014, 0x1078: 0x1015, 0x1079: 0x1016, 0x107A: 0x1017, 0x107B: 0x1018, 0x1093: 0x1018,
    0x107C: 0x1019, 0x1085: 0x101C,
}  # fmt: skip
_SIGNS |= {chr(sign): "\u1039" + chr(letter) for sign, letter in _STACKED.items()}
_LETTERS = {
    "\u106a": "\u1009", "\u106b": "\u100a", "\u106e": "\u100d\u1039\u100d", "\u106f": "\u100d\u1039\u100e", "\u1086": "\u103f",
    "\u108f": "\u1014", "\u1090": "\u101b", "\u1091": "\u100f\u1039\u100d", "\u1092": "\u100b\u1039\u100c",
    "\u1097": "\u100b\u1039\u100b", "\u104e": "\u104e\u1004\u103a\u1038",
}  # fmt: skip
_ORDER = {
    sign: rank
    for rank, signs in enumerate(
        ("\u103b", "\u103c", "\u103d", "\u103e", "\u1031", "\u102d\u102e\u1032", "\u102f\u1030", "\u102b\u102c", "\u1036",
         "\u1037", "\u103a", "\u1038")
    )
    for sign in signs
}  # fmt: skip
_UNIT = re.compile("\u1039[\u1000-\u1021]|.", re.DOTALL)


def is_zawgyi(text: str) -> bool:
    """Whether the Burmese in a text was written for the Zawgyi font."""
    if text.isascii() or not _BURMESE.search(text):
        return False
    return len(_FOR.findall(text)) > len(_AGAINST.findall(text))


def from_zawgyi(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The text in Unicode, and for each character (and the end) the place in ``text``; ``None`` when nothing was turned."""
    if not is_zawgyi(text):
        return text, None
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for found in _CLUSTER.finditer(text):
        parts.append(text[done : found.start()])
        places.extend(range(done, found.start()))
        new = _turn(found[1], found[2], found[3])
        parts.append(new)
        # Signs change places inside a cluster: all of it stands where the cluster begins.
        places.extend([found.start()] * len(new))
        done = found.end()
    parts.append(text[done:])
    places.extend(range(done, len(text) + 1))
    return "".join(parts), tuple(places)


def _turn(before: str, letter: str, after: str) -> str:
    signs = "".join(_SIGNS.get(sign, sign) for sign in before + after)
    kinzi = _KINZI if _KINZI in signs else ""
    units = _UNIT.findall(signs.replace(_KINZI, ""))
    units.sort(key=lambda unit: -1 if len(unit) == 2 else _ORDER.get(unit, len(_ORDER)))
    base = _LETTERS.get(letter, letter)
    if base == "\u1025" and "\u103a" in units:
        base = "\u1009"
    return kinzi + base + "".join(units)
