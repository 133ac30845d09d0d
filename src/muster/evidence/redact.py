"""Redaction: what is stored or shown names no private person, and no combination that would identify one.

Each private person becomes a code. With a key the code is the same in every document for the same written name, and
without that key nobody can work it out or link two documents; delete the key and the codes stand for nothing.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from hmac import new as hmac
from pathlib import Path

from muster.core.errors import Fault, InputError
from muster.evidence.lexicon import Lexicon
from muster.evidence.persons.address import Readable, redact_address, redact_file_name
from muster.evidence.persons.ages import is_age
from muster.evidence.persons.combine import Edit, band_of_age, generalise
from muster.evidence.persons.find import PersonMention, find_persons
from muster.evidence.persons.known import compile_known, split_name

__all__ = ["Redaction", "Redactor", "load_key"]

KEY_BYTES = 32
YEARS = re.compile(r"(?<![\w.,/-])\d{2}(?!\w|[.,/-]\d)")
PLACEHOLDERS = {
    "e-mail": "[e-mail]",
    "link": "[link]",
    "handle": "[handle]",
    "id": "[number]",
    "phone": "[number]",
    "place": "[place]",
    "script": "[name]",
}


def load_key(path: Path) -> bytes:
    """The key of a ledger; 32 random bytes written on first use, readable by the owner only.

    The file appears whole or not at all, whenever the process is killed, and of two that begin at once one key wins.
    Errors: :class:`InputError` when the file is not of that length.
    """
    if not path.exists():
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, secrets.token_bytes(KEY_BYTES))
            os.fsync(handle)
            os.close(handle)
            _put_first(part, path)
        finally:
            part.unlink(missing_ok=True)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        remedy = "Restore it from a copy, or delete it: codes made before can then no longer be linked to new ones."
        raise InputError([Fault(path.name, None, None, f"is not a key of {KEY_BYTES} bytes.", remedy)])
    return key


def _put_first(part: Path, path: Path) -> None:
    """Give a file its name, unless another has it by now."""
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    except OSError:  # a disk without links
        part.replace(path)


@dataclass(frozen=True, eq=False)
class Redaction:
    """One text read for persons: its redacted form, in whole and in quotes, with codes that agree.

    ``codes[i]`` is the code of the person with index ``i``. Offsets are those of the text that was read.
    """

    source: str
    mentions: tuple[PersonMention, ...]
    codes: dict[int, str]
    key: bytes | None
    lexicon: Lexicon
    personal: bool = False

    def about_person(self) -> Redaction:
        """The same reading, its quotes all made general: for a passage about a person who is named before it."""
        return replace(self, personal=True)

    @cached_property
    def text(self) -> str:
        """The whole text with every private mention replaced."""
        return _apply(self.source, 0, len(self.source), self._names(0, len(self.source)))

    def cut(self, start: int, end: int, *, keep: Iterable[tuple[int, int]] = (), about_person: bool = False) -> str:
        """A redacted quote. A mention that the borders cut is replaced whole.

        Where the quote speaks of a private person (or ``about_person``: it is part of a testimony), unit numbers, places
        below the first level, exact ages and days are made general; ``keep`` holds spans, such as the number of a claim,
        that stay as they are unless a name lies in them.
        """
        edits = self._names(start, end)
        if edits or about_person or self.personal:
            spared = list(keep)
            for edit in [*generalise(self.source, start, end, self.lexicon), *self._ages(start, end)]:
                clear = all(edit.end <= low or edit.start >= high for low, high in spared)
                if clear and all(edit.end <= name.start or edit.start >= name.end for name in edits):
                    edits.append(edit)
        return _apply(self.source, start, end, edits)

    def clean(self, loose: str) -> str:
        """A loose string of the same document (a claimant) with the same codes; public persons stay."""
        return _apply(loose, 0, len(loose), self._loose_names(loose))

    def heading(self, loose: str) -> str:
        """A title with the same codes, made general like a quote where it speaks of a private person."""
        edits = self._loose_names(loose)
        for edit in generalise(loose, 0, len(loose), self.lexicon) if edits else ():
            if all(edit.end <= name.start or edit.start >= name.end for name in edits):
                edits.append(edit)
        return _apply(loose, 0, len(loose), edits)

    def publisher(self, loose: str) -> str:
        """Who published the document: a person's name becomes a code, a paper nobody has listed stays."""
        written = loose.title() if loose.islower() and "." not in loose else loose
        edits = self._loose_names(written, papers=True)
        return _apply(written, 0, len(written), edits) if edits else loose

    def address(self, url: str) -> str | None:
        """An address of a page without names; ``None`` when nothing of it may stand."""
        return redact_address(url, self._readable)

    def file_name(self, name: str) -> str:
        """The name of a file, without folders and names of persons."""
        return redact_file_name(name, self._readable)

    def _loose_names(self, loose: str, *, papers: bool = False) -> list[Edit]:
        known = compile_known(self.lexicon)
        private, public = self._parts
        found = [mention for mention in find_persons(loose, lexicon=self.lexicon) if not mention.public]
        edits: list[Edit] = []
        for mention in found:
            parts = [part for part in split_name(mention.text) if part not in known.soft]
            if parts and all(part in public and part not in private for part in parts):
                continue
            owners = [private[part] for part in parts if part in private]
            if papers and not owners and len([part for part in parts if part not in known.particles]) == 1:
                continue
            code = owners[-1] if owners else PLACEHOLDERS.get(mention.why) or make_code(self.key, mention.text, 1)
            edits.append(Edit(mention.start, mention.end, code))
        return edits

    def code(self, start: int, end: int) -> str | None:
        """The code of the first private person mentioned in a span."""
        for mention in self.mentions:
            if not mention.public and mention.start < end and mention.end > start:
                return self.codes[mention.person]
        return None

    @cached_property
    def _readable(self) -> Readable:
        known = compile_known(self.lexicon)
        private, _ = self._parts
        shown = {part for piece in split_name(self.text) for part in (piece, *piece.split("-"))}
        codes = {piece: code for part, code in private.items() for piece in (part, *part.split("-"))}
        return Readable(codes, frozenset(shown - codes.keys()), known)

    @cached_property
    def _parts(self) -> tuple[dict[str, str], set[str]]:
        private = {part: self.codes[m.person] for m in self.mentions if not m.public for part in split_name(m.text)}
        return private, {part for m in self.mentions if m.public for part in split_name(m.text)}

    def _ages(self, start: int, end: int) -> list[Edit]:
        """Ages beside persons as bands, however they are worded."""
        return [
            Edit(*match.span(), band_of_age(int(match.group())))
            for match in YEARS.finditer(self.source, start, end)
            if is_age(self.source, *match.span(), self.mentions)
        ]

    def _names(self, start: int, end: int) -> list[Edit]:
        return [
            Edit(mention.start, mention.end, PLACEHOLDERS.get(mention.why) or self.codes[mention.person])
            for mention in self.mentions
            if not mention.public and mention.start < end and mention.end > start
        ]


class Redactor:
    """Reads texts for persons and gives them codes: keyed ones that agree between documents, or P-1, P-2 in order."""

    def __init__(self, key: bytes | None, lexicon: Lexicon) -> None:
        self.key = key
        self.lexicon = lexicon

    def read(self, text: str, mentions: Sequence[PersonMention] | None = None) -> Redaction:
        """Find the persons of a text once; quotes are then cut from the result."""
        if mentions is None:
            mentions = find_persons(text, lexicon=self.lexicon)
        return Redaction(text, tuple(mentions), assign_codes(mentions, self.key), self.key, self.lexicon)

    def redact(self, text: str) -> str:
        """A text by itself, every private mention replaced. Redacting the result again changes nothing."""
        return self.read(text).text


def assign_codes(mentions: Sequence[PersonMention], key: bytes | None) -> dict[int, str]:
    """A code for each private person, made from the fullest form of the name in the document."""
    fullest: dict[int, str] = {}
    for mention in mentions:
        if not mention.public and len(mention.text) > len(fullest.get(mention.person, "")):
            fullest[mention.person] = mention.text
    codes: dict[int, str] = {}
    used: set[str] = set()
    for number, (person, name) in enumerate(sorted(fullest.items()), start=1):
        code = make_code(key, name, number)
        while code in used:
            code = make_code(key, name + code, number)
        used.add(code)
        codes[person] = code
    return codes


def make_code(key: bytes | None, name: str, number: int) -> str:
    """The code of a name: "P-", a letter and five hexadecimal digits, so that no code reads as a number."""
    if key is None:
        return f"P-{number}"
    digest = hmac(key, " ".join(split_name(name) or (name,)).encode(), sha256).hexdigest()
    return "P-" + "abcdef"[int(digest[0], 16) % 6] + digest[1:6]


def _apply(text: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """The piece of a text with edits made; one that sticks out over a border is made whole."""
    pieces: list[str] = []
    place = start
    for edit in sorted(edits):
        if edit.end <= place and edit.start < place:
            continue
        pieces += [text[place : max(place, edit.start)], edit.words]
        place = max(place, edit.end)
    pieces.append(text[place:end])
    return "".join(pieces)
