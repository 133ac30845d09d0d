"""Sensitivity of a run: what cannot matter does not, what must matter does, luck is told, budgets are kept."""

from types import SimpleNamespace

import numpy as np
import pytest

import muster
from muster.calibrate.posterior import ASSUMED_BELOW
from muster.compare.factor import find_factors
from muster.compare.outcome import find_outcome
from muster.compare.part import Part, read_period
from muster.compare.sensitivity import Influence, Sensitivity, _afford, _Runner, sensitivity

EARLY = Part(until=read_period("2031-01..2031-08").until)
THREE = ("resolve.threshold_army", "exit.attempt_rate", "recruitment.elasticity")


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_what_must_matter_is_first_and_what_cannot_has_none(tiny, method):
    quiet = muster.scenario(tiny, "nobody joins", {"driver.volunteer_multiplier": 0.0})
    found = sensitivity(tiny, None, method=method, parameters=THREE, scenario=quiet, part=EARLY, budget=80, logarithm=True)
    ranked = [row.factor.name for row in found.rows]
    assert ranked[-1] == "recruitment.elasticity"
    assert found.rows[-1].size == 0
    assert found.rows[0].size > 0
    assert all(row.low <= row.high for row in found.rows)
    assert 0 <= found.noise <= 1
    assert found.runs <= 80
    if method == "morris":
        signs = {row.factor.name: np.sign(row.further["mu"]) for row in found.rows}
        assert signs == {"resolve.threshold_army": -1, "exit.attempt_rate": 1, "recruitment.elasticity": 0}
    else:
        assert {"first", "first_low", "first_high"} <= set(found.rows[0].further)


def test_progress_counts_every_history_of_one_bar(tiny):
    seen = []

    def tell(done, total, what):
        seen.append((done, total))

    sensitivity(tiny, None, method="sobol", parameters=THREE, part=EARLY, budget=36, progress=tell)
    assert seen == [(done, 36) for done in range(1, 37)]


@pytest.mark.parametrize(("figure", "share"), [(lambda u, luck: u[0], 0.0), (lambda u, luck: luck, 1.0)])
def test_luck_is_told_from_what_parameters_do(figure, share):
    def drawn(u, seed):
        return float(figure(u, np.random.default_rng([seed, *(u * 1e6).astype(int)]).random()))

    runner = _Runner(SimpleNamespace(figure=drawn), 0, 1, None)
    runner.run(np.random.default_rng(1).random((400, 2)), 1)
    assert runner.noise(1) == pytest.approx(share, abs=0.4)


def test_factors_run_over_the_prior_or_over_what_a_fit_left():
    draws = np.linspace(0.001, 0.002, 101)
    posterior = SimpleNamespace(parameters=("exit.attempt_rate",), values=draws[:, None], learned=np.array([0.7]))
    (prior,) = find_factors(posterior, over="prior")
    (left,) = find_factors(posterior, over="posterior")
    assert prior.value(np.array(0.5)) == pytest.approx(0.005)
    assert left.value(np.array([0.0, 0.5, 1.0])) == pytest.approx([0.00105, 0.0015, 0.00195])
    assert not left.assumed
    assert find_factors(None, over="prior", names=("exit.attempt_rate",))[0].assumed
    posterior.learned = np.array([ASSUMED_BELOW / 2])
    assert find_factors(posterior, over="posterior")[0].assumed


@pytest.mark.parametrize("method", ["morris", "sobol"])
@pytest.mark.parametrize("inputs", [1, 3, 29])
def test_a_budget_is_never_exceeded_and_the_least_that_is_named_is_enough(method, inputs):
    each = inputs + {"morris": 1, "sobol": 2}[method]
    with pytest.raises(muster.MusterError, match="too few") as told:
        _afford(method, inputs, 0)
    least = int(str(told.value).split("give ")[1].split(",")[0])
    for budget in range(least, 400):
        design = each * _afford(method, inputs, budget)
        assert 0 < design + min(16, design) <= budget
    with pytest.raises(muster.MusterError, match="too few"):
        _afford(method, inputs, least - 1)


@pytest.mark.parametrize(
    ("row", "uncertain"),
    [((0.6, 0.5, 0.7, 0.5), False), ((1.4, 1.3, 1.5, 0.5), True), ((0.3, 0.2, 0.4, 0.5), True), ((0.6, 0.3, 0.9, 0.5), True)],
)
def test_shares_that_cannot_be_are_uncertain(tiny, row, uncertain):
    size, low, high, first = row
    (factor,) = find_factors(None, over="prior", names=("exit.attempt_rate",))
    rows = (Influence(factor, size, low, high, {"first": first}),)
    found = Sensitivity("x", "baseline", find_outcome("left"), "sobol", "prior", False, 64, 0.0, rows)
    assert found.uncertain == uncertain


def test_wrong_questions_are_refused(tiny):
    with pytest.raises(muster.MusterError, match="too few for 3 parameters: give 16"):
        sensitivity(tiny, None, parameters=THREE, budget=7)
    with pytest.raises(muster.MusterError, match="no fit of this case"):
        sensitivity(tiny, None, over="posterior")
    with pytest.raises(muster.MusterError, match='Did you mean "exit.attempt_rate"'):
        sensitivity(tiny, None, parameters=("exit.atempt_rate",))
    posterior = SimpleNamespace(parameters=("exit.attempt_rate",), values=np.ones((3, 1)), learned=np.array([0.7]))
    with pytest.raises(muster.MusterError, match="not moved by the fit"):
        find_factors(posterior, over="posterior", names=("militia.help",))
