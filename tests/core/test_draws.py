"""Luck: even, independent between keys, streams and days, and counts that are exact quantiles."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.core.compile import kernel
from muster.core.draws import binomial, derive, exponential, mix, name_key, normal, poisson, salt, salted, uniform

COUNT = 40_000
KEY, OTHER = name_key("test"), name_key("test.other")
uniforms = st.floats(1e-6, 1.0 - 1e-6)


@kernel
def fill(out, key, stream, by):
    """Uniforms along one axis: 0 persons, 1 days, 2 ordinals."""
    for i in range(len(out)):
        if by == 0:
            out[i] = uniform(derive(key, i), stream, 7, 0)
        elif by == 1:
            out[i] = uniform(key, stream, i, 0)
        else:
            out[i] = uniform(key, stream, 7, i)


@kernel
def fill_other(out, key, stream, exponentials):
    for i in range(len(out)):
        out[i] = exponential(derive(key, i), stream, 3) if exponentials else normal(derive(key, i), stream)


def along(by, *, key=KEY, stream=OTHER):
    out = np.empty(COUNT)
    fill(out, key, stream, by)
    return out


def test_a_name_has_the_same_key_on_every_machine():
    assert name_key("exit.fate") == 17267486170922531164
    assert name_key("unit", 1, "infantry", 0) == 17824801957022923001
    assert name_key("a", "b") != name_key("ab")  # parts are kept apart
    assert name_key("a", 1) == name_key("a", "1")


def test_mixing_loses_nothing():
    bits = np.arange(1, 50_001, dtype=np.uint64)
    assert len({int(mix(one)) for one in bits}) == len(bits)
    assert mix(np.uint64(0)) == 0


@pytest.mark.parametrize("by", [0, 1, 2], ids=["keys", "days", "ordinals"])
def test_uniforms_are_even_along_every_axis(by):
    u = along(by)
    assert u.min() > 0.0
    assert u.max() < 1.0
    counts = np.histogram(u, bins=100, range=(0.0, 1.0))[0]
    chi2 = float(((counts - COUNT / 100) ** 2 / (COUNT / 100)).sum())
    assert 48 < chi2 < 170  # 99 degrees of freedom: mean 99, sd 14.1; five sd up, 3.6 down


@pytest.mark.parametrize("by", [0, 1, 2], ids=["keys", "days", "ordinals"])
def test_neighbours_along_an_axis_are_unrelated(by):
    u = along(by)
    for lag in (1, 2, 7):
        assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) < 5 / math.sqrt(COUNT)


def test_streams_days_and_ordinals_are_unrelated():
    keys = along(0)
    assert abs(np.corrcoef(keys, along(0, stream=KEY))[0, 1]) < 5 / math.sqrt(COUNT)
    assert abs(np.corrcoef(keys, along(1))[0, 1]) < 5 / math.sqrt(COUNT)
    assert abs(np.corrcoef(along(1), along(2))[0, 1]) < 5 / math.sqrt(COUNT)
    pairs = np.histogram2d(keys, along(0, stream=KEY), bins=10)[0]
    chi2 = float(((pairs - COUNT / 100) ** 2 / (COUNT / 100)).sum())
    assert 48 < chi2 < 170


def test_a_salt_taken_out_of_a_loop_is_the_same_draw():
    assert salted(KEY, np.uint64(salt(OTHER, 11, 3))) == uniform(KEY, OTHER, 11, 3)
    assert uniform(KEY, OTHER, 11, 3) != uniform(KEY, OTHER, 3, 11)


def test_exponential_and_normal_have_their_shape():
    e, z = np.empty(COUNT), np.empty(COUNT)
    fill_other(e, KEY, OTHER, True)
    fill_other(z, KEY, OTHER, False)
    error = 5 / math.sqrt(COUNT)
    assert e.mean() == pytest.approx(1.0, abs=error)
    assert (e > 2.0).mean() == pytest.approx(math.exp(-2.0), abs=error)
    assert z.mean() == pytest.approx(0.0, abs=error)
    assert z.std() == pytest.approx(1.0, abs=error)
    assert (z <= -2.35).mean() == pytest.approx(0.00939, abs=0.0025)  # Phi(-2.35)
    assert exponential(KEY, OTHER, 3) == -math.log(uniform(KEY, OTHER, 3, 0))


# ---- Counts ----


def slow_poisson(u, mean):
    """The least k with P(K <= k) >= u, by exact summation; ``near`` if u all but touches a step."""
    total, k, terms = 0.0, 0, []
    while True:
        terms.append(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1.0)))
        total = math.fsum(terms)
        if total >= u or k > mean + 60 * math.sqrt(mean) + 60:
            return k, min(abs(total - u), abs(total - terms[-1] - u)) < 1e-10
        k += 1


def slow_binomial(u, n, p):
    terms = []
    for k in range(n + 1):
        log = math.lgamma(n + 1.0) - math.lgamma(k + 1.0) - math.lgamma(n - k + 1.0) + k * math.log(p) + (n - k) * math.log1p(-p)
        terms.append(math.exp(log))
        total = math.fsum(terms)
        if total >= u:
            return k, min(abs(total - u), abs(total - terms[-1] - u)) < 1e-10
    return n, True


QUANTILES = [1e-9, 1e-4, 0.01, 0.1, 0.25, 0.4999, 0.5, 0.6, 0.75, 0.9, 0.99, 0.9999, 1.0 - 1e-9]


@pytest.mark.parametrize("mean", [0.001, 0.01, 0.3, 1.0, 2.5, 7.0, 29.9, 30.0, 31.7, 120.0, 700.0])
def test_poisson_is_the_exact_quantile(mean):
    for u in QUANTILES:
        wanted, near = slow_poisson(u, mean)
        assert near or poisson(u, mean) == wanted, (u, mean)


@pytest.mark.parametrize("mean", [2000.0, 5000.0])
def test_poisson_of_a_large_mean_is_the_exact_quantile(mean):
    k = np.arange(int(mean + 12 * math.sqrt(mean)))
    below = np.cumsum([math.exp(i * math.log(mean) - mean - math.lgamma(i + 1.0)) for i in k])
    for u in QUANTILES:
        wanted = int(np.searchsorted(below, u))
        assert poisson(u, mean) == wanted or np.abs(below[wanted - 1 : wanted + 2] - u).min() < 1e-10, (u, mean)


@pytest.mark.parametrize(
    ("n", "p"), [(1, 0.3), (5, 0.5), (200, 0.01), (200, 0.9), (800, 0.2), (800, 0.0374), (3, 0.999), (700, 1e-6), (40, 0.75)]
)
def test_binomial_is_the_exact_quantile(n, p):
    for u in QUANTILES:
        wanted, near = slow_binomial(u, n, p)
        assert near or binomial(u, n, p) == wanted, (u, n, p)


def test_counts_worked_by_hand():
    # exp(-1) = .3679, + .3679 = .7358, + .1839 = .9197
    assert [poisson(u, 1.0) for u in (0.367, 0.369, 0.735, 0.737, 0.919, 0.920)] == [0, 1, 1, 2, 2, 3]
    # two coins of .5: .25, .75, 1
    assert [binomial(u, 2, 0.5) for u in (0.24, 0.26, 0.74, 0.76)] == [0, 1, 1, 2]


def test_counts_at_the_ends():
    assert poisson(0.999, 0.0) == 0
    assert poisson(0.5, -1.0) == 0
    assert binomial(0.5, 0, 0.5) == 0
    assert binomial(0.5, 10, 0.0) == 0
    assert binomial(0.001, 10, 1.0) == 10
    assert binomial(0.5, -3, 0.5) == 0


@given(u=uniforms, mean=st.floats(0.0, 3000.0), more=st.floats(0.0, 500.0))
def test_a_larger_mean_never_gives_fewer(u, mean, more):
    assert poisson(u, mean) <= poisson(u, mean + more)


@given(u=uniforms, more=st.floats(0.0, 0.1), mean=st.floats(0.0, 3000.0))
def test_a_larger_quantile_never_gives_fewer(u, more, mean):
    assert poisson(u, mean) <= poisson(min(u + more, 1.0 - 1e-7), mean)


@given(u=uniforms, n=st.integers(0, 50_000), p=st.floats(0.0, 1.0), more=st.floats(0.0, 0.2), extra=st.integers(0, 500))
def test_a_binomial_is_monotone_in_size_and_chance_and_stays_within(u, n, p, more, extra):
    count = binomial(u, n, p)
    assert 0 <= count <= n
    assert count <= binomial(u, n, min(1.0, p + more))
    assert count <= binomial(u, n + extra, p)


@given(u=uniforms, mean=st.floats(30.0, 3000.0))
def test_a_small_change_of_a_rate_changes_few_events(u, mean):
    assert abs(poisson(u, mean + 0.01) - poisson(u, mean)) <= 1
