"""How likely counts by region and half-year are, given what happened, when their level says nothing.

**Shares.** Given the total of a half-year, the counts of the regions are Dirichlet-multinomial about the simulated shares:

    n | N ~ DM(N, k p),   p = simulated shares

The concentration ``k`` says how unevenly a source misses: a region with the share ``p`` is seen with a factor of log-sd about
``1/sqrt(k p)``. Where some regions are imposed, the law splits without remainder into the law of these and the sum of the
others, which weighs ``IMPOSED_WEIGHT``, and the law of the others among themselves, which weighs in full.

**Course.** Totals of half-years: ``log n_h - log x_h = level + drift_h + e_h``. The level is free (flat prior, integrated out);
coverage drifts as a random walk; a single term says nothing.

A small share of each is given to anything at all, so that a single odd half-year cannot decide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from muster.observe.shape import ShapeTerm

# Judgement. 20: a region with a tenth of all events is seen with a factor of sd 0.7 about what it should be. Deaths of the
# state's soldiers are coded at a twentieth to a tenth of any estimate, unevenly: 5.
CONCENTRATION = {"state_deaths": 5.0, "resistance_deaths": 20.0, "civilian_deaths": 20.0, "deaths": 20.0, "events": 20.0}
IMPOSED_WEIGHT = 0.25
# Standard deviations of the logarithm: of one half-year, and of the drift of coverage from one to the next. Between 2021 and
# 2023 coded deaths of soldiers per coded event fell by a factor of four in the first case, 0.35 a half-year.
SCATTER, DRIFT = 0.2, 0.3
STRAY = 0.05
_STRAY_SPREAD = 5.0  # times the standard deviations of the course
_SMALL = 0.5  # simulated counts below this are read as this


def log_likelihood_shape(simulated: Any, terms: Sequence[ShapeTerm], *, process_sd: Any = 0.0) -> np.ndarray:
    """Log-likelihood of the counts, one number a history.

    ``simulated``: (histories, answers) in the order of ``read_shape``, as counts. ``process_sd``: sd of their logarithm by
    which a history differs from the expectation it stands for, a number, (answers,) or (histories, answers).
    """
    values = np.maximum(np.atleast_2d(np.asarray(simulated, float)), _SMALL)
    spread = np.broadcast_to(np.asarray(process_sd, float), values.shape)
    total = np.zeros(len(values))
    ends = np.cumsum([term.size for term in terms])
    for term, end in zip(terms, ends, strict=True):
        part = slice(end - term.size, end - 1)
        total += term.shares_weight * log_shares(term, values[:, part], spread[:, part])
    for places in courses(terms):
        columns = [int(ends[place]) - 1 for place in places]
        group = [terms[place] for place in places]
        total += group[0].course_weight * log_course(group, values[:, columns], spread[:, columns])
    return total


def courses(terms: Sequence[ShapeTerm]) -> list[list[int]]:
    """Places of the terms that share a free level, where there are at least two."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for place, term in enumerate(terms):
        groups.setdefault((term.source, term.quantity, term.level), []).append(place)
    return [places for places in groups.values() if len(places) > 1]


def log_shares(term: ShapeTerm, simulated: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Log-probability of a term's counts by region given their sum, (histories,), before its weight."""
    counts, imposed = np.array(term.counts), np.array(term.imposed)
    share = simulated / simulated.sum(axis=1, keepdims=True)
    weight = share * effective_concentration(CONCENTRATION[term.quantity], share, spread)[:, None]
    if not imposed.any():
        return _robust(counts, weight)
    rest = ~imposed
    if not rest.any():
        return IMPOSED_WEIGHT * _robust(counts, weight)
    outer_counts = np.append(counts[imposed], counts[rest].sum())
    outer_weight = np.column_stack([weight[:, imposed], weight[:, rest].sum(axis=1)])
    total = IMPOSED_WEIGHT * _robust(outer_counts, outer_weight)
    return total + _robust(counts[rest], weight[:, rest]) if rest.sum() > 1 else total


def effective_concentration(concentration: float, share: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """The concentration that also holds the luck of a history: log-sd ``spread`` a region, (histories, regions).

    A share p of independent log-normal parts has variance p^2 [(1 - 2p) s^2 + sum(p^2 s^2)] to first order; summed over the
    regions it is added to that of the Dirichlet law, sum p (1 - p) / (k + 1). The means stay.
    """
    square = share**2 * spread**2
    luck = ((1.0 - 2.0 * share) * square).sum(axis=1) + (share**2).sum(axis=1) * square.sum(axis=1)
    room = np.maximum(1.0 - (share**2).sum(axis=1), 1e-9)
    return np.asarray(1.0 / np.minimum(1.0 / (concentration + 1.0) + luck / room, 0.95) - 1.0)


def _robust(counts: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The law of the counts, with a small share of the law that holds all shares equally likely."""
    anything = log_dirichlet_multinomial(counts, np.ones((1, len(counts))))
    return np.logaddexp(math.log1p(-STRAY) + log_dirichlet_multinomial(counts, weight), math.log(STRAY) + anything)


def log_dirichlet_multinomial(counts: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Log-probability of ``counts`` (categories,) given their sum, for each row of Dirichlet weights (histories, categories)."""
    from scipy.special import gammaln

    total, whole = counts.sum(), weight.sum(axis=1)
    some = counts > 0  # a category without counts adds nothing
    seen, given = counts[some], weight[:, some]
    parts = (gammaln(seen + given) - gammaln(given) - gammaln(seen + 1.0)).sum(axis=1)
    return np.asarray(gammaln(total + 1.0) + gammaln(whole) - gammaln(total + whole) + parts)


def log_course(terms: Sequence[ShapeTerm], simulated: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Log-density of the totals of half-years about a free level, (histories,), before their weight."""
    seen = np.array([term.total for term in terms]) + _SMALL
    gap = np.log(seen) - np.log(simulated)
    times = np.array([term.half for term in terms], float)
    walk = DRIFT**2 * np.minimum.outer(times - times[0], times - times[0])
    own = SCATTER**2 + 1.0 / seen + spread**2
    cover = walk + own[:, :, None] * np.eye(len(terms))
    usual, odd = (_log_contrasts(gap, scale * cover) for scale in (1.0, _STRAY_SPREAD**2))
    return np.logaddexp(math.log1p(-STRAY) + usual, math.log(STRAY) + odd)


def _log_contrasts(gap: np.ndarray, cover: np.ndarray) -> np.ndarray:
    """Log-density of all that does not depend on a common level: normal with covariance ``cover`` (histories, terms, terms)."""
    count = gap.shape[1]
    solved = np.linalg.solve(cover, np.stack([gap, np.ones_like(gap)], axis=2))
    level = solved[:, :, 1].sum(axis=1)
    square = (gap * solved[:, :, 0]).sum(axis=1) - solved[:, :, 0].sum(axis=1) ** 2 / level
    size = np.linalg.slogdet(cover)[1] + np.log(level) - math.log(count)
    return np.asarray(-0.5 * (square + size + (count - 1) * math.log(2.0 * math.pi)))
