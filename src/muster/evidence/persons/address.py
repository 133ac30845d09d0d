"""Names in addresses of pages and in names of files: joined by hyphens, run together with capitals, or escaped.

What the text itself shows may stand there too; of the rest, only plain words may. In doubt an address is cut to its host.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote_plus, urlsplit

from muster.evidence.persons.contacts import find_contacts
from muster.evidence.persons.known import Known, fold

# Words of addresses that no list of English has.
TECHNICAL = frozenset(
    (
        "html",
        "htm",
        "xhtml",
        "shtml",
        "php",
        "asp",
        "aspx",
        "jsp",
        "pdf",
        "docx",
        "doc",
        "txt",
        "www",
        "http",
        "https",
        "amp",
        "utm",
    )
    + ("rss", "xml", "json", "index", "cms", "uploads", "wp", "mobile", "en", "eng", "lang", "src", "ref", "id")
)
PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|[^\W\d_]+")
DIGEST = re.compile(r"(?<![\w-])(?=[\da-f-]*\d)[\da-f]{8,}(?:-[\da-f]{4,})*(?![\w-])")
HIDDEN = "name"
Doubt = Callable[[str], bool]


@dataclass(frozen=True, eq=False, slots=True)
class Readable:
    """What a document shows of names: codes of private name parts, and words its redacted text holds."""

    codes: Mapping[str, str]
    shown: frozenset[str]
    known: Known

    def code(self, key: str) -> str | None:
        """The code of a name part, or of several that are written as one word."""
        if key in self.codes:
            return self.codes[key]
        held = [part for part in self.codes if len(part) > 2 and part in key]
        return self.codes[held[0]] if len(held) > 1 and sum(map(len, held)) >= 0.7 * len(key) else None


def redact_address(url: str, names: Readable) -> str | None:
    """An address with names replaced; cut to scheme and host when some word is in doubt, ``None`` when the host is."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or _names_host(host, names):
        return None
    site = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    tail = url.strip().partition(parts.netloc)[2]
    if find_contacts(site + tail) or len(tail) > 1_000:
        return site + "/"
    replaced = _replace(unquote_plus(tail), names, _doubtful_word(names))
    if replaced is None:
        return site + "/"
    return site + (tail if replaced == unquote_plus(tail) else replaced.replace(" ", "-"))


def redact_file_name(name: str, names: Readable) -> str:
    """The name of a file, without folders, its names of persons replaced; doubtful words only beside a word that is a name."""
    base = PurePosixPath(PureWindowsPath(name).as_posix()).name or "unnamed"
    stem, dot, ending = base.rpartition(".")
    stem, ending = (stem, dot + ending) if stem else (base, "")
    replaced = _replace(stem, names, _doubtful_name(stem, names))
    return (f"document-{HIDDEN}" if replaced is None else replaced) + ending


def names_in_address(url: str, known: Known, *, allowed: Container[str] = ()) -> bool:
    """Whether two words of names follow each other in an address, or one a rank, and neither is of a public figure."""
    tail = unquote_plus(url.partition("//")[2].partition("/")[2])
    keys = [fold(match.group()) for match in PIECE.finditer(tail)]
    figures = {place for form in known.figures for place in _places_of(form, keys)}
    before = ""
    for place, key in enumerate(keys):
        is_name = key in known.given and key not in allowed and place not in figures and key not in known.places
        after_name = before in known.given and not (known.is_ordinary(before) and known.is_ordinary(key))
        if is_name and len(key) > 1 and (after_name or (before in known.titles and not known.is_ordinary(key))):
            return True
        before = key if is_name or key in known.titles else ""
    return False


def _places_of(form: tuple[str, ...], keys: Sequence[str]) -> Iterator[int]:
    """Where the parts of a public name stand in a row of words."""
    for first in range(len(keys) - len(form) + 1):
        if keys[first] == form[0] and tuple(keys[first : first + len(form)]) == form:
            yield from range(first, first + len(form))


def _replace(text: str, names: Readable, doubt: Doubt) -> str | None:
    """The text with codes for private parts; ``None`` when a word is left that may be a name."""
    digests = [match.span() for match in DIGEST.finditer(text)]
    pieces: list[str] = []
    place, last = 0, ""
    for match in PIECE.finditer(text):
        if any(first <= match.start() < end for first, end in digests):
            continue
        code = names.code(fold(match.group()))
        between = text[place : match.start()]
        if code is None:
            if doubt(match.group()):
                return None
            pieces += [between, match.group()]
        elif code != last or len(between) > 1:
            pieces += [between, code]
        last, place = code or "", match.end()
    return "".join([*pieces, text[place:]])


def _doubtful_word(names: Readable) -> Doubt:
    """In an address: a word that is neither plain English, nor a place or institution, nor shown by the text."""
    known = names.known
    before = [""]

    def doubt(piece: str) -> bool:
        key, last = fold(piece), before[0]
        before[0] = key
        if len(key) < 3 and key not in known.given:
            return False
        if key in names.shown or key in TECHNICAL:
            return False
        names_of = known.given | known.plain
        if key in names_of and (last in names_of or last in known.titles or last in known.soft):
            return True
        plain = known.is_ordinary(key) or key in known.places or key in known.alone or key in known.head
        return not plain

    return doubt


def _doubtful_name(stem: str, names: Readable) -> Doubt:
    """In a file's name: every word, when a name word stands beside another word or after a rank."""
    known = names.known
    keys = [fold(piece) for piece in PIECE.findall(stem)]
    if any(key in names.codes for key in keys):
        return lambda piece: fold(piece) in known.given and fold(piece) not in names.shown
    lone = [key not in names.shown and key in known.given and key not in known.places for key in keys]
    paired = [key in known.given | known.plain and key not in known.alone | names.shown for key in keys]
    doubtful = any(one and other for one, other in zip(paired, paired[1:], strict=False)) or any(
        (lone[place] and not known.is_ordinary(key) and len(key) > 2 and len(set(keys) - TECHNICAL) > 1)
        or (lone[place] and place > 0 and (keys[place - 1] in known.titles or keys[place - 1] in known.soft))
        for place, key in enumerate(keys)
    )
    return lambda _: doubtful


def _names_host(host: str, names: Readable) -> bool:
    """Whether a host is called after a private person of the document, or is made of name words only."""
    labels = [re.sub(r"[^a-z]", "", fold(label)) for label in host.split(".")[:-1]]
    parts = [part for part in names.codes if len(part) >= 3]
    for label in labels:
        held = [part for part in parts if part in label]
        whole = label in parts and not names.known.is_ordinary(label)
        if whole or sum(map(len, held)) >= max(6, 0.7 * len(label)) or _made_of_names(host, label, names.known):
            return True
    return False


def _made_of_names(host: str, label: str, known: Known) -> bool:
    """Whether a label is two or more name words joined by hyphens ("zaw-htet.example")."""
    pieces = next((piece.split("-") for piece in fold(host).split(".") if piece.replace("-", "") == label), [])
    return len(pieces) > 1 and all(piece in known.given for piece in pieces)
