"""Slow quantities of a region under constant pressure: control, support, moral injury, militia and its neighbours."""

from __future__ import annotations

import math

import numpy as np

from muster.simulate.run import Simulation
from muster.simulate.verify.bench import case, formation, level, region, simulation
from muster.simulate.verify.check import Finding, equal, near, printed, sampled


def _front(fighters: float, engaged: float, militia: int, *, days: int = 730) -> Simulation:
    """A garrison of 300 for whom one opponent counts as one soldier, control starting at 0.8."""
    parameters = {"control.speed": 0.004, "combat.soldiers_per_fighter": 1.0}
    land = region(control=0.8, history=0.0, fighters=fighters)
    drivers = [level("engagement", engaged)]
    small = case([formation(300)], regions=[land], parameters=parameters, drivers=drivers, days=days)
    return simulation(small, thresholds=1e3, militia=[militia]).advance()


def control() -> list[Finding]:
    """Under a constant share against it, control moves along the logistic curve; between holding and attacking it is frozen."""

    def control_at_end(fighters: float, engaged: float, militia: int) -> float:
        return float(_front(fighters, engaged, militia).record.region["control"][-1, 0])

    expected = 1.0 / (1.0 + math.exp(-(math.log(4.0) + 730 * 0.004 * (1.0 - 2.0 * 0.7))))
    grown = 1.0 / (1.0 + math.exp(-(math.log(4.0) + 730 * 0.004 * (1.0 - 2.0 * 0.25))))
    return [
        printed("after 730 days with 0.7 against it, closed form", 0.5544, expected, 4),
        near("after 730 days with 0.7 against it, engine", expected, control_at_end(0.0, 0.0, 700), 1e-12),
        near("after 730 days with 0.25 against it, engine", grown, control_at_end(0.0, 0.0, 100), 1e-12),
        equal("under a ceasefire with 0.7 seated and none engaged, engine", 0.8, control_at_end(700.0, 0.0, 0)),
        near("with the same 0.7 engaged, engine", expected, control_at_end(700.0, 1.0, 0), 1e-12),
    ]


def opinion() -> list[Finding]:
    """Under constant harm support goes exponentially to where approach and return balance."""
    days, harm, per_death, memory = 600, 1.0, 0.1, 90.0  # per_death harm 1e5/1e6 = 0.01 a day
    parameters = {"public.per_death": per_death, "public.memory": memory}
    land = region(support=0.6, history=0.0)
    small = case([formation(100)], regions=[land], parameters=parameters, drivers=[level("crackdown_police", harm)], days=days)
    path = simulation(small, thresholds=1e3).advance().record.region["support"][:, 0]
    rest, rate = (0.01 + 0.6 / memory) / (0.01 + 1.0 / memory), 0.01 + 1.0 / memory
    curve = rest + (0.6 - rest) * np.exp(-rate * np.arange(days + 1))
    return [
        printed("support at rest, closed form", 0.7895, rest, 4),
        printed("rate of approach, closed form", 0.02111, rate, 5),
        near("support at rest, engine", rest, path[-1], 1e-5, "exp(-12.7) of the way is left"),
        near("largest distance from the curve, engine", 0.0, float(np.abs(path - curve).max()), 1e-12),
        near("rate of approach, engine", rate, float(-np.log((path[100] - rest) / (path[0] - rest)) / 100), 1e-10),
    ]


def injury() -> list[Finding]:
    """Under constant exposure x moral injury goes to x/(x + half), at the rate (1 + x/half)/memory; then it heals."""
    days, memory, half, harm, members = 400, 180.0, 0.01, 0.02, 1000
    parameters = {"resolve.memory": memory, "orders.half_injury": half, "resolve.weight_injury": 1.0, "orders.witness_share": 0.2}
    drivers = [level("crackdown_army", harm, last=days)]
    forces = [formation(members), formation(500, branch="support")]
    small = case(forces, regions=[region(history=0.0)], parameters=parameters, drivers=drivers, days=days + 180)
    run = simulation(small, thresholds=1e3).advance()
    x = 1000.0 * harm / members
    rest, rate = x / (x + half), (1.0 + x / half) / memory
    path = run.record.nation["drive"][:, 0, 0]
    seen = 0.2 * x
    witness = seen / (seen + half) * -math.expm1(-(1.0 + seen / half) * days / memory)
    reached = rest * -math.expm1(-rate * days)
    return [
        near("injury at rest, closed form", 2.0 / 3.0, rest, 1e-12),
        near("injury after 400 days, engine", reached, path[days], 1e-12),
        near("rate of approach, engine", rate, float(-np.log(1.0 - path[100] / rest) / 100), 1e-10),
        near("injury of those who only see it, engine", witness, run.record.nation["drive"][days, 1, 0], 1e-12),
        near("injury 180 days after it ended, engine", reached * math.exp(-1.0), path[days + 180], 1e-12),
    ]


def neighbours() -> list[Finding]:
    """Help across borders conserves fighters, wherever they stand, and losses are paid by those who sent them."""
    lands = [region(r, history=0.0, population=1e6 * (r + 1)) for r in range(4)]
    borders = [(0, 1), (1, 2)]  # the fourth region stands alone
    militia = [700, 110, 0, 50]
    parameters = {"militia.help": 0.3, "combat.fire_rate": 0.2, "combat.tip_quality": 2.0, "combat.soldiers_per_fighter": 5.0}
    forces = [formation(400, place=2)]
    small = case(forces, regions=lands, borders=borders, parameters=parameters, drivers=[level("arming", 0.6)], days=1)
    found, killed, expected = [], np.zeros(4), np.zeros(4)
    seeds = 100
    for seed in range(1, seeds + 1):
        run = simulation(small, seed=seed, thresholds=1e3, militia=militia).advance()
        killed += run.record.region["militia_killed"][1]
    local = run.state.regions["local"]
    found.append(near("armed militia present in all regions", 0.6 * sum(militia), float(local.sum()), 1e-9))
    found.append(near("armed militia where none lives", 0.6 * 0.3 * 110 / 2, float(local[2]), 1e-9))
    hits = float(run.state.regions["hits"][2])
    expected[1] = 110 * -math.expm1(-hits / 110)
    error = math.sqrt(expected[1] / seeds)
    found.append(sampled("killed of those who crossed into the fight", expected[1], killed[1] / seeds, error, "binomial"))
    return [*found, equal("killed of those who did not", 0, int(killed[[0, 2, 3]].sum()))]
