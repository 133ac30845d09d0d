"""One run of an ensemble as one file: netCDF, self-describing, no clock in it, so that the same run gives the same bytes.

The classic format (netCDF-3) through scipy: every reader of netCDF opens it, it is written in a millisecond where HDF5 takes
thirty, and no lock is shared between threads. It tells of the run by what it did: its changes, not the scenario's name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np

from muster.core.vocabulary import BRANCHES, ENTRIES, EXITS, MOTIVES
from muster.simulate.monthly import MONTHLY, read_monthly
from muster.simulate.result import Run

LAYOUT = 1
_LABELS = {"branch": BRANCHES, "fate": EXITS, "entry": ENTRIES, "motive": MOTIVES}


@dataclass(frozen=True, slots=True)
class Months:
    """The quantities of `MONTHLY` of one run, and the days at whose end its triggers fired."""

    data: dict[str, np.ndarray]
    fired: tuple[date | None, ...]

    @classmethod
    def of(cls, run: Run) -> Months:
        return cls(read_monthly(run), run.fired)


def encode(run: Run, months: Months) -> bytes:
    """The file's bytes."""
    from scipy.io import netcdf_file

    stream = BytesIO()
    file = netcdf_file(stream, "w")
    for name, text in _describe(run, months).items():
        setattr(file, name, text.encode("ascii"))
    for name, values in months.data.items():
        about = MONTHLY[name]
        add_variable(file, name, values, dims=about.dims, units=about.unit, long_name=about.meaning)
    file.flush()
    return stream.getvalue()


def add_variable(file: Any, name: str, values: np.ndarray, *, dims: tuple[str, ...], **attributes: str) -> None:
    """Put an array into a netCDF file, with the dimensions that it has not yet."""
    for dim, size in zip(dims, values.shape, strict=True):
        if dim not in file.dimensions:
            file.createDimension(dim, size)
    variable = file.createVariable(name, values.dtype, dims)
    variable[...] = values
    for key, text in attributes.items():
        setattr(variable, key, text.encode("ascii"))


def decode(content: bytes) -> Months:
    """What `encode` put in. Errors: ValueError, KeyError or TypeError where it is no such file."""
    from scipy.io import netcdf_file

    with netcdf_file(BytesIO(content), "r") as file:
        stored = {name: file.variables[name].data for name in MONTHLY}
        fired = json.loads(file.fired)
    data = {name: values.astype(values.dtype.newbyteorder("=")) for name, values in stored.items()}
    return Months(data, tuple(date.fromisoformat(day) if day else None for day in fired))


def _describe(run: Run, months: Months) -> dict[str, str]:
    told = run.scenario.to_dict()
    return {
        "title": "One history, month by month, written by Muster",
        "layout": str(LAYOUT),
        "case": json.dumps(run.case.name),
        "strength": json.dumps(run.case.strength),
        "start": run.case.start.isoformat(),
        "days": str(run.days),
        "seed": str(run.seed),
        "engine": run.engine,
        "changes": json.dumps(told["changes"]),
        "triggers": json.dumps(told.get("triggers", [])),
        "fired": json.dumps([day.isoformat() if day else None for day in months.fired]),
        "region": json.dumps([region.name for region in run.case.regions]),
        **{name: json.dumps(labels) for name, labels in _LABELS.items()},
    }
