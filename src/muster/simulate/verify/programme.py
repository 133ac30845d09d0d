"""The programme as a queue: households in houses, and how many wait for a place."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

import numpy as np

from muster.core.draws import name_key, uniform
from muster.simulate.run import Simulation
from muster.simulate.verify.bench import case, formation, level, simulation
from muster.simulate.verify.check import Finding, equal, near, printed, sampled
from muster.simulate.verify.laws_of_chance import erlang_b, erlang_c, waiting_in_steps

_STAY = 60.0
_STREAM = name_key("programme.stay")
_DAYS = 30_000
_WARM_UP = 600
_BATCHES = 40
_PLENTY = 100_000.0


def _queue(rate: float, places: float, *, days: int, dt: float = 1.0, seed: int = 1) -> Simulation:
    """A run in which conscripts come in as a Poisson stream, are willing, and are reached and vetted at once.

    Contact and vetting each take the step they must, so the list is joined by the stream that came in, two steps late.
    """
    parameters = {
        "resolve.threshold_army": 1e3,  # nobody of the force at the start is willing
        "resolve.threshold_conscript": -1e3,
        "programme.contact_rate": 1e3,
        "programme.vetting_days": 1e-9,
        "programme.stay_days": _STAY,
    }
    drivers = [level("quota", rate), level("outreach", 1.0), level("places", places)]
    small = case([formation(400)], parameters=parameters, drivers=drivers, days=days)
    return simulation(small, seed=seed, dt=dt).advance()


def _after_warm_up(runs: Sequence[Simulation], name: str) -> np.ndarray:
    return np.concatenate([run.record.nation[name][round(_WARM_UP / run.dt) :] for run in runs]).astype(float)


def _batch_error(series: np.ndarray) -> float:
    """Standard error of the mean of a series that remembers, from means of long batches."""
    means = [part.mean() for part in np.array_split(series, _BATCHES)]
    return float(np.std(means, ddof=1) / math.sqrt(_BATCHES))


def _replayed(run: Simulation, places: int) -> bool:
    """Whether another queue, fed with the arrivals and stays of this one, has as many housed and waiting on every step."""
    people = run.state.persons[: int(run.state.regime["people"])]
    people = people[people["entered"] > 0]
    people = people[np.lexsort((people["key"], people["entered"]))]
    joined = people["entered"] + 2
    stay = [max(1, math.ceil(-math.log(uniform(key, _STREAM, 0, 0)) * _STAY / run.dt)) for key in people["key"]]
    ends: list[int] = []
    served = came = 0
    for t, row in enumerate(run.record.nation):
        while ends and ends[0] <= t:
            heapq.heappop(ends)
        while came < len(joined) and joined[came] <= t:
            came += 1
        while served < came and len(ends) < places:
            heapq.heappush(ends, t + stay[served])
            served += 1
        if (row["housed"], row["waiting"]) != (len(ends), came - served):
            return False
    return True


def unlimited() -> list[Finding]:
    """With places for all, the housed follow a Poisson law: each of the last days' arrivals is still there or not."""
    rate = 1.5
    mean = rate / -math.expm1(-1.0 / _STAY)
    runs = [_queue(rate, _PLENTY, days=_DAYS, seed=seed) for seed in range(1, 7)]
    housed = _after_warm_up(runs, "housed")
    keep = math.exp(-1.0 / _STAY)  # correlation from a day to the next
    error = math.sqrt(mean / len(housed) * (1.0 + keep) / (1.0 - keep))
    of_ratio = math.sqrt(2.0 / len(housed) * (1.0 + keep**2) / (1.0 - keep**2))
    return [
        printed("mean housed, closed form", 90.752, mean, 3),
        sampled("mean housed, engine", mean, housed.mean(), error, "Poisson law, correlation exp(-days/60)"),
        sampled("variance over mean of the housed, engine", 1.0, housed.var() / housed.mean(), of_ratio, "Poisson law"),
        equal("most who ever waited", 0, int(_after_warm_up(runs, "waiting").max())),
    ]


def limited() -> list[Finding]:
    """With 100 places the list is Erlang's queue in short steps, and a little longer in steps of a day."""
    found = _formulas()
    for dt, number, seeds in ((1.0, 2.415, 6), (0.25, 2.09, 1), (0.1, 2.03, 1)):
        expected, served = waiting_in_steps(100, 1.5, _STAY, dt, largest=260)
        days = _DAYS if dt > 0.2 else _DAYS // 2
        runs = [_queue(1.5, 100.0, days=days, dt=dt, seed=seed) for seed in range(1, seeds + 1)]
        waiting, housed = _after_warm_up(runs, "waiting"), _after_warm_up(runs, "housed")
        same = "yes" if _replayed(runs[0], 100) else "no"
        steps = f"in steps of {dt:g} days"
        found.append(near(f"mean waiting {steps}, exact chain", number, expected, 0.05, "the printed number is a sample"))
        found.append(sampled(f"mean waiting {steps}, engine", expected, waiting.mean(), _batch_error(waiting), "batch means"))
        found.append(sampled(f"mean housed {steps}, engine", served, housed.mean(), _batch_error(housed), "batch means"))
        found.append(equal(f"another queue with the same customers is the same {steps}", "yes", same))
    return found


def _formulas() -> list[Finding]:
    """Erlang's formulas at the two loads, and at the load that steps of a day amount to."""
    load, heavy, daily = 1.5 * _STAY, 1.6 * _STAY, 1.5 / -math.expm1(-1.0 / _STAY)
    wait, wait_heavy, wait_daily = erlang_c(100, load), erlang_c(100, heavy), erlang_c(100, daily)
    listed = wait * load / (100.0 - load)
    smooth, _ = waiting_in_steps(100, 1.5, _STAY, 0.01, largest=260)
    return [
        printed("probability of waiting at 1.5 a day, Erlang C", 0.2169, wait, 4),
        printed("mean waiting at 1.5 a day, Erlang C", 1.952, listed, 3),
        printed("mean days waited at 1.5 a day, Erlang C", 1.302, listed / 1.5, 3),
        printed("share turned away at 1.5 a day, Erlang B", 0.02696, erlang_b(100, load), 5),
        printed("mean waiting at the load of steps of a day, Erlang C", 2.449, wait_daily * daily / (100.0 - daily), 3),
        printed("share turned away at 1.6 a day, Erlang B", 0.05385, erlang_b(100, heavy), 5),
        printed("probability of waiting at 1.6 a day, Erlang C", 0.5873, wait_heavy, 4),
        printed("mean waiting at 1.6 a day, Erlang C", 14.09, wait_heavy * heavy / (100.0 - heavy), 2),
        near("mean waiting in steps of 0.01 days, exact chain", listed, smooth, 0.01, "order of the step"),
    ]
