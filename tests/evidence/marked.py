"""Reads the invented texts in which {private} and <public> names are marked, and counts what a redactor makes of them."""

import re
from pathlib import Path
from typing import NamedTuple

from muster.evidence.redact import Redactor

NAMES = Path(__file__).parent / "names"
MARK = re.compile(r"\{([^}]*)\}|<([^>]*)>")
WORD = re.compile(r"[^\W_]+")
# Words that may stay beside a code: they are titles, and titles name nobody.
TITLES = frozenset(
    ["u", "ko", "ma", "daw", "maung", "saw", "naw", "sai", "salai", "mrs", "dr", "capt", "don", "doña", "señora", "señor", "haj"]
    + ["haji", "mama", "mzee", "duwa", "commander", "heval", "father", "old", "engineer", "abuela", "s"]
)


class Marked(NamedTuple):
    text: str
    spans: list[tuple[int, int, bool]]  # start, end, private


class Score(NamedTuple):
    private: int
    hidden: int
    public: int
    kept: int
    leaks: list[str]

    @property
    def recall(self) -> float:
        return self.hidden / self.private

    @property
    def public_kept(self) -> float:
        return self.kept / self.public


def read_marked(name: str) -> list[Marked]:
    """The sentences of a file, one a line (a name may run over the line), then the texts between lines of ===."""
    first, *texts = (NAMES / name).read_text(encoding="utf-8").split("\n===\n")
    lines = re.findall(r"^(?!#)(?:[^{}\n]|\{[^}]*\})+$", first, re.MULTILINE)
    return [strip(item) for item in [*lines, *(text.strip() for text in texts)]]


def strip(marked: str) -> Marked:
    text, place = "", 0
    spans = []
    for found in MARK.finditer(marked):
        text += marked[place : found.start()]
        inner = found[1] if found[1] is not None else found[2]
        spans.append((len(text), len(text) + len(inner), found[1] is not None))
        text += inner
        place = found.end()
    return Marked(text + marked[place:], spans)


def score(name: str, redactor: Redactor) -> Score:
    private = hidden = public = kept = 0
    leaks = []
    for text, spans in read_marked(name):
        covered = {at for m in redactor.read(text).mentions if not m.public for at in range(m.start, m.end)}
        for start, end, is_private in spans:
            words = list(WORD.finditer(text, start, end))
            if not is_private:
                public += 1
                kept += not any(at in covered for found in words for at in range(*found.span()))
                continue
            private += 1
            must = [found for found in words if found.group().lower() not in TITLES or len(words) == 1]
            if all(at in covered for found in must for at in range(*found.span())):
                hidden += 1
            else:
                leaks.append(text[start:end])
    return Score(private, hidden, public, kept, leaks)
