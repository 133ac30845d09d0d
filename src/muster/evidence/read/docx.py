"""Reading a DOCX: paragraphs, lists and tables of its main part, as plain text.

Only the standard library reads it: a bounded look into the archive and a parser that takes no document type, so that no
entity can be declared or fetched. Offsets count in the text given here. Deleted, hidden and field text is left out.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from muster.evidence.read.bounds import MAX_CHARACTERS, MAX_DEPTH, MAX_PARTS, MAX_UNPACKED, SMALLER, Unreadable
from muster.evidence.read.masthead import Said
from muster.evidence.read.parts import Reading

_MAIN = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
_CHUNK = 1 << 16
_OTHERS = (
    ("xl/", "is a spreadsheet.", "Save it as DOCX, PDF or plain text."),
    ("ppt/", "is a set of slides.", "Save it as PDF."),
    ("content.xml", "is an OpenDocument file.", "Save it as DOCX, PDF or plain text."),
    ("META-INF/container.xml", "is an electronic book (EPUB).", "Save it as DOCX, PDF or plain text."),
)
_SKIPPED = frozenset(["Fallback", "del", "moveFrom", "footnotePr", "sectPr", "pict", "object"])
_NOTE_MARK = re.compile(r"\s*\[?\d{1,3}\]?\Z")


def read_docx(data: bytes) -> Reading:
    """The text of a Word document.

    Errors: :class:`Unreadable` for another kind of archive, one that unfolds too far, or one without text.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _damaged() from None
    with archive:
        names = archive.namelist()
        if len(names) > MAX_PARTS:
            raise Unreadable(f"is an archive of more than {MAX_PARTS:,} parts.", "Give the document alone.")
        if _MAIN not in names:
            for start, problem, remedy in _OTHERS:
                if any(name.startswith(start) for name in names):
                    raise Unreadable(problem, remedy)
            raise Unreadable("is an archive without a Word document in it.", "Unpack it and give the documents one by one.")
        words = _Words()
        _parse(archive, _MAIN, words)
        title = _Title()
        if _PROPERTIES in names:
            _parse(archive, _PROPERTIES, title)
    text = words.text()
    if not any(letter.isalnum() for letter in text):
        raise Unreadable("is a Word document without text.", "Give a document with text in it.")
    notes = ["holds text that Word does not show; it was left out"] if words.hidden else []
    return Reading(text=text, said=Said(title=title.found()), notes=notes)


def _damaged() -> Unreadable:
    return Unreadable("is a damaged Word document.", "Open it in Word or LibreOffice and save it again.")


def _parse(archive: zipfile.ZipFile, name: str, taker: _Words | _Title) -> None:
    """Feed one part to a parser, as it unfolds, up to the bound."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    parser.StartElementHandler = taker.open
    parser.EndElementHandler = taker.close
    parser.CharacterDataHandler = taker.take
    size = 0
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > MAX_UNPACKED:
                    raise Unreadable(f"unfolds to more than {MAX_UNPACKED // 1_000_000} MB.", SMALLER)
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except RuntimeError as error:
        locked = Unreadable("is locked with a password.", "Save it without one.")
        raise (locked if "encrypted" in str(error) else _damaged()) from None
    except (expat.ExpatError, zipfile.BadZipFile, EOFError, OSError, zlib.error, ValueError):
        raise _damaged() from None


def _refuse_doctype(*_: object) -> None:
    raise Unreadable(
        "declares a document type, which no Word document does.", "Open it in Word or LibreOffice and save it again."
    )


class _Words:
    """Gathers the shown text of the main part."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.path: list[str] = []
        self.skipping = 0
        self.cells = 0
        self.run: list[str] = []
        self.unshown = False
        self.raised = False
        self.hidden = False

    def open(self, name: str, values: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        self.path.append(name)
        if len(self.path) > MAX_DEPTH:
            raise _damaged()
        if self.skipping or name in _SKIPPED:
            self.skipping += 1
        elif name == "r":
            self.run, self.unshown, self.raised = [], False, False
        elif name in ("vanish", "vertAlign"):
            value = next((text for key, text in values.items() if key.rpartition(" ")[2] == "val"), "")
            self.unshown |= name == "vanish" and value not in ("0", "false")
            self.raised |= value == "superscript"
        elif name == "tab":
            self.run.append("\t")
        elif name in ("br", "cr"):
            self.run.append("\n")
        elif name == "noBreakHyphen":
            self.run.append("-")
        elif name == "tc":
            self._put(" | " if self.cells else "")
            self.cells += 1
        elif name == "tr":
            self.cells = 0

    def close(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        if self.path:
            self.path.pop()
        if self.skipping:
            self.skipping -= 1
        elif name == "r":
            self._end_run()
        elif name == "p":
            # The paragraphs of a cell share its line.
            self._put(" " if "tc" in self.path else "\n\n")
        elif name == "tr" or name == "tbl":
            self._put("\n")

    def take(self, text: str) -> None:
        if not self.skipping and self.path and self.path[-1] == "t":
            self.run.append(text)

    def _end_run(self) -> None:
        text = "".join(self.run)
        self.run = []
        self.hidden |= self.unshown and bool(text)
        if not self.unshown and not (self.raised and _NOTE_MARK.match(text)):
            self._put(text)

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)
        if self.size > MAX_CHARACTERS:
            raise Unreadable(f"holds more than {MAX_CHARACTERS:,} characters of text.", SMALLER)

    def text(self) -> str:
        """All paragraphs, parted by empty lines; rows of a table by line ends."""
        whole = "\n".join(line.rstrip() for line in "".join(self.parts).split("\n"))
        return re.sub(r" {2,}", " ", re.sub(r"\n{3,}", "\n\n", whole)).strip()


class _Title:
    """The title in the description of the file."""

    def __init__(self) -> None:
        self.inside = False
        self.text = ""

    def open(self, name: str, _: dict[str, str]) -> None:
        self.inside = name.rpartition(" ")[2] == "title"

    def close(self, _: str) -> None:
        self.inside = False

    def take(self, text: str) -> None:
        if self.inside and len(self.text) < 300:
            self.text += text

    def found(self) -> str | None:
        """The title in one line, if it is one."""
        title = " ".join("".join(letter if letter.isprintable() else " " for letter in self.text[:300]).split())
        return title if len(title.split()) > 2 else None
