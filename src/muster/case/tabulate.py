"""Dated values of a driver as one number per day: what the model reads.

The rule, for a driver and a region: on each day the row that started last decides, if it covers the day.
A `level` covers the days from its start to its `end`, or on and on; a `ramp` moves from the value of the day
before its start to its own value at `end`, then holds; a `total` covers its days with value / number of days.
Where the region's own rows cover no day, the rows for all regions do; where those do not, the default stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from muster.case.drivers import DRIVER_BY_NAME
from muster.core.dates import day_index
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote

if TYPE_CHECKING:
    import numpy as np

    from muster.case.records import Case, Series


def tabulate(case: Case, driver_name: str, days: int) -> np.ndarray:
    """Daily values of a driver.

    Returns an array of floats, (days,) for a national driver and (days, regions) for a regional one, in the
    driver's unit; entry t is the day ``case.start + t``. A level that reaches the end of the pack's data is kept
    on later days. Raises :class:`MusterError` for a driver that does not exist.
    """
    import numpy as np

    driver = DRIVER_BY_NAME.get(driver_name)
    if driver is None:
        names = tuple(DRIVER_BY_NAME)
        raise MusterError(
            f"{quote(driver_name)} is not a driver. {did_you_mean(driver_name, names)}Write one of {one_of(names, 30)}."
        )
    rows = sorted((row for row in case.series if row.driver == driver_name), key=lambda row: row.start)
    # Rows may start before day 0: the axis is led in far enough for the ramps to know what they start from.
    lead = 1 + max([0, *(day_index(case.start, row.start) for row in rows[:1])])
    shared = [row for row in rows if row.region is None]
    if not driver.by_region:
        return _lay(np.full(lead + days, float(driver.default or 0.0)), shared, case, lead=lead)[lead:]
    values = np.empty((days, len(case.regions)))
    for index, region in enumerate(case.regions):
        default = region.support if driver.default is None else driver.default
        ground = _lay(np.full(lead + days, float(default)), shared, case, lead=lead)
        values[:, index] = _lay(ground, [row for row in rows if row.region == index], case, lead=lead)[lead:]
    return values


def _lay(ground: np.ndarray, rows: Sequence[Series], case: Case, *, lead: int) -> np.ndarray:
    """The rows, in order of their starts, laid over ``ground``; entry ``lead`` of it is day 0."""
    laid = ground.copy()
    for position, row in enumerate(rows):
        first = lead + day_index(row.start, case.start)
        if first >= len(laid):
            break
        stop = len(laid)
        if position + 1 < len(rows):
            stop = min(stop, lead + day_index(rows[position + 1].start, case.start))
        if row.form == "ramp":
            laid[first:stop] = _ramp(row, float(laid[first - 1]), stop - first)
        else:
            last = _last_day(row, case)
            if last is not None:
                stop = min(stop, lead + day_index(last, case.start) + 1)
            length = 1 if row.form == "level" or row.end is None else day_index(row.end, row.start) + 1
            laid[first:stop] = row.value / length
    return laid


def _ramp(row: Series, before: float, days: int) -> np.ndarray:
    """``before`` on the first day, the row's value on its last day and after."""
    import numpy as np

    assert row.end is not None
    share = np.minimum(np.arange(days) / day_index(row.end, row.start), 1.0)
    return before + (row.value - before) * share


def _last_day(row: Series, case: Case) -> date | None:
    """The last day a level or total covers; ``None`` if it goes on.

    A level that lasts to the end of the pack's data is not known to end, so it is kept; a single day is an order
    given once and is not.
    """
    if row.form == "level" and row.end is not None and row.end >= case.until and row.end > row.start:
        return None
    return row.end
