"""Air power: strikes stand in for missing men.

Strikes answer threat on the ground: as soldiers become few, more of the clashes bring an aircraft. They fall off as the air
force itself loses people. Each strike kills opponents and civilians; what that does to control, support and the militia is an
outcome of the model and not assumed.

    strikes ~ Poisson(strikes_per_clash p (L / m_200) min(1, N_air / N_air,0))       per region and day
    hits on opponents += militia_per_strike strikes
    civilians killed = civilians_per_strike strikes

Left out: aircraft, fuel and weather; the navy, whose gunfire is counted with the ground; aircraft moving between regions.
Sources: ISP-Myanmar 2024 (more than 2,000 strikes before 27 October 2023, 3,800 in the nine months after); Myanmar Now 2023
(686 civilians killed in 902 strikes); Kocher, Pepinsky and Kalyvas 2011 (bombing moved control to the other side).
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from muster.core.compile import kernel, loop
from muster.core.draws import name_key, poisson, uniform
from muster.model.driver import Drivers
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.state import State
from muster.model.tally import AIR_FORCE, Record

_STRIKE = name_key("airpower.strike")
_USUAL_UNIT = 200  # members of a usual battalion: turns expected losses into clashes, also where the garrison is gone


class Params(NamedTuple):
    """Parameters of air power."""

    strikes_per_clash: Annotated[
        float,
        About("strikes per clash", "LogN(0.3, 0.5)", "air strikes per clash at full threat", "strike counts, ISP 2024", "C"),
    ] = 0.25
    civilians_per_strike: Annotated[
        float, About("killed per strike", "LogN(0.76, 0.3)", "civilians killed", "686 in 902 strikes, Myanmar Now 2023", "D")
    ] = 0.76
    militia_per_strike: Annotated[float, About("killed per strike", "U(0.2, 3)", "armed opponents killed", "judgement", "F")] = (
        1.0
    )


@kernel
def expected_strikes(per_clash: float, threat: float, clashes: float, readiness: float) -> float:
    """Strikes per day in a region."""
    return per_clash * threat * clashes * readiness


@loop
def step(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Strikes of the day, their hits and the civilians they kill."""
    regions, regime, p = state.regions, state.regime, parameters.airpower
    air = 0
    for r in range(len(regions)):
        air += regions[r].heads_start[AIR_FORCE]
    readiness = min(1.0, air / max(float(regime.air0), 1.0))
    usual = min(_USUAL_UNIT, len(state.clashes) - 1)
    per_clash = state.clashes[usual].moment / state.clashes[usual].mass
    for r in range(len(regions)):
        mean = expected_strikes(p.strikes_per_clash, regions[r].threat, regions[r].lethality / per_clash, readiness)
        strikes = poisson(uniform(regions[r].key, _STRIKE, t, 0), mean * dt)
        regions[r].strikes = strikes
        regions[r].hits = p.militia_per_strike * strikes
        regions[r].harm_air = p.civilians_per_strike * strikes / dt
        record.region[t, r].strikes += strikes


MECHANISM = Mechanism(
    name="airpower",
    params=Params,
    reads=(
        "regions.key", "regions.threat", "regions.lethality", "regions.heads_start", "regime.air0",
        "clashes.mass", "clashes.moment",
    ),
    writes=("regions.strikes", "regions.hits", "regions.harm_air"),
    streams=("airpower.strike",),
    formulas=(expected_strikes,),
)  # fmt: skip
