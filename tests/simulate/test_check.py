"""`muster.check_case` finds what a run would refuse, in parameters and in every scenario, and a changed file is not rerun."""

import pytest

import muster
from muster.core.errors import MusterError


@pytest.fixture
def folder(tmp_path):
    muster.new_case(tmp_path / "own", name="own")
    return tmp_path / "own"


def test_the_shipped_cases_and_the_template_have_no_faults(folder):
    assert muster.check_case(folder) == muster.check_case("myanmar") == muster.check_case("tinyland") == []


def test_a_parameter_the_model_lacks_is_a_fault(folder):
    with open(folder / "parameters.toml", "a") as stream:
        stream.write("\n[exit]\nnope = 3\n")
    (fault,) = muster.check_case(folder)
    assert (fault.file, '"exit.nope"' in fault.problem) == ("parameters.toml", True)


def test_a_scenario_nobody_has_asked_for_is_read_too(folder):
    (folder / "scenarios" / "odd.toml").write_text('name = "odd"\n[[change]]\ntarget = "driver.palces"\nset = 1\n')
    (folder / "scenarios" / "wild.toml").write_text('name = "wild"\n[[change]]\ntarget = "driver.arming"\nset = 3\n')
    text = "\n".join(str(fault) for fault in muster.check_case(folder))
    assert "driver.places" in text
    (folder / "scenarios" / "odd.toml").unlink()
    (fault,) = muster.check_case(folder)
    assert "takes arming to 3" in fault.problem


def test_a_run_whose_file_was_changed_is_not_called_the_same(tmp_path):
    muster.simulate(muster.load_case("tinyland"), until="2031-04-01").save(tmp_path / "run")
    assert muster.rerun(tmp_path / "run").same
    with open(tmp_path / "run" / "run.nc", "ab") as stream:
        stream.write(b"x")
    with pytest.raises(MusterError, match="run.nc is not what the manifest says"):
        muster.rerun(tmp_path / "run")


def test_a_seed_is_a_whole_number():
    with pytest.raises(MusterError, match="is not a seed"):
        muster.simulate(muster.load_case("tinyland"), seed=1.5)
