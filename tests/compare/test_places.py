"""Threads, processes, Dask or any executor: the same bits, failures kept apart, and what is lost is told in a sentence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

import muster
from muster.compare.ensemble import fill, simulate_ensemble
from muster.compare.executors import Crew, map_over
from muster.compare.holdings import judge, list_holdings
from muster.compare.reduce import national, reduce_store
from muster.compare.store import Store
from muster.compare.work import Job, work
from muster.core.errors import MusterError
from muster.simulate.scenario import Change, Scenario, Trigger


@pytest.fixture(scope="module")
def hashed(plan, tmp_path_factory):
    """The hash of a store filled by one thread."""
    return filled(plan, tmp_path_factory.mktemp("one"), workers=1)


def filled(plan, folder, **more):
    fill(plan, folder, **more)
    return judge(plan, Store(folder).look()).hash


def test_threads_and_processes_and_any_executor_give_the_same_store(plan, hashed, tmp_path):
    assert filled(plan, tmp_path / "two", workers=2) == hashed
    assert filled(plan, tmp_path / "processes", executor="processes", workers=2) == hashed
    with ThreadPoolExecutor(2) as pool:
        assert filled(plan, tmp_path / "own", executor=pool) == hashed


def test_two_dask_workers_give_the_same_store(plan, hashed, tmp_path):
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install muster[dask]")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, protocol="tcp://", host="127.0.0.1", dashboard_address=None
    ) as cluster:
        assert filled(plan, tmp_path, executor=cluster.scheduler_address) == hashed


def test_with_a_store_or_without_the_arrays_are_the_same(case, tmp_path):
    asked = {"draws": 2, "until": "2031-06-30"}
    kept = simulate_ensemble(case, None, ["baseline"], store=tmp_path, **asked)
    lone = simulate_ensemble(case, None, ["baseline"], **asked)
    assert all((kept.data[name] == values).all() for name, values in lone.data.items())
    assert (kept.members, kept.months, kept.fired) == (lone.members, lone.months, lone.fired)


def test_a_run_that_fails_is_told_and_takes_nobody_with_it(case, tmp_path):
    wrong = Scenario("wrong", changes=(Change("security.arrest_low", "multiply", 10.0),))
    plan = muster.plan_ensemble(case, None, ["baseline", wrong], draws=2, until="2031-06-30")
    made = muster.complete_ensemble(plan, tmp_path)
    assert [(one.scenario, one.seed) for one in made.done.failures] == [("wrong", 1), ("wrong", 2)]
    assert "must be a number" in made.done.failures[0].problem
    assert (made.done.made, made.verdict.finished, made.summary.plan.names) == (2, 2, ("baseline",))
    states = [one.state for one in list_holdings(tmp_path, failures=made.done.failures)]
    assert states == ["finished", "finished", "failed", "failed"]
    with pytest.raises(MusterError, match=r"2 runs failed; the others are done. First: wrong"):
        simulate_ensemble(case, None, ["baseline", wrong], draws=2, until="2031-06-30")


def test_an_error_of_the_code_itself_is_a_failure_of_its_run(plan, monkeypatch):
    job = Job(plan.case, plan.until, "fast", muster.compare.work.code_digest(), None)
    monkeypatch.setattr("muster.compare.work.simulate", lambda *_, **__: 1 / 0)
    assert [one.problem for one in work(job, list(plan.cells())[:1])] == ["ZeroDivisionError: division by zero"]


def test_a_worker_with_other_code_refuses(plan):
    with pytest.raises(MusterError, match="another version of Muster"):
        work(Job(plan.case, plan.until, "fast", "other", None), [])


def test_lost_workers_and_wrong_places_are_told_in_a_sentence(plan, tmp_path):
    from concurrent.futures import BrokenExecutor, Executor, Future

    class Dying(Executor):
        def submit(self, *_, **__):
            future = Future()
            future.set_exception(BrokenExecutor("gone"))
            return future

    with pytest.raises(MusterError, match="What was finished is kept"):
        fill(plan, tmp_path, executor=Dying())
    with pytest.raises(MusterError, match="no place to work"):
        fill(plan, tmp_path, executor="the moon")


def test_few_pieces_are_under_way_at_a_time():
    started = []

    class Slow(ThreadPoolExecutor):
        def submit(self, function, piece, /):
            started.append(piece)
            return super().submit(function, piece)

    with Slow(1) as pool:
        results = map_over(Crew(pool, 1), lambda piece: piece * piece, range(50))
        assert next(results) == 0
        assert len(started) <= 6
        assert sorted(results) == [k * k for k in range(1, 50)]


def test_the_summary_is_that_of_all_runs_at_once(plan, tmp_path):
    fill(plan, tmp_path)
    store, whole = Store(tmp_path), muster.load_ensemble(tmp_path)
    found = reduce_store(plan, store, store.look().whole)
    for name, values in whole.data.items():
        np.testing.assert_allclose(found.moments[1].mean[name], values[1].mean(axis=0), rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(found.moments[1].sd(name), values[1].std(axis=0, ddof=1), rtol=1e-4, atol=1e-5)
    cell = {name: values[1, 2] for name, values in whole.data.items()}
    assert all((found.series[name][1, 2] == series).all() for name, series in national(cell).items())
    frame = found.to_frame()
    row = frame[(frame.scenario == "early-cash") & (frame.quantity == "exits.defected")].iloc[-1]
    assert row["q50"] == np.median(whole.data["exits"][1, :, -1, :, :, 0].sum(axis=(1, 2)))


def test_when_triggers_fired_is_kept(case, tmp_path):
    trigger = Trigger("strength", "above", 0.0, (Change("driver.places", "multiply", 2.0),))
    found = simulate_ensemble(case, None, [Scenario("if", triggers=(trigger,))], draws=1, until="2031-06-30", store=tmp_path)
    assert [day.isoformat() for day in found.fired[0][0]] == ["2031-03-31"]
    assert list_holdings(tmp_path)[0].fired == found.fired[0][0]


def test_a_run_is_repeated_from_its_folder(plan, tmp_path):
    muster.complete_ensemble(plan, tmp_path)
    assert muster.rerun(tmp_path).same
    other = replace(plan, members=plan.members[:1])
    other.save(tmp_path)
    with pytest.raises(MusterError, match=r"plan\.json is not what the manifest says"):
        muster.rerun(tmp_path)
