"""Claims that arrive after a forecast was made: a table in the columns of claims.csv, read row by row.

A pack must be whole; here a row that cannot be used is set aside with its reason, and the others count.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from muster.case.door import admit
from muster.case.records import Claim
from muster.case.schema import ClaimRow
from muster.core import tables
from muster.core.errors import InputError
from muster.core.faults import FaultList


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was set aside."""

    id: str
    quantity: str
    reason: str


def read_claims(path: Path) -> tuple[tuple[Claim, ...], tuple[Refused, ...]]:
    """The claims of a file, and the rows set aside. Errors: an :class:`InputError` when it is no such table."""
    faults = FaultList()
    data = tables.read_bytes(path, file=path.name, limit=tables.MAX_TABLE_BYTES, faults=faults)
    text = None if data is None else tables.decode(data, file=path.name, faults=faults)
    columns = list(ClaimRow.model_fields)
    rows = None if text is None else tables.parse_csv(text, file=path.name, required=columns, faults=faults)
    if rows is None:
        raise InputError(faults.listed())
    refused = [Refused("", "", str(fault)) for fault in faults.listed()]
    claims = []
    for row in rows:
        wrong = FaultList()
        record = admit(ClaimRow, row.cells, file=path.name, row=row.number, faults=wrong)
        if record is None:
            reason = "; ".join(str(fault) for fault in wrong.listed())
            refused.append(Refused(row.cells["id"], row.cells["quantity"], reason))
        else:
            claims.append(claim_from(record))
    return tuple(claims), tuple(refused)


def claim_from(record: ClaimRow) -> Claim:
    """A row as a claim; its region stays as the claimant put it."""
    return Claim(
        id=record.id,
        quantity=record.quantity,
        value=record.value,
        low=record.low,
        high=record.high,
        unit=record.unit,
        period_start=record.period_start,
        as_of=record.as_of_date,
        region=record.region,
        claimant=record.claimant,
        claimant_side=record.claimant_side,
        published=record.publication_date,
        source_title=record.source_title,
        source_url=record.source_url,
        note=record.note,
    )
