from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

import muster
from muster.evidence.extract import extract
from muster.evidence.lexicon import load_lexicon
from muster.evidence.record import Document

PACK = Path(muster.__file__).parent / "packs" / "myanmar"


@pytest.fixture(scope="session")
def lexicon():
    return load_lexicon(PACK)


@pytest.fixture(scope="session")
def document_of():
    def make(text: str, published: date | None = date(2023, 6, 1)) -> Document:
        return Document("text", sha256(text.encode()).hexdigest(), text, text, None, "text/plain", "en", published=published)

    return make


@pytest.fixture(scope="session")
def read(lexicon, document_of):
    """All that an invented text gives."""
    return lambda text, **options: extract(document_of(text, **options), lexicon=lexicon)


@pytest.fixture(scope="session")
def claims(read):
    """Its claims by their number as written."""
    return lambda text: {text[claim.start : claim.end]: claim for claim in read(text).claims}
