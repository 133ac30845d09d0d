"""The roll: who is a member of which unit, kept sorted by threshold, and how persons leave it, join it and are moved.

Each unit owns a slice of places: unhardened members in the order of their thresholds, then the
hardened in no order. The willing are therefore a prefix, and a day touches that prefix and nobody else. Leaving and hardening
only mark the place; `tidy` then closes the ranks once.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from muster.core.compile import loop
from muster.model.slide import slide
from muster.model.state import LISTED, NONE, VETTING, Roll, State
from muster.model.tally import (
    DEFECTED,
    DESERTED,
    DORMANT,
    INJURY_TERM,
    MOTIVE_INJURY,
    MOTIVE_PEERS,
    OFFER_TERM,
    PEERS_TERM,
    SURRENDERED,
    Record,
)


@loop
def attribute(state: State, record: Record, day: int, i: int) -> None:
    """Share out one voluntary exit over the motives: dormant if willing at rest, else the drive's positive parts."""
    persons, units, homes, cohorts = state.persons, state.units, state.homes, state.cohorts
    u = persons[i].unit
    branch = units[u].branch
    if persons[i].theta <= 0.0:
        record.nation[day].motives[branch, DORMANT] += 1.0
        return
    total = homes[persons[i].home].tie + cohorts[persons[i].cohort].tie
    peers = total
    for term in range(INJURY_TERM, OFFER_TERM + 1):
        total += max(0.0, units[u].terms[term])
    total += max(0.0, units[u].terms[PEERS_TERM])
    peers += max(0.0, units[u].terms[PEERS_TERM])
    if total <= 0.0:  # willing on contact, and everything that made them so has since faded
        record.nation[day].motives[branch, DORMANT] += 1.0
        return
    for term in range(INJURY_TERM, OFFER_TERM + 1):
        record.nation[day].motives[branch, MOTIVE_INJURY + term] += max(0.0, units[u].terms[term]) / total
    record.nation[day].motives[branch, MOTIVE_PEERS] += peers / total


@loop
def depart(state: State, record: Record, day: int, i: int, fate: int) -> None:
    """Person ``i`` leaves the force. The unit's slice is closed by a later `tidy`."""
    persons, units, homes, cohorts, regime, programme = (
        state.persons, state.units, state.homes, state.cohorts, state.regime, state.programme
    )  # fmt: skip
    u = persons[i].unit
    region, branch = units[u].region, units[u].branch
    if fate == DEFECTED or fate == DESERTED or fate == SURRENDERED:
        attribute(state, record, day, i)
        units[u].gone += 1.0
        homes[persons[i].home].gone += 1.0
        cohorts[persons[i].cohort].gone += 1.0
        regime.exits += 1.0
    if persons[i].stage == VETTING:
        programme.vetting -= 1
        record.nation[day].lost_waiting += 1.0
    elif persons[i].stage == LISTED:
        programme.waiting -= 1
        record.nation[day].lost_waiting += 1.0
    persons[i].stage = NONE
    persons[i].status = fate
    persons[i].left = day
    regime.service -= 1
    state.regions[region].heads[branch] -= 1
    record.region[day, region].exits[branch, fate - 1] += 1
    record.units[persons[i].unit0, fate] += 1


@loop
def _mark(state: State, u: int, j: int) -> None:
    """The place ``j`` of unit ``u`` is to be tidied."""
    units = state.units
    if j >= units[u].unhardened:
        units[u].vacant += 1
        return
    units[u].loose = min(units[u].loose, j) if units[u].marked > 0 else j
    units[u].marked += 1


@loop
def strike_off(state: State, record: Record, day: int, u: int, j: int, fate: int) -> None:
    """The member at place ``j`` of unit ``u`` leaves the force; a later `tidy` closes the ranks."""
    place = state.units[u].first + j
    depart(state, record, day, state.roll.who[place], fate)
    state.roll.who[place] = -1
    _mark(state, u, j)


@loop
def harden(state: State, u: int, j: int) -> None:
    """The member at place ``j`` of unit ``u`` hardens; a later `tidy` moves them behind the sorted part."""
    roll, place = state.roll, state.units[u].first + j
    state.persons[roll.who[place]].hardened = 1
    roll.harden_at[place], roll.theta[place] = np.inf, np.inf
    _mark(state, u, j)


@loop
def fence(state: State, u: int) -> None:
    """How far the drive may move before a pointer of unit ``u`` has to: read daily, so that the roll need not be."""
    units, theta = state.units, state.roll.theta
    first, prefix, sure = units[u].first, units[u].prefix, units[u].sure
    units[u].prefix_floor = theta[first + prefix - 1] if prefix > 0 else -np.inf
    units[u].prefix_roof = theta[first + prefix] if prefix < units[u].unhardened else np.inf
    units[u].sure_floor = theta[first + sure - 1] if sure > 0 else -np.inf
    units[u].sure_roof = theta[first + sure] if sure < prefix else np.inf


@loop
def _move(roll: Roll, source: int, target: int) -> None:
    """One member from place to place."""
    roll.key[target], roll.harden_at[target] = roll.key[source], roll.harden_at[source]
    roll.theta[target], roll.due[target] = roll.theta[source], roll.due[source]
    roll.who[target], roll.ties[target] = roll.who[source], roll.ties[source]


@loop
def take_place(state: State, place: int, i: int) -> None:
    """Person ``i`` stands at ``place`` of the roll; threshold and clock are written by the caller."""
    roll, person = state.roll, state.persons[i]
    roll.key[place], roll.due[place] = person.key, person.discharge
    roll.who[place], roll.ties[place] = i, person.home + 256 * person.cohort


@loop
def _shift(roll: Roll, source: int, target: int, count: int) -> None:
    """``count`` members from place ``source`` on to place ``target`` on."""
    slide(roll.key, source, target, count)
    slide(roll.harden_at, source, target, count)
    slide(roll.theta, source, target, count)
    slide(roll.due, source, target, count)
    slide(roll.who, source, target, count)
    slide(roll.ties, source, target, count)


@loop
def _fill_vacant(state: State, u: int) -> None:
    """The last of the hardened take the places of those who left."""
    units, roll = state.units, state.roll
    place, end = units[u].first + units[u].unhardened, units[u].first + units[u].n
    while units[u].vacant > 0:
        while roll.who[place] >= 0:
            place += 1
        end -= 1
        while end > place and roll.who[end] < 0:
            units[u].vacant -= 1
            end -= 1
        if end > place:
            _move(roll, end, place)
        units[u].vacant -= 1
    units[u].n = end - units[u].first


@loop
def _close_sorted(state: State, u: int) -> int:
    """Close the sorted part of unit ``u``. The newly hardened wait in the scratch; returns how many these are."""
    units, roll, moved = state.units, state.roll, state.scratch  # a person's number is exact in a float
    first, end = units[u].first, units[u].first + units[u].unhardened
    prefix, sure = units[u].prefix, units[u].sure
    place, keep, waiting = first + units[u].loose, first + units[u].loose, 0
    for left in range(units[u].marked - 1, -1, -1):
        units[u].prefix -= 1 if place - first < prefix else 0
        units[u].sure -= 1 if place - first < sure else 0
        if roll.who[place] >= 0:
            moved[waiting] = roll.who[place]
            waiting += 1
        start = place + 1
        place = end
        if left > 0:
            place = start
            while roll.who[place] >= 0 and roll.theta[place] != np.inf:
                place += 1
        _shift(roll, start, keep, place - start)
        keep += place - start
    units[u].unhardened = keep - first
    units[u].marked = 0
    return waiting


@loop
def tidy(state: State, u: int) -> None:
    """Close the ranks of unit ``u``: the departed go, the newly hardened move behind the sorted part."""
    units, roll, moved = state.units, state.roll, state.scratch
    if units[u].vacant > 0:
        _fill_vacant(state, u)
    if units[u].marked > 0:
        gap_end, end = units[u].first + units[u].unhardened, units[u].first + units[u].n
        waiting = _close_sorted(state, u)
        place = units[u].first + units[u].unhardened
        for k in range(waiting):
            roll.harden_at[place], roll.theta[place] = np.inf, np.inf
            take_place(state, place, int(moved[k]))
            place += 1
        while place < gap_end and end > gap_end:  # the departed: the last of the hardened take their places
            end -= 1
            _move(roll, end, place)
            place += 1
        units[u].n = (place if place < gap_end else end) - units[u].first
        fence(state, u)


@loop
def _upper(thetas: Any, theta: np.float32) -> int:
    """How many of the sorted ``thetas`` are not above ``theta``."""
    low, high = 0, len(thetas)
    while low < high:
        middle = (low + high) // 2
        if thetas[middle] > theta:
            high = middle
        else:
            low = middle + 1
    return low


@loop
def insert(state: State, u: int, i: int, harden_at: float) -> None:
    """Put person ``i`` on the roll of unit ``u``, in the place of their threshold. The slice must have room."""
    persons, units, roll = state.persons, state.units, state.roll
    first, n, end = units[u].first, units[u].n, units[u].unhardened
    persons[i].unit = u
    units[u].n = n + 1
    if persons[i].hardened != 0:
        place = first + n
        roll.harden_at[place], roll.theta[place] = np.inf, np.inf
        take_place(state, place, i)
        return
    if n > end:  # the first hardened member makes room at the end
        _move(roll, first + end, first + n)
    theta = persons[i].theta
    place = first + _upper(roll.theta[first : first + end], theta)
    _shift(roll, place, place + 1, first + end - place)
    roll.harden_at[place], roll.theta[place] = harden_at, theta
    take_place(state, place, i)
    units[u].unhardened = end + 1
    units[u].prefix += 1 if place - first < units[u].prefix else 0
    units[u].sure = min(units[u].sure, place - first)  # the pointer walks up again and pauses the newcomer's clock
    units[u].soonest = min(units[u].soonest, harden_at)
    fence(state, u)


@loop
def find(state: State, i: int) -> int:
    """The place of a member ``i`` in their unit: by halving among the sorted, one by one among the hardened."""
    units, roll, person = state.units, state.roll, state.persons[i]
    u = person.unit
    first, low, high = units[u].first, 0, units[u].unhardened
    if person.hardened != 0:
        low = high
    else:
        while low < high:
            middle = (low + high) // 2
            if roll.theta[first + middle] < person.theta:
                low = middle + 1
            else:
                high = middle
    while roll.who[first + low] != i:
        low += 1
    return low


@loop
def pause(state: State, u: int, j: int) -> None:
    """Stop the hardening clock of a member who is willing or in the programme's hands. Twice does nothing."""
    units, roll, place = state.units, state.roll, state.units[u].first + j
    if roll.harden_at[place] != np.inf:
        state.persons[roll.who[place]].harden_left = roll.harden_at[place] - units[u].clock
        roll.harden_at[place] = np.inf


@loop
def resume(state: State, u: int, j: int) -> None:
    """Let the hardening clock of a member run on. Twice does nothing."""
    units, roll, place = state.units, state.roll, state.units[u].first + j
    if roll.harden_at[place] == np.inf:
        roll.harden_at[place] = units[u].clock + state.persons[roll.who[place]].harden_left
        units[u].soonest = min(units[u].soonest, roll.harden_at[place])
