"""What a figure is drawn from, and the panel that sets a simulated curve against claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import altair as alt
import numpy as np

from muster.report.comparison import Comparison
from muster.report.curves import band
from muster.report.layers import band_layers, claim_layers, event_layers, layer, time_axis
from muster.report.style import Width

if TYPE_CHECKING:
    from muster.case import Case, Event
    from muster.simulate.result import Run

# Days between two marked events, so that their numbers do not overlap.
EVENT_GAP = 35


@dataclass(frozen=True, slots=True)
class Scene:
    """The case, the runs (one per seed), the claims beside them and the numbered events."""

    case: Case
    runs: Sequence[Run]
    comparisons: Sequence[Comparison]
    events: tuple[tuple[int, date], ...]


def key_events(case: Case) -> list[tuple[int, Event]]:
    """The events that figures mark, numbered in order of date.

    Of each kind the first nationwide one, or else the first in the region where most armed fighters are seated; of events
    closer than ``EVENT_GAP`` days only the earlier.
    """
    seat = max(range(len(case.regions)), key=lambda r: case.regions[r].fighters)
    first: dict[str, Event] = {}
    for event in sorted(case.timeline, key=lambda event: (event.region is not None, event.day)):
        if event.region is None or event.region == seat:
            first.setdefault(event.kind, event)
    chosen: list[Event] = []
    for event in sorted(first.values(), key=lambda event: event.day):
        if not chosen or (event.day - chosen[-1].day).days >= EVENT_GAP:
            chosen.append(event)
    return list(enumerate(chosen, start=1))


def draw_against(
    scene: Scene,
    width: Width,
    title: str,
    curve: Callable[[Run], np.ndarray],
    quantities: Sequence[str],
    *,
    unit: str = "persons",
) -> alt.LayerChart:
    """One simulated curve with its band, the dated events and the reported marks."""
    found, x = band(scene.runs, curve), time_axis()
    layers = event_layers(scene.events, x) + band_layers(found, x, unit)
    return layer(layers + claim_layers(scene.comparisons, quantities, x), title, width)
