"""What a run keeps of each day, and under which names it is handed out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from muster.core.compile import kernel, loop
from muster.model.driver import Drivers
from muster.model.state import State
from muster.model.tally import Record


@dataclass(frozen=True, slots=True)
class Recorded:
    """A quantity a run records: its axes, unit and meaning. ``flow``: a count of the day, else a state at its end."""

    dims: tuple[str, ...]
    unit: str
    meaning: str
    flow: bool


def _region(unit: str, meaning: str, *, flow: bool) -> Recorded:
    return Recorded(("day", "region"), unit, meaning, flow)


def _nation(unit: str, meaning: str, *, flow: bool) -> Recorded:
    return Recorded(("day",), unit, meaning, flow)


_HEADS = ("day", "region", "branch")
RECORDED: dict[str, Recorded] = {
    "strength": Recorded(_HEADS, "persons", "in service at the end of the day", flow=False),
    "willing": Recorded(_HEADS, "persons", "willing to leave, before the day's exits", flow=False),
    "hardened": Recorded(_HEADS, "persons", "hardened and in service", flow=False),
    "exits": Recorded((*_HEADS, "fate"), "persons per day", "left the force", flow=True),
    "intake": Recorded(("day", "region", "entry"), "persons per day", "joined the force, by home region", flow=True),
    "drive": Recorded(("day", "branch", "term"), "sd", "mean term of the drive over persons in service", flow=False),
    "motives": Recorded(("day", "branch", "motive"), "persons per day", "voluntary exits by motive", flow=True),
    "control": _region("share", "under stable control of the regime", flow=False),
    "support": _region("share", "support for the resistance", flow=False),
    "militia": _region("persons", "local militia", flow=False),
    "armed_opponents": _region("persons", "armed militia and engaged fighters", flow=False),
    "threat": _region("share", "of local strength that stands against the regime", flow=False),
    "clashes": _region("per day", "clashes of units", flow=True),
    "own_initiative": _region("per day", "clashes the regime began", flow=True),
    "breaks": _region("per day", "units that broke in a clash", flow=True),
    "overrun": _region("per day", "units overrun", flow=True),
    "strikes": _region("per day", "air strikes", flow=True),
    "harm_ground": _region("killed per day", "expected civilians killed by ground fire", flow=True),
    "harm_air": _region("killed per day", "expected civilians killed by strikes", flow=True),
    "harm_crackdown": _region("killed per day", "civilians killed in repression (data)", flow=True),
    "harm_resistance": _region("killed per day", "expected civilians killed by the resistance", flow=True),
    "militia_joined": _region("persons per day", "joined the militia", flow=True),
    "militia_killed": _region("persons per day", "militia killed", flow=True),
    "militia_left": _region("persons per day", "left the militia", flow=True),
    "fighters_lost": _region("persons per day", "hits on ethnic armed organisations (counted, not taken)", flow=True),
    "security": _nation("index", "tightening inside the barracks, 0-1", flow=False),
    "information": _nation("share", "access to information, 0-1", flow=False),
    "arrest_risk": _nation("probability", "an unaided attempt is caught", flow=False),
    "shaming": _nation("index", "public hostility to soldiers, 0-1", flow=False),
    "mean_control": _nation("share", "control, mean by population", flow=False),
    "contacts": _nation("persons per day", "contacted by the programme", flow=True),
    "vetting": _nation("persons", "being vetted", flow=False),
    "waiting": _nation("persons", "on the waiting list", flow=False),
    "admitted": _nation("persons per day", "taken out by the programme", flow=True),
    "arrested_leaving": _nation("persons per day", "caught while being taken out", flow=True),
    "lost_waiting": _nation("persons per day", "gone otherwise while vetted or waiting", flow=True),
    "changed_mind": _nation("persons per day", "no longer willing at the head of the list", flow=True),
    "blocked_family": _nation("days", "a place was free but not enough for the family at the head", flow=True),
    "joined_militia": _nation("persons per day", "defectors who joined the militia", flow=True),
    "places": _nation("places", "offered", flow=False),
    "places_used": _nation("places", "taken", flow=False),
    "housed": _nation("households", "in houses", flow=False),
    "settled": _nation("households", "drawing the stipend after the house", flow=False),
    "balance": _nation("months of pay", "of the programme", flow=False),
    "income": _nation("months of pay per day", "of the programme", flow=True),
    "cash_paid": _nation("months of pay per day", "rewards", flow=True),
    "stipend_paid": _nation("months of pay per day", "stipends", flow=True),
    "stipend_owed": _nation("months of pay per day", "stipends due", flow=True),
    "credibility": _nation("share", "of the offer, 0-1", flow=False),
    "turned_away": _nation("persons per day", "recruits for whom no unit had a place", flow=True),
}


@loop
def _record_units(state: State, record: Record, t: int) -> None:
    """Hardened by region and branch, and the mean drive by branch, over persons."""
    units = state.units
    row = record.nation[t]
    for u in range(len(units)):
        b, n = units[u].branch, units[u].n
        record.region[t, units[u].region].hardened[b] += n - units[u].unhardened
        for term in range(len(units[u].terms)):
            row.drive[b, term] += n * units[u].terms[term]
    for b in range(len(row.drive)):
        heads = 0
        for r in range(len(state.regions)):
            heads += state.regions[r].heads[b]
        for term in range(len(row.drive[b])):
            row.drive[b, term] /= max(heads, 1.0)


@loop
def _record_regions(state: State, record: Record, t: int) -> None:
    regions = state.regions
    for r in range(len(regions)):
        row = record.region[t, r]
        row.control = regions[r].control
        row.support = regions[r].support
        row.militia = regions[r].militia
        row.armed_opponents = regions[r].armed
        row.threat = regions[r].threat
        for b in range(len(regions[r].heads)):
            row.strength[b] = regions[r].heads[b]


@kernel
def close_record(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """States at the end of the day; flows were counted where they happened."""
    regime, programme, days = state.regime, state.programme, state.days
    _record_units(state, record, t)
    _record_regions(state, record, t)
    row = record.nation[t]
    row.security = regime.security
    row.information = regime.information
    row.arrest_risk = regime.arrest_risk
    row.shaming = regime.shaming
    row.mean_control = regime.mean_control
    row.vetting = programme.vetting
    row.waiting = programme.waiting
    row.places = drivers.nation[t].places
    row.places_used = programme.places_used
    row.housed = programme.housed
    row.settled = programme.settled
    row.balance = programme.balance
    row.credibility = programme.credibility
    if t > 0:
        days[t].hazard = days[t - 1].hazard + parameters.exit.wastage * dt


def named(record: Record, days: int) -> dict[str, np.ndarray]:
    """The record as one array a quantity, days 0 to ``days``, in the order of `RECORDED`."""
    tables = (record.region[: days + 1], record.nation[: days + 1])
    found = {name: table[name] for table in tables for name in table.dtype.names or ()}
    return {name: np.ascontiguousarray(found[name]) for name in RECORDED}
