"""The fit finds what is known, the same with any number of workers, and goes on where it was killed."""

import numpy as np
import pytest

import muster
from muster.calibrate import fit as module
from muster.calibrate.fit import calibrate
from muster.calibrate.plan import Plan
from muster.calibrate.posterior import load_posterior
from muster.core.errors import MusterError

NAMES = ["exit.attempt_rate", "resolve.threshold_army"]
SMALL = Plan(first=96, further=48, waves=1, draws=100, particles=200, moves=6)


@pytest.fixture(scope="module")
def fitted(told, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fit")
    return folder, calibrate(told, until=told.until, plan=SMALL, parameters=NAMES, workers=2, folder=folder)


def test_the_truth_is_found(fitted, truth):
    _, posterior = fitted
    for name, true in truth.items():
        values = posterior.values[:, posterior.parameters.index(name)]
        low, high = np.quantile(values, [0.01, 0.99])
        assert low <= true <= high
    assert (posterior.z.std(axis=0) < 0.7).all(), "the claims taught nothing"


def test_workers_change_nothing(told, fitted):
    assert calibrate(told, until=told.until, plan=SMALL, parameters=NAMES, workers=1).hash == fitted[1].hash


def test_a_fit_goes_on_with_the_runs_it_has(told, fitted, monkeypatch):
    folder, before = fitted

    def refuse(*args, **kwargs):
        raise AssertionError("a finished run was made again")

    monkeypatch.setattr("muster.calibrate.runs.simulate_with", refuse)
    assert calibrate(told, until=told.until, plan=SMALL, parameters=NAMES, folder=folder).hash == before.hash


def test_a_block_lost_is_made_again(told, fitted):
    folder, before = fitted
    block = sorted((folder / "runs").glob("*.npz"))[0]
    block.unlink()
    assert calibrate(told, until=told.until, plan=SMALL, parameters=NAMES, folder=folder).hash == before.hash


def test_saved_and_loaded_it_is_the_same(fitted, tmp_path):
    posterior = fitted[1]
    posterior.save(tmp_path)
    again = load_posterior(tmp_path)
    assert again.hash == posterior.hash
    assert again.plan == posterior.plan
    assert again.draw(0) == posterior.draw(0)
    (tmp_path / "posterior.nc").write_bytes(b"other")
    with pytest.raises(MusterError, match="Fit again"):
        load_posterior(tmp_path)


def test_too_few_claims_are_said(told):
    from dataclasses import replace

    with pytest.raises(MusterError, match="too few to learn from"):
        module.calibrate(replace(told, claims=told.claims[:2]), until=told.until, plan=SMALL, parameters=NAMES)


def test_a_fit_is_repeated_from_its_folder(tmp_path, told, monkeypatch):
    monkeypatch.setattr("muster.forecast.again.load_case", lambda name, strength: told)
    calibrate(told, until=told.until, plan=SMALL, parameters=NAMES).save(tmp_path)
    assert muster.rerun(tmp_path).same
