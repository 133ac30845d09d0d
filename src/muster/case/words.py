"""The words documents are read with: the general ones, and those of the case packs."""

from __future__ import annotations

from pathlib import Path

from muster.case.load import find_case, list_cases
from muster.evidence.lexicon import Lexicon, load_lexicon


def case_lexicon(case: str | Path | None = None) -> Lexicon:
    """The words to read with: the general ones and those of a case; without a case, of every shipped one."""
    folders = [listing.folder for listing in list_cases()] if case is None else [find_case(case)]
    return load_lexicon(*folders)


def case_country(lexicon: Lexicon) -> str | None:
    """The country the words of a single case speak of: as a place it means everywhere. ``None`` for several cases or none."""
    rows = lexicon.table("places")
    return str(rows[0]["country"]) if len(lexicon.cases) == 1 and rows and rows[0].get("id") else None
