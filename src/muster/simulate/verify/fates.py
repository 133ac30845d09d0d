"""What becomes of persons when hazards are constant: wastage, hardening, competing fates, a force at rest."""

from __future__ import annotations

import math
from statistics import mean, stdev

import numpy as np

from muster.core.vocabulary import EXITS
from muster.simulate.verify.bench import case, exits, formation, level, region, simulation
from muster.simulate.verify.check import Finding, equal, error_of_mean, near, printed, sampled

_NEVER = 1e3  # a threshold nobody's drive reaches
_READY = -1e3  # one that everybody's drive has reached


def _exponential(of: str, left: list[int], hazard: float, persons: int, days: int) -> list[Finding]:
    """How many are left under one constant hazard: the binomial law's mean and spread."""
    stay = math.exp(-hazard * days)
    variance = persons * stay * (1.0 - stay)
    spread, seeds = math.sqrt(variance), len(left)
    of_spread = spread / math.sqrt(2.0 * (seeds - 1))
    return [
        printed(f"left after {of}, closed form", 4819.1, persons * stay, 1),
        printed(f"standard deviation of those left after {of}, closed form", 49.97, spread, 2),
        sampled(f"left after {of}, engine", persons * stay, mean(left), error_of_mean(variance, seeds), "binomial"),
        sampled(f"standard deviation of those left after {of}, engine", spread, stdev(left), of_spread, f"{seeds} seeds"),
    ]


def one_hazard() -> list[Finding]:
    """Wastage alone, and hardening alone: exponential, and the same law."""
    persons, days, hazard, seeds = 10_000, 730, 1e-3, 40
    waste = case([formation(persons, units=10)], parameters={"exit.wastage": hazard}, regions=[region(history=0.0)], days=days)
    harm = 10.0  # deaths a day by 10,000 members: an exposure of 1 per 1,000
    drivers = [level("crackdown_army", harm)]
    harden = case([formation(persons, units=10)], parameters={"orders.hardening": hazard}, drivers=drivers, days=days)
    left, open_, stayed = [], [], []
    for seed in range(1, seeds + 1):
        run = simulation(waste, seed=seed, thresholds=_NEVER).advance()
        left.append(int(run.state.regime["service"]))
        run = simulation(harden, seed=seed, thresholds=_NEVER).advance()
        open_.append(int(run.state.units["unhardened"].sum()))
        stayed.append(int(run.state.regime["service"]))
    return [
        *_exponential("wastage", left, hazard, persons, days),
        *_exponential("hardening", open_, hazard, persons, days),
        equal("the hardened stay in service", persons * seeds, sum(stayed)),
        *_first_days(),
    ]


def _first_days() -> list[Finding]:
    """A hazard so strong that a day too early or too late would show."""
    persons, hazard = 40_000, 0.7
    force, quiet = [formation(persons, units=100)], [region(history=0.0)]
    waste = case(force, parameters={"exit.wastage": hazard}, regions=quiet, days=3)
    drivers = [level("crackdown_army", persons / 1000.0)]
    harden = case(force, parameters={"orders.hardening": hazard}, drivers=drivers, days=3)
    found = []
    for name, small in (("discharged", waste), ("hardened", harden)):
        rows = simulation(small, thresholds=_NEVER).advance().record.region
        heads = rows["strength"][:, 0, 0] - rows["hardened"][:, 0, 0]
        for day in (1, 2, 3):
            left = persons * math.exp(-hazard * day)
            error = math.sqrt(left * (1.0 - left / persons))
            found.append(
                sampled(f"neither gone nor {name} after day {day} of a strong hazard", left, heads[day], error, "binomial")
            )
    return found


def competing() -> list[Finding]:
    """Wastage and attempts compete for the willing. Wastage comes first on a day, so the sums are daily ones.

    With a = 1 - exp(-w), b = 1 - exp(-l): a person is discharged on a day with probability a, tries with (1 - a) b, and is
    asked again with exp(-w - l).
    """
    persons, days, wastage, attempts, caught = 100_000, 365, 0.002, 0.003, 0.25
    a, b = -math.expm1(-wastage), -math.expm1(-attempts)
    asked = -math.expm1(-(wastage + attempts) * days) / -math.expm1(-(wastage + attempts))
    tries = (1.0 - a) * b * asked
    expected = {"discharged": a * asked, "deserted": (1.0 - caught) * tries, "arrested": caught * tries}
    parameters = {
        "exit.wastage": wastage, "exit.attempt_rate": attempts, "security.arrest_low": caught, "security.arrest_high": caught,
    }  # fmt: skip
    small = case([formation(persons, units=100)], parameters=parameters, regions=[region(history=0.0)], days=days)
    gone = exits(simulation(small, thresholds=_READY).advance()) / persons
    found = []
    for fate, number, limit in (("discharged", 0.3360, 0.3355), ("deserted", 0.3771, 0.3775), ("arrested", 0.1257, 0.1258)):
        share = expected[fate]
        together = (wastage if fate == "discharged" else attempts * (caught if fate == "arrested" else 1.0 - caught)) / (
            wastage + attempts
        )
        smooth = together * -math.expm1(-(wastage + attempts) * days)
        error = math.sqrt(share * (1.0 - share) / persons)
        found.append(printed(f"share {fate}, daily recursion", number, share, 4))
        found.append(printed(f"share {fate}, steps without length", limit, smooth, 4))
        found.append(sampled(f"share {fate}, engine", share, gone[EXITS.index(fate)], error, "binomial"))
    return [*found, near("all fates", 1.0 - math.exp(-1.825), sum(expected.values()), 1e-12)]


def at_rest() -> list[Finding]:
    """Nothing moves the force: only wastage takes people, volunteers replace them, and its number stands still."""
    persons, days, wastage, seeds = 170_000, 1800, 1.5e-4, 2
    regions = [region(0, history=0.7), region(1, history=0.3, support=0.8)]
    forces = [formation(100_000, units=500), formation(70_000, units=350, place=1)]
    small = case(forces, regions=regions, parameters={"exit.wastage": wastage}, days=days)
    runs = [simulation(small, seed=seed).advance() for seed in range(1, seeds + 1)]
    gone = np.sum([exits(run) for run in runs], axis=0)
    intake = sum(int(run.record.region["intake"].sum()) for run in runs)
    last = mean(int(run.state.regime["service"]) for run in runs)
    error = error_of_mean(persons * -math.expm1(-2.0 * wastage * days), seeds)
    from_first = sum(int(run.record.region["intake"][:, 0].sum()) for run in runs) / intake
    daily = sum(int(run.record.region["exits"][1:].sum()) for run in runs) / days / seeds
    return [
        equal("left otherwise than by wastage", 0, int(gone.sum() - gone[EXITS.index("discharged")])),
        sampled("in service at the end", persons, last, error, "binomial of those at the start, Poisson of those who came"),
        sampled("discharged per day", wastage * persons, daily, math.sqrt(wastage * persons / days / seeds), "Poisson"),
        sampled("share of volunteers from the first region", 0.7, from_first, math.sqrt(0.21 / intake), "binomial"),
    ]
