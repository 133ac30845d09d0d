"""The likelihood of a reported figure: by hand, against quadrature, and what it must not do."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import integrate, stats

from muster.case import Claim
from muster.core.dates import Interval
from muster.observe.likelihood import bias_groups, bias_posterior, log_figure, log_likelihood
from muster.observe.reported import independent_figures, likelihood_terms
from muster.observe.wording import Stretch


def claim(
    name,
    value,
    day="2023-05-03",
    *,
    claimant="NUG",
    side="resistance",
    low=None,
    high=None,
    quantity="cumulative_defections_total",
):
    when = date.fromisoformat(day)
    return Claim(
        name, quantity, value, low, high, "persons", None, Interval(when, when), "national", claimant, side, None, "", "", ""
    )


def term(**changes):
    (only,) = likelihood_terms([claim("A", 13000, low=13000)])
    return replace(only, **changes)


def test_v19_over_13000_when_12327_left():
    one = term(readings=(Stretch(1.0, 13000, 14000),))
    assert math.exp(log_figure(one, np.array([math.log(12327)]), 0.15)[0]) == pytest.approx(0.99 * 0.1634, abs=5e-4)


def test_a_bias_is_integrated_out():
    one = term(readings=(Stretch(1.0, 2500, 3500),), weight=1.0)

    def at(bias):
        density = stats.norm.pdf(bias, one.bias.mean, one.bias.sd)
        return density * math.exp(log_figure(one, np.array([math.log(2000) + bias]), one.scatter)[0])

    exact = integrate.quad(at, one.bias.mean - 4 * one.bias.sd, one.bias.mean + 4 * one.bias.sd)[0]
    assert math.exp(log_likelihood([[2000.0]], [one])[0]) == pytest.approx(exact, rel=1e-3)


def test_repeats_share_one_bias_so_a_steady_exaggeration_costs_once():
    truth = np.array([1000.0, 2000.0, 3000.0])
    days = ["2021-06-30", "2022-06-30", "2023-06-30"]
    same = likelihood_terms([claim(str(k), 1.3 * x, day) for k, (x, day) in enumerate(zip(truth, days, strict=True))])
    others = likelihood_terms(
        [claim(str(k), 1.3 * x, day, claimant=f"source {k}") for k, (x, day) in enumerate(zip(truth, days, strict=True))]
    )
    assert log_likelihood([truth], same)[0] > log_likelihood([truth], others)[0]


def test_one_side_alone_cannot_tell_truth_from_bias_but_an_anchor_can():
    alone = likelihood_terms([claim("A", 13123)])
    anchored = likelihood_terms([claim("A", 13123), claim("B", 9111, claimant="USIP", side="independent")])
    values = np.exp(np.linspace(math.log(5000), math.log(25000), 81))

    def width(terms):
        log = log_likelihood(np.repeat(values[:, None], len(terms), axis=1), terms)
        weight = np.exp(log - log.max())
        mean = (weight * np.log(values)).sum() / weight.sum()
        return math.sqrt((weight * (np.log(values) - mean) ** 2).sum() / weight.sum())

    assert width(alone) == pytest.approx(math.hypot(0.25, 0.1), rel=0.15)
    assert width(anchored) < 0.85 * width(alone)


def test_the_posterior_of_a_bias_moves_towards_what_was_added():
    terms = likelihood_terms([claim("A", 3000), claim("B", 2000, claimant="USIP", side="independent")])
    resistance = next(group for group in bias_groups(terms) if group.name[0] == "nug")
    weight = bias_posterior([[2000.0, 2000.0]], terms, resistance)
    assert weight.sum() == pytest.approx(1.0)
    assert (weight[0] * resistance.nodes).sum() > resistance.nodes.mean()


def test_a_wild_report_does_not_decide_everything():
    terms = likelihood_terms([claim("A", 3000), claim("B", 900000, claimant="blog", side="independent")])
    log = log_likelihood([[3000.0, 3000.0], [300000.0, 300000.0]], terms)
    assert np.isfinite(log).all()


def test_a_repeat_is_one_origin_and_a_dense_series_is_worth_less_than_its_length():
    terms = likelihood_terms(
        [claim("A", 8000), claim("B", 8000, "2023-05-31", claimant="NUG via BBC"), claim("C", 9000, "2023-09-01")]
    )
    assert [one.origin for one in terms] == [("A", "B"), ("C",)]
    assert all(one.weight < 1 for one in terms)


def test_independent_figures_of_a_series():
    assert independent_figures(np.zeros(5)) == 1.0
    assert independent_figures(np.array([0.0, 1.0])) == pytest.approx(2 / 1.9)
    assert independent_figures(np.array([0.0, 500.0])) == pytest.approx(2.0)


def test_what_is_not_comparable_gives_no_term():
    undated = replace(claim("A", 100), as_of=None)
    unknown = claim("B", 100, quantity="soldier_life_insurance")
    assert likelihood_terms([undated, unknown]) == ()
