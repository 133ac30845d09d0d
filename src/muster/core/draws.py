"""Luck: every random number is a function of (key, stream, day, ordinal) and of nothing else.

A *key* is 64 bits that belong to one person, unit or region for the whole run and in every scenario; a *stream* is named
after the mechanism and the draw. So results do not hang on the order of the work or the number of threads, a person keeps
their luck when something else changes (common random numbers), and adding a stream leaves the others as they were.

The mixer is the finaliser of SplitMix64 (Steele, Lea, Flood 2014; variant 13 of Stafford). Counts are drawn by inversion
of ONE uniform, hence monotone in their mean: a small change of a rate changes few events.
"""

from __future__ import annotations

import hashlib
import math

import numpy as np

from muster.core.compile import kernel

_A = np.uint64(0xBF58476D1CE4E5B9)
_B = np.uint64(0x94D049BB133111EB)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SILVER = np.uint64(0xD1B54A32D192ED03)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 2.0**-53


def name_key(*parts: str | int) -> np.uint64:
    """64 bits for a name: of a seed, a stream, a unit's row in the pack. Stable across machines and versions."""
    text = "\x1f".join(str(part) for part in parts)
    return np.uint64(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little"))


@kernel
def mix(bits: np.uint64) -> np.uint64:
    """Scramble 64 bits, one to one."""
    bits = (bits ^ (bits >> _30)) * _A
    bits = (bits ^ (bits >> _27)) * _B
    return bits ^ (bits >> _31)


@kernel
def derive(key: np.uint64, part: int) -> np.uint64:
    """A new key from a key and a whole number."""
    return mix(key + _GOLDEN * np.uint64(part + 1))


@kernel
def salt(stream: np.uint64, day: int, ordinal: int) -> np.uint64:
    """What all draws of one stream, day and ordinal share; hoist it out of a loop over persons."""
    return mix(stream + _GOLDEN * np.uint64(day + 1) + _SILVER * np.uint64(ordinal))


@kernel
def salted(key: np.uint64, salt: np.uint64) -> float:
    """Uniform in (0, 1), both ends left out, of a key under a salt."""
    return (float(mix(key ^ salt) >> _11) + 0.5) * _UNIT


@kernel
def uniform(key: np.uint64, stream: np.uint64, day: int, ordinal: int) -> float:
    """Uniform in (0, 1) of a key, stream, day and ordinal."""
    return salted(key, salt(stream, day, ordinal))


@kernel
def exponential(key: np.uint64, stream: np.uint64, day: int) -> float:
    """Exponential with mean 1."""
    return -math.log(uniform(key, stream, day, 0))


@kernel
def normal(key: np.uint64, stream: np.uint64) -> float:
    """Standard normal, by Box and Muller (1958)."""
    radius = math.sqrt(-2.0 * math.log(uniform(key, stream, 0, 0)))
    return radius * math.cos(2.0 * math.pi * uniform(key, stream, 0, 1))


@kernel
def poisson(u: float, mean: float) -> int:
    """The Poisson count at quantile ``u``: the least k with P(K <= k) >= u."""
    if mean <= 0.0 or u <= 1.0 - mean:  # 1 - mean <= exp(-mean), so most zeros cost no exponential
        return 0
    start = 0 if mean < 30.0 else int(mean)
    mass = math.exp(-mean) if start == 0 else math.exp(start * math.log(mean) - mean - math.lgamma(start + 1.0))
    below, part, k = mass, mass, start
    while k > 0 and part > 1e-18 * below:  # the cumulative sum at the start, from the largest term down
        part *= k / mean
        below += part
        k -= 1
    k = start
    while below < u and k < start + 40 + int(40.0 * math.sqrt(mean)):
        k += 1
        mass *= mean / k
        below += mass
    while k > 0 and below - mass >= u:
        below -= mass
        mass *= k / mean
        k -= 1
    return k


@kernel
def binomial(u: float, n: int, p: float) -> int:
    """The binomial count at quantile ``u``: the least k with P(K <= k) >= u."""
    if n <= 0 or p <= 0.0 or u <= 1.0 - n * p:
        return 0
    if p >= 1.0:
        return n
    odds = p / (1.0 - p)
    start = 0 if n * p < 30.0 else int(n * p)
    mass = math.exp(
        math.lgamma(n + 1.0)
        - math.lgamma(start + 1.0)
        - math.lgamma(n - start + 1.0)
        + start * math.log(p)
        + (n - start) * math.log1p(-p)
    )
    below, part, k = mass, mass, start
    while k > 0 and part > 1e-18 * below:
        part *= k / ((n - k + 1.0) * odds)
        below += part
        k -= 1
    k = start
    while below < u and k < n:
        k += 1
        mass *= odds * (n - k + 1.0) / k
        below += mass
    while k > 0 and below - mass >= u:
        below -= mass
        mass *= k / ((n - k + 1.0) * odds)
        k -= 1
    return k
