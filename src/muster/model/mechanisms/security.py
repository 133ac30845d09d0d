"""Security: the regime's counter-measures inside the barracks.

Exits alarm the regime. It tightens guard, takes phones and closes contact to the outside, all of which one index from 0 to 1
carries, because the defector network reports them together as the reason why numbers fell. Tightening costs soldiers
information (what others do, how the war goes, the offer, the shaming) and raises the chance that an attempt is caught.

    e <- e exp(-dt/90) + voluntary exits of the day          (defected, deserted, surrendered)
    S <- S* + (S - S*) exp(-dt/reaction),   S* = 1 - exp(-(1000 e/N) / alarm)
    c = (1 - information_lost S)(1 - blackout)               information
    q = arrest_low + (arrest_high - arrest_low) S            chance that an unaided attempt is caught

Left out: differences between units and regions; purges; the cost of guarding.
Sources: VOA, January 2023 (tightened security, restricted information and contact behind the fall in defections).
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from muster.core.compile import kernel, loop
from muster.model.driver import Drivers
from muster.model.leaky import approach, fade
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.state import State
from muster.model.tally import Record

MEMORY = 90.0  # days over which "exits" and "admissions" are remembered: the window of the definition, not a parameter


class Params(NamedTuple):
    """Parameters of security."""

    alarm: Annotated[
        float,
        About(
            "exits per 1,000 in 90 d",
            "LogN(2.5, 0.6)",
            "exits at which tightening reaches 63 %",
            "when tightening began",
            "C",
            True,
        ),
    ] = 1.7
    reaction: Annotated[
        float,
        About("days", "U(60, 300)", "time to tighten or relax", "decline visible within one to two years, VOA 2023", "F", True),
    ] = 200.0
    information_lost: Annotated[
        float, About("share", "U(0.4, 0.9)", "information lost at full tightening", "VOA 2023; value judgement", "F")
    ] = 0.7
    arrest_low: Annotated[
        float, About("probability", "Beta(4, 16)", "attempt caught when security is lax", "failed first attempts reported", "P")
    ] = 0.18
    arrest_high: Annotated[float, About("probability", "U(0.3, 0.7)", "attempt caught at full tightening", "judgement", "F")] = (
        0.5
    )


@kernel
def alarm_level(exits: float, service: float, alarm: float) -> float:
    """The index that remembered exits call for, 0-1."""
    return 1.0 - math.exp(-(1000.0 * exits / max(service, 1.0)) / alarm)


@kernel
def information(security: float, lost: float, blackout: float) -> float:
    """Access to information from outside the unit, 0-1."""
    return (1.0 - lost * security) * (1.0 - blackout)


@loop
def step(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Update the index, information and the risk of arrest from the exits up to yesterday."""
    regime, p = state.regime, parameters.security
    regime.exits *= fade(MEMORY, dt)
    target = alarm_level(regime.exits, float(regime.service), p.alarm)
    regime.security = approach(regime.security, target, p.reaction, dt)
    regime.information = information(regime.security, p.information_lost, drivers.nation[t].blackout)
    regime.arrest_risk = p.arrest_low + (p.arrest_high - p.arrest_low) * regime.security


MECHANISM = Mechanism(
    name="security",
    params=Params,
    reads=("regime.exits", "regime.service", "regime.security"),
    writes=("regime.exits", "regime.security", "regime.information", "regime.arrest_risk"),
    drivers=("blackout",),
    formulas=(alarm_level, information),
)
