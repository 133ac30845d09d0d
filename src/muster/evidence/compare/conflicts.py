"""Reviewed claims that should be compared, because they cannot all be right, and claims that are one claim twice.

Both claims always stay: a contradiction is a finding about the sources, not a fault to be removed. Naive comparison drowns
the reader (75 flags, 3 of them true, on 56 articles), so only reviewed claims are looked at, figures must speak of the
same thing (``evidence.compare.comparable``), and of many pairs of the same two sources only the worst is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from muster.evidence.compare.comparable import Figure, figure, is_comparable
from muster.evidence.compare.pairs import pair_faults
from muster.evidence.compare.plausibility import share_faults, strength_faults, sum_faults
from muster.evidence.compare.reliability import SourceRegistry
from muster.evidence.ledger.entry import Entry
from muster.evidence.ledger.ledger import Ledger
from muster.evidence.record import Contradiction

# Checks a claim fails by itself, and those that show its source at odds with itself.
IMPOSSIBLE = ("share", "strength")
AT_ODDS = ("falls", "part", "sum")
_ORDER = ("strength", "share", "part", "sum", "disjoint", "falls", "rate", "duplicate")


def find_conflicts(
    claims: Iterable[Entry],
    *,
    strength: float | None = None,
    country: str | None = None,
    registry: SourceRegistry | None = None,
) -> list[Contradiction]:
    """What should be compared, worst first. Only claims a reviewer kept are looked at, and only asserted ones.

    ``strength`` is the size of the state's force, from the case (else the largest total claimed serves). ``country`` is a
    name that as a place means everywhere. ``registry`` knows which names are one source.
    """
    figures = [figure(entry, registry=registry, country=country) for entry in claims if is_comparable(entry)]
    by_topic: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for item in figures:
        by_topic[item.topic].append(item)
    found = share_faults(figures) + strength_faults(figures, strength)
    for items in by_topic.values():
        found += pair_faults(items) + sum_faults(items)
    return sorted(found, key=lambda one: (("high", "medium", "low").index(one.severity), _ORDER.index(one.check), one.claims))


def link_conflicts(ledger: Ledger, conflicts: Iterable[Contradiction], *, reviewer: str) -> int:
    """Tie the claims of each finding to each other in the ledger; all of them stay.

    The reason kept is the check's name: a full sentence names claimants, which nothing typed into a ledger may do unasked.
    Returns how many ties there are now; the same findings linked again add none. Claims that should be merged are not
    tied: merging is a decision.
    """
    ties = 0
    for conflict in conflicts:
        if conflict.check != "duplicate":
            first, *others = conflict.claims
            for other in others:
                ledger.link(first, other, relation="compare", reviewer=reviewer, reason=conflict.check)
                ties += 1
    return ties
