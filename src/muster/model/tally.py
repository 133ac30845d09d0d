"""What a run keeps of each day, a row a day and region and a row a day; and the codes compiled code goes by."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.core.vocabulary import BRANCHES, ENTRIES, EXITS, FATES, MOTIVES, TERMS
from muster.model.state import Table, layout

# Codes of `core.vocabulary`, for compiled code.
INFANTRY, SUPPORT_TROOPS, AIR_FORCE, NAVY, POLICE = range(5)
IN_SERVICE, DEFECTED, DESERTED, ARRESTED, KILLED, SURRENDERED, DISCHARGED, PRISONER = range(8)
VOLUNTEER, CONSCRIPT, RECALLED, LOWERED_STANDARD = range(4)
OTHER_RANK, NCO, OFFICER = range(3)
INJURY_TERM, SHAMING_TERM, LOSING_TERM, OFFER_TERM, RISK_TERM, PEERS_TERM = range(6)
DORMANT, MOTIVE_INJURY, MOTIVE_SHAMING, MOTIVE_LOSING, MOTIVE_OFFER, MOTIVE_PEERS = range(6)

_B = len(BRANCHES)
BY_REGION = layout(  # units and meanings stand in `simulate.recorder`
    control="f8",
    support="f8",
    armed_opponents="f8",
    threat="f8",
    harm_ground="f8",
    harm_air="f8",
    harm_crackdown="f8",
    harm_resistance="f8",
    fighters_lost="f8",
    militia="i4",
    clashes="i4",
    own_initiative="i4",
    breaks="i4",
    overrun="i4",
    strikes="i4",
    militia_joined="i4",
    militia_killed="i4",
    militia_left="i4",
    strength=("i4", _B),
    willing=("i4", _B),
    hardened=("i4", _B),
    exits=("i4", (_B, len(EXITS))),
    intake=("i4", len(ENTRIES)),
)
BY_NATION = layout(
    security="f8",
    information="f8",
    arrest_risk="f8",
    shaming="f8",
    mean_control="f8",
    places="f8",
    balance="f8",
    income="f8",
    cash_paid="f8",
    stipend_paid="f8",
    stipend_owed="f8",
    credibility="f8",
    drive=("f8", (_B, len(TERMS))),
    motives=("f8", (_B, len(MOTIVES))),
    contacts="i4",
    vetting="i4",
    waiting="i4",
    admitted="i4",
    arrested_leaving="i4",
    lost_waiting="i4",
    changed_mind="i4",
    blocked_family="i4",
    joined_militia="i4",
    places_used="i4",
    housed="i4",
    settled="i4",
    turned_away="i4",
)


class Record(NamedTuple):
    """What a run keeps."""

    region: Table  # [day, region]
    nation: Table  # [day]
    units: NDArray[np.int32]  # [unit on entry, fate] persons who left


def empty_record(days: int, regions: int, units: int) -> Record:
    """Room for days 0 to ``days``."""
    return Record(
        region=np.zeros((days + 1, regions), BY_REGION),
        nation=np.zeros(days + 1, BY_NATION),
        units=np.zeros((units, len(FATES)), np.int32),
    )
