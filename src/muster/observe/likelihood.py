"""How likely the reports are, given what happened: an interval-censored log-normal likelihood with biased claimants.

    log Y = log X + b + e,   b ~ N(m, s_b) one a claimant and subject,   e ~ N(0, s) one a figure

``X`` is the simulated truth, ``Y`` the count a source had, of which it told a rounded or worded figure: the likelihood of
the figure is the probability that ``Y`` lies in the stretch its words leave open. The bias of each group is integrated out
(on a grid, where it has several figures): a posterior needs no dimensions for them, and ``bias_posterior`` gives them back.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from muster.observe.reported import Term

_NODES = 41
_REACH = 4.0  # standard deviations of the prior of a bias that the grid covers on each side
_SMALL = 0.5  # a simulated count below this is read as this: the logarithm needs something
# A source mixes things up now and then: this share of figures could be anything within a factor of ten thousand. It keeps
# a single wild report from deciding everything. Judgement.
_STRAY = 0.01
_STRAY_WIDTH = math.log(10_000.0)


@dataclass(frozen=True, slots=True)
class Group:
    """The terms that share one bias."""

    name: tuple[str, str]
    places: tuple[int, ...]
    nodes: np.ndarray
    log_prior: np.ndarray


def bias_groups(terms: Sequence[Term]) -> tuple[Group, ...]:
    """Groups of terms by claimant and subject, each with a grid of its bias (natural logarithm)."""
    members: dict[tuple[str, str], list[int]] = {}
    for place, term in enumerate(terms):
        members.setdefault(term.group, []).append(place)
    groups = []
    for name, places in members.items():
        bias = terms[places[0]].bias
        standard = np.linspace(-_REACH, _REACH, _NODES)
        log_prior = -0.5 * standard**2
        groups.append(Group(name, tuple(places), bias.mean + bias.sd * standard, log_prior - np.logaddexp.reduce(log_prior)))
    return tuple(groups)


def log_likelihood(simulated: Any, terms: Sequence[Term], *, process_sd: Any = 0.0) -> np.ndarray:
    """Log-likelihood of all terms, one number a history.

    ``simulated``: (histories, terms), the simulated truth in each claim's unit. ``process_sd``: sd of the logarithm by
    which a single history differs from the expectation it stands for, a number or (terms,) or (histories, terms).
    """
    values = np.atleast_2d(np.asarray(simulated, float))
    spread = np.broadcast_to(np.asarray(process_sd, float), values.shape)
    total = np.zeros(len(values))
    for group in bias_groups(terms):
        if len(group.places) == 1:
            total += _single(values, spread, terms[group.places[0]], group.places[0])
        else:
            total += np.logaddexp.reduce(group.log_prior + _group_terms(values, spread, terms, group), axis=1)
    return total


def _single(values: np.ndarray, spread: np.ndarray, term: Term, place: int) -> np.ndarray:
    """The one figure of a group: bias and scatter are one normal, and need no grid."""
    centre = np.log(np.maximum(values[:, place], _SMALL)) + term.bias.mean
    return log_figure(term, centre, np.sqrt(term.scatter**2 + spread[:, place] ** 2 + term.bias.sd**2))


def bias_posterior(simulated: Any, terms: Sequence[Term], group: Group, *, process_sd: Any = 0.0) -> np.ndarray:
    """Probabilities of the nodes of a group's bias given each history, (histories, nodes)."""
    values = np.atleast_2d(np.asarray(simulated, float))
    spread = np.broadcast_to(np.asarray(process_sd, float), values.shape)
    log_weight = group.log_prior + _group_terms(values, spread, terms, group)
    return np.exp(log_weight - np.logaddexp.reduce(log_weight, axis=1, keepdims=True))


def _group_terms(values: np.ndarray, spread: np.ndarray, terms: Sequence[Term], group: Group) -> np.ndarray:
    """Summed log-likelihood of a group's figures at each node of its bias, (histories, nodes)."""
    total = np.zeros((len(values), len(group.nodes)))
    for place in group.places:
        term = terms[place]
        centre = np.log(np.maximum(values[:, place], _SMALL))[:, None] + group.nodes
        total += term.weight * log_figure(term, centre, np.hypot(term.scatter, spread[:, place])[:, None])
    return total


def log_figure(term: Term, centre: np.ndarray, sd: np.ndarray | float) -> np.ndarray:
    """Log-probability of the figure a term tells when the log of the source's count is N(``centre``, ``sd``)."""
    probability: Any = 0.0
    stray = 0.0
    for stretch in term.readings:
        low, high = math.log(stretch.low) if stretch.low > 0 else -math.inf, math.log(stretch.high)
        probability = probability + stretch.weight * _between((low - centre) / sd, (high - centre) / sd)
        stray += stretch.weight * min((high - max(low, high - _STRAY_WIDTH)) / _STRAY_WIDTH, 1.0)
    return np.log((1.0 - _STRAY) * probability + _STRAY * stray)


def _between(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Probability of a standard normal between two points, exact in the tails too."""
    flip = low > 0
    first, last = np.where(flip, -high, low), np.where(flip, -low, high)
    return np.maximum(_normal(last) - _normal(first), 0.0)


def _normal(x: np.ndarray) -> np.ndarray:
    from scipy.special import ndtr

    return ndtr(x)
