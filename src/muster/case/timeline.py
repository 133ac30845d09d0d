"""Dated things: the series of the drivers and the events of the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from muster.case.drivers import DRIVER_BY_NAME
from muster.case.folder import PackFolder
from muster.case.head import Head
from muster.case.records import Event, Series
from muster.case.references import Names
from muster.case.schema import DriverRow, TimelineRow
from muster.core.suggest import quote

DRIVERS_FILE, TIMELINE_FILE = "drivers.csv", "timeline.csv"
_LONG_BEFORE = timedelta(days=50 * 366)


def build_series(pack: PackFolder, names: Names, head: Head | None) -> tuple[Series, ...]:
    """Rows of drivers.csv, ordered by driver, region and start."""
    sheet = pack.optional_sheet(DRIVERS_FILE, DriverRow)
    grouped: dict[tuple[str, int], list[tuple[int, Series]]] = {}
    for row, record in sheet.records():
        names.check_basis(pack.faults, DRIVERS_FILE, row, record)
        region = _find_region(pack, names, row, record)
        _check_reach(pack, row, record, head)
        if _check_span(pack, row, record):
            _check_value(pack, row, record)
            series = Series(
                driver=record.driver,
                region=region,
                start=record.start,
                end=record.end,
                form=record.form,
                value=record.value,
                basis=record.basis,
                source=record.source,
                note=record.note,
            )
            # An unknown region has been reported; its rows must not seem to overlap those of the nation.
            key = -2 if region is None and record.region else -1 if region is None else region
            grouped.setdefault((record.driver, key), []).append((row, series))
    for (_, key), rows in grouped.items():
        if key != -2:
            _check_overlaps(pack, rows)
    ordered = (sorted(rows, key=lambda item: item[1].start) for _, rows in sorted(grouped.items()))
    return tuple(series for rows in ordered for _, series in rows)


def _find_region(pack: PackFolder, names: Names, row: int, record: DriverRow) -> int | None:
    driver = DRIVER_BY_NAME[record.driver]
    if not record.region:
        if driver.by_region and record.form == "total":
            # Every region would receive the whole count.
            remedy = "Name a region and write one row per region."
            pack.faults.add(
                DRIVERS_FILE, row, "region", f"is empty, but a total of {record.driver} belongs to one region.", remedy
            )
        return None
    if not driver.by_region:
        remedy = "Leave the region empty."
        pack.faults.add(DRIVERS_FILE, row, "region", f'"{record.driver}" holds for the whole nation.', remedy)
        return None
    return names.region(pack.faults, DRIVERS_FILE, row, "region", record.region)


def _check_span(pack: PackFolder, row: int, record: DriverRow) -> bool:
    if record.end is None:
        if record.form != "level":
            pack.faults.add(
                DRIVERS_FILE, row, "end", f"is empty, but a {record.form} needs its last day.", "Write a date such as 2021-06-30."
            )
            return False
        if record.driver == "families_ordered":
            remedy = f"Write {record.start}, the day of the order."
            pack.faults.add(DRIVERS_FILE, row, "end", "is empty, so the order would be given anew every day.", remedy)
        return True
    if record.end < record.start:
        pack.faults.add(
            DRIVERS_FILE, row, "end", f"{record.end} is before the start, {record.start}.", "Exchange the two dates or mend one."
        )
        return False
    if record.form == "ramp" and record.end == record.start:
        remedy = 'Write a later end, or the form "level" for a sudden change.'
        pack.faults.add(DRIVERS_FILE, row, "end", "is the day of the start, and a ramp needs time.", remedy)
        return False
    return True


def _check_reach(pack: PackFolder, row: int, record: DriverRow, head: Head | None) -> None:
    if head is None or head.table.start >= head.table.until:
        return
    start, until = head.table.start, head.table.until
    if record.start > until:
        remedy = "Delete the row, or write a later until in pack.toml."
        pack.faults.add(DRIVERS_FILE, row, "start", f"{record.start} is after the pack's data end, {until}.", remedy)
    elif record.start < start - _LONG_BEFORE:
        pack.faults.add(DRIVERS_FILE, row, "start", f"{record.start} is long before the pack starts, {start}.", "Check the year.")
    if record.end is not None and record.start <= record.end < start:
        remedy = "Delete the row or mend its dates."
        pack.faults.add(
            DRIVERS_FILE, row, "end", f"{record.end} is before the pack starts, {start}, so the row does nothing.", remedy
        )


def _check_value(pack: PackFolder, row: int, record: DriverRow) -> None:
    driver = DRIVER_BY_NAME[record.driver]
    days = 1
    if record.form == "total" and record.end is not None:
        days = (record.end - record.start).days + 1
    value = record.value / days
    wanted = driver.unit.removesuffix("/day") if record.form == "total" else driver.unit
    if not driver.low <= value <= driver.high:
        per_day = f", {value:.6g} a day," if days > 1 else ""
        remedy = f"Write a value from {driver.low:g} to {driver.high:g} ({driver.unit})."
        pack.faults.add(DRIVERS_FILE, row, "value", f"{record.value:.12g}{per_day} is out of range for {record.driver}.", remedy)
    elif record.unit and record.unit != wanted:
        remedy = f'Convert the value to "{wanted}", the unit of {record.driver}, or leave the unit empty.'
        pack.faults.add(DRIVERS_FILE, row, "unit", f"{quote(record.unit)} is not the unit of this driver.", remedy)
    elif record.driver == "outreach" and record.value not in (0.0, 1.0):
        pack.faults.add(
            DRIVERS_FILE, row, "value", f"{record.value:g} is neither 0 nor 1.", "Write 1 if the programme exists, else 0."
        )


def _check_overlaps(pack: PackFolder, rows: Sequence[tuple[int, Series]]) -> None:
    """No two rows of a driver and region start together or claim the same day."""
    ordered = sorted(rows, key=lambda item: (item[1].start, item[0]))
    reach: tuple[int, date] | None = None
    for position, (row, series) in enumerate(ordered):
        if position and ordered[position - 1][1].start == series.start:
            earlier = ordered[position - 1][0]
            remedy = "Keep one of the two, or change its start."
            pack.faults.add(DRIVERS_FILE, row, "start", f"{series.start} is the start of row {earlier} as well.", remedy)
        elif reach and series.start <= reach[1]:
            remedy = f"Begin after {reach[1]}, or end row {reach[0]} earlier."
            pack.faults.add(DRIVERS_FILE, row, "start", f"{series.start} falls into the days of row {reach[0]}.", remedy)
        if series.end is not None and (reach is None or series.end > reach[1]):
            reach = (row, series.end)


def build_timeline(pack: PackFolder, names: Names) -> tuple[Event, ...]:
    """Events in order of their days."""
    sheet = pack.optional_sheet(TIMELINE_FILE, TimelineRow)
    events = []
    for row, record in sheet.records():
        names.check_basis(pack.faults, TIMELINE_FILE, row, record)
        region = names.region(pack.faults, TIMELINE_FILE, row, "region", record.region) if record.region else None
        events.append(
            Event(
                day=record.date,
                kind=record.kind,
                label=record.label,
                region=region,
                driver=record.driver,
                basis=record.basis,
                source=record.source,
                note=record.note,
            )
        )
    return tuple(sorted(events, key=lambda event: event.day))
