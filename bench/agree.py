"""Whether a peer simulates the same model: its curves against Muster's, before any time is quoted.

At each of `DAYS_COMPARED` the means of soldiers gone are held against each other by Welch's test, and on the last day the
spreads by the test of Fisher; a peer agrees if none of the eight is further off than chance allows once in a hundred peers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from reference import DAYS_COMPARED
from scipy import stats

ODDS = 1e-2  # of turning a peer away that is right, all its tests together


@dataclass(frozen=True, slots=True)
class Curves:
    """Runs of one peer: how many, and mean and standard deviation of soldiers gone on the days compared."""

    runs: int
    mean: tuple[float, ...]
    sd: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a peer fares: the difference of the means in standard errors, of the log spreads too, and the least p of all."""

    agrees: bool
    z: tuple[float, ...]
    spread_z: float
    least_p: float


def gather(curves: Sequence[Sequence[int]]) -> Curves:
    """The curves of several seeds, days from 0, on the days compared."""
    if len(curves) < 2:
        raise ValueError("two runs or more make a spread")
    table = np.array([[curve[day] for day in DAYS_COMPARED] for curve in curves], float)
    return Curves(len(table), tuple(table.mean(axis=0).tolist()), tuple(table.std(axis=0, ddof=1).tolist()))


def judge(peer: Curves, against: Curves) -> Verdict:
    """Hold two sets of curves against each other."""
    z, ps = [], []
    for m, s, m2, s2 in zip(peer.mean, peer.sd, against.mean, against.sd, strict=True):
        z.append((m - m2) / math.hypot(s / math.sqrt(peer.runs), s2 / math.sqrt(against.runs)))
        ps.append(float(stats.ttest_ind_from_stats(m, s, peer.runs, m2, s2, against.runs, equal_var=False).pvalue))
    ratio = (peer.sd[-1] / against.sd[-1]) ** 2
    tail = stats.f.cdf(ratio, peer.runs - 1, against.runs - 1)
    ps.append(2.0 * float(min(tail, 1.0 - tail)))
    spread = 0.5 * math.log(ratio) / math.sqrt(0.5 / (peer.runs - 1) + 0.5 / (against.runs - 1))
    return Verdict(min(ps) >= ODDS / len(ps), tuple(z), spread, min(ps))


def written(record: Curves | Verdict) -> dict[str, Any]:
    """As it goes into the results, rounded to what it is worth."""
    return {name: _rounded(value) for name, value in asdict(record).items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_rounded(one) for one in value]
    return float(f"{value:.5g}") if isinstance(value, float) else value


def read(record: dict[str, Any]) -> Curves:
    """Curves as they were written."""
    return Curves(record["runs"], tuple(record["mean"]), tuple(record["sd"]))
