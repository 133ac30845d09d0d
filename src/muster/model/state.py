"""All that changes in a run: tables of records that compiled loops read and write as ``units[u].injury``.

Counts are whole numbers; rates are per day. A person is a row of `persons`, a unit's members are a slice of the *roll* (see
`roll`). Tables are numpy structured arrays: a loop passes a dozen of them around, not a hundred columns, and a person's
attributes lie side by side in memory. The roll alone is kept by column, for a day reads one column of many members.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.core.vocabulary import BRANCHES, TERMS

Table = Any  # a structured array: numpy's types do not know the fields of its records
Floats = NDArray[np.float64]

# Stages of a person in the programme's hands.
NONE, VETTING, LISTED = 0, 1, 2


def layout(**fields: Any) -> np.dtype[np.void]:
    """A record type from field names and numpy types."""
    return np.dtype(list(fields.items()), align=True)


PERSON = layout(
    key="u8",  # the person's luck
    harden_left="f8",  # what is left on the hardening clock while it is paused
    unit="i4",  # changes on merger only
    unit0="i4",  # the unit on entry
    theta="f4",  # threshold, sd
    service="f4",  # years served before day 0, 0 for entrants
    entered="i4",  # day
    left="i4",  # day, -1 while in service
    discharge="i4",  # day of discharge if nothing comes before
    next_discharge="i4",  # next person due on the same day, -1 at the end
    next_release="i4",  # next person whose vetting ends on the same day
    home="u1",  # region of origin
    cohort="u1",  # military or police x year of intake
    rank="u1",
    entry="u1",  # class of entry
    age="u1",  # years at entry, reporting only
    dependants="u1",  # has a family: needs places
    in_barracks="u1",  # the family lives in barracks: holds back
    hardened="u1",
    stage="u1",  # in the programme: NONE, VETTING, LISTED
    status="u1",  # a fate, 0 while in service
)

UNIT = layout(
    key="u8",
    first="i8",  # start of the slice of the roll
    shift="f8",  # the unit's part of thresholds, sd
    reference="f8",  # reference strength for the share of peers who left
    injury="f8",  # moral injury, 0-1
    loss="f8",  # belief from own losses, 0-1
    gone="f8",  # remembered voluntary exits, persons
    clock="f8",  # hardening clock: sum of hazard so far
    advance="f8",  # today's advance of it
    soonest="f8",  # no member hardens before the clock reads this
    drive="f8",  # common to the unit, sd
    terms=("f8", len(TERMS)),  # the drive's parts
    free="f8",  # free places of all units before this one, at the start of recruitment
    cap="i4",  # most members that recruits are posted up to
    n="i4",  # members
    unhardened="i4",  # members who have not hardened, sorted first
    prefix="i4",  # of these, the first that may be willing
    sure="i4",  # of these, the first that are willing whatever their ties
    prefix_floor="f4",  # `prefix` stays where it is while the drive that counts for it is at least this
    prefix_roof="f4",  # and below this
    sure_floor="f4",  # the same of `sure`
    sure_roof="f4",
    loose="i4",  # first unhardened place that has to be tidied, if any has
    marked="i4",  # unhardened places to be tidied
    vacant="i4",  # hardened places to be tidied
    n_start="i4",  # members at the start of the day
    n0="i4",  # members at day 0
    branch="u1",
    region="u1",
    closed="u1",
)

REGION = layout(
    key="u8",
    population="f8",
    youth="f8",
    history="f8",  # share of historical recruitment
    fighters="f8",  # of ethnic armed organisations seated here
    baseline0="f8",  # support before the crisis
    control0="f8",
    support="f8",
    control="f8",  # share under stable control
    log_odds="f8",  # of control
    local="f8",  # armed militia present, neighbours' help counted
    armed="f8",  # armed opponents: militia and engaged organisations
    ground="f8",  # fighting strength of the regime on the ground, soldiers
    threat="f8",  # 0 none ... 1 overwhelmed
    lethality="f8",  # expected regime killed per day
    tips="f8",  # quality of the regime's intelligence
    hits="f8",  # hits on armed opponents today
    hits_sent="f8",  # of the day's hits everywhere, those on militia this region has sent
    harm_ground="f8",  # civilians killed per day by ground fire
    harm_air="f8",
    harm_army="f8",  # in repression by the army
    harm_police="f8",
    harm_resistance="f8",
    militia="i8",
    strikes="i8",  # air strikes today
    attempt="f8",  # attempts per day of a willing person without a family in barracks
    most="f8",  # no willing person acts today with a greater probability
    exposure=("f8", len(BRANCHES)),  # civilian deaths per 1,000 members per day
    kept=("f8", len(BRANCHES)),  # share of moral injury that the day leaves
    heads=("i8", len(BRANCHES)),  # in service
    heads_start=("i8", len(BRANCHES)),  # the same at the start of the day
    post_first=("i8", 4),  # units of each posting group seated here: first,
    post_last=("i8", 4),  # and one beyond the last
    neighbour_first="i8",  # in the list of neighbours: first,
    neighbour_last="i8",  # and one beyond the last
)

GROUP = layout(  # weak ties: people of one home region, or of one intake
    gone="f8",  # remembered voluntary exits
    tie="f8",  # the tie's part of the drive today, sd
    ever="i8",  # persons ever in the force
)

DAY = layout(  # calendars
    hazard="f8",  # of discharge, summed up to and with the day
    discharge="i4",  # first person due for discharge, -1 none
    release="i4",  # first person whose vetting ends, -1 none
    cohort="i4",  # year class of who enters
    places_back="i8",
    stay_over="i8",  # households leaving the house
    stipend_over="i8",  # households whose stipend ends
)

REGIME = layout(
    people="i8",  # persons ever
    service="i8",  # in service
    military0="i8",  # soldiers at day 0
    air0="i8",
    exits="f8",  # remembered voluntary exits, 90 days
    security="f8",
    information="f8",
    arrest_risk="f8",
    shaming="f8",
    mean_control="f8",
    mean_control0="f8",
    draft_control="f8",  # mean control on the first draft day, nan before
    free="f8",  # free places of all units at the start of recruitment
    air_share="f8",  # of volunteers who go to the air force
    navy_share="f8",
    dependants_share="f8",  # of recruits
)

PROGRAMME = layout(
    places_used="i8",
    housed="i8",  # households
    settled="i8",  # households drawing the stipend after the house
    vetting="i8",
    waiting="i8",
    head="i8",  # of the waiting list
    tail="i8",
    admitted="f8",  # remembered, 90 days
    balance="f8",  # months of a private's pay
    paid_share="f8",
    credibility="f8",
)

CLASH = layout(mass="f8", moment="f8")  # sums of k^-a and k^(1-a) up to k killed


class Roll(NamedTuple):
    """The places of all units, one after the other, by column. Luck and ties are the person's, here for who is asked daily."""

    key: NDArray[np.uint64]  # the member's luck
    harden_at: Floats  # reading of the unit's hardening clock at which this member hardens; inf while paused
    theta: NDArray[np.float32]  # threshold, inf for the hardened
    due: NDArray[np.int32]  # the member's day of discharge
    who: NDArray[np.int32]  # person, -1 for one who has just left
    ties: NDArray[np.uint16]  # home, and 256 times cohort


class State(NamedTuple):
    """The whole of it. ``regime`` and ``programme`` are single records."""

    persons: Table
    units: Table  # in the order (posting group, region)
    roll: Roll
    regions: Table
    neighbours: NDArray[np.int32]  # regions that border, concatenated
    homes: Table  # groups by home region
    cohorts: Table  # groups by intake
    days: Table
    regime: Any
    programme: Any
    queue: NDArray[np.int32]  # waiting list, a ring of persons
    clashes: Table  # by killed, from 0
    ages: Floats  # cumulative shares of age at entry, by age
    scratch: Floats  # work space, as long as the largest unit


def empty_roll(places: int) -> Roll:
    """A roll of places that nobody holds."""
    return Roll(
        key=np.zeros(places, np.uint64),
        harden_at=np.full(places, np.inf),
        theta=np.full(places, np.inf, np.float32),
        due=np.full(places, -1, np.int32),
        who=np.full(places, -1, np.int32),
        ties=np.zeros(places, np.uint16),
    )


def one(kind: np.dtype[np.void]) -> Any:
    """A single record of zeros."""
    return np.zeros(1, kind)[0]


def copied(value: Any) -> Any:
    """A deep copy of a nest of named tuples of arrays, for checkpoints and branches."""
    if isinstance(value, tuple):
        return type(value)(*(copied(part) for part in value))
    return value.copy()
