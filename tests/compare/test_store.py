"""A store: files under what was asked and what came out, damage that shows, and writers that do not get in each other's way."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import numpy as np
import pytest

import muster
from muster.compare.ensemble import fill
from muster.compare.holdings import judge
from muster.compare.month_file import Months, decode, encode
from muster.compare.plan import digest_case
from muster.compare.store import Store
from muster.core.errors import MusterError


@pytest.fixture(scope="module")
def run(case):
    return muster.simulate(case, seed=2, until="2031-06-30")


@pytest.fixture
def filled(plan, tmp_path):
    fill(plan, tmp_path)
    return Store(tmp_path)


def test_a_file_gives_back_what_was_put_in_and_is_always_the_same(run):
    months = Months.of(run)
    content = encode(run, months)
    found = decode(content)
    assert found.fired == ()
    for name, values in months.data.items():
        assert found.data[name].dtype == values.dtype
        np.testing.assert_array_equal(found.data[name], values)
    assert encode(run, months) == content


def test_a_file_says_what_it_is_to_other_tools(run, tmp_path):
    import xarray as xr

    (tmp_path / "one.nc").write_bytes(encode(run, Months.of(run)))
    with xr.open_dataset(tmp_path / "one.nc", engine="scipy") as found:
        assert found["exits"].dims == ("month", "region", "branch", "fate")
        assert found["exits"].attrs["units"] == "persons"
        assert found.attrs["seed"] == "2"


def test_damaged_files_are_named_and_made_again(plan, filled):
    before = judge(plan, filled.look())
    paths = sorted(filled.runs.glob("[0-9a-f]*.nc"))
    bent = bytearray(paths[0].read_bytes())
    bent[-100] ^= 1
    paths[0].write_bytes(bent)
    paths[1].write_bytes(paths[1].read_bytes()[:-1000])
    paths[2].write_bytes(b"")
    verdict = judge(plan, filled.look())
    assert (verdict.finished, verdict.whole) == (3, False)
    assert verdict.damaged == tuple(path.name for path in paths[:3])
    assert verdict.hash != before.hash
    with pytest.raises(MusterError, match="is damaged"):
        filled.read(paths[0])
    with pytest.raises(MusterError, match="lacks 3 of 6 runs"):
        muster.load_ensemble(filled.folder)
    done = fill(plan, filled.folder)
    assert (done.made, done.found, done.damaged) == (3, 3, verdict.damaged)
    assert judge(plan, filled.look()) == before


def test_two_answers_to_one_question_are_none(plan, filled, run):
    path = sorted(filled.runs.glob("[0-9a-f]*.nc"))[0]
    name = filled.write(path.name.partition("-")[0], encode(run, Months.of(run)))
    assert {one.name for one in filled.look().damaged} == {path.name, name}


def test_a_second_writer_does_no_harm(filled, run):
    content = encode(run, Months.of(run))
    first = filled.write("0" * 32, content)
    stamp = (filled.runs / first).stat().st_mtime_ns
    assert filled.write("0" * 32, content) == first
    assert (filled.runs / first).stat().st_mtime_ns == stamp


def test_only_unfinished_files_of_long_ago_are_taken_away(filled):
    old, new = filled.runs / ".part-1-a-x.nc", filled.runs / ".part-2-b-y.nc"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    filled.clear(())
    assert (old.exists(), new.exists()) == (False, True)
    assert filled.look().damaged == ()


def test_what_is_finished_is_not_made_again_and_more_can_be_asked_for(case, plan, filled):
    assert fill(plan, filled.folder).made == 0
    more = muster.plan_ensemble(case, None, ["baseline", "no-air-power", "early-cash"], draws=4, until="2031-09-30")
    done = fill(more, filled.folder)
    assert (done.made, done.found) == (6, 6)


def test_a_key_follows_all_that_a_run_depends_on_and_nothing_else(case, plan):
    keys = [cell.key for cell in plan.cells()]
    assert len(set(keys)) == len(keys)
    renamed = replace(plan, scenarios=tuple(replace(one, name=one.name + "x", motive="y") for one in plan.scenarios))
    assert [cell.key for cell in renamed.cells()] == keys
    others = [
        replace(plan, until=plan.months[-2]),
        replace(plan, engine="plain"),
        replace(plan, draws=({"exit.attempt_rate": 0.007},)),
        replace(plan, members=tuple((draw, seed + 9) for draw, seed in plan.members)),
        replace(plan, case=replace(case, parameters={"exit.attempt_rate": 0.007})),
    ]
    for other in others:
        assert not set(keys) & {cell.key for cell in other.cells()}
    assert digest_case(replace(case, claims=(), sources={}, title="x")) == digest_case(case)


def test_what_is_asked_for_twice_is_made_once(case, tmp_path):
    null = replace(muster.load_scenario(case, "baseline"), name="null")
    twice = muster.plan_ensemble(case, None, ["baseline", null], draws=2, until="2031-06-30")
    assert fill(twice, tmp_path).made == 2
    found = muster.load_ensemble(tmp_path)
    assert all((values[0] == values[1]).all() for values in found.data.values())


def test_a_store_of_another_case_or_none_is_refused(tmp_path):
    with pytest.raises(MusterError, match=r"holds no plan\.json"):
        muster.verify_store(tmp_path)
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    with pytest.raises(MusterError, match="cannot be understood"):
        muster.verify_store(tmp_path)
