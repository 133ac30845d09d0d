"""The last gate before a file leaves: no name of a private person that nobody has listed.

Used on what is about to be written. It reads as the redactor does, so that what the redactor missed for want of context
is asked about again with the context of the export.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from muster.core.errors import Fault, InputError
from muster.evidence.lexicon import Lexicon
from muster.evidence.persons.address import names_in_address
from muster.evidence.persons.find import find_persons
from muster.evidence.persons.known import compile_known, split_name

__all__ = ["Offence", "check_export", "refuse_names"]

ADDRESS = re.compile(r"https?://[^\s\"<>”’)\]]{4,1000}")
SOFT = ("capitalised",)  # a single unknown word with a capital and nothing else that speaks for a name


@dataclass(frozen=True, slots=True)
class Offence:
    """A passage of an export that may name somebody: its place, line (from 1) and the rule that saw it."""

    start: int
    end: int
    line: int
    text: str
    why: str


def check_export(source: str | Path, *, lexicon: Lexicon, allowed: Iterable[str] = ()) -> list[Offence]:
    """Names and contacts in a text, or a file given by its path, that are neither public nor ``allowed``.

    ``allowed`` holds names, publishers and titles that may stand. A public person of the lexicon, a place, an organisation
    and a code (``P-3f2a1c``) may stand always.
    """
    text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
    known = compile_known(lexicon)
    entries = [split_name(entry) for entry in allowed]
    may = {part for entry in entries for part in entry}
    offences: list[Offence] = []
    line, before = 1, 0
    for mention in find_persons(text, lexicon=lexicon):
        parts = split_name(mention.text)
        listed = bool(parts) and all(part in may or part in known.particles for part in parts)
        if mention.public or listed or (mention.why in SOFT and len(parts) == 1):
            continue
        line += text.count("\n", before, mention.start)
        before = mention.start
        offences.append(Offence(mention.start, mention.end, line, mention.text, mention.why))
    for match in ADDRESS.finditer(text):
        if names_in_address(match.group(), known, allowed=may):
            line = text.count("\n", 0, match.start()) + 1
            offences.append(Offence(*match.span(), line, match.group(), "address"))
    return sorted(offences, key=lambda offence: offence.start)


def refuse_names(source: str | Path, *, name: str, lexicon: Lexicon, allowed: Iterable[str] = ()) -> None:
    """Raise :class:`InputError` when an export called ``name`` holds an unlisted name. The error gives places, not names."""
    offences = check_export(source, lexicon=lexicon, allowed=allowed)
    if offences:
        remedy = "Redact it, or list the person as public if an office is held; nothing was written."
        raise InputError(
            [Fault(name, offence.line, None, f"may name a private person ({offence.why}).", remedy) for offence in offences[:20]]
        )
