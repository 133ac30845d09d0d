"""The militia: young people join it where support is high, neighbours help each other, and fire thins it.

The same support that dries up the army's volunteers feeds the militia. Part of its strength lends itself across borders of
regions without being counted twice. Hits on a region's armed opponents fall on militia and on engaged organisations in
proportion; the militia's share is paid by the regions that sent the fighters.

    joining ~ Poisson(rising joining_rate Y s),   leaving ~ Binomial(R, 1 - exp(-wastage dt))
    local = arming [ (1 - help) R 1(deg > 0) + R 1(deg = 0) + help sum over neighbours R_a/deg_a ]
    armed = local + engagement fighters
    killed_a ~ Binomial(R_a, 1 - exp(-hits_a/R_a)),   hits_a by what a sent

Left out: the militia's own order of battle, desertion to the regime, its brutality to its own; organisations' losses (counted).
Sources: Irrawaddy, November 2022 (65,000 fighters); Than Lwin Times 2022 (young people of Magway and Sagaing).
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

import numpy as np

from muster.core.compile import kernel, loop
from muster.core.draws import binomial, name_key, poisson, uniform
from muster.model.driver import Drivers
from muster.model.leaky import chance
from muster.model.mechanism import Mechanism
from muster.model.parameter import About
from muster.model.state import State
from muster.model.tally import Record

_JOIN = name_key("militia.join")
_LEAVE = name_key("militia.leave")
_KILLED = name_key("militia.killed")


class Params(NamedTuple):
    """Parameters of the militia."""

    joining_rate: Annotated[
        float,
        About("per eligible person-day", "LogN(2e-5, 0.4)", "joining at full support", "65,000 by Nov 2022, Irrawaddy", "C"),
    ] = 2e-5
    wastage: Annotated[
        float, About("per day", "U(1e-4, 1e-3)", "leaving the militia", "individual exits from the FARC, judgement", "F")
    ] = 3e-4
    help: Annotated[
        float, About("share", "U(0, 0.3)", "of a region's militia that serves across its borders", "judgement", "F")
    ] = 0.1


@kernel
def stays(help: float, neighbours: int) -> float:
    """Share of a region's militia that fights at home."""
    return 1.0 - help if neighbours > 0 else 1.0


@kernel
def killed_share(hits: float, fighters: float) -> float:
    """Probability that a fighter is killed when ``hits`` fall at random on ``fighters``."""
    return -np.expm1(-hits / fighters) if fighters > 0.0 else 0.0


@loop
def _degree(state: State, r: int) -> int:
    """Number of regions that border region ``r``."""
    return state.regions[r].neighbour_last - state.regions[r].neighbour_first


@loop
def gather(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Who stands where: armed militia with neighbours' help, and all armed opponents."""
    regions, share = state.regions, parameters.militia.help
    neighbours = state.neighbours
    for r in range(len(regions)):
        present = stays(share, _degree(state, r)) * regions[r].militia
        for k in range(regions[r].neighbour_first, regions[r].neighbour_last):
            a = neighbours[k]
            present += share * regions[a].militia / _degree(state, a)
        regions[r].local = drivers.nation[t].arming * present
        regions[r].armed = regions[r].local + drivers.region[t, r].engagement * regions[r].fighters


@loop
def suffer(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Losses from the day's hits, paid by the regions that sent the fighters."""
    regions, share = state.regions, parameters.militia.help
    neighbours = state.neighbours
    for r in range(len(regions)):
        regions[r].hits_sent = 0.0
    for r in range(len(regions)):
        if regions[r].armed <= 0.0:
            continue
        on_militia = regions[r].hits * regions[r].local / regions[r].armed
        record.region[t, r].fighters_lost += regions[r].hits - on_militia
        if regions[r].local <= 0.0:
            continue
        per_head = on_militia * drivers.nation[t].arming / regions[r].local
        regions[r].hits_sent += per_head * stays(share, _degree(state, r)) * regions[r].militia
        for k in range(regions[r].neighbour_first, regions[r].neighbour_last):
            a = neighbours[k]
            regions[a].hits_sent += per_head * share * regions[a].militia / _degree(state, a)
    for r in range(len(regions)):
        p = killed_share(regions[r].hits_sent, float(regions[r].militia))
        killed = binomial(uniform(regions[r].key, _KILLED, t, 0), regions[r].militia, p)
        regions[r].militia -= killed
        record.region[t, r].militia_killed += killed


@loop
def recruit(state: State, parameters: Any, drivers: Drivers, record: Record, t: int, dt: float) -> None:
    """Those who join and those who leave for good."""
    regions, p = state.regions, parameters.militia
    for r in range(len(regions)):
        mean = drivers.nation[t].rising * p.joining_rate * regions[r].youth * regions[r].support * dt
        joined = poisson(uniform(regions[r].key, _JOIN, t, 0), mean)
        left = binomial(uniform(regions[r].key, _LEAVE, t, 0), regions[r].militia, chance(p.wastage, dt))
        regions[r].militia += joined - left
        record.region[t, r].militia_joined += joined
        record.region[t, r].militia_left += left


MECHANISM = Mechanism(
    name="militia",
    params=Params,
    reads=(
        "regions.key", "regions.youth", "regions.support", "regions.fighters", "regions.neighbour_first",
        "regions.neighbour_last", "state.neighbours",
        "regions.militia", "regions.local", "regions.armed", "regions.hits", "regions.hits_sent",
    ),
    writes=("regions.militia", "regions.local", "regions.armed", "regions.hits_sent"),
    drivers=("arming", "engagement", "rising"),
    streams=("militia.join", "militia.leave", "militia.killed"),
    formulas=(stays, killed_share),
)  # fmt: skip
