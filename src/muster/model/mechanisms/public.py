"""The public: support for the resistance, and the shaming of soldiers.

Harm done by the regime moves people towards the resistance, harm done by the resistance moves them away, and without harm
support drifts back to a baseline that the events of the case set. The more support has grown beyond what it was before the
crisis, the more hostile the public a soldier meets and reads: "military dogs".

    u = per_death (1e5/pop) harm by the regime,   v = resistance_weight per_death (1e5/pop) harm by the resistance
    k = u + v + 1/memory,   s* = (u + b/memory)/k,   s <- s* + (s - s*) exp(-k dt)
    shaming Z = campaign sum pop max(0, s - b0)/(1 - b0) / sum pop

Left out: fear (harm that silences), class and ethnicity, media other than by the campaign driver.
Sources: Condra and Shapiro 2012 (both sides are punished), Shaver and Shapiro 2021 (the effect fades within weeks in Iraq);
Frontier Myanmar 2021 ("social punishment").
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from muster.core.compile import kernel, loop
from muster.model.driver import Drivers
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.state import State
from muster.model.tally import Record


class Params(NamedTuple):
    """Parameters of the public."""

    per_death: Annotated[
        float,
        About("per death per 100,000", "LogN(0.1, 0.8)", "rate at which harm moves opinion", "fall of academy applications", "P"),
    ] = 0.1
    resistance_weight: Annotated[
        float, About("1", "U(0, 1)", "a death by the resistance weighs this against one by the regime", "judgement", "F")
    ] = 0.3
    memory: Annotated[
        float,
        About(
            "days",
            "U(28, 365)",
            "return of opinion to its baseline",
            "under four weeks in Iraq, Shaver 2021; judgement",
            "F",
            True,
        ),
    ] = 90.0


@kernel
def pressure(per_death: float, harm: float, population: float) -> float:
    """Rate per day at which a day's harm moves opinion."""
    return per_death * harm * 1e5 / population


@kernel
def opinion(support: float, towards: float, away: float, baseline: float, memory: float, dt: float) -> float:
    """Support after ``dt`` days of constant pressure towards and away; never leaves [0, 1]."""
    rate = towards + away + 1.0 / memory
    rest = (towards + baseline / memory) / rate
    return rest + (support - rest) * math.exp(-rate * dt)


@kernel
def hostility(support: float, before: float) -> float:
    """How far support has grown of what it could, since before the crisis, 0-1."""
    return max(0.0, support - before) / (1.0 - before)


@loop
def step(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Harm of the day, support it leaves, and the shaming that soldiers meet."""
    regions, regime, p = state.regions, state.regime, parameters.public
    total, people = 0.0, 0.0
    for r in range(len(regions)):
        regions[r].harm_army = drivers.region[t, r].crackdown_army
        regions[r].harm_police = drivers.region[t, r].crackdown_police
        repression = regions[r].harm_army + regions[r].harm_police
        harm = regions[r].harm_ground + regions[r].harm_air + repression
        towards = pressure(p.per_death, harm, regions[r].population)
        away = p.resistance_weight * pressure(p.per_death, regions[r].harm_resistance, regions[r].population)
        regions[r].support = opinion(regions[r].support, towards, away, drivers.region[t, r].baseline, p.memory, dt)
        total += regions[r].population * hostility(regions[r].support, regions[r].baseline0)
        people += regions[r].population
        record.region[t, r].harm_ground += regions[r].harm_ground * dt
        record.region[t, r].harm_air += regions[r].harm_air * dt
        record.region[t, r].harm_crackdown += repression * dt
        record.region[t, r].harm_resistance += regions[r].harm_resistance * dt
    regime.shaming = drivers.nation[t].shaming * total / people


MECHANISM = Mechanism(
    name="public",
    params=Params,
    reads=(
        "regions.population", "regions.harm_army", "regions.harm_police", "regions.harm_ground", "regions.harm_air",
        "regions.harm_resistance", "regions.support", "regions.baseline0",
    ),
    writes=("regions.harm_army", "regions.harm_police", "regions.support", "regime.shaming"),
    drivers=("crackdown_army", "crackdown_police", "baseline", "shaming"),
    formulas=(pressure, opinion, hostility),
)  # fmt: skip
