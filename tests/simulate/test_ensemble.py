"""Many seeds, spread over threads."""

import muster


def test_the_number_of_workers_changes_nothing_but_the_time(case):
    one, three = (muster.simulate_seeds(case, range(1, 6), until="2031-06-01", workers=workers) for workers in (1, 3))
    assert [run.seed for run in three] == [1, 2, 3, 4, 5]
    assert [run.result_hash for run in one] == [run.result_hash for run in three]
    assert len({run.result_hash for run in one}) == 5


def test_each_is_the_run_of_its_seed_under_the_scenario(case):
    scenario = muster.scenario(case, "s", {"driver.skill": 2.0})
    runs = muster.simulate_seeds(case, [7, 2], scenario=scenario, until="2031-06-01")
    assert [run.result_hash for run in runs] == [
        muster.simulate(case, seed=seed, scenario=scenario, until="2031-06-01").result_hash for seed in (7, 2)
    ]


def test_progress_counts_seeds_and_no_seed_is_no_run(case):
    told = []
    muster.simulate_seeds(case, [1, 2, 3], until="2031-04-01", progress=lambda *what: told.append(what))
    assert told[-2:] == [(2, 3, "seeds"), (3, 3, "seeds")]
    assert muster.simulate_seeds(case, []) == []
