"""What the checks compare with: the normal law, Erlang's formulas, power laws; in plain Python."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist

import numpy as np

_NORMAL = NormalDist()
PHI = _NORMAL.cdf


@lru_cache(maxsize=4)
def normal_quantiles(count: int) -> np.ndarray:
    """The quantiles at (i + 1/2)/count of the standard normal law, in order."""
    half = [_NORMAL.inv_cdf((i + 0.5) / count) for i in range(count // 2)]
    middle = [0.0] if count % 2 else []
    return np.array([*half, *middle, *(-q for q in reversed(half))])


def bisect(function: Callable[[float], float], low: float, high: float) -> float:
    """A root of ``function`` between two points where its signs differ."""
    sign = function(low) > 0.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        if (function(middle) > 0.0) == sign:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def zeta(s: float) -> float:
    """Riemann's zeta function for s > 1, by Euler and Maclaurin."""
    n = 50
    head = sum(k**-s for k in range(1, n))
    return head + n ** (1 - s) / (s - 1) + 0.5 * n**-s + s * n ** (-s - 1) / 12 - s * (s + 1) * (s + 2) * n ** (-s - 3) / 720


def power_law(exponent: float, largest: int) -> np.ndarray:
    """Probabilities of 0 to ``largest`` in proportion to k^-exponent, 0 having none."""
    mass = np.arange(largest + 1.0)
    mass[1:] = mass[1:] ** -exponent
    return mass / mass.sum()


def erlang_b(servers: int, load: float) -> float:
    """Share of customers turned away where none may wait."""
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """Share of customers who wait, where all may."""
    blocked = erlang_b(servers, load)
    return servers * blocked / (servers - load * (1.0 - blocked))


def poisson_law(mean: float, largest: int) -> np.ndarray:
    """Probabilities of 0 to ``largest``."""
    k = np.arange(largest + 1.0)
    return np.exp(k * math.log(mean) - mean - np.array([math.lgamma(x + 1.0) for x in k]))


def binomial_law(n: int, p: float) -> np.ndarray:
    """Probabilities of 0 to ``n``."""
    k = np.arange(n + 1.0)
    ways = math.lgamma(n + 1.0) - np.array([math.lgamma(x + 1.0) + math.lgamma(n - x + 1.0) for x in k])
    return np.exp(ways + k * math.log(p) + (n - k) * math.log1p(-p))


def waiting_in_steps(servers: int, rate: float, stay: float, dt: float, *, largest: int) -> tuple[float, float]:
    """Mean waiting and mean served of the queue that is looked at every ``dt`` days, exactly.

    In a step everybody served leaves with probability 1 - exp(-dt/stay), Poisson(rate dt) arrive, and free places are filled.
    Needs load well below ``servers``; ``largest`` bounds the number present.
    """
    gone, come = -math.expm1(-dt / stay), poisson_law(rate * dt, largest)
    move = np.zeros((largest + 1, largest + 1))
    for present in range(largest + 1):
        served = min(present, servers)
        left = binomial_law(served, gone)[: served + 1]
        row = np.convolve(left[::-1], come)  # index: (served - leaving) + arriving
        start = present - served
        kept = min(len(row), largest + 1 - start)
        move[present, start : start + kept] = row[:kept]
        move[present, largest] += 1.0 - move[present].sum()
    law = np.full(largest + 1, 1.0 / (largest + 1))
    for _ in range(40):  # squaring is quicker than stepping: 2^40 steps
        move = move @ move
        move /= move.sum(axis=1, keepdims=True)
    law = law @ move
    count = np.arange(largest + 1)
    return float(law @ np.maximum(count - servers, 0)), float(law @ np.minimum(count, servers))
