"""The bytes of a document, from an ordinary file only, and what kind of document they are by what they hold."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from muster.core.suggest import printable
from muster.evidence.read.bounds import MAX_BYTES, SMALLER, refused

_LONGEST_NAME = 200
_HEAD = 4_096

# What looks like a document and is none that is read here, by its first bytes.
_FOREIGN = (
    (b"\x89PNG", "is a picture (PNG).", "Give a document with text in it."),
    (b"\xff\xd8\xff", "is a picture (JPEG).", "Give a document with text in it."),
    (b"GIF8", "is a picture (GIF).", "Give a document with text in it."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office file (.doc, .xls or .ppt).", "Save it as DOCX, PDF or plain text."),
    (b"{\\rtf", "is a rich text file (RTF).", "Save it as DOCX, PDF or plain text."),
    (b"\x1f\x8b", "is a compressed file (gzip).", "Unpack it first."),
    (b"BZh", "is a compressed file (bzip2).", "Unpack it first."),
    (b"\xfd7zXZ", "is a compressed file (xz).", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "is a compressed file (7z).", "Unpack it first."),
    (b"Rar!", "is a compressed file (RAR).", "Unpack it first."),
    (b"\x7fELF", "is a program.", "Give a document with text in it."),
    (b"MZ\x90\x00", "is a program.", "Give a document with text in it."),
    (b"SQLite format 3\x00", "is a database.", "Give a document with text in it."),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it lies on disk."""

    name: str
    data: bytes


def open_source(path: str | os.PathLike[str]) -> Source:
    """The bytes of an ordinary file of bounded size.

    Errors: an :class:`InputError` for links, folders, devices, pipes, empty or too large files, and what cannot be read.
    """
    name = shown_name(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError:
        raise refused(name, "is no name a file can have.", "Give the path of a file.") from None
    except OSError as error:
        raise _cannot_be_read(name, error) from None
    try:
        _check_ordinary(path, name, os.fstat(descriptor))
        data = _read_bounded(descriptor, name)
    except OSError as error:
        raise _cannot_be_read(name, error) from None
    finally:
        os.close(descriptor)
    if not data:
        raise refused(name, "is empty.", "Give a file with text in it.")
    return Source(name, data)


def shown_name(path: str | os.PathLike[str]) -> str:
    """The last part of a path, fit for a terminal and a table."""
    last = Path(os.fsdecode(os.fspath(path)).replace("\x00", "?")).name or str(path)
    return printable(last[:_LONGEST_NAME])


def media_of(data: bytes, name: str) -> str:
    """``"pdf"``, ``"docx"``, ``"html"`` or ``"text"``, by content and never by the name of the file.

    Errors: an :class:`InputError` when the first bytes are those of a picture, a program or a packed file.
    """
    head = data[:_HEAD]
    if b"%PDF-" in head[:1_024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    for start, problem, remedy in _FOREIGN:
        if head.startswith(start):
            raise refused(name, problem, remedy)
    if b"multipart/related" in head and b"MIME-Version:" in head:
        raise refused(name, "is a web archive (MHTML).", 'Save the page again as "HTML only".')
    return "html" if _looks_like_html(head) else "text"


def _looks_like_html(head: bytes) -> bool:
    # UTF-16 is read as if it were one byte a letter: the marks of a page are plain letters in every encoding.
    plain = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    plain = plain.lstrip().lower()
    if plain.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<div", b"<p>", b"<script", b"<h1")):
        return True
    return plain.startswith((b"<!--", b"<?xml", b"<!doctype", b"<meta", b"<title")) and (
        b"<html" in plain or b"<body" in plain or b"<head" in plain or b"<p>" in plain
    )


def _check_ordinary(path: str | os.PathLike[str], name: str, opened: os.stat_result) -> None:
    if stat.S_ISDIR(opened.st_mode):
        raise refused(name, "is a folder.", "Give the path of a file.")
    if not stat.S_ISREG(opened.st_mode):
        raise refused(name, "is not an ordinary file.", "Give a document saved on disk.")
    # A link could point where the reader of a shared folder did not mean to look.
    if stat.S_ISLNK(os.lstat(path).st_mode):
        raise refused(name, "is a link to another file.", "Give the path of the file itself.")
    if opened.st_size > MAX_BYTES:
        raise _too_large(name)


def _read_bounded(descriptor: int, name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := os.read(descriptor, 1 << 20):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise _too_large(name)
    return b"".join(parts)


def _too_large(name: str) -> Exception:
    return refused(name, f"is larger than {MAX_BYTES // 1_000_000} MB.", SMALLER)


def _cannot_be_read(name: str, error: OSError) -> Exception:
    reason = (error.strerror or "unknown reason").lower()
    return refused(name, f"cannot be read ({reason}).", "Check that the file is there and that you may read it.")
