"""Checkpoints: half-way on disk, and on as if nothing had been."""

from dataclasses import replace

import numpy as np
import pytest

import muster
from muster.core.errors import MusterError
from muster.simulate.checkpoint import resume, save_checkpoint
from muster.simulate.run import simulate, start

UNTIL = "2032-01-31"


@pytest.mark.parametrize("engine", ["fast", "plain"])
def test_going_on_from_a_checkpoint_is_the_uninterrupted_history(case, tmp_path, engine):
    scenario = muster.scenario(case, "dated", {"exit.wastage": 5.0, "driver.skill": 1.5}, start="2031-06-01", until="2031-10-01")
    whole = simulate(case, seed=3, scenario=scenario, until=UNTIL, engine=engine)
    for day in ("2031-03-20", "2031-05-31", "2031-06-01", "2031-10-01", "2032-01-31"):
        save_checkpoint(start(case, seed=3, scenario=scenario, until=UNTIL, engine=engine).advance(day), tmp_path / "half")
        again = resume(case, tmp_path / "half")
        assert again.engine == engine
        assert again.finish().result_hash == whole.result_hash, day


def test_a_branch_that_has_just_changed_its_scenario(case, tmp_path):
    branch = start(case, seed=3, until=UNTIL).advance("2031-06-01").branch(muster.scenario(case, "w", {"exit.wastage": 9.0}))
    save_checkpoint(branch, tmp_path / "half")
    assert resume(case, tmp_path / "half").finish().result_hash == branch.finish().result_hash


def test_after_the_waiting_list_has_been_carried_over(case, tmp_path):
    crowd = muster.scenario(case, "crowd", {"driver.quota": 20.0, "driver.places": 0.0}, operation="set")
    simulation = start(case, seed=3, scenario=crowd, until=UNTIL).advance("2031-09-01")
    assert int(simulation.state.programme["waiting"]) > 0
    save_checkpoint(simulation, tmp_path / "half")
    assert resume(case, tmp_path / "half").finish().result_hash == simulation.finish().result_hash


def test_what_is_no_checkpoint_is_refused(case, tmp_path):
    (tmp_path / "text").write_text("not a checkpoint")
    np.savez(tmp_path / "other.npz", a=np.zeros(3))
    for name in ("text", "other.npz", "missing"):
        with pytest.raises(MusterError, match="is not a checkpoint of Muster"):
            resume(case, tmp_path / name)


def test_a_checkpoint_of_another_case_or_strength_is_refused(case, tmp_path):
    save_checkpoint(start(case, until=UNTIL).advance("2031-04-01"), tmp_path / "half")
    for other in (replace(case, sha256="0" * 64), replace(case, strength="high")):
        with pytest.raises(MusterError, match="another version or strength"):
            resume(other, tmp_path / "half")


def test_a_checkpoint_holds_no_code(case, tmp_path):
    save_checkpoint(start(case, until=UNTIL).advance("2031-04-01"), tmp_path / "half")
    with np.load(tmp_path / "half", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind != "O" for name in arrays.files)
