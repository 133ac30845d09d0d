"""What was said to rise, fall or stay, without a number."""

from __future__ import annotations

from muster.case.folder import PackFolder
from muster.case.records import Direction
from muster.case.references import Names, check_unique
from muster.case.schema import DirectionRow

DIRECTIONS = "directions.csv"
_NATIONAL = "national"


def build_directions(pack: PackFolder, names: Names) -> tuple[Direction, ...]:
    """Directional claims in the order of the file. Those that contradict each other stay side by side."""
    sheet = pack.optional_sheet(DIRECTIONS, DirectionRow)
    check_unique(pack.faults, sheet)
    directions = []
    for row, record in sheet.records():
        _check_dates(pack, row, record)
        region = None
        if record.region != _NATIONAL:
            region = names.region(pack.faults, DIRECTIONS, row, "region", record.region)
        directions.append(Direction(**{**record.model_dump(), "region": region, "published": record.published}))
    return tuple(directions)


def _check_dates(pack: PackFolder, row: int, record: DirectionRow) -> None:
    for part in ("period", "baseline"):
        first, last = getattr(record, f"{part}_start"), getattr(record, f"{part}_end")
        if first > last:
            problem = f"{first} is after {part}_end, {last}."
            pack.faults.add(DIRECTIONS, row, f"{part}_start", problem, "Exchange the two dates or mend one.")
    if record.baseline_end >= record.period_start:
        problem = f"{record.baseline_end} is not before period_start, {record.period_start}."
        remedy = "A change is told against an earlier time: end the baseline before the period begins."
        pack.faults.add(DIRECTIONS, row, "baseline_end", problem, remedy)
    if record.period_end > record.published.last:
        problem = f"{record.period_end} is after its publication, {record.published.last}."
        pack.faults.add(DIRECTIONS, row, "period_end", problem, "Nobody reports days to come: mend one of the two dates.")
