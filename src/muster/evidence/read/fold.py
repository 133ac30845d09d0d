"""One meaning, one spelling: spaces, quotes, digits and hidden characters made plain, with the place of each kept.

Rules need not know of narrow spaces, ligatures, full-width or Burmese digits, or of marks that show nothing. Superscript
digits stay as they are: a footnote mark must not grow a number. Dashes stay: they part ranges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x0b\x1f\x1e"
_LINES = "\r\x0c\x85\u2028\u2029\x1c\x1d"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u02bc\u2039\u203a\uff07`\u00b4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02"
_HYPHENS = "\u2010\u2011\u2212\ufe63\uff0d"
_MARKS = {0x66A: "%", 0x66B: ".", 0x66C: ",", 0x60C: ",", 0x61B: ";", 0x61F: "?", 0x104A: ",", 0x104B: "."}
# Marks that show nothing, or turn the direction of what shows: they can hide text from a reader or from a rule.
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
)
_DECOMPOSED = r"[A-Za-z\u00c0-\u024f][\u0300-\u0338]+"
_RESHAPED = re.compile(f"\r\n|[{_HIDDEN}]+|[\ufb00-\ufb06]|{_DECOMPOSED}")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_PLAIN = re.compile(r"[\t\n -_a-~]*\Z")


def fold(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The plain form, and for each of its characters (and its end) the place in ``text``; ``None`` when they are the same."""
    if _PLAIN.match(text):
        return text, None
    table = _one_to_one()
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for found in _RESHAPED.finditer(text):
        start, end = found.span()
        parts.append(text[done:start].translate(table))
        places.extend(range(done, start))
        new = _reshape(found.group())
        parts.append(new)
        # The letters of a composed or parted sign all stand where it begins.
        places.extend([start] * len(new))
        done = end
    if done == 0:
        return text.translate(table), None
    parts.append(text[done:].translate(table))
    places.extend(range(done, len(text) + 1))
    return "".join(parts), tuple(places)


def compose(outer: Sequence[int] | None, inner: Sequence[int] | None) -> tuple[int, ...] | None:
    """Places of places: ``outer`` points into a text whose own characters stand at ``inner``."""
    if outer is None:
        return None if inner is None else tuple(inner)
    return tuple(outer) if inner is None else tuple(inner[place] for place in outer)


def turns_text(text: str) -> bool:
    """Whether the text holds marks that make it show in another order than it is written, or letters that do not show."""
    return not text.isascii() and _TURNING.search(text) is not None


def _reshape(found: str) -> str:
    if found == "\r\n":
        return "\n"
    if "\ufb00" <= found <= "\ufb06":
        return unicodedata.normalize("NFKC", found)
    # A letter with its accents beside it becomes one sign where there is one.
    return unicodedata.normalize("NFC", found) if len(found) > 1 and "\u0300" <= found[1] <= "\u0338" else ""


@lru_cache(maxsize=1)
def _one_to_one() -> dict[int, str]:
    table = {ord(letter): " " for letter in _SPACES}
    table |= {ord(letter): "\n" for letter in _LINES}
    table |= {ord(letter): "'" for letter in _SINGLE}
    table |= {ord(letter): '"' for letter in _DOUBLE}
    table |= {ord(letter): "-" for letter in _HYPHENS}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in table}
    digits = (*range(0x660, 0x1_1000), *range(0x1D7CE, 0x1D800))
    table |= {code: str(unicodedata.decimal(chr(code))) for code in digits if chr(code).isdecimal()}
    return table | _MARKS
