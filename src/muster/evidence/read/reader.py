"""From a file to a document: what kind it is, its text, and what it says of itself."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from hashlib import sha256

from muster.evidence.read.bounds import Unreadable, check_length, refused
from muster.evidence.read.encoding import decode
from muster.evidence.read.fenced import Media, read_fenced
from muster.evidence.read.fold import compose, fold, turns_text
from muster.evidence.read.language import language_of
from muster.evidence.read.masthead import Masthead, leading_address, read_masthead
from muster.evidence.read.parts import Reading
from muster.evidence.read.source import Source, media_of, open_source
from muster.evidence.read.zawgyi import from_zawgyi
from muster.evidence.record import Document

_EXTRACTED = "offsets count in the extracted text"


def read_document(
    path: str | os.PathLike[str],
    *,
    published: date | None = None,
    published_until: date | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Document:
    """The document in a text, HTML, PDF or DOCX file. What is given here goes before what the file says.

    ``published_until`` is the last day it may be of, when only a month or a year of publication is known.
    Errors: an :class:`~muster.core.errors.InputError` with one sentence when the file cannot be read.
    """
    source = open_source(path)
    media = media_of(source.data, source.name)
    try:
        original, reading, places = _read(source, media)
    except Unreadable as error:
        raise refused(source.name, error.problem, error.remedy) from None
    given = Masthead(url=url, publisher=publisher, title=title, published=published, published_until=published_until)
    return _document(source, media, original, reading, places, given)


def _read(source: Source, media: str) -> tuple[str, Reading, list[int] | None]:
    """The original, its reading, and where each character of the reading stands in the original."""
    if media == "text":
        original, _ = decode(source.data)
        check_length(original)
        return original, Reading(text=original), None
    if media == "html":
        original, _ = decode(source.data)
        check_length(original)
        reading = read_fenced("html", original.encode("utf-8", "replace"), source_length=len(original))
        places: list[int] = []
        for place, text in reading.runs:
            places.extend(range(place, place + len(text)))
        places.append(places[-1] + 1 if places else 0)
        reading.text = "".join(text for _, text in reading.runs)
        return original, reading, places
    kind: Media = "pdf" if media == "pdf" else "docx"
    reading = read_fenced(kind, source.data)
    reading.notes.append(_EXTRACTED)
    return reading.text, reading, None


def _document(source: Source, media: str, original: str, reading: Reading, inner: list[int] | None, given: Masthead) -> Document:
    notes = list(reading.notes)
    unicode, burmese = from_zawgyi(reading.text)
    if burmese is not None:
        notes.append("Burmese in the Zawgyi encoding was read as Unicode")
    text, folded = fold(unicode)
    places = compose(compose(folded, burmese), inner)
    said = reading.said
    address = leading_address(text)
    if address is not None:
        # The address is no part of what the text says, and keeps its room so that nothing moves.
        text = " " * address[1] + text[address[1] :]
        said = replace(said, url=said.url or address[0])
    head = read_masthead(text, said=said, given=given)
    if turns_text(reading.text):
        notes.append("holds marks that turn or hide text; they were left out")
    language = language_of(text)
    if language not in ("en", "und"):
        notes.append("not in English: most of what it claims will not be found")
    return Document(
        name=source.name,
        sha256=sha256(source.data).hexdigest(),
        original=original,
        text=text,
        origin_of=places,
        media=media,
        language=language,
        url=head.url,
        publisher=head.publisher,
        title=head.title,
        published=head.published,
        published_until=head.published_until,
        notes=(*head.notes, *notes),
        pages=tuple(reading.pages),
    )
