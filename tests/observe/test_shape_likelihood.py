"""The likelihood of shape: by hand, its limits, what it must not depend on, and whether it finds the truth."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from muster.observe import shape_likelihood
from muster.observe.shape import ALIKE, ShapeTerm
from muster.observe.shape_likelihood import (
    DRIFT,
    SCATTER,
    courses,
    effective_concentration,
    log_course,
    log_dirichlet_multinomial,
    log_likelihood_shape,
    log_shares,
)

NONE = np.zeros((1, 1))


def term(*counts, half=4060, imposed=None, quantity="events", level=""):
    size = len(counts)
    return ShapeTerm(
        "source", quantity, half, (), tuple(range(size)), tuple(f"R{k}" for k in range(size)), tuple(map(float, counts)),
        imposed or (False,) * size, 1.0, 1.0, level,
    )  # fmt: skip


def answers(*shares):
    return np.array([*shares, sum(shares)], float)


def test_dirichlet_multinomial_by_hand_and_as_a_law():
    # Two counts, weights (1, 1): every split of 3 is equally likely.
    assert math.exp(log_dirichlet_multinomial(np.array([1.0, 2.0]), np.ones((1, 2)))[0]) == pytest.approx(0.25)
    weight = np.array([[0.3, 2.0, 5.0]])
    splits = [np.array(s, float) for s in product(range(5), repeat=3) if sum(s) == 4]
    assert sum(math.exp(log_dirichlet_multinomial(s, weight)[0]) for s in splits) == pytest.approx(1.0)


def test_dirichlet_multinomial_is_multinomial_when_nothing_varies():
    counts, share = np.array([4.0, 3.0, 3.0]), np.array([0.5, 0.2, 0.3])
    exact = stats.multinomial.logpmf(counts, 10, share)
    assert log_dirichlet_multinomial(counts, 1e7 * share[None])[0] == pytest.approx(exact, abs=1e-4)


def test_imposed_and_other_regions_split_the_law_without_remainder(monkeypatch):
    monkeypatch.setattr(shape_likelihood, "STRAY", 1e-300)
    monkeypatch.setattr(shape_likelihood, "IMPOSED_WEIGHT", 1.0)
    simulated = np.array([[5.0, 1.0, 7.0, 3.0]])
    whole = log_shares(term(4, 0, 9, 2), simulated, NONE)
    split = log_shares(term(4, 0, 9, 2, imposed=(True, False, False, True)), simulated, NONE)
    assert split == pytest.approx(whole)


def test_what_is_imposed_weighs_less_and_the_others_weigh_in_full():
    part = (True, True, False, False)
    good, bad_there = np.array([[30.0, 10.0, 20.0, 20.0]]), np.array([[10.0, 30.0, 20.0, 20.0]])
    bad_here = np.array([[30.0, 10.0, 30.0, 10.0]])
    plain, tempered = term(30, 10, 20, 20), term(30, 10, 20, 20, imposed=part)
    lost = {
        name: log_shares(one, good, NONE) - log_shares(one, bad_there, NONE) for name, one in (("all", plain), ("part", tempered))
    }
    assert lost["part"] < 0.5 * lost["all"]
    assert log_shares(tempered, good, NONE) - log_shares(tempered, bad_here, NONE) > 0


def test_all_regions_imposed():
    simulated = np.array([[3.0, 4.0]])
    whole = log_shares(term(3, 4), simulated, NONE)
    assert log_shares(term(3, 4, imposed=(True, True)), simulated, NONE) == pytest.approx(shape_likelihood.IMPOSED_WEIGHT * whole)


def test_the_luck_of_a_history_lowers_the_concentration_by_the_variance_it_adds():
    share = np.array([[0.5, 0.3, 0.2]])
    assert effective_concentration(20.0, share, 0 * share)[0] == pytest.approx(20.0)
    luck = np.array([[0.1, 0.05, 0.2]])
    rng = np.random.default_rng(1)
    parts = share * np.exp(luck * rng.normal(size=(400_000, 3)))
    added = (parts / parts.sum(axis=1, keepdims=True)).var(axis=0).sum()
    wanted = (share * (1 - share)).sum() / 21 + added
    found = effective_concentration(20.0, share, luck)[0]
    assert (share * (1 - share)).sum() / (found + 1) == pytest.approx(wanted, rel=0.01)
    assert effective_concentration(20.0, share, 50 * luck)[0] > 0


def test_the_course_by_hand():
    # The contrast (g2 - g1) / sqrt 2 of two half-years; the walk adds one step.
    pair = [term(30, 30, half=0), term(60, 60, half=1)]
    simulated = np.array([[100.0, 150.0]])
    gaps = np.log([60.5, 120.5]) - np.log(simulated[0])
    variance = (2 * SCATTER**2 + 1 / 60.5 + 1 / 120.5 + DRIFT**2) / 2
    usual = stats.norm.pdf((gaps[1] - gaps[0]) / math.sqrt(2), 0, math.sqrt(variance))
    odd = stats.norm.pdf((gaps[1] - gaps[0]) / math.sqrt(2), 0, 5 * math.sqrt(variance))
    assert math.exp(log_course(pair, simulated, np.zeros((1, 2)))[0]) == pytest.approx(0.95 * usual + 0.05 * odd)


def test_the_course_of_many_half_years_is_the_law_of_all_contrasts(monkeypatch):
    monkeypatch.setattr(shape_likelihood, "STRAY", 1e-300)
    run = [term(50, 10 * k + 5, half=k) for k in (0, 1, 2, 4)]
    simulated, spread = np.array([[90.0, 80.0, 100.0, 300.0]]), np.full((1, 4), 0.1)
    times = np.array([0.0, 1, 2, 4])
    seen = np.array([one.total for one in run]) + 0.5
    cover = DRIFT**2 * np.minimum.outer(times, times) + np.diag(SCATTER**2 + 1 / seen + 0.01)
    basis = np.linalg.svd(np.ones((1, 4)))[2][1:]  # orthonormal, across the level
    gap = np.log(seen / simulated[0])
    exact = stats.multivariate_normal.logpdf(basis @ gap, np.zeros(3), basis @ cover @ basis.T)
    assert log_course(run, simulated, spread)[0] == pytest.approx(exact)


def test_a_level_of_its_own_leaves_only_the_halves_of_a_year():
    year = [term(10, 5, half=half, level=str(half // 2)) for half in (8, 9, 10)]
    assert courses(year) == [[0, 1]]
    assert courses([replace(one, level="") for one in year]) == [[0, 1, 2]]


def test_one_odd_half_year_does_not_decide():
    terms = [term(1000, 1, 1, half=0), term(1, 1, 1000, half=1)]
    worst = log_likelihood_shape(np.concatenate([answers(1, 1, 1e6), answers(1e6, 1, 1)]), terms)
    anything = sum(log_dirichlet_multinomial(np.array(one.counts), np.ones((1, 3)))[0] for one in terms)
    assert worst[0] > anything + 2 * math.log(0.05) - 80


numbers = st.floats(1.0, 1e4)


@settings(deadline=None, max_examples=60)
@given(
    shares=st.lists(numbers, min_size=6, max_size=6),
    factor=st.floats(1.0, 50.0),
    seen=st.lists(st.integers(0, 99), min_size=6, max_size=6),
)
def test_the_level_says_nothing(shares, factor, seen):
    terms = [term(*seen[:3], half=0), term(*seen[3:], half=1)]
    simulated = np.concatenate([answers(*shares[:3]), answers(*shares[3:])])
    both = log_likelihood_shape([simulated, factor * simulated], terms)
    assert both[1] == pytest.approx(both[0], abs=1e-6)


@settings(deadline=None, max_examples=60)
@given(
    order=st.permutations(range(4)),
    shares=st.lists(numbers, min_size=4, max_size=4),
    seen=st.lists(st.integers(0, 99), min_size=4, max_size=4),
)
def test_the_order_of_regions_says_nothing(order, shares, seen):
    plain = log_shares(term(*seen), np.array([shares]), NONE)
    moved = log_shares(term(*(seen[k] for k in order)), np.array([[shares[k] for k in order]]), NONE)
    assert moved == pytest.approx(plain)


def test_the_truth_is_found_through_uneven_coverage():
    """A slope of activity over eight regions and a growth over four half-years, seen through coverage that differs by region
    and drifts: the posterior of both covers the truth about as often as it says."""
    rng = np.random.default_rng(7)
    place, halves = np.linspace(-1, 1, 8), range(4)
    slopes, growths = np.meshgrid(np.linspace(-3, 3, 41), np.linspace(-1.5, 1.5, 41), indexing="ij")
    grid = np.column_stack([slopes.ravel(), growths.ravel()])
    model = np.array([np.concatenate([answers(*np.exp(s * place + g * half + 4)) for half in halves]) for s, g in grid])
    inside = np.zeros(2)
    for _ in range(60):
        slope, growth = rng.normal(0, 0.7), rng.normal(0, 0.3)
        missed = np.exp(0.7 * rng.normal(size=8) - 2)
        drift = np.cumsum(0.3 * rng.normal(size=4))
        seen = [rng.poisson(missed * np.exp(slope * place + growth * half + 4 + drift[half])) for half in halves]
        terms = [replace(term(*seen[half], half=half), shares_weight=1 / (1 + 3 * ALIKE)) for half in halves]
        log = log_likelihood_shape(model, terms) - 0.5 * (grid[:, 0] / 0.7) ** 2 - 0.5 * (grid[:, 1] / 0.3) ** 2
        weight = np.exp(log - log.max())
        for which, truth in enumerate((slope, growth)):
            values = grid[:, which]
            below = weight[values <= truth].sum() / weight.sum()
            inside[which] += 0.05 < below < 0.95
    assert (inside / 60 > 0.75).all()
    assert inside[1] / 60 <= 1.0
