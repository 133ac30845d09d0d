"""The roll: who is a member of which unit, kept sorted by threshold, and how persons leave it, join it and are moved.

Each unit owns a slice of two arrays (threshold, person): unhardened members in the order of their thresholds, then the
hardened. The willing are therefore a prefix, and a day touches that prefix and nobody else. Leaving and hardening only
mark the person; `tidy` then closes the ranks once.
"""

from __future__ import annotations

import numpy as np

from muster.core.compile import loop
from muster.model.state import LISTED, NONE, VETTING, State
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
def tidy(state: State, u: int) -> None:
    """Close the ranks of unit ``u``: the departed go, the newly hardened move behind the sorted part."""
    persons, units, roll = state.persons, state.units, state.roll
    first, n, unhardened = units[u].first, units[u].n, units[u].unhardened
    prefix, sure = units[u].prefix, units[u].sure
    moved = state.scratch  # the newly hardened wait here; a person's number is exact in a float
    keep, waiting = 0, 0
    for j in range(n):
        i = roll[first + j].who
        out = persons[i].status != 0
        newly = (not out) and j < unhardened and persons[i].hardened != 0
        if out or newly:
            units[u].prefix -= 1 if j < prefix else 0
            units[u].sure -= 1 if j < sure else 0
            units[u].unhardened -= 1 if j < unhardened else 0
            if newly:
                moved[waiting] = i
                waiting += 1
        else:
            roll[first + keep].theta = roll[first + j].theta
            roll[first + keep].who = i
            keep += 1
    for j in range(waiting):
        roll[first + keep].theta = np.inf
        roll[first + keep].who = int(moved[j])
        keep += 1
    units[u].n = keep


@loop
def insert(state: State, u: int, i: int) -> None:
    """Put person ``i`` on the roll of unit ``u``, in the place of their threshold. The slice must have room."""
    persons, units, roll = state.persons, state.units, state.roll
    first, n = units[u].first, units[u].n
    persons[i].unit = u
    units[u].n = n + 1
    if persons[i].hardened != 0:
        roll[first + n].theta = np.inf
        roll[first + n].who = i
        return
    theta = persons[i].theta
    end = units[u].unhardened
    if n > end:  # the first hardened member makes room at the end
        roll[first + n].theta = roll[first + end].theta
        roll[first + n].who = roll[first + end].who
    j = end
    while j > 0 and roll[first + j - 1].theta > theta:
        roll[first + j].theta = roll[first + j - 1].theta
        roll[first + j].who = roll[first + j - 1].who
        j -= 1
    roll[first + j].theta = theta
    roll[first + j].who = i
    units[u].unhardened = end + 1
    units[u].prefix += 1 if j < units[u].prefix else 0
    units[u].sure = min(units[u].sure, j)  # the pointer walks up again and pauses the newcomer's clock
    units[u].soonest = min(units[u].soonest, persons[i].harden_at)


@loop
def pause(state: State, i: int) -> None:
    """Stop the hardening clock of a person who is willing or in the programme's hands. Twice does nothing."""
    persons, units = state.persons, state.units
    if persons[i].harden_at != np.inf:
        persons[i].harden_left = persons[i].harden_at - units[persons[i].unit].clock
        persons[i].harden_at = np.inf


@loop
def resume(state: State, i: int) -> None:
    """Let the hardening clock of a person run on. Twice does nothing."""
    persons, units = state.persons, state.units
    u = persons[i].unit
    if persons[i].harden_at == np.inf:
        persons[i].harden_at = units[u].clock + persons[i].harden_left
        units[u].soonest = min(units[u].soonest, persons[i].harden_at)
