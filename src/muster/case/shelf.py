"""Ledgers as the commands use them: one on disk, or that of a case pack, with the grades of every claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from muster.case.gate import Gate
from muster.case.load import load_case
from muster.case.words import case_country, case_lexicon
from muster.core.errors import MusterError
from muster.evidence.compare.conflicts import find_conflicts, link_conflicts
from muster.evidence.compare.grade import Grade, grade_ledger
from muster.evidence.compare.reliability import SourceRegistry
from muster.evidence.ledger import Ledger, open_ledger
from muster.evidence.lexicon import Lexicon
from muster.evidence.pack_claims import pack_parcels
from muster.evidence.record import Contradiction


@dataclass(frozen=True, slots=True)
class Shelf:
    """An open ledger, the words it is read with, and what is known of the case it belongs to."""

    ledger: Ledger
    lexicon: Lexicon
    strength: float | None = None
    gate: Gate | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What was let through of what was typed, and should be looked at again."""
        return () if self.gate is None else tuple(self.gate.notes)

    @property
    def country(self) -> str | None:
        """The country of the case, if it is one case's."""
        return case_country(self.lexicon)

    @property
    def registry(self) -> SourceRegistry:
        """How reliable each source is: rated in the ledger, else preset by the lexicon."""
        return SourceRegistry(self.ledger.sources(), self.lexicon)

    def grades(self) -> dict[str, Grade]:
        """The grade of every claim, by the id of its entry."""
        return grade_ledger(self.ledger, lexicon=self.lexicon, country=self.country, strength=self.strength)

    def conflicts(self) -> list[Contradiction]:
        """What reviewed claims cannot all be right, worst first."""
        return find_conflicts(self.ledger.claims(), strength=self.strength, country=self.country, registry=self.registry)

    def link(self, conflicts: Iterable[Contradiction], *, reviewer: str) -> int:
        """Tie the claims of each conflict to each other in the ledger; both stay. Returns how many ties there are.

        Raises ``MusterError`` for the claims of a pack: their ledger goes when the shelf is closed, and the ties with it.
        """
        if self.gate is None:
            raise MusterError("The claims of a pack are in no ledger to keep ties in. Give --ledger FILE, or leave --link out.")
        return link_conflicts(self.ledger, conflicts, reviewer=reviewer)


@contextmanager
def open_shelf(
    ledger: str | Path | None = None, *, case: str | Path | None = None, public: Iterable[str] = ()
) -> Iterator[Shelf]:
    """A ledger on disk, or, without one, the claims of a case pack taken through the same road into a ledger of their own.

    Of a ledger on disk, what is typed into it is checked for names; ``public`` are names of public figures to be let through.
    """
    if ledger is not None:
        with open_ledger(ledger, create="never") as book:
            lexicon = case_lexicon(case)
            book.guard = gate = Gate(book, lexicon, public=public)
            yield Shelf(book, lexicon, gate=gate)
        return
    if case is None:
        raise MusterError("Neither a ledger nor a case is given. Write --ledger FILE, or --case NAME for the claims of a pack.")
    pack = load_case(case)
    lexicon = case_lexicon(pack.folder)
    regions = {region.name: region.id for region in pack.regions}
    with TemporaryDirectory(prefix="muster-") as folder, open_ledger(Path(folder) / "pack.ledger") as book:
        book.add_accepted(pack_parcels(pack.claims, lexicon=lexicon, regions=regions), reviewer=f"pack {pack.name}")
        soldiers = sum(one.persons for one in pack.formations if one.branch != "police")
        yield Shelf(book, lexicon, float(soldiers))
