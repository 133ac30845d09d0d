"""From a file to a document: what kind it is, its text, and what it says of itself."""

from __future__ import annotations

import os
from datetime import date
from hashlib import sha256

from muster.evidence.read.bounds import Unreadable, check_length, refused
from muster.evidence.read.encoding import decode
from muster.evidence.read.fold import fold, turns_text
from muster.evidence.read.masthead import Masthead, Said, leading_address, read_masthead
from muster.evidence.read.source import media_of, open_source
from muster.evidence.record import Document


def read_document(
    path: str | os.PathLike[str],
    *,
    published: date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Document:
    """The document in a text file. What is given here goes before what the file says.

    Errors: an :class:`~muster.core.errors.InputError` with one sentence when the file cannot be read.
    """
    source = open_source(path)
    media = media_of(source.data, source.name)
    try:
        original, _ = decode(source.data)
        check_length(original)
    except Unreadable as error:
        raise refused(source.name, error.problem, error.remedy) from None
    text, places = fold(original)
    address = leading_address(text)
    if address is not None:
        # The address is no part of what the text says, and keeps its room so that nothing moves.
        text = " " * address[1] + text[address[1] :]
    said = Said(url=address[0] if address else None)
    head = read_masthead(text, said=said, given=Masthead(url, publisher, title, published))
    return Document(
        name=source.name,
        sha256=sha256(source.data).hexdigest(),
        original=original,
        text=text,
        origin_of=places,
        media=media,
        language="en",
        url=head.url,
        publisher=head.publisher,
        title=head.title,
        published=head.published,
        published_until=head.published_until,
        notes=head.notes + (("holds marks that turn or hide text; they were left out",) if turns_text(original) else ()),
    )
