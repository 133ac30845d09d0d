"""Cascades: who leaves because others left, held against Granovetter's thresholds and against recursions."""

from __future__ import annotations

import math

import numpy as np

from muster.simulate.run import Engine
from muster.simulate.verify.bench import case, formation, simulation
from muster.simulate.verify.check import Finding, below, equal, near, printed, sampled
from muster.simulate.verify.laws_of_chance import PHI, bisect, normal_quantiles

_AT_ONCE = 60.0  # attempts per day: who is willing leaves the same day
_CROWD = 100_000


def _final_share(
    thresholds: np.ndarray, weight: float, days: int, *, rate: float = _AT_ONCE, seed: int = 1, engine: Engine = "fast"
) -> np.ndarray:
    """Share of one unit that has left by the end of each day, under the weight of peers alone."""
    parameters = {"resolve.weight_peers": weight, "exit.attempt_rate": rate}
    small = case([formation(len(thresholds))], parameters=parameters, days=days)
    run = simulation(small, seed=seed, thresholds=thresholds, engine=engine).advance()
    return np.cumsum(run.record.region["exits"].sum(axis=(1, 2, 3))) / len(thresholds)


def hundred() -> list[Finding]:
    """Granovetter's crowd: thresholds 0, 1, ... 99 percent, and the same with one person's threshold moved."""
    thresholds, found = np.arange(100, dtype=np.float32) / np.float32(100), []
    moved = thresholds.copy()
    moved[1] = np.float32(0.02)
    engines: tuple[Engine, ...] = ("fast", "plain")
    for engine in engines:
        daily = np.diff(np.rint(100 * _final_share(thresholds, 1.0, 110, engine=engine)), prepend=0.0)
        alone = round(100 * _final_share(moved, 1.0, 110, engine=engine)[-1])
        found += [
            equal(f"all leave, {engine} engine", 100, int(daily.sum())),
            equal(f"days from 1 to 100 on which one leaves, {engine} engine", 100, int((daily[1:101] == 1).sum())),
            equal(f"the last leaves on day, {engine} engine", 100, int(np.flatnonzero(daily)[-1])),
            equal(f"those who leave with the second threshold at 2 percent, {engine} engine", 1, alone),
        ]
    return found


def _rest(start: float, mean: float, spread: float, weight: float) -> float:
    """Where the share who left comes to rest: the limit of y <- Phi((weight y - mean)/spread), which rises."""
    y, before = start, -1.0
    while y - before > 1e-13:
        before, y = y, PHI((weight * y - mean) / spread)
    return y


def _density(z: float) -> float:
    return math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)


def critical_spread() -> list[Finding]:
    """Granovetter's critical spread: a little more of it, and everybody goes."""
    # Tangency: with z = (y - mean)/spread, density(z) = spread and Phi(z) = mean + spread z.
    z = bisect(lambda z: PHI(z) - 0.25 - _density(z) * z, -3.0, -1.0)
    critical, quantiles = _density(z), normal_quantiles(_CROWD)
    found = [
        printed("critical spread of thresholds, by tangency", 0.12222, critical, 5),
        printed("share at the tangency", 0.0620, PHI(z), 4),
    ]
    for spread, expected in ((0.120, 0.0402), (0.122, 0.0548), (0.1225, 1.0)):
        rest = _rest(0.0, 0.25, spread, 1.0)
        share = float(_final_share(0.25 + spread * quantiles, 1.0, 1500)[-1])
        slack = 2.0 / _CROWD / abs(1.0 - _density((rest - 0.25) / spread) / spread)
        found.append(printed(f"share who leave at spread {spread}, closed form", expected, rest, 4))
        found.append(near(f"share who leave at spread {spread}, engine", rest, share, slack, "two persons over 1 - slope"))
    for spread, side in ((0.1222, "a hair below"), (0.1223, "a hair above")):
        gone = _final_share(0.25 + spread * quantiles, 1.0, 1500)[-1] > 0.5
        found.append(equal(f"does everybody go {side} the critical spread", str(spread > critical), str(bool(gone))))
    return found


def _fold(weight: float, spread: float) -> tuple[float, float]:
    """Mean threshold at which the low rest is lost, and the share that has left there: slope weight/spread density(z) = 1."""
    z = -math.sqrt(2.0 * math.log(weight / spread / math.sqrt(2.0 * math.pi)))
    return weight * PHI(z) - spread * z, PHI(z)


def tipping() -> list[Finding]:
    """The fold: where the weight of peers is strong, a small fall of the mean threshold tips the unit."""
    fold, share = _fold(3.0, 1.0)
    found = [printed("mean threshold at the fold", 1.4228, fold, 4), printed("share at the fold", 0.274, share, 3)]
    quantiles = normal_quantiles(_CROWD)
    for mean, expected in ((1.46, 0.1745), (1.43, 0.2263), (1.42, 0.8994), (1.41, 0.9031)):
        rest = _rest(0.0, mean, 1.0, 3.0)
        measured = float(_final_share(mean + quantiles, 3.0, 400)[-1])
        slack = 2.0 / _CROWD / abs(1.0 - 3.0 * _density(3.0 * rest - mean))
        found.append(printed(f"share who leave at mean {mean}, closed form", expected, rest, 4))
        found.append(near(f"share who leave at mean {mean}, engine", rest, measured, slack, "two persons over 1 - slope"))
    return found + _no_fold(quantiles)


def _no_fold(quantiles: np.ndarray) -> list[Finding]:
    """Below the tipping weight the share follows the mean threshold without a jump; unit effects lower that weight."""
    weight, found = 2.4, []
    for unit_share in (0.0, 0.15):
        spread = math.sqrt(1.0 - unit_share)
        tips = math.sqrt(2.0 * math.pi) * spread
        note = f"share of variance between units {unit_share}"
        found.append(printed(f"weight of peers that tips, {note}", 2.507 if unit_share == 0.0 else 2.311, tips, 3))
        middle = 0.5 * weight if weight < tips else _fold(weight, spread)[0]
        shares = [float(_final_share(mean + spread * quantiles, weight, 600)[-1]) for mean in (middle - 1e-3, middle + 1e-3)]
        jump = shares[0] - shares[1]
        if weight < tips:
            slope = weight * _density(0.0) / spread
            smooth = 2e-3 / weight * slope / (1.0 - slope)
            found.append(below(f"jump at weight {weight}, {note}", 1.1 * smooth, jump, "1.1 x slope of the smooth curve"))
        else:
            low, high = (_rest(0.0, mean, spread, weight) for mean in (middle + 1e-3, middle - 1e-3))
            found.append(near(f"jump at weight {weight}, {note}", high - low, jump, 2e-3, "rests either side of the fold"))
    return found


def _recursion(spread: float, rate: float, days: int, crowd: int) -> tuple[list[float], list[float]]:
    """Expected share gone by day, and its variance in a crowd: each day's binomial noise, carried on by the slope."""
    act, y, variance = -math.expm1(-rate), [0.0], [0.0]
    for _ in range(days):
        z = (y[-1] - 0.25) / spread
        ready = PHI(z) - y[-1]
        slope = 1.0 - act + act * _density(z) / spread
        variance.append(slope * slope * variance[-1] + act * (1.0 - act) * ready / crowd)
        y.append(y[-1] + act * ready)
    return y, variance


def slow_cascade() -> list[Finding]:
    """With delay between being willing and leaving the cascade follows y <- y + (1 - exp(-rate)) (Phi((y - m)/sd) - y)."""
    published = {0.15: (0.112, 0.742, 0.998), 0.12: (0.0252, 0.0336, 0.0387)}
    days, crowd, rate, found, seeds = (50, 100, 200), 200_000, 0.05, [], 3
    for spread, numbers in published.items():
        theta = 0.25 + spread * normal_quantiles(crowd)
        shares = np.mean([_final_share(theta, 1.0, days[-1], rate=rate, seed=seed) for seed in range(1, seeds + 1)], axis=0)
        expected, variance = _recursion(spread, rate, days[-1], crowd)
        for day, number in zip(days, numbers, strict=True):
            what = f"share gone on day {day} at spread {spread}"
            error = math.sqrt(variance[day] / seeds)
            found.append(printed(f"{what}, recursion", number, expected[day], len(str(number)) - 2))
            found.append(sampled(f"{what}, engine", expected[day], shares[day], error, f"linear noise, {seeds} seeds"))
            found.append(near(f"{what}, as printed", number, shares[day], 0.02, "the specification's tolerance"))
    return found


def alone_in_the_unit() -> list[Finding]:
    """Without peers or unit effects the number who leave a unit is binomial: how often just one does."""
    members, units, p, seeds = 200, 2000, 0.005, 4
    parameters = {"exit.attempt_rate": _AT_ONCE, "resolve.threshold_army": -bisect(lambda z: PHI(z) - p, -4.0, 0.0)}
    small = case([formation(members * units, units=units)], parameters=parameters, days=1)
    gone = np.concatenate(
        [simulation(small, seed=seed).advance().record.units[:, 1:].sum(axis=1) for seed in range(1, seeds + 1)]
    )
    some = 1.0 - (1.0 - p) ** members
    one = members * p * (1.0 - p) ** (members - 1)
    error = math.sqrt(one / some * (1.0 - one / some) / (some * units * seeds))
    everybody = members * units * seeds
    return [
        printed("exactly one given any, closed form", 0.5826, one / some, 4),
        sampled("exactly one given any, engine", one / some, (gone == 1).sum() / (gone > 0).sum(), error, "binomial"),
        sampled("share who leave", p, gone.sum() / everybody, math.sqrt(p * (1 - p) / everybody), "binomial"),
    ]
