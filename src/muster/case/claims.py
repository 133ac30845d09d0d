"""What was said by whom, and the publications values rest on."""

from __future__ import annotations

from muster.case.folder import PackFolder, Sheet
from muster.case.later import claim_from
from muster.case.records import Claim, Source
from muster.case.references import check_unique
from muster.case.schema import ClaimRow, SourceRow
from muster.core.dates import Interval

CLAIMS, SOURCES = "claims.csv", "sources.csv"


def read_sources(pack: PackFolder) -> Sheet[SourceRow]:
    """sources.csv as rows."""
    sheet = pack.optional_sheet(SOURCES, SourceRow)
    check_unique(pack.faults, sheet)
    return sheet


def build_sources(sheet: Sheet[SourceRow]) -> dict[str, Source]:
    """Sources by id."""
    return {record.id: Source(**record.model_dump()) for _, record in sheet.records()}


def build_claims(pack: PackFolder) -> tuple[Claim, ...]:
    """Claims in the order of the file. Their region stays as the claimant put it: claims speak of places the pack has not."""
    sheet = pack.optional_sheet(CLAIMS, ClaimRow)
    check_unique(pack.faults, sheet)
    claims = []
    for row, record in sheet.records():
        _check_numbers(pack, row, record)
        _check_dates(pack, row, record)
        claims.append(claim_from(record))
    return tuple(claims)


def _check_numbers(pack: PackFolder, row: int, record: ClaimRow) -> None:
    value, low, high = record.value, record.low, record.high
    if value is None and low is None and high is None:
        pack.faults.add(CLAIMS, row, "value", "is empty, and so are low and high.", "Write the number that was claimed.")
    if low is not None and high is not None and low > high:
        pack.faults.add(CLAIMS, row, "low", f"{low:.12g} is above high, {high:.12g}.", "Exchange the two or mend one.")
    elif value is not None and low is not None and value < low:
        pack.faults.add(CLAIMS, row, "value", f"{value:.12g} is below low, {low:.12g}.", "Write a value between low and high.")
    elif value is not None and high is not None and value > high:
        pack.faults.add(CLAIMS, row, "value", f"{value:.12g} is above high, {high:.12g}.", "Write a value between low and high.")


def _check_dates(pack: PackFolder, row: int, record: ClaimRow) -> None:
    begun, as_of, published = record.period_start, record.as_of_date, record.publication_date
    if as_of is None and published is None:
        remedy = "Write the day, month or year it is true of."
        pack.faults.add(CLAIMS, row, "as_of_date", "is empty, and so is publication_date.", remedy)
    if as_of and published and as_of.first > published.last:
        remedy = "Nobody counts days to come: mend one of the two dates."
        pack.faults.add(CLAIMS, row, "as_of_date", f"{_say(as_of)} is after its publication, {_say(published)}.", remedy)
    if begun and as_of and begun.first > as_of.last:
        pack.faults.add(
            CLAIMS,
            row,
            "period_start",
            f"{_say(begun)} is after as_of_date, {_say(as_of)}.",
            "Exchange the two dates or mend one.",
        )


def _say(span: Interval) -> str:
    return str(span.first) if span.first == span.last else f"{span.first} to {span.last}"
