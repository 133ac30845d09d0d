"""Combat in a region of one's own: Lanchester, Deitchman, Kress and Szechtman; and how unequal clashes are."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import fmean, stdev

import numpy as np

from muster.core.vocabulary import EXITS
from muster.model.mechanisms.combat import break_point, clash_size, mean_size
from muster.model.populate import clash_tables
from muster.simulate.verify.bench import case, formation, level, region, simulation
from muster.simulate.verify.check import Finding, below, equal, near, printed, sampled
from muster.simulate.verify.laws_of_chance import power_law, zeta

_KILLED = EXITS.index("killed")
_PRESSED = 1e12  # soldiers a fighter ties down: threat is then 1
_OUR_SEEDS = 40

Flow = Callable[[float, float], tuple[float, float]]


def _history(garrison: int, militia: int, days: int, *, seeds: int, population: float, support: float, killed: float,
             fire: float, tips: float, units: int, joining: float = 0.0) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Garrison and militia at the end of every day, a row a seed, with nothing but attrition (and joining)."""
    parameters = {
        "combat.losses_per_fighter": killed,
        "combat.fire_rate": fire,
        "combat.tip_quality": tips,
        "combat.soldiers_per_fighter": _PRESSED,
        "militia.joining_rate": joining / (1e5 * support),
    }
    land = region(population=population, history=0.0)
    small = case(
        [formation(garrison, units=units)], regions=[land], drivers=[level("rising", 1.0)], parameters=parameters, days=days
    )
    ours, theirs = [], []
    for seed in range(1, seeds + 1):
        run = simulation(small, seed=seed, thresholds=1e3, militia=[militia], support=support).advance()
        ours.append(run.record.region["strength"][:, 0].sum(axis=1))
        theirs.append(run.record.region["militia"][:, 0])
    garrisons, militias = np.array(ours), np.array(theirs)
    militias[:, 0] = militia
    return garrisons, militias


def _euler(flow: Flow, garrison: float, militia: float, days: int, step: float = 1.0) -> list[tuple[float, float]]:
    """Both sides day by day under losses per day ``flow`` taken in steps."""
    rows = [(garrison, militia)]
    for _ in range(days):
        g, r = rows[-1]
        for _ in range(round(1.0 / step)):
            lost, killed = flow(g, r)
            g, r = max(0.0, g - step * lost), max(0.0, r - step * killed)
        rows.append((g, r))
    return rows


def _as_engine(flow: Flow) -> Flow:
    """The same losses with the engine's one difference: hits that fall on one fighter twice kill once."""

    def losses(garrison: float, militia: float) -> tuple[float, float]:
        lost, hits = flow(garrison, militia)
        return lost, -militia * math.expm1(-hits / militia) if militia > 0.0 else 0.0

    return losses


def _compare(name: str, day: int, expected: tuple[float, float], sides: tuple[np.ndarray, np.ndarray]) -> list[Finding]:
    """Means over seeds of both sides on a day against the daily recursion."""
    found = []
    for side, number, values in zip(("garrison", "militia"), expected, sides, strict=True):
        sample = values[:, day].astype(float)
        error = max(float(np.std(sample, ddof=1)), 0.5) / math.sqrt(len(sample))
        found.append(sampled(f"{name}: {side} on day {day}, engine", number, fmean(sample), error, f"{len(sample)} seeds"))
    return found


def lanchester() -> list[Finding]:
    """With perfect intelligence both sides aim: Lanchester's square law, fire_rate G^2 - losses R^2 stays as it is."""
    a, b, flow = 0.01, 0.005, lambda g, r: (0.01 * r, 0.005 * g)
    sides = _history(10_000, 4_000, 150, seeds=_OUR_SEEDS, population=1e6, support=0.5, killed=2 * a, fire=b, tips=2.0, units=50)
    daily, engine = _euler(flow, 10_000, 4_000, 60), _euler(_as_engine(flow), 10_000, 4_000, 150)
    found, root = [], math.sqrt(a * b)
    for day, smooth, stepped in ((30, (9016.8, 2579.1), (9010.1, 2577.1)), (60, (8440.9, 1274.6), (8428.3, 1272.7))):
        exact = _smooth_square(day)
        for side, name in enumerate(("garrison", "militia")):
            found.append(printed(f"square law: {name} on day {day}, closed form", smooth[side], exact[side], 1))
            found.append(printed(f"square law: {name} on day {day}, daily steps", stepped[side], daily[day][side], 1))
            shortfall = abs(daily[day][side] - smooth[side]) + abs(engine[day][side] - daily[day][side])
            error = stdev(sides[side][:, day].astype(float)) / math.sqrt(_OUR_SEEDS)
            text = "4 standard errors and the length of the step"
            mean = fmean(sides[side][:, day].astype(float))
            found.append(near(f"square law: {name} on day {day}, as printed", smooth[side], mean, 4 * error + shortfall, text))
        found += _compare("square law", day, engine[day], sides)
    end = math.atanh(math.sqrt(a / b) * 0.4) / root
    found.append(printed("square law: day on which the militia is gone, closed form", 90.67, end, 2))
    found.append(printed("square law: garrison that is left, closed form", 8246.2, math.sqrt(1e8 - a / b * 1.6e7), 1))
    found.append(equal("square law: militia left at the end, engine", 0, int(sides[1][:, -1].max())))
    return found + _compare("square law", 150, engine[150], sides)


def _smooth_square(day: float) -> tuple[float, float]:
    """The square law in continuous time, from 10,000 against 4,000."""
    a, b = 0.01, 0.005
    root = math.sqrt(a * b)
    c, s = math.cosh(root * day), math.sinh(root * day)
    return 10_000 * c - 4_000 * math.sqrt(a / b) * s, 4_000 * c - 10_000 * math.sqrt(b / a) * s


def deitchman() -> list[Finding]:
    """Without intelligence the regime fires into the crowd: fire_rate G^2/2 - losses population R stays as it is."""
    found = []
    settings = (
        (50_000.0, 700, ((100, 6071.7, 1864.3), (300, 2518.9, 1711.7)), ("militia", 1680.0)),
        (4_000.0, 3_000, ((100, 6702.4, 807.6),), ("garrison", 5656.9)),
    )
    for people, days, published, (winner, left) in settings:
        name = f"{people:,.0f} people"

        def flow(g: float, r: float, people: float = people) -> tuple[float, float]:
            return 0.01 * r, 0.005 * g * r / people

        sides = _history(
            8_000, 2_000, days, seeds=20, population=people, support=1.0, killed=0.01, fire=0.005, tips=1.0, units=40
        )
        smooth, engine = (
            _euler(flow, 8_000, 2_000, max(row[0] for row in published), 2.0**-10),
            _euler(_as_engine(flow), 8_000, 2_000, days),
        )
        for day, garrison, militia in published:
            found.append(
                near(f"{name}: garrison on day {day}, without steps", garrison, smooth[day][0], 0.2, "step of 1/1024 day")
            )
            found.append(near(f"{name}: militia on day {day}, without steps", militia, smooth[day][1], 0.2, "step of 1/1024 day"))
            found += _compare(name, day, engine[day], sides)
        invariant = 0.5 * 0.005 * 8_000.0**2 - 0.01 * people * 2_000.0
        exact = math.sqrt(2.0 * invariant / 0.005) if invariant > 0.0 else -invariant / (0.01 * people)
        side = 0 if winner == "garrison" else 1
        final = sides[side][:, -1].astype(float)
        slack = 4.0 * stdev(final) / math.sqrt(len(final)) + abs(engine[-1][side] - exact)
        found.append(printed(f"{name}: {winner} that is left, closed form", left, exact, 1))
        found.append(
            near(
                f"{name}: {winner} that is left, engine",
                exact,
                fmean(final),
                slack,
                "4 standard errors and the length of the step",
            )
        )
        found.append(equal(f"{name}: loser that is left, engine", 0, int(sides[1 - side][:, -1].max())))
    return found


def containment() -> list[Finding]:
    """Little intelligence, steady recruits (Kress and Szechtman): the militia is contained, not eradicated."""
    garrison, fire, people, tips, joining, seeds = 50_000, 0.002, 400_000.0, 0.05, 20.0, 12
    rest = people / (1.0 - tips) * (joining / (fire * garrison) - tips)
    rate = fire * garrison * (1.0 - tips) / people

    def flow(g: float, r: float) -> tuple[float, float]:
        return 0.0, fire * garrison * (tips + (1.0 - tips) * r / people)

    found = [
        printed("militia at rest, closed form", 63_157.9, rest, 1),
        printed("rate of approach, closed form", 2.375e-4, rate, 8),
        printed("militia on day 1800, closed form", 28_491.6, rest + (10_000 - rest) * math.exp(-1800 * rate), 1),
    ]
    killed = _as_engine(flow)
    for start, day in ((10_000, 1800), (round(rest), 400)):
        sides = _history(garrison, start, day, seeds=seeds, population=people, support=0.5, killed=0.0, fire=fire,
                         tips=2 * tips, units=50, joining=joining)  # fmt: skip
        expected = float(start)
        variance = 0.0
        for _ in range(day):
            lost = killed(0.0, expected)[1]
            variance = (1.0 - rate) ** 2 * variance + joining + lost
            expected += joining - lost
        error = math.sqrt(variance / seeds)
        mean = fmean(sides[1][:, day].astype(float))
        found.append(sampled(f"militia on day {day} from {start}, engine", expected, mean, error, f"Poisson, {seeds} seeds"))
        smooth = rest + (start - rest) * math.exp(-day * rate)
        found.append(below(f"daily steps against none on day {day} from {start}, relative", 2e-3, expected / smooth - 1.0))
    return [*found, equal("garrison that fell, engine", 0, int(garrison - sides[0].min()))]


def clash_sizes() -> list[Finding]:
    """Clashes follow a power law cut off at the size of the unit; their mean is what a unit is charged with."""
    n, exponent = 200, 2.5
    table, law = clash_tables(exponent, 2000), power_law(exponent, n)
    mean, seven = float(law @ np.arange(n + 1.0)), float(law[7:].sum())
    tail = 1.0 - power_law(exponent, 100_000)[:7].sum()
    draws = np.array([clash_size(table, (i + 0.5) / 10_000, n) for i in range(10_000)])
    return [
        printed("mean killed, no limit, closed form", 1.9474, zeta(1.5) / zeta(2.5), 4),
        printed("share of clashes with one killed, no limit", 0.7454, 1.0 / zeta(2.5), 4),
        printed("share of clashes with seven or more, no limit", 0.02988, tail, 5),
        printed("mean killed in a unit of 200", 1.8424, mean, 4),
        printed("share with seven or more in a unit of 200", 0.02971, seven, 5),
        near("mean killed in a unit of 200, engine's table", mean, mean_size(table, n), 1e-12),
        near("seven or more of 10,000 clashes at even quantiles", 1e4 * seven, int((draws >= 7).sum()), 1.0, "one quantile"),
        printed("standard deviation of that number in a sample", 17.0, math.sqrt(1e4 * seven * (1 - seven)), 0),
        equal("killed from which a unit of 130 breaks", 7, break_point(130, 0.05)),
        equal("killed from which a unit of 140 breaks", 7, break_point(140, 0.05)),
        equal("killed from which a unit of 141 breaks", 8, break_point(141, 0.05)),
        *_in_battle(),
    ]


def _in_battle() -> list[Finding]:
    """The law in the engine: units of 200 alone in their regions, on days with one clash, against the law cut at their size."""
    lands, days, per_day, exponent = 100, 400, 0.4, 2.5
    parameters = {"combat.losses_per_fighter": per_day / 100.0, "combat.soldiers_per_fighter": 1.0}
    forces = [formation(200, place=r) for r in range(lands)]
    small = case(forces, regions=[region(r, history=0.0) for r in range(lands)], parameters=parameters, days=days)
    run = simulation(small, thresholds=1e3, militia=[100] * lands, support=0.999)
    rows = run.advance().record.region
    sizes, killed = rows["strength"].sum(axis=2)[:-1], rows["exits"][1:, :, :, _KILLED].sum(axis=2)
    clashes = rows["clashes"][1:]
    laws = {int(n): power_law(exponent, int(n)) for n in np.unique(sizes) if n > 0}
    moments = {n: (law @ np.arange(n + 1.0), law @ np.arange(n + 1.0) ** 2, law[7:].sum()) for n, law in laws.items()}
    one = (clashes == 1) & (sizes > 0)
    mean = np.array([moments[int(n)][0] for n in sizes[one]])
    square = np.array([moments[int(n)][1] for n in sizes[one]])
    seven = np.array([moments[int(n)][2] for n in sizes[one]])
    count, ones = int(one.sum()), killed[one]
    charged = 0.999 * per_day * days * lands
    of_mean = math.sqrt(float((square - mean**2).sum())) / count
    of_seven = math.sqrt(float((seven * (1 - seven)).sum()))
    of_all = math.sqrt(charged * float(square.mean() / mean.mean()))  # compound Poisson: sum of squares of sizes
    return [
        sampled("killed per clash, engine", float(mean.mean()), float(ones.mean()), of_mean, f"{count:,} clashes"),
        sampled("clashes with seven or more, engine", float(seven.sum()), int((ones >= 7).sum()), of_seven, f"of {count:,}"),
        sampled("killed in all against what was charged, engine", charged, float(killed.sum()), of_all, "compound Poisson"),
    ]
