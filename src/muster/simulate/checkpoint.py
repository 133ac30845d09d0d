"""Checkpoints: a simulation on disk, half-way, as named arrays and a page of settings. No code is stored or run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from muster.case import Case
from muster.core.dates import day_date
from muster.core.errors import MusterError
from muster.core.provenance import whole_file
from muster.model.order import Parameters
from muster.simulate.run import Simulation
from muster.simulate.scenario import Scenario

_FORMAT = 5


def _flatten(value: Any, name: str) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(value, tuple):
        for field, part in zip(type(value)._fields, value, strict=True):  # type: ignore[attr-defined]
            yield from _flatten(part, f"{name}.{field}")
    else:
        yield name, np.asarray(value)


def _rebuild(like: Any, name: str, arrays: Any) -> Any:
    if isinstance(like, tuple):
        parts = [_rebuild(part, f"{name}.{field}", arrays) for field, part in zip(type(like)._fields, like, strict=True)]  # type: ignore[attr-defined]
        return type(like)(*parts)
    return arrays[name][()]


def save_checkpoint(simulation: Simulation, path: str | Path) -> None:
    """Write the state, the record and the settings of a simulation to ``path``, whole or not at all; `resume` goes on from it."""
    settings = {
        "format": _FORMAT,
        "case": simulation.case.sha256,
        "strength": simulation.case.strength,
        "seed": simulation.seed,
        "engine": simulation.engine,
        "scenario": simulation.scenario.to_dict(),
        "fired": [day.isoformat() if day else None for day in simulation.fired],
        "days": simulation.days,
        "dt": simulation.dt,
        "day": simulation.day,
        "parameters": [list(group) for group in simulation.parameters],  # in force: a branch may just have changed its scenario
    }
    arrays = {**dict(_flatten(simulation.state, "state")), **dict(_flatten(simulation.record, "record"))}
    with whole_file(Path(path)) as part, open(part, "wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, settings=np.array(json.dumps(settings)), **arrays)


def resume(case: Case, path: str | Path) -> Simulation:
    """The simulation that `save_checkpoint` wrote. Raises MusterError if it is of another case, strength or format."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            settings = json.loads(str(arrays["settings"]))
            if settings["format"] != _FORMAT:
                raise MusterError(
                    f"{path} has checkpoint format {settings['format']}, this Muster reads {_FORMAT}. Run it again."
                )
            if (settings["case"], settings["strength"]) != (case.sha256, case.strength):
                raise MusterError(f"{path} belongs to another version or strength of a case than {case.name}. Load that case.")
            last: date = day_date(settings["days"], case.start)
            scenario = Scenario.from_dict(settings["scenario"])
            engine, dt = settings["engine"], settings["dt"]
            fresh = Simulation(case, seed=settings["seed"], scenario=scenario, until=last, engine=engine, dt=dt)
            fresh.state = _rebuild(fresh.state, "state", arrays)
            fresh.record = _rebuild(fresh.record, "record", arrays)
            fresh.day = settings["day"]
            if any(settings["fired"]):
                fresh.fire(tuple(date.fromisoformat(day) if day else None for day in settings["fired"]))
            groups = zip(fresh.parameters, settings["parameters"], strict=True)
            fresh.parameters = Parameters._make(type(group)(*values) for group, values in groups)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MusterError(f"{path} is not a checkpoint of Muster. Give the file that save_checkpoint() wrote.") from error
    return fresh
