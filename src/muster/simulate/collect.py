"""From the state and the record of a simulation to what a run hands out: units by the fate of their people, and who left."""

from __future__ import annotations

import numpy as np

from muster.model.state import State
from muster.model.tally import Record


def tabulate_leavers(state: State, dt: float) -> dict[str, np.ndarray]:
    """Everybody who left, one row a simulated person: no real person is described."""
    units, everybody = state.units, state.persons[: int(state.regime["people"])]
    who = np.flatnonzero(everybody["status"])
    who = who[_by_day_and_luck(everybody["left"][who], everybody["key"][who])]
    left = np.take(everybody.view(f"V{everybody.itemsize}"), who).view(everybody.dtype)  # rows as blocks, not field by field
    served = (left["left"] - left["entered"]) * dt / 365.25 + left["service"]
    columns = {name: np.ascontiguousarray(left[name]) for name in ("home", "cohort", "entry", "rank", "dependants")}
    return columns | {
        "fate": np.ascontiguousarray(left["status"]),
        "day": np.ascontiguousarray(left["left"]),
        "branch": units["branch"][left["unit"]],
        "region": units["region"][left["unit"]],
        "age": (left["age"] + served).astype(np.uint8),
        "age_at_entry": np.ascontiguousarray(left["age"]),
        "service_years": served.astype(np.float32),
        "unit": np.ascontiguousarray(left["unit0"]),
    }


def _by_day_and_luck(day: np.ndarray, key: np.ndarray) -> np.ndarray:
    """An order in which engines agree. Days are sorted as short numbers, which numpy does by counting."""
    by_luck = np.argsort(key)
    short = day[by_luck].astype(np.min_scalar_type(int(day.max(initial=0))))
    return by_luck[np.argsort(short, kind="stable")]


def tabulate_units(state: State, record: Record) -> dict[str, np.ndarray]:
    """Where each unit stood, its members at day 0, and the fates of those who entered by it."""
    units = state.units
    return {
        "unit_region": units["region"].copy(),
        "unit_branch": units["branch"].copy(),
        "unit_persons": units["n0"].copy(),
        "unit_exits": record.units.copy(),
    }
