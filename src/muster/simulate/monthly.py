"""What is kept of one run among many: calendar months instead of days, in small arrays.

Day 0, the state of rest, belongs to no month. Flows are summed over the days of a month, states are those at its end; a
run that ends within a month has that month up to its last day.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from muster.core.dates import day_index
from muster.simulate.recorder import RECORDED, Recorded
from muster.simulate.result import Run

# Recorded quantity -> the axes that are summed over.
_KEPT: dict[str, tuple[str, ...]] = {
    "exits": (),
    "motives": (),
    "intake": ("region",),
    **dict.fromkeys(("strength", "willing", "control", "support", "militia"), ()),
    **dict.fromkeys(("strikes", "breaks", "overrun", "harm_ground", "harm_air", "harm_crackdown"), ()),
    **dict.fromkeys(("waiting", "housed", "settled", "places", "places_used", "balance", "mean_control"), ()),
    **dict.fromkeys(("admitted", "arrested_leaving", "lost_waiting", "turned_away", "cash_paid", "stipend_paid", "income"), ()),
}


def _monthly(about: Recorded, summed: tuple[str, ...]) -> Recorded:
    dims = ("month", *(dim for dim in about.dims[1:] if dim not in summed))
    unit = about.unit.removesuffix("per day").strip() or "events"
    return Recorded(dims, unit, about.meaning.replace("end of the day", "end of the month"), about.flow)


# Axes, unit and meaning of each monthly quantity. ``flow``: the sum of the month, else the state at its end.
MONTHLY: dict[str, Recorded] = {name: _monthly(RECORDED[name], summed) for name, summed in _KEPT.items()}


def months_of(start: date, last: date) -> tuple[date, ...]:
    """The last day of each month that the days after ``start`` touch; of the last month, ``last`` itself."""
    return tuple(start + timedelta(days=int(day)) for day in _last_days(start, day_index(last, start)))


def read_monthly(run: Run) -> dict[str, np.ndarray]:
    """The quantities of `MONTHLY`: int32 for counts, float32 else; the first axis is the month of `months_of`."""
    last = _last_days(run.case.start, run.days)
    first = np.concatenate([[1], last[:-1] + 1])
    return {name: _kept(name, run.data[name], first, last) for name in MONTHLY}


def _last_days(start: date, days: int) -> np.ndarray:
    dates = np.datetime64(start, "D") + np.arange(1, days + 1)
    months = dates.astype("datetime64[M]")
    return np.append(np.flatnonzero(months[1:] != months[:-1]), days - 1) + 1


def _kept(name: str, daily: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    monthly = np.add.reduceat(daily, first, axis=0) if RECORDED[name].flow else daily[last]
    axes = tuple(RECORDED[name].dims.index(dim) for dim in _KEPT[name])
    summed = monthly.sum(axis=axes) if axes else monthly
    return np.ascontiguousarray(summed, np.float32 if daily.dtype.kind == "f" else np.int32)
