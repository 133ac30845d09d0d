"""A finished run: its arrays under their names, as tables and files, and the hash that says whether two are the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from muster.case import Case
from muster.case.load import case_address
from muster.core.dates import day_date
from muster.core.errors import MusterError
from muster.core.provenance import read_manifest, refuse_other, whole_file, write_manifest
from muster.core.vocabulary import BRANCHES, ENTRIES, EXITS, FATES, MOTIVES, TERMS
from muster.simulate.recorder import RECORDED
from muster.simulate.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

FILE = "run.nc"
_LABELS = {"branch": BRANCHES, "fate": EXITS, "entry": ENTRIES, "term": TERMS, "motive": MOTIVES, "ending": FATES}


@dataclass(frozen=True, slots=True)
class Run:
    """One history. ``data`` maps the names of `RECORDED` to arrays, day 0 (rest) to ``days``; ``leavers`` is a table by column.

    ``fired`` are the days at whose end the scenario's triggers fired, None for those that did not.
    ``unit_exits`` is ``[unit, ending]`` persons by the unit on entry, with ``unit_region``, ``unit_branch``, ``unit_persons``
    (members at day 0).
    """

    case: Case
    seed: int
    engine: str
    scenario: Scenario
    days: int
    data: dict[str, np.ndarray]
    leavers: dict[str, np.ndarray]
    units: dict[str, np.ndarray]
    fired: tuple[date | None, ...] = ()

    @property
    def result_hash(self) -> str:
        """SHA-256 over the result arrays alone: names, shapes, types and bytes."""
        total = hashlib.sha256()
        for name, array in sorted({**self.data, **self.units, **self._leaver_columns()}.items()):
            total.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
            total.update(np.ascontiguousarray(array).data)
        return total.hexdigest()

    def _leaver_columns(self) -> dict[str, np.ndarray]:
        return {f"leaver_{name}": column for name, column in self.leavers.items()}

    def to_xarray(self) -> xr.Dataset:
        """All of it, labelled: dates, regions, branches; units and meanings as attributes."""
        import xarray as xr

        dates = np.datetime64(self.case.start, "ns") + np.arange(self.days + 1) * np.timedelta64(1, "D")
        coords: dict[str, Any] = {name: (name, list(labels)) for name, labels in _LABELS.items()}
        coords |= {"date": ("date", dates), "region": ("region", [region.name for region in self.case.regions])}
        variables: dict[str, Any] = {}
        for name, array in self.data.items():
            about = RECORDED[name]
            dims = tuple("date" if dim == "day" else dim for dim in about.dims)
            variables[name] = (dims, array, {"units": about.unit, "long_name": about.meaning})
        for name, array in self.units.items():
            variables[name] = (("unit", "ending") if array.ndim == 2 else ("unit",), array)
        for name, array in self._leaver_columns().items():
            variables[name] = (("leaver",), array)
        return xr.Dataset(variables, coords=coords, attrs={key: str(value) for key, value in self._settings().items()})

    def to_frame(self, *, quantities: tuple[str, ...] | None = None) -> pd.DataFrame:
        """Tidy: date, region, branch, quantity, value. National series have region "national", both where not told apart "all".

        Quantities with a further axis carry it in their name: ``exits.deserted``, ``drive.shaming``, ``intake.conscript``.
        """
        from muster.simulate.frames import tidy_frame

        return tidy_frame(self.case, self.days, self.data, quantities)

    def _settings(self) -> dict[str, Any]:
        return {
            "case": self.case.name,
            "strength": self.case.strength,
            "seed": self.seed,
            "engine": self.engine,
            "until": day_date(self.days, self.case.start).isoformat(),
            "scenario": json.dumps(self.scenario.to_dict()),
            "case_sha256": self.case.sha256,
        }

    def summary_dict(self) -> dict[str, Any]:
        """The headline numbers, as plain values."""
        exits = self.data["exits"].sum(axis=(0, 1))
        return {
            **self._settings(),
            "scenario": self.scenario.name,
            **({"fired": _told(self.fired)} if self.fired else {}),
            "result_hash": self.result_hash,
            "strength_first": int(self.data["strength"][0].sum()),
            "strength_last": int(self.data["strength"][-1].sum()),
            "exits": {branch: {fate: int(exits[b, f]) for f, fate in enumerate(EXITS)} for b, branch in enumerate(BRANCHES)},
            "intake": {entry: int(self.data["intake"][:, :, e].sum()) for e, entry in enumerate(ENTRIES)},
            "mean_control_last": float(self.data["mean_control"][-1]),
            "strikes": int(self.data["strikes"].sum()),
            "admitted": int(self.data["admitted"].sum()),
            "waiting_last": int(self.data["waiting"][-1]),
        }

    def save(self, folder: str | Path, *, csv: bool = False) -> Path:
        """Write ``run.nc`` (and ``run.csv`` if asked) and ``manifest.json`` to a folder."""
        target = Path(folder)
        refuse_other(target, "run")
        target.mkdir(parents=True, exist_ok=True)
        dataset = self.to_xarray()
        encoding = {name: {"compression": "gzip", "compression_opts": 4, "shuffle": True} for name in dataset.data_vars}
        with whole_file(target / FILE) as part:
            dataset.to_netcdf(part, engine="h5netcdf", encoding=encoding)
        outputs = [FILE]
        if csv:
            with whole_file(target / "run.csv") as part:
                self.to_frame().to_csv(part, index=False)
            outputs.append("run.csv")
        settings = {**self._settings(), "scenario": self.scenario.to_dict(), "result_hash": self.result_hash}
        settings |= {"case_folder": case_address(self.case)}
        if self.fired:
            settings["fired"] = _told(self.fired)
        write_manifest(target, "run", settings=settings, inputs={f"case {self.case.name}": self.case.sha256}, outputs=outputs)
        return target


def _told(fired: tuple[date | None, ...]) -> list[str | None]:
    return [day.isoformat() if day else None for day in fired]


def load_run(folder: str | Path) -> Run:
    """The run that `Run.save` wrote; its case is loaded again. Raises MusterError if the case has changed since."""
    import xarray as xr

    from muster.case import load_case

    source = Path(folder)
    settings = read_manifest(source).settings
    case = load_case(settings["case_folder"], strength=settings["strength"])
    if case.sha256 != settings["case_sha256"]:
        raise MusterError(f"The case {case.name} has changed since {source} was written. Simulate it again.")
    with xr.open_dataset(source / FILE, engine="h5netcdf") as dataset:
        arrays = {str(name): variable.values for name, variable in dataset.data_vars.items()}
    leavers = {name.removeprefix("leaver_"): array for name, array in arrays.items() if name.startswith("leaver_")}
    units = {name: array for name, array in arrays.items() if name.startswith("unit_")}
    data = {name: arrays[name] for name in RECORDED}
    scenario = Scenario.from_dict(settings["scenario"])
    days = len(data["mean_control"]) - 1
    fired = tuple(date.fromisoformat(day) if day else None for day in settings.get("fired", ()))
    return Run(case, settings["seed"], settings["engine"], scenario, days, data, leavers, units, fired)
