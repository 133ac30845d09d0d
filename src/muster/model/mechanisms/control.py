"""Control: how firmly the regime holds a region.

Control grows only where the regime outweighs all who hold ground against it, and shrinks only where those who attack outweigh
it; between the two the front is frozen. A ceasefire therefore takes attackers away and hands no land back. Change is fastest
where control is contested, as Kalyvas finds for partial control.

    D = G + soldiers_per_strike strikes/dt,   P(x) = x_s x / (D + x_s x),   x_s = combat.soldiers_per_fighter
    logit A += speed dt [ max(0, 1 - 2 P(holders)) - max(0, 2 P(attackers) - 1) ],  |logit A| <= 7
    holders = armed militia + all seated fighters,  attackers = armed militia + engaged fighters
    unchanged where D < 1 and nobody attacks

Left out: townships and lines; the worth of terrain; administration without soldiers.
Sources: SAC-M 2022 (stable control of 17 % of the area) and 2024 (full authority lost over 86 %), definitions that do not
agree; Friedman 2011 on force ratios; Kalyvas 2006.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from muster.core.compile import kernel, loop
from muster.model.driver import Drivers
from muster.model.force_ratio import share_against
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.state import State
from muster.model.tally import Record

_FIRMEST = 7.0  # bound of the log-odds: 0.999


class Params(NamedTuple):
    """Parameters of control."""

    speed: Annotated[
        float, About("log-odds per day", "LogN(0.008, 0.4)", "pace of change when one side is unopposed", "SAC-M 2022, 2024", "C")
    ] = 0.009
    soldiers_per_strike: Annotated[
        float, About("soldiers", "U(20, 400)", "soldiers replaced by one strike a day", "judgement", "F")
    ] = 100.0


@kernel
def pull(against_holders: float, against_attackers: float) -> float:
    """Direction and pace of control, -1 to 1."""
    return max(0.0, 1.0 - 2.0 * against_holders) - max(0.0, 2.0 * against_attackers - 1.0)


@loop
def step(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Move control in every region, then the mean that soldiers hear of (by population)."""
    regions, regime, p = state.regions, state.regime, parameters.control
    x, total, people = parameters.combat.soldiers_per_fighter, 0.0, 0.0
    for r in range(len(regions)):
        strength = regions[r].ground + p.soldiers_per_strike * regions[r].strikes / dt
        attackers = regions[r].armed
        holders = regions[r].local + regions[r].fighters
        if strength >= 1.0 or attackers > 0.0:
            way = pull(share_against(holders, strength, x), share_against(attackers, strength, x))
            moved = regions[r].log_odds + p.speed * dt * way
            regions[r].log_odds = min(_FIRMEST, max(-_FIRMEST, moved))
            if way != 0.0:
                regions[r].control = 1.0 / (1.0 + math.exp(-regions[r].log_odds))
        total += regions[r].population * regions[r].control
        people += regions[r].population
    regime.mean_control = total / people


MECHANISM = Mechanism(
    name="control",
    params=Params,
    reads=(
        "regions.population", "regions.ground", "regions.strikes", "regions.armed", "regions.local", "regions.fighters",
        "regions.log_odds", "regions.control",
    ),
    writes=("regions.log_odds", "regions.control", "regime.mean_control"),
    formulas=(share_against, pull),
)  # fmt: skip
