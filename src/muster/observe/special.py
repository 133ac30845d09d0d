"""Quantities that are no sum of counters: shares of area, an index of volunteering, officers, conscripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from muster.core.vocabulary import BRANCHES, EXITS, MILITARY, RANKS
from muster.observe.area import region_areas
from muster.observe.definition import REGISTERED_SHARE, SOLDIERS
from muster.observe.window import NotComparable, Window

if TYPE_CHECKING:
    from muster.simulate.result import Run

SEASON = 91  # days over which volunteers are counted for an index


def battalion_strength(window: Window, branches: tuple[str, ...]) -> float:
    """Infantry in service over the infantry battalions of the order of battle."""
    units = sum(f.units for f in window.run.case.formations if f.branch == "infantry" and f.region in window.regions)
    if units == 0:
        raise NotComparable("no infantry unit is based there")
    return window.strength(branches) / units


def control_pct(window: Window, branches: tuple[str, ...]) -> float:
    """Percent of the area under stable control of the regime."""
    return 100 * window.mean("control", region_areas(window.run.case))


def lost_control_pct(window: Window, branches: tuple[str, ...]) -> float:
    """Percent of the area not under stable control."""
    return 100 - control_pct(window, branches)


def volunteers_at_rest(run: Run) -> np.ndarray:
    """Volunteers per day and home region before the crisis: what replaces wastage, by share of historical recruitment.

    Wastage is measured in the run itself: soldiers discharged over soldier-days, times the soldiers of day 0.
    """
    columns = [BRANCHES.index(name) for name in SOLDIERS]
    served = float(run.data["strength"][:-1][:, :, columns].sum())
    discharged = float(run.data["exits"][:, :, columns, EXITS.index("discharged")].sum())
    rate = discharged / max(served, 1.0) * float(run.data["strength"][0][:, columns].sum())
    return rate * np.array([region.history for region in run.case.regions])


def volunteering_index(window: Window, branches: tuple[str, ...]) -> float:
    """100 x volunteers of the last 13 weeks, lowered standards left out, over what the same regions gave at rest."""
    first = max(1, window.last - SEASON + 1)
    rest = float(volunteers_at_rest(window.run)[list(window.regions)].sum())
    if rest == 0 or window.last < first:
        raise NotComparable("nobody was discharged, so the rate at rest is unknown")
    came = Window(window.run, first, window.last, window.regions)
    return 100 * came.intake(("volunteer",)) / (rest * came.days)


def officers(window: Window, branches: tuple[str, ...]) -> float:
    """Officers a register would hold."""
    people = window.run.leavers
    day, region = np.asarray(people["day"]), np.asarray(people["region"])
    fate = np.asarray(people["fate"])
    chosen = (np.asarray(people["rank"]) == RANKS.index("officer")) & (day >= window.first) & (day <= window.last)
    chosen &= np.isin(region, window.regions) & np.isin(people["branch"], [BRANCHES.index(name) for name in branches])
    return float((chosen & (fate == 1)).sum() + REGISTERED_SHARE[MILITARY[0]] * (chosen & (fate == 2)).sum())


def left_pct(window: Window, branches: tuple[str, ...]) -> float:
    """Percent of the first strength that has defected or deserted."""
    start = Window(window.run, 0, 0, window.regions).strength(branches)
    gone = Window(window.run, 1, window.last, window.regions).exits({"defected": 1.0, "deserted": 1.0}, branches)
    return 100 * gone / start


def conscripts(window: Window, branches: tuple[str, ...]) -> float:
    """Persons conscripted in the window."""
    return window.intake(("conscript",))
