"""A text as words with their shapes: small, capitalised, all capitals, an initial; and where sentences and headlines are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from muster.evidence.persons.known import Known, fold

WORD = re.compile(r"[^\W\d_]+(?:['’‘\-‑‐][^\W\d_]+)*")
ABBREVIATION = re.compile(
    r"\b(?:U\.\s?S\.(?:\s?A\.)?|U\.\s?N\.?|U\.\s?K\.?|E\.U\.?|U\.A\.E\.?|D\.C\.?|[ap]\.m\.?|e\.g\.?|i\.e\.?|No\.)"
)
JOINT = re.compile(r"\A(?:\.?[ \t\u00a0]{0,2}|\.?[ \t]{0,2}\r?\n[ \t]{0,2})\Z")
SENTENCE_END = re.compile(r"[.!?:;…*•|–—][\s\"'“”‘’)\]*•-]*\Z|[\"“‘(\[]\Z|\n[ \t]*\r?\n")


@dataclass(slots=True)
class Word:
    """A word: where it is, its folded form without a possessive, its shape, and what stands before it.

    ``shape``: "low", "cap", "caps" or "initial". ``first``: it begins a sentence, a line or a quotation, so that its
    capital tells nothing. ``mode``: of its line, "normal", "title" or "caps". ``joined``: nothing but a space lies between
    the word before and this one.
    """

    start: int
    end: int
    text: str
    key: str
    shape: str
    first: bool
    mode: str
    joined: bool
    gap: str
    possessive: bool = False
    fixed: bool = False


def scan(text: str, known: Known) -> list[Word]:
    """All words of a text in order, hyphenated ones taken apart unless the parts make one name."""
    modes = _line_modes(text, known)
    frozen = _frozen(text)
    words: list[Word] = []
    line = 0
    before = 0
    for start, end in _pieces(text, known):
        while line + 1 < len(modes) and modes[line + 1][0] <= start:
            line += 1
        raw = text[start:end]
        gap = text[before:start] if start - before <= 200 else text[before : before + 100] + text[start - 100 : start]
        bare, possessive = _bare(raw)
        key = fold(bare)
        shape = _shape(bare, text[end : end + 1])
        previous = words[-1] if words else None
        word = Word(start, start + len(bare), bare, key, shape, False, modes[line][1], False, gap, possessive)
        word.first = _is_first(previous, gap, known)
        word.joined = previous is not None and not previous.possessive and _is_joint(previous, gap, known)
        if start in frozen:
            word.shape, word.fixed = "low", True
        words.append(word)
        before = start + len(raw)
    return words


def _pieces(text: str, known: Known) -> list[tuple[int, int]]:
    """Spans of words. "anti-Maduro" gives two words; "Jean-Pierre", "al-Assad" and "Abdul-Rahman" are one."""
    spans: list[tuple[int, int]] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        raw = match.group()
        if start and text[start - 1].isdigit():
            continue
        if not any(mark in raw for mark in "-‑‐"):
            spans.append((start, end))
            continue
        parts = [(part.start() + start, part.end() + start) for part in re.finditer(r"[^\-‑‐]+", raw)]
        names = [text[a:b][:1].isupper() or (a > start and _is_syllable(fold(text[a:b]), known)) for a, b in parts]
        names[0] = names[0] or fold(text[slice(*parts[0])]) in known.particles
        if all(names) and not _ordinary_parts(text, parts, known):
            spans.append((start, end))
        else:
            spans.extend(parts)
    return spans


def _is_syllable(key: str, known: Known) -> bool:
    """Whether a small part after a hyphen is of a name ("Sung-ho") and not a word ("Kyiv-led")."""
    return key in known.particles or (len(key) <= 5 and (key in known.given or not known.is_ordinary(key)))


def _ordinary_parts(text: str, parts: list[tuple[int, int]], known: Known) -> bool:
    """Whether a hyphenated word is made of known capitalised words ("Myanmar-Thailand", "Franco-German")."""
    return all(fold(text[a:b]) in known.places or fold(text[a:b]) in known.alone for a, b in parts)


def _bare(raw: str) -> tuple[str, bool]:
    """The word without a possessive ending."""
    if len(raw) > 2 and raw[-1] in "sS" and raw[-2] in "'’‘":
        return raw[:-2], True
    return raw, False


def _shape(word: str, after: str) -> str:
    if not word[0].isupper():
        # "al-Assad", "d'Alva": a small particle before a capital is a name.
        return "cap" if any(word[i].isupper() and word[i - 1] in "-'’‑" for i in range(1, len(word))) else "low"
    if len(word) == 1:
        return "initial" if after == "." else "cap"
    return "caps" if word.isupper() else "cap"


def _is_first(previous: Word | None, gap: str, known: Known) -> bool:
    if previous is None or "\n" in gap:
        return True
    if gap.startswith(".") and (previous.shape == "initial" or previous.key in known.beside["abbreviated"]):
        return bool(re.search(r"[\"“‘(\[]\Z", gap))
    return SENTENCE_END.search(gap) is not None


def _is_joint(previous: Word, gap: str, known: Known) -> bool:
    if JOINT.match(gap) is None:
        return False
    return not gap.startswith(".") or previous.shape == "initial" or previous.key in known.beside["abbreviated"]


def _frozen(text: str) -> set[int]:
    """Places inside abbreviations whose letters are no initials."""
    return {place for match in ABBREVIATION.finditer(text) for place in range(*match.span())} if "." in text else set()


def _line_modes(text: str, known: Known) -> list[tuple[int, str]]:
    """Start and mode of each line: in a headline a capital says nothing of a word."""
    modes: list[tuple[int, str]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        modes.append((start, _line_mode(line)))
        start += len(line)
    return modes or [(0, "normal")]


def _line_mode(line: str) -> str:
    if len(line) > 400:
        return "normal"
    words = WORD.findall(line)
    if len(words) < 2:
        return "normal"
    capitals = sum(len(word) > 1 and word.isupper() for word in words)
    if capitals >= 2 and capitals >= 0.7 * len(words):
        return "caps"
    long = [word for word in words if len(word) >= 4]
    if len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.75 * len(long) and not line.rstrip().endswith("."):
        return "title"
    return "normal"
