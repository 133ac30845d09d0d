"""Where paragraphs, sentences and words begin and end, in texts that were copied, cut and converted before they came to us.

Every rule of the floor works inside a sentence or a paragraph, so an edge in the wrong place costs a claim: "Lt. Col."
must not end a sentence, and "officers.The" must. A line of its own (headline, byline, bullet) is a paragraph; lines
are joined where a converter has wrapped them. Offsets count characters of the text given. Linear in its length.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from muster.evidence.lexicon import load_lexicon

WRAPPED = (45, 140)  # lengths of the lines of a text with hard line breaks


class Span(NamedTuple):
    """A stretch of text: first character included, last excluded."""

    start: int
    end: int


class Token(NamedTuple):
    """A word, a number or a mark, with its place."""

    start: int
    end: int
    word: str


_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[•▪●◦‣·*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_RULE = re.compile(r"[^\w]+")  # a line of dashes
_STOP = re.compile(r"""(?:[.!?…]+|[。！？])["'”’»)\]]*""")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’.-][^\W\d_]+)*|[^\w\s]|_")
_LAST_WORD = re.compile(r"[^\s(\[\"'“”‘’]*\Z")
_OPENING = re.compile(r"""\s*["'“‘«(\[]*""")
_NEXT_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], frozenset[str]]:
    """Abbreviations with their kind, and the words that usually begin a sentence."""
    lexicon = load_lexicon()
    kinds = {word: row["kind"] for row in lexicon.table("abbreviations") for word in row["words"]}
    return kinds, frozenset(word for row in lexicon.table("sentence_starters") for word in row["words"])


@lru_cache(maxsize=1)
def _open_words() -> frozenset[str]:
    """Words that no sentence, headline or byline ends with."""
    return frozenset(word for row in load_lexicon().table("open_words") for word in row["words"])


def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs, without the white space around them; a headline, a byline and a bullet are one each."""
    lines = [_trim(text, Span(found.start(), found.end())) for found in _LINE.finditer(text)]
    joined: list[Span] = []
    for block in _blocks(text, [line for line in lines if line.start < line.end]):
        wrapped = _is_wrapped(text, block)
        joined.append(block[0])
        for line in block[1:]:
            if _continues(text, joined[-1], line, wrapped=wrapped):
                joined[-1] = Span(joined[-1].start, line.end)
            else:
                joined.append(line)
    return tuple(joined)


def _blocks(text: str, lines: list[Span]) -> list[list[Span]]:
    """Lines in groups that no empty line divides."""
    blocks: list[list[Span]] = []
    for line in lines:
        gap = text[blocks[-1][-1].end : line.start] if blocks else "\f"
        ruled = bool(blocks) and (_RULE.fullmatch(text, *line) or _RULE.fullmatch(text, *blocks[-1][-1]))
        if ruled or "\f" in gap or gap.count("\n") > 1 or gap.count("\r") > 1 + gap.count("\r\n"):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences, in order, none across two paragraphs."""
    found: list[Span] = []
    for paragraph in paragraphs(text):
        start = paragraph.start
        for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
            if stop.end() < paragraph.end and _ends_sentence(text, stop, start, paragraph.end):
                found.append(_trim(text, Span(start, stop.end())))
                start = stop.end()
        found.append(_trim(text, Span(start, paragraph.end)))
    return tuple(span for span in found if span.start < span.end)


def tokens(text: str, span: Span | None = None) -> tuple[Token, ...]:
    """Words (with their hyphens and apostrophes), numbers (with their commas) and single marks of a span."""
    start, end = span or (0, len(text))
    return tuple(Token(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(text, start, end))


def _trim(text: str, span: Span) -> Span:
    """The span without the white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _is_wrapped(text: str, block: list[Span]) -> bool:
    """Whether the line breaks of a block are those of a page: full lines of middling length, most of them mid-sentence."""
    low, high = WRAPPED
    inner = [line.end - line.start for line in block[:-1]]
    if len(inner) < 2 or max(inner) > high or sum(length >= low for length in inner) < 0.8 * len(inner):
        return False
    open_ended = sum(text[line.end - 1] not in '.!?”"' for line in block[:-1])
    return open_ended >= 0.5 * len(inner) and min(inner) >= 0.5 * max(inner)


def _continues(text: str, before: Span, line: Span, *, wrapped: bool) -> bool:
    """Whether a line goes on with the paragraph before it."""
    if _BULLET.match(text, line.start):
        return False
    if wrapped:
        return True
    if text[line.start].islower():
        return text[before.end - 1] not in '.!?:…"”'
    # "since the coup of" cannot be the end of anything.
    last = _LAST_WORD.search(text, max(before.start, before.end - 24), before.end)
    return last is not None and last.group() in _open_words()


def _ends_sentence(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether the stop is the end of a sentence, judged by the words on both sides of it."""
    opening = _OPENING.match(text, stop.end(), end)
    following = _NEXT_WORD.match(text, opening.end() if opening else stop.end(), end)
    if text[stop.start()] in "。！？":
        return True
    if not text[stop.end()].isspace():
        return _missing_space(text, stop, end)
    if following is None:
        return False
    word = following.group()
    if word[0].islower():
        return False
    if stop.group().startswith(("!", "?", "…", "..")):
        return True
    return _full_stop_ends(text, stop, max(start, stop.start() - 24), word)


def _full_stop_ends(text: str, stop: re.Match[str], start: int, following: str) -> bool:
    """Whether a single full stop before a capital or a figure ends the sentence."""
    kinds, starters = _words()
    last = _LAST_WORD.search(text, start, stop.start())
    word = last.group() if last else ""
    if len(stop.group()) > 1 and stop.group()[-1] in '"”»':
        return True
    kind = kinds.get(word.lower(), "")
    if kind == "title":
        return False
    if kind == "number":
        return not following[0].isdigit() and following.lower() in starters
    if kind == "plain" or (_INITIALS.fullmatch(word) and word[0].isupper()):
        return following.lower() in starters and len(word) != 1
    return not (word.isdigit() and stop.start() - len(word) == start and len(word) < 3)


def _missing_space(text: str, stop: re.Match[str], end: int) -> bool:
    """A stop glued to the next sentence: "officers.The"; not an address, a decimal or an abbreviation."""
    at = stop.end()
    if stop.group()[0] != "." or at + 1 >= end or not (text[at].isupper() and (text[at + 1].islower() or text[at + 1] == " ")):
        return False
    before = text[max(0, stop.start() - 40) : stop.start()].split()
    word = before[-1] if before else ""
    after = text[at : at + 40].split()[0]
    return len(word) > 2 and word[-1].islower() and not any(mark in word + after.rstrip('.,!?;:"”’)') for mark in "./@\\_")
