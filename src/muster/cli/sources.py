"""``muster evidence``: how reliable sources are, and taking a document out of use."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from cyclopts import Parameter

from muster.cli.evidence import DEFAULT_LEDGER, LedgerFile, Reviewer, documents_named
from muster.cli.ledger import Reason
from muster.cli.options import Json
from muster.cli.terminal import print_json, print_table, say
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote
from muster.evidence.telling import counted


def sources(
    name: Annotated[str | None, Parameter(help="A claimant or publisher to rate.")] = None,
    reliability: Annotated[str | None, Parameter(help="A (completely reliable) to E (unreliable), or F (unknown).")] = None,
    /,
    *,
    ledger: LedgerFile = DEFAULT_LEDGER,
    reviewer: Annotated[str, Parameter(help="Your name or initials; needed to rate.")] = "",
    reason: Reason = "",
    json: Json = False,
) -> int:
    """List how reliable sources are, or rate one. Twin of ``muster.open_shelf``."""
    import muster
    from muster.evidence.compare.reliability import RELIABILITY_WORDS
    from muster.evidence.speakers.actors import actors_of

    with muster.open_shelf(ledger) as shelf:
        counts = Counter(entry.claim.claimant for entry in shelf.ledger.claims())
        if name is not None and name not in counts:
            # Claims are kept under the full name of a speaker: NUG is the National Unity Government.
            name = actors_of(shelf.lexicon).canonical(name)
        if name is not None and reliability is not None:
            if not reviewer:
                raise MusterError("A rating is signed. Add --reviewer with your name or initials.")
            rated = shelf.ledger.rate_source(name, reliability, reviewer=reviewer, reason=reason)
            name = rated.name
            if name not in {*counts, *(one.publisher for one in shelf.ledger.documents())}:
                say(f"Nothing in the ledger is said by {quote(name)} yet; check the name with muster evidence sources.")
        registry = shelf.registry
        names = sorted({*counts, *shelf.ledger.sources()})
    rows = [(one, registry.reliability(one)) for one in names if name in (None, one)]
    if name is not None and not rows:
        hint = f"{did_you_mean(name, names)}Known are {one_of(names)}." if names else "It holds no claim yet."
        raise MusterError(f"No claim of the ledger is by {quote(name)}. {hint}")
    if json:
        keys = ("source", "reliability", "basis", "claims")
        print_json([dict(zip(keys, (one, found.grade, found.basis, counts[one]), strict=True)) for one, found in rows])
        return 0
    cells = [(one, f"{found.grade} {RELIABILITY_WORDS[found.grade]}", found.basis, counts[one]) for one, found in rows]
    print_table(["source", "reliability", "set by", "claims"], cells, right=["claims"])
    return 0


def withdraw(
    document: Annotated[str, Parameter(help="A document of the ledger, by file name or SHA-256.")],
    /,
    *,
    reviewer: Reviewer,
    reason: Reason,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> int:
    """Take a document out of use: its entries stay in the history, and are no longer listed or counted.

    Adding it again brings it back. Twin of ``muster.open_shelf``.
    """
    import muster

    with muster.open_shelf(ledger) as shelf:
        book = shelf.ledger
        wanted = documents_named(book, document)
        standing = [one for one in book.documents() if one.sha256 in wanted and one.withdrawn is None]
        if not standing:
            raise MusterError(f"{quote(document)} is withdrawn already. Add the file again to bring it back.")
        if len(standing) > 1:
            names = one_of([one.sha256 for one in standing])
            raise MusterError(f"{len(standing)} documents are called {quote(document)}. Write the SHA-256 of one: {names}.")
        entries = len(book.entries(document=standing[0].sha256))
        book.withdraw(standing[0].sha256, reviewer=reviewer, reason=reason)
    print(f"{standing[0].name} is withdrawn, with {counted(entries, 'entry', 'entries')}.")
    return 0
