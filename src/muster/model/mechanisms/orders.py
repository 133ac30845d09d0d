"""Orders to harm civilians: they injure some who carry them out and harden others.

Exposure of a unit is what its branch in its region was ordered to do: deaths per 1,000 members per day. All members of a unit
share it, for orders go to units; nobody can defy them, which is imposed and not explained. Injury grows with exposure and
heals slowly; under the same exposure members who are not willing to leave harden one by one, at a hazard in proportion, and
then stay whatever comes.

    x = 1000 deaths/day / max(members of the group, 100)
      infantry: its share of ground fire, army crackdown;  police: crackdown, its share at the front;
      support and navy: witness_share x of the infantry there;  air force: all strikes over all its members
    M <- M* + (M - M*) exp(-(1 + x/half_injury) dt/memory),   M* = x/(x + half_injury)
    hardening hazard = hardening x

The first specification gave the navy the air force's exposure; here the navy, which bombs nobody, sees what support troops see.
Left out: a person's own deeds, refusals, post-traumatic stress. Injury is the unit's because orders are.
Sources: Litz 2009 for the notion; Williamson et al. 2018; vignette experiments on guilt ("To shoot or not to shoot", 2022).
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from muster.core.compile import kernel, loop
from muster.model.driver import Drivers
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.state import State
from muster.model.tally import AIR_FORCE, INFANTRY, NAVY, POLICE, SUPPORT_TROOPS, Record

_FEWEST = 100.0  # members below which a group's exposure per head is not taken to grow further


class Params(NamedTuple):
    """Parameters of orders."""

    half_injury: Annotated[
        float,
        About(
            "deaths per 1,000 per day", "LogN(0.02, 1)", "exposure that injures halfway", "regional contrast in exits", "P", True
        ),
    ] = 0.01
    hardening: Annotated[
        float, About("per day per exposure", "LogN(0.01, 1)", "hazard of hardening per unit of exposure", "testimony", "P")
    ] = 0.02
    witness_share: Annotated[
        float, About("share", "U(0, 0.5)", "exposure of those who see and do not fire", "judgement", "F")
    ] = 0.2


@kernel
def exposure(deaths: float, members: float) -> float:
    """Civilian deaths ordered from a group per 1,000 of its members per day."""
    return 1000.0 * deaths / max(members, _FEWEST)


@kernel
def injury_at_rest(x: float, half: float) -> float:
    """Moral injury under exposure that never ends, 0-1."""
    return x / (x + half)


@kernel
def injured(injury: float, x: float, half: float, memory: float, dt: float) -> float:
    """Moral injury after ``dt`` days of constant exposure (Rescorla and Wagner's learning with forgetting)."""
    rest = injury_at_rest(x, half)
    return rest + (injury - rest) * math.exp(-(1.0 + x / half) * dt / memory)


@loop
def expose(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Exposure by region and branch, from the harm of the day and the heads at its start."""
    regions, witness = state.regions, parameters.orders.witness_share
    from_air, air = 0.0, 0.0
    for r in range(len(regions)):
        from_air += regions[r].harm_air
        air += regions[r].heads_start[AIR_FORCE]
    for r in range(len(regions)):
        infantry = float(regions[r].heads_start[INFANTRY])
        part = infantry / regions[r].ground if regions[r].ground > 0.0 else 0.0
        by_infantry = part * regions[r].harm_ground + regions[r].harm_army
        by_police = (1.0 - part) * regions[r].harm_ground + regions[r].harm_police
        regions[r].exposure[INFANTRY] = exposure(by_infantry, infantry)
        regions[r].exposure[SUPPORT_TROOPS] = witness * regions[r].exposure[INFANTRY]
        regions[r].exposure[NAVY] = witness * regions[r].exposure[INFANTRY]
        regions[r].exposure[AIR_FORCE] = exposure(from_air, air)
        regions[r].exposure[POLICE] = exposure(by_police, float(regions[r].heads_start[POLICE]))


@loop
def injure(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Moral injury of every unit, and how far its hardening clock goes today."""
    units, regions, p = state.units, state.regions, parameters.orders
    memory = parameters.resolve.memory
    for r in range(len(regions)):
        for b in range(len(regions[r].exposure)):
            regions[r].kept[b] = math.exp(-(1.0 + regions[r].exposure[b] / p.half_injury) * dt / memory)
    for u in range(len(units)):
        r, b = units[u].region, units[u].branch
        x = regions[r].exposure[b]
        rest = injury_at_rest(x, p.half_injury)
        units[u].injury = rest + (units[u].injury - rest) * regions[r].kept[b]  # `injured`, one exponential a group
        units[u].advance = p.hardening * x * dt


MECHANISM = Mechanism(
    name="orders",
    params=Params,
    reads=(
        "regions.heads_start", "regions.ground", "regions.harm_ground", "regions.harm_army",
        "regions.harm_police", "regions.harm_air", "regions.exposure", "regions.kept", "units.region", "units.branch",
        "units.injury",
    ),
    writes=("regions.exposure", "regions.kept", "units.injury", "units.advance"),
    formulas=(exposure, injury_at_rest, injured),
)  # fmt: skip
