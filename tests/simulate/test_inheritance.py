"""A scenario may extend another: what it inherits comes first; circles and unknown names are refused in a sentence."""

import pytest

import muster
from muster.core.errors import InputError, MusterError
from muster.simulate.change import Change
from muster.simulate.lever import LEVERS
from muster.simulate.scenario import load_scenario
from muster.simulate.settings import tabulate_drivers


def write(folder, name, text=""):
    (folder / f"{name}.toml").write_text(f'name = "{name}"\n{text}', encoding="utf-8")
    return folder / f"{name}.toml"


def test_what_is_inherited_comes_first(case, tmp_path):
    trigger = '[[trigger]]\nwhen = "waiting"\nabove = 5\n[[trigger.change]]\nlever = "cash"\nset = 4\n'
    write(tmp_path, "first", f'[[change]]\nlever = "cash"\nset = 3\n{trigger}')
    path = write(tmp_path, "second", 'extends = "first"\nmotive = "more"\n[[change]]\nlever = "cash"\nmultiply = 2\n')
    found = load_scenario(case, path)
    assert (found.name, found.motive) == ("second", "more")
    assert found.changes == (Change("driver.cash", "set", 3.0), Change("driver.cash", "multiply", 2.0))
    assert len(found.triggers) == 1
    assert tabulate_drivers(case, found, 10).nation["cash"][5] == 6.0


def test_a_shipped_scenario_can_be_extended(case, tmp_path):
    path = write(tmp_path, "mine", 'extends = "more-safehouses"\n')
    assert load_scenario(case, path).changes == load_scenario(case, "more-safehouses").changes


def test_circles_unknown_names_and_faults_of_a_parent_are_told(case, tmp_path):
    write(tmp_path, "a", 'extends = "b"\n')
    b = write(tmp_path, "b", 'extends = "c"\n')
    write(tmp_path, "c", 'extends = "a"\n')
    with pytest.raises(MusterError, match="b extends c extends a extends b"):
        load_scenario(case, b)
    with pytest.raises(MusterError, match="extends what cannot be found.*more-safehouses"):
        load_scenario(case, write(tmp_path, "d", 'extends = "more-safehoses"\n'))
    write(tmp_path, "wrong", "chnge = 1\n")
    with pytest.raises(InputError, match="wrong.toml"):
        load_scenario(case, write(tmp_path, "e", 'extends = "wrong"\n'))
    with pytest.raises(InputError, match="extends"):
        load_scenario(case, write(tmp_path, "f", "extends = 3\n"))


def test_a_lever_moves_all_it_stands_for(case):
    changes = muster.scenario(case, "draft", {"conscription": 2.0}).changes
    assert [change.target for change in changes] == ["driver.quota", "driver.quota_planned"]


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.name)
def test_every_lever_is_one_the_model_has(case, lever):
    assert muster.scenario(case, "x", {lever.name: 1.0}).changes
    assert lever.meaning
