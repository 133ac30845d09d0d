"""What sources counted by region and month: deaths of each side, events of fighting."""

from __future__ import annotations

from muster.case.folder import PackFolder
from muster.case.records import Count
from muster.case.references import Names
from muster.case.schema import CountRow
from muster.core.suggest import quote

COUNTS = "counts.csv"


def build_counts(pack: PackFolder, names: Names) -> tuple[Count, ...]:
    """Counts in the order of the file. A region and month without a row was not counted, which is not the same as 0."""
    sheet = pack.optional_sheet(COUNTS, CountRow)
    first: dict[tuple[str, str, int, str], int] = {}
    counts = []
    for row, record in sheet.records():
        names.check_sources(pack.faults, COUNTS, row, "source", record.source)
        _check_published(pack, row, record)
        region = names.region(pack.faults, COUNTS, row, "region", record.region)
        if region is None:
            continue
        key = (record.source, str(record.month.first), region, record.quantity)
        if (earlier := first.setdefault(key, row)) != row:
            problem = f"{quote(record.quantity)} of this source, month and region is already in row {earlier}."
            pack.faults.add(COUNTS, row, "quantity", problem, "Keep one of the two rows, or mend its month or region.")
        counts.append(Count(record.source, record.month, region, record.quantity, record.value, record.published, record.note))
    return tuple(counts)


def _check_published(pack: PackFolder, row: int, record: CountRow) -> None:
    if record.published.last < record.month.last:
        problem = f"{record.published.last} is before the end of the month, {record.month.last}."
        remedy = "Nobody counts days to come: mend one of the two dates."
        pack.faults.add(COUNTS, row, "published", problem, remedy)
