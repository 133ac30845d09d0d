"""The roll: who is a member of which unit, kept sorted by threshold, and how persons leave it, join it and are moved.

Each unit owns a slice of places: unhardened members in the order of their thresholds, then the
hardened. The willing are therefore a prefix, and a day touches that prefix and nobody else. Leaving and hardening only
mark the place; `tidy` then closes the ranks once.
"""

from __future__ import annotations

import numpy as np

from muster.core.compile import loop
from muster.model.state import LISTED, NONE, NOTHING, VETTING, State
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
def drive_of(state: State, i: int) -> np.float32:
    """The drive of person ``i``: their unit's, and their weak ties'. In float32, as thresholds are."""
    persons, units, homes, cohorts = state.persons, state.units, state.homes, state.cohorts
    tie = homes[persons[i].home].tie + cohorts[persons[i].cohort].tie
    return np.float32(units[persons[i].unit].drive + tie)


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
def strike_off(state: State, record: Record, day: int, u: int, j: int, fate: int) -> None:
    """The member at place ``j`` of unit ``u`` leaves the force; a later `tidy` closes the ranks."""
    place = state.units[u].first + j
    depart(state, record, day, state.roll[place].who, fate)
    state.roll[place].who = -1
    state.units[u].loose = min(state.units[u].loose, j)


@loop
def harden(state: State, u: int, j: int) -> None:
    """The member at place ``j`` of unit ``u`` hardens; a later `tidy` moves them behind the sorted part."""
    place = state.units[u].first + j
    state.persons[state.roll[place].who].hardened = 1
    state.roll[place].harden_at = np.inf
    state.roll[place].theta = np.inf
    state.units[u].loose = min(state.units[u].loose, j)


@loop
def tidy(state: State, u: int) -> None:
    """Close the ranks of unit ``u``: the departed go, the newly hardened move behind the sorted part. Reads the roll alone."""
    units, roll, moved = state.units, state.roll, state.scratch  # a person's number is exact in a float
    first, n, unhardened = units[u].first, units[u].n, units[u].unhardened
    prefix, sure = units[u].prefix, units[u].sure
    start = min(units[u].loose, n)
    keep, waiting = start, 0
    for j in range(start, n):
        newly = j < unhardened and roll[first + j].theta == np.inf
        if newly or roll[first + j].who < 0:
            units[u].prefix -= 1 if j < prefix else 0
            units[u].sure -= 1 if j < sure else 0
            units[u].unhardened -= 1 if j < unhardened else 0
            if roll[first + j].who >= 0:
                moved[waiting] = roll[first + j].who
                waiting += 1
        else:
            roll[first + keep] = roll[first + j]
            keep += 1
    for j in range(waiting):
        roll[first + keep].theta, roll[first + keep].harden_at = np.inf, np.inf
        roll[first + keep].who = int(moved[j])
        roll[first + keep].key = state.persons[int(moved[j])].key
        keep += 1
    units[u].n = keep
    units[u].loose = NOTHING


@loop
def insert(state: State, u: int, i: int, harden_at: float) -> None:
    """Put person ``i`` on the roll of unit ``u``, in the place of their threshold. The slice must have room."""
    persons, units, roll = state.persons, state.units, state.roll
    first, n = units[u].first, units[u].n
    persons[i].unit = u
    units[u].n = n + 1
    if persons[i].hardened != 0:
        roll[first + n].theta, roll[first + n].harden_at, roll[first + n].who = np.inf, np.inf, i
        roll[first + n].key = persons[i].key
        return
    theta = persons[i].theta
    end = units[u].unhardened
    if n > end:  # the first hardened member makes room at the end
        roll[first + n] = roll[first + end]
    j = end
    while j > 0 and roll[first + j - 1].theta > theta:
        roll[first + j] = roll[first + j - 1]
        j -= 1
    roll[first + j].theta, roll[first + j].harden_at, roll[first + j].who = theta, harden_at, i
    roll[first + j].key = persons[i].key
    units[u].unhardened = end + 1
    units[u].prefix += 1 if j < units[u].prefix else 0
    units[u].sure = min(units[u].sure, j)  # the pointer walks up again and pauses the newcomer's clock
    units[u].soonest = min(units[u].soonest, harden_at)


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
            if roll[first + middle].theta < person.theta:
                low = middle + 1
            else:
                high = middle
    while roll[first + low].who != i:
        low += 1
    return low


@loop
def pause(state: State, u: int, j: int) -> None:
    """Stop the hardening clock of a member who is willing or in the programme's hands. Twice does nothing."""
    units, place = state.units, state.units[u].first + j
    if state.roll[place].harden_at != np.inf:
        state.persons[state.roll[place].who].harden_left = state.roll[place].harden_at - units[u].clock
        state.roll[place].harden_at = np.inf


@loop
def resume(state: State, u: int, j: int) -> None:
    """Let the hardening clock of a member run on. Twice does nothing."""
    units, place = state.units, state.units[u].first + j
    if state.roll[place].harden_at == np.inf:
        state.roll[place].harden_at = units[u].clock + state.persons[state.roll[place].who].harden_left
        units[u].soonest = min(units[u].soonest, state.roll[place].harden_at)
