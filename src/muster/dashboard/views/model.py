"""The model itself: the day in its order, and of each mechanism the story, the equation, the parameters, a curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from muster.model.describe import STANDINGS, split_story
from muster.model.mechanism import Mechanism
from muster.model.order import ORDER, mechanisms
from muster.report.responses import RESPONSES, response_spec


@dataclass(frozen=True, slots=True)
class Lane:
    """A mechanism as a lane of the diagram of the day: the numbers of its steps."""

    name: str
    steps: tuple[tuple[int, str], ...]


def lanes() -> list[Lane]:
    """One lane a mechanism, in the order of their first steps."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, step in enumerate(ORDER, 1):
        found.setdefault(step.mechanism, []).append((number, step.does))
    return [Lane(name, tuple(steps)) for name, steps in found.items()]


def steps() -> list[tuple[int, str, str]]:
    """The day as a list: number, mechanism, what it does."""
    return [(number, step.mechanism, step.does) for number, step in enumerate(ORDER, 1)]


def told(one: Mechanism) -> dict[str, Any]:
    """A mechanism for the page."""
    return {
        "name": one.name,
        "story": split_story(one),
        "reads": one.reads,
        "writes": one.writes,
        "drivers": one.drivers,
        "parameters": [(p.name, f"{p.default:g}", p.unit, STANDINGS[p.standing], p.meaning, p.source) for p in one.parameters],
        "responses": [response.key for response in RESPONSES if response.mechanism == one.name],
    }


def model() -> list[dict[str, Any]]:
    """All mechanisms, in the order of the day."""
    by_name = {one.name: one for one in mechanisms()}
    return [told(by_name[lane.name]) for lane in lanes()]


def response(key: str) -> dict[str, Any] | None:
    """A response curve as a specification; nothing for a key that is none."""
    found = next((one for one in RESPONSES if one.key == key), None)
    return None if found is None else response_spec(found)
