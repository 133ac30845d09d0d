"""What a support programme could buy: designs of its levers under a budget, judged beside the programme as it was.

Goals may pull apart: more people out safely, more of them housed, a shorter wait, less money. A design is on the front of a
member if no affordable design is as good in all goals and better in one; over the members this becomes a probability. The
model knows no price of a bed and none of contacts; ``place_cost`` is the user's assumption for the first, the second is free.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from muster.calibrate.band import Band
from muster.calibrate.posterior import Posterior
from muster.case import Case
from muster.compare.design import AS_IT_WAS, LEVERS, Design, draw_designs, first_outreach
from muster.compare.ensemble import Ensemble, simulate_ensemble
from muster.compare.outcome import OUTCOMES
from muster.compare.part import Part, tabulate
from muster.core.dates import day_index
from muster.core.errors import MusterError
from muster.core.pool import Progress

Goal = Literal["safe", "housed", "wait", "spent"]
_BETTER: dict[Goal, int] = {"safe": 1, "housed": 1, "wait": -1, "spent": -1}
_OFF_THE_LIST = ("admitted", "arrested_leaving", "lost_waiting")
_MONTH = 30.44
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Judged:
    """A design from its start to the end: safe exits beyond those of the programme as it was (paired), persons housed on an
    average day, days on the list, months of pay spent.

    ``cost``: months of pay for each additional safe exit, with a 90 % bootstrap interval; None where it brings none for certain.
    ``affordable`` and ``front``: shares of the members in which it keeps to the budget, and in which nothing affordable beats it.
    """

    design: Design
    safe: Band
    housed: Band
    wait: Band
    spent: Band
    cost: Band | None
    affordable: float
    front: float


@dataclass(frozen=True, slots=True)
class Frontier:
    """All designs, the most probable on the front first; the programme as it was stands among them."""

    case: str
    start: date
    budget: float
    place_cost: float
    goals: tuple[Goal, ...]
    members: int
    designs: tuple[Judged, ...]

    @property
    def efficient(self) -> tuple[Judged, ...]:
        """The designs that are on the front in half of the members or more."""
        return tuple(one for one in self.designs if one.front >= 0.5)


def frontier(
    case: Case,
    posterior: Posterior | None,
    *,
    budget: float | None = None,
    levers: tuple[str, ...] = LEVERS,
    designs: int = 32,
    most: float = 3.0,
    start: date | None = None,
    place_cost: float = 1.0,
    goals: tuple[Goal, ...] = ("safe", "spent"),
    draws: int = 8,
    seed: int = 1,
    workers: int = 2,
    progress: Progress | None = None,
) -> Frontier:
    """Draw designs of the programme, simulate them under common random numbers, and judge them.

    ``budget`` is the most that may be spent from ``start`` (the first outreach unless said) to the end, in months of a
    private's pay, ``place_cost`` of them for a place and month; the default budget is one and a half times what was spent.
    Raises MusterError for an unknown lever or goal, a budget that is not above 0, and a case without a programme.
    """
    if budget is not None and not 0.0 < budget < np.inf:
        raise MusterError(f"A budget of {budget:g} buys nothing. Give one above 0, in months of a private's pay.")
    first = start or first_outreach(case)
    drawn = draw_designs(levers, designs, most=most, seed=seed)
    scenarios = [design.scenario(first) for design in drawn]
    ensemble = simulate_ensemble(case, posterior, scenarios, draws=draws, seed=seed, workers=workers, progress=progress)
    return judge_designs(ensemble, drawn, start=first, budget=budget, place_cost=place_cost, goals=goals)


def judge_designs(
    ensemble: Ensemble,
    designs: tuple[Design, ...],
    *,
    start: date,
    budget: float | None = None,
    place_cost: float = 1.0,
    goals: tuple[Goal, ...] = ("safe", "spent"),
) -> Frontier:
    """Judge designs whose histories an ensemble holds under their names. Raises MusterError for an unknown goal."""
    for goal in goals:
        if goal not in _BETTER:
            raise MusterError(f'"{goal}" is not a goal. Write safe, housed, wait or spent.')
    figures = _figures(ensemble, start, place_cost)
    base = ensemble.place(AS_IT_WAS)
    limit = 1.5 * float(np.median(figures["spent"][base])) if budget is None else budget
    affordable = figures["spent"] <= limit
    scores = np.stack([_BETTER[goal] * figures[goal] for goal in goals], axis=-1)
    front = np.stack([on_front(scores[:, k], affordable[:, k]) for k in range(scores.shape[1])], axis=1)
    rows = []
    for design in designs:
        place = ensemble.place(design.name)
        safe = figures["safe"][place] - figures["safe"][base]
        money = figures["spent"][place] - figures["spent"][base]
        housed, wait, spent = (Band.of(figures[name][place]) for name in ("housed", "wait", "spent"))
        keeps, leads = float(affordable[place].mean()), float(front[place].mean())
        rows.append(Judged(design, Band.of(safe), housed, wait, spent, _cost(money, safe), keeps, leads))
    ranked = tuple(sorted(rows, key=lambda row: (-row.front, -row.safe.median)))
    return Frontier(ensemble.case.name, start, limit, place_cost, goals, len(ensemble.members), ranked)


def on_front(scores: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Which of (designs, goals) scores, higher is better, no allowed design beats: (designs,) of truth values."""
    no_worse = (scores[None, :, :] >= scores[:, None, :]).all(axis=-1)
    better = (scores[None, :, :] > scores[:, None, :]).any(axis=-1)
    beaten = (no_worse & better & allowed[None, :]).any(axis=1)
    return np.asarray(allowed & ~beaten)


def _figures(ensemble: Ensemble, start: date, place_cost: float) -> dict[str, np.ndarray]:
    """(scenario, member) of each goal, over the months from the start on."""
    case, months, part = ensemble.case, ensemble.months, Part(since=start)
    span = part.months(months)
    days = np.diff([day_index(day, case.start) for day in months], prepend=0)[span].astype(float)
    asked = ("safe_exits", "spent", "housed")
    found = {name: tabulate(case, OUTCOMES[name], ensemble.data, months, part) for name in asked}
    data = {name: ensemble.data[name][..., span].astype(float) for name in ("waiting", "places", *_OFF_THE_LIST)}
    upkeep = place_cost * (data["places"] * days).sum(axis=-1) / _MONTH
    return {
        "safe": found["safe_exits"].sum(axis=-1),
        "housed": (found["housed"] * days).sum(axis=-1) / days.sum(),
        "wait": days_waited(data, days),
        "spent": found["spent"].sum(axis=-1) + upkeep,
    }


def days_waited(data: Mapping[str, np.ndarray], days: np.ndarray) -> np.ndarray:
    """Days on the programme's list, by Little's law: those on it are those who leave it per day times the days they wait.

    ``data`` has (..., month) arrays, ``days`` the length of each month; 0 where nobody leaves the list.
    """
    off = sum((data[name] for name in _OFF_THE_LIST), np.zeros(1)).sum(axis=-1)
    return np.divide((data["waiting"] * days).sum(axis=-1), off, out=np.zeros_like(off), where=off > 0)


def _cost(money: np.ndarray, safe: np.ndarray) -> Band | None:
    """Money for each additional safe exit: the ratio of the means, resampled over members."""
    picks = np.random.default_rng(0).integers(0, len(safe), (_RESAMPLES, len(safe)))
    gained = safe[picks].mean(axis=1)
    if len(safe) < 2 or np.quantile(gained, 0.05) <= 0:
        return None
    certain = gained > 0
    low, high = np.quantile(money[picks].mean(axis=1)[certain] / gained[certain], (0.05, 0.95)).tolist()
    return Band(low, float(money.mean() / safe.mean()), high)
