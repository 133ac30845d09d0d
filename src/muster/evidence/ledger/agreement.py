"""How far reviewers agree: the share of equal answers per field and, where the answers are words of a list, Cohen's kappa.

Kappa takes off what two people would agree on by chance, so that a field with one common answer does not look better
than it is (Cohen 1960). It makes no sense for figures, names and dates, where chance agreement is next to nothing; nor
where both gave the same single answer throughout, for then chance explains everything or nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from muster.evidence.ledger.entry import Entry, record_to_json
from muster.evidence.ledger.fields import VOCABULARY, editable

VERDICT = "verdict"
# First words of the names under which the software itself, or a case pack ("pack myanmar"), accepts entries.
NOT_READERS = ("muster", "pack")


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Agreement on one field: entries both answered, how many equally, and kappa where it makes sense."""

    field: str
    both: int
    equal: int
    kappa: float | None

    @property
    def share(self) -> float:
        """Equal answers as a share of all."""
        return self.equal / self.both


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of all pairs of reviewers together. ``verdict`` is keep or reject; the fields are of entries both kept.

    ``differing`` are the entries on which two people do not agree, to be settled by a decision that both have seen.
    """

    reviewers: tuple[str, ...]
    entries: int
    fields: tuple[FieldAgreement, ...]
    differing: tuple[str, ...]

    def of(self, field: str) -> FieldAgreement | None:
        """The agreement on one field, if there is any entry to compare."""
        return next((item for item in self.fields if item.field == field), None)


def find_agreement(entries: Iterable[Entry]) -> Agreement:
    """Agreement over the entries that two people or more have decided, each pair of people once."""
    answers: dict[str, list[tuple[Any, Any]]] = {VERDICT: []}
    who: set[str] = set()
    compared, differing = 0, []
    for entry in entries:
        readers = sorted(name for name in entry.readings if name.split()[0] not in NOT_READERS)
        if len(readers) < 2:
            continue
        compared += 1
        who.update(readers)
        alike = True
        proposal = record_to_json(entry.proposal)
        for one, two in combinations(readers, 2):
            for field, pair in _pairs(entry.type, proposal, entry.readings[one], entry.readings[two]):
                answers.setdefault(field, []).append(pair)
                alike = alike and pair[0] == pair[1]
        if not alike:
            differing.append(entry.id)
    fields = tuple(_measure(field, pairs) for field, pairs in answers.items() if pairs)
    return Agreement(tuple(sorted(who)), compared, fields, tuple(differing))


def _pairs(
    kind: str, proposal: Mapping[str, Any], one: Mapping[str, Any], two: Mapping[str, Any]
) -> Iterable[tuple[str, tuple[Any, Any]]]:
    yield VERDICT, (one["verdict"], two["verdict"])
    if one["verdict"] == two["verdict"] == "kept":
        for field in editable(kind):
            yield field, (_answer(field, proposal, one), _answer(field, proposal, two))


def _answer(field: str, proposal: Mapping[str, Any], reading: Mapping[str, Any]) -> Any:
    value = reading["changes"].get(field, proposal.get(field))
    return tuple(value) if isinstance(value, list) else value


def _measure(field: str, pairs: Sequence[tuple[Any, Any]]) -> FieldAgreement:
    equal = sum(one == two for one, two in pairs)
    return FieldAgreement(field, len(pairs), equal, kappa(pairs) if field in VOCABULARY or field == VERDICT else None)


def kappa(pairs: Sequence[tuple[Any, Any]]) -> float | None:
    """Cohen's kappa, or ``None`` when chance alone gives full agreement."""
    total = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(two for _, two in pairs)
    chance = sum(first[answer] * second[answer] for answer in first) / total**2
    if chance >= 1:
        return None
    return (sum(one == two for one, two in pairs) / total - chance) / (1 - chance)
