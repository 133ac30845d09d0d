"""The tokens of a page, each with its place in the source: tags, text, entities.

Written for broken and hostile pages: one pass, no recursion, time in proportion to length whatever stands there. Nothing is
fetched, run or resolved; scripts, styles and comments never become text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:_-]{0,40}")
_END = re.compile(r"[>\"']")
_ATTRIBUTE = re.compile(r"([A-Za-z_:@][\w:.-]{0,60})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_LONGEST_ATTRIBUTES = 20_000
_LONGEST_GAP = 40

# What stands inside these is no markup, and ends only at their own end tag.
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"})
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}

IRREGULAR = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?|[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")


class Token(NamedTuple):
    """``kind``: "open", "close", "text" or "raw" (the inside of a script, title, ...). ``text``: name of a tag, or the text."""

    kind: str
    text: str
    start: int
    attributes: str = ""


def tokens(source: str) -> Iterator[Token]:
    """Tags and text of a page in order. ``start`` is the place of the tag or of the first character of the text."""
    place = 0
    size = len(source)
    missing: set[str] = set()
    while place < size:
        opening = source.find("<", place)
        if opening < 0:
            opening = size
        if opening > place:
            yield Token("text", source[place:opening], place)
        if opening >= size:
            return
        place = opening
        following = source[opening + 1 : opening + 2]
        if following == "!":
            place = _after_declaration(source, opening)
        elif following == "?":
            place = _past(source, ">", opening)
        elif following == "/":
            name = _NAME.match(source, opening + 2)
            place = _past(source, ">", opening)
            if name:
                yield Token("close", name.group().lower(), opening)
        elif name := _NAME.match(source, opening + 1):
            end = _end_of_tag(source, name.end(), missing)
            word = name.group().lower()
            yield Token("open", word, opening, source[name.end() : min(end, name.end() + _LONGEST_ATTRIBUTES)])
            place = end + 1
            if word in _RAW:
                closing = _RAW_END[word].search(source, place)
                stop = closing.start() if closing else size
                yield Token("raw", source[place:stop], place)
                yield Token("close", word, stop)
                place = _past(source, ">", stop) if closing else size
        else:
            yield Token("text", "<", opening)
            place = opening + 1


def attributes(text: str) -> dict[str, str]:
    """Names in small letters and values of what stands in a tag; the first of two equal names counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescape(value) if "&" in value else value)
    return found


def _after_declaration(source: str, start: int) -> int:
    if source.startswith("<!--", start):
        return _past(source, "-->", start + 2)
    if source.startswith("<![CDATA[", start):
        return start + len("<![CDATA[")
    return _past(source, ">", start)


def _past(source: str, mark: str, start: int) -> int:
    found = source.find(mark, start)
    return len(source) if found < 0 else found + len(mark)


def _end_of_tag(source: str, start: int, missing: set[str]) -> int:
    """The place of the ``>`` that ends a tag; one inside a quoted value does not. ``missing``: quotes that come no more."""
    place = start
    while found := _END.search(source, place):
        mark = found.group()
        if mark == ">":
            return found.start()
        place = found.end()
        if mark not in missing and source[max(start, found.start() - _LONGEST_GAP) : found.start()].rstrip()[-1:] == "=":
            closing = source.find(mark, place)
            if closing < 0:
                missing.add(mark)
            else:
                place = closing + 1
    return len(source)
