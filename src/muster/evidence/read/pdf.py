"""Reading a PDF: the words of its pages, without what repeats at their edges, and where each page starts.

The characters of a PDF are not text, so offsets count in the text given here. Pictures of text are not read.
"""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from muster.evidence.read.bounds import MAX_PAGES, SMALLER, Unreadable, check_length
from muster.evidence.read.masthead import Said
from muster.evidence.read.parts import Reading, damaged

if TYPE_CHECKING:
    from pypdf import PageObject

_EDGE = 3
_FOLIO = re.compile(
    r"\W*(?:(?:page|p\.|seite|página)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s*(?:of|/|\|)\s*\d{1,4})\W*\Z", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,]\d|\d)")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*\Z")
_LIST_ITEM = re.compile(r"(?:[•▪●◦–—*-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
# Prefixes that keep their hyphen when a line breaks after it.
_PREFIXES = frozenset(["anti", "ex", "non", "pro", "self", "vice", "co", "semi", "mid", "post", "pre", "half", "all"])
_LONGEST_FOLIO = 40
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAME = 0.5


def read_pdf(data: bytes) -> Reading:
    """The text of a PDF, page after page.

    Errors: :class:`Unreadable` for a file that is locked, too long, or holds no text.
    """
    pages, title, broken = _pages(data)
    texts = _joined(_without_edges([page.splitlines() for page in pages]))
    starts: list[int] = []
    text = ""
    parts: list[str] = []
    length = 0
    for page in texts:
        starts.append(length)
        parts.append(page + "\n\n")
        length += len(page) + 2
    text = "".join(parts).rstrip()
    if not any(letter.isalnum() for letter in text):
        raise Unreadable("is a PDF without text (pictures of pages, perhaps).", "Run text recognition on it first.")
    notes = (
        [f"{len(broken)} of {len(pages)} pages are damaged and were left out, the first is page {broken[0]}"] if broken else []
    )
    return Reading(text=text, said=Said(title=title), pages=[min(start, len(text)) for start in starts], notes=notes)


def _pages(data: bytes) -> tuple[list[str], str | None, list[int]]:
    """The text of each page, the title, and the numbers of the pages that could not be read."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    locked = Unreadable(
        "is a locked PDF (by a password, or rights its owner kept).", "Unlock it in a viewer, or print it to a new PDF."
    )
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise Unreadable(f"has more than {MAX_PAGES:,} pages.", SMALLER)
        texts: list[str] = []
        broken: list[int] = []
        for number, page in enumerate(reader.pages, start=1):
            texts.append(_words(page, number, broken))
            check_length(texts)
    except (DependencyError, FileNotDecryptedError, WrongPasswordError):
        raise locked from None
    if broken and len(broken) == count:
        raise damaged()
    return texts, _title(reader), broken


def _words(page: PageObject, number: int, broken: list[int]) -> str:
    """The text of one page. One that cannot be read must not cost the others."""
    try:
        return _SURROGATE.sub("\ufffd", page.extract_text() or "")
    except MemoryError:
        raise
    except Exception as error:
        if type(error).__name__ in ("DependencyError", "FileNotDecryptedError"):
            raise
        broken.append(number)
        return ""


def _title(reader: object) -> str | None:
    """The title in the file's description, unless it is the name of a draft."""
    try:
        title = str(reader.metadata.title or "")  # type: ignore[attr-defined]
    except Exception:  # a damaged description must not cost the text
        return None
    title = " ".join("".join(letter if letter.isprintable() else " " for letter in title[:300]).split())
    if len(title.split()) < 3 or re.search(r"\.(?:docx?|indd|pdf|qxd)\b|untitled|microsoft word", title, re.IGNORECASE):
        return None
    return title


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the lines that stand at the top or bottom of most of them, and without page numbers.

    A number only counts as one of a page when it goes up by one from page to page: rows of a table look alike too.
    """
    pages = [[line for line in page if line.strip()] for page in pages]
    seen: Counter[str] = Counter()
    for number, page in enumerate(pages):
        seen.update({shape for line in (*page[:_EDGE], *page[-_EDGE:]) for shape in _shapes(line, number) if shape})
    repeated = {shape for shape, count in seen.items() if len(pages) >= 3 and count >= max(3, _SAME * len(pages))}
    return [_trim(page, number, repeated) for number, page in enumerate(pages)]


def _trim(page: list[str], number: int, repeated: set[str]) -> list[str]:
    first, last = 0, len(page)
    while first < min(_EDGE, last) and _is_edge(page[first], number, repeated):
        first += 1
    while last > max(first, len(page) - _EDGE) and _is_edge(page[last - 1], number, repeated):
        last -= 1
    return page[first:last]


def _is_edge(line: str, number: int, repeated: set[str]) -> bool:
    plain = line.strip()
    if plain == str(number + 1) or (len(line) <= _LONGEST_FOLIO and _FOLIO.match(line)):
        return True
    if len(plain) <= 4 and plain.isdecimal():
        return _page_number(int(plain), number) in repeated
    return any(shape in repeated for shape in _shapes(line, number)[:-1])


def _shapes(line: str, number: int) -> list[str]:
    """A line as it stands, with each of its numbers told by its distance from the number of the page, and that distance alone."""
    plain = " ".join(line[:300].split()).lower()
    found = list(_NUMBER.finditer(plain))[:6]
    distances = [f"{plain[: one.start()]}#{int(one.group()) - number}{plain[one.end() :]}" for one in found]
    return [plain, *distances, _page_number(int(found[-1].group()), number) if found else ""]


def _page_number(found: int, number: int) -> str:
    return f"page {found - number}"


def _joined(pages: list[list[str]]) -> list[str]:
    """Each page with its broken lines made whole."""
    known = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", " ".join(line for page in pages for line in page).lower()))
    return [_join(page, known) for page in pages]


def _join(lines: list[str], known: Counter[str]) -> str:
    """A full line runs on into the next one; a short one, the end of a sentence or the row of a table, does not."""
    if not lines:
        return ""
    lines = [" ".join(line.split()) for line in lines]
    width = sorted(map(len, lines))[int(0.9 * (len(lines) - 1))]
    parts = [lines[0]]
    for before, line in pairwise(lines):
        if before[-1:] == "-" and before[-2:-1].isalpha() and line[:1].islower():
            parts[-1] = _mend(parts[-1], line, known)
            parts.append(line)
        else:
            short = len(before) < 0.6 * width or (len(before) < 0.85 * width and bool(_SENTENCE_END.search(before)))
            ended = short or _LIST_ITEM.match(line) is not None
            parts.append(("\n\n" if _SENTENCE_END.search(before) and ended else "\n" if ended else " ") + line)
    return "".join(parts)


def _mend(before: str, line: str, known: Counter[str]) -> str:
    """The end of a line without its hyphen, if that only broke a word."""
    head = before.rsplit(" ", 1)[-1].split("\n")[-1].lower().lstrip("\"'(“‘")
    tail = re.match(r"[^\W\d_]*", line.lower())
    whole = head[:-1] + (tail.group() if tail else "")
    kept = head + (tail.group() if tail else "")
    keeps = head[:-1] in _PREFIXES or known[kept] > known[whole]
    return before if keeps else before[:-1]
