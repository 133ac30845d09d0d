"""Predictive checks: figures drawn from the posterior itself pass, figures far from it do not."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from muster.calibrate.plan import Plan
from muster.calibrate.posterior import Posterior, Wave
from muster.calibrate.predictive import check_predictive
from muster.case import Claim
from muster.core.dates import Interval
from muster.observe.reported import likelihood_terms

RNG = np.random.default_rng(3)
TRUTH = 1000 * np.exp(0.2 * RNG.standard_normal(500))


def terms(factor):
    claims = []
    for number in range(60):
        day = date(2021 + number // 12, 1 + number % 12, 1)
        value = factor * 1000 * np.exp(0.2 * RNG.standard_normal() + 0.1 * RNG.standard_normal())
        claims.append(
            Claim(
                str(number),
                "military_personnel_total",
                float(round(value, 1)),
                None,
                None,
                "persons",
                None,
                Interval(day, day),
                "national",
                f"s{number}",
                "independent",
                None,
                "",
                "",
                "",
            )  # fmt: skip
        )
    return likelihood_terms(claims)


def posterior_of(found):
    groups = tuple(term.group for term in found)
    z = np.zeros((500, 1))
    rest = (np.zeros((500, len(groups))), tuple(term.claim.id for term in found), np.repeat(TRUTH[:, None], len(found), axis=1))
    wave = Wave(1, z[0], z[0], 0.1, np.inf, 0.0)
    rest = (*rest, np.zeros(len(found)), (wave,), 1, 0.2, 1.0)
    return Posterior("x", "x", "s", "c", date(2031, 1, 1), 1, Plan(), ("exit.wastage",), z, z, groups, *rest)


def test_figures_of_the_posterior_pass():
    found = terms(1.0)
    (check,) = check_predictive(posterior_of(found), found)
    assert check.figures == 60
    assert check.in90 == pytest.approx(0.9, abs=0.1)
    assert check.in50 == pytest.approx(0.5, abs=0.17)
    assert check.place == pytest.approx(0.5, abs=0.1)


def test_figures_far_off_do_not():
    found = terms(2.5)
    (check,) = check_predictive(posterior_of(found), found)
    assert check.in90 < 0.1
    assert check.place > 0.95


def test_what_was_not_fitted_is_left_out():
    found = terms(1.0)
    stranger = replace(found[0], claim=replace(found[0].claim, id="other", quantity="police_total"))
    assert len(check_predictive(posterior_of(found), [*found, stranger])) == 1
