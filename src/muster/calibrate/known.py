"""What was known on a day: the case as it stood, with everything later taken out of it.

The fit is given this case and no other, so that it cannot look at what came later even by mistake.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from muster.case import Case, Claim, Series, tabulate
from muster.core.dates import day_index
from muster.core.errors import MusterError


def known_by(case: Case, cut: date) -> Case:
    """The case with what had been published by ``cut`` about days up to ``cut``, and the drivers dated up to it.

    A publication date known to a month or a year counts by its last day; a claim without one counts by what it is about.
    Errors: a :class:`MusterError` when the cut is not after the start of the case.
    """
    if cut <= case.start:
        raise MusterError(f"{cut} is not after {case.start}, the start of {case.name}. Give a later --until.")
    return replace(
        case,
        until=min(cut, case.until),
        claims=tuple(claim for claim in case.claims if is_known(claim, cut)),
        series=tuple(known for row in case.series if (known := _known_part(case, row, cut)) is not None),
        timeline=tuple(event for event in case.timeline if event.day <= cut),
        counts=tuple(count for count in case.counts if max(count.month.last, count.published.last) <= cut),
        directions=tuple(one for one in case.directions if max(one.period_end, one.published.last) <= cut),
        parameters={},
        parameters_label="none: the declared defaults and priors",
    )


def check_cut(case: Case, cut: date) -> None:
    """Errors: a :class:`MusterError` for a day of which the case knows nothing."""
    if not case.start < cut <= case.until:
        raise MusterError(
            f"{case.name} knows of the days from {case.start} to {case.until}, not of {cut}. Give --until one of these."
        )


def is_known(claim: Claim, cut: date) -> bool:
    """Whether a claim had been published, and the time it is about was over, by the end of ``cut``."""
    if claim.as_of is None or claim.as_of.last > cut:
        return False
    return claim.published is None or claim.published.last <= cut


def _known_part(case: Case, row: Series, cut: date) -> Series | None:
    """The part of a driver's row up to the cut: of a total the days so far at the same rate, of a ramp the way so far."""
    if row.start > cut:
        return None
    if row.end is None or row.end <= cut:
        return row
    if row.form == "level":
        return replace(row, end=None)
    if row.form == "ramp":
        days = day_index(cut, case.start) + 1
        reached = tabulate(case, row.driver, days)[-1]
        value = float(reached if row.region is None else reached[row.region])
        if row.start == cut:  # on its first day a ramp has not moved: a ramp of no length would be one of no slope
            return replace(row, form="level", end=None, value=value)
        return replace(row, end=cut, value=value)
    days = (row.end - row.start).days + 1
    return replace(row, end=cut, value=row.value * ((cut - row.start).days + 1) / days)
