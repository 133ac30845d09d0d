"""Why a difference: its shares by pathway (Shapley), for a scenario against another or one period against another.

The value of a set of pathways is the difference that remains when all others are taken out of both histories
(`muster.compare.pathway`). With every pathway out, what is left is the direct effect, which none carries: a part of its own.
Each member draws its own orders, so that the spread over members holds what is unknown of the parameters, luck, and the draw
of orders. Parts and direct effect sum to the whole in every member, hence in the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from muster.calibrate.draws import drawn_scenario
from muster.calibrate.posterior import Posterior
from muster.case import Case
from muster.compare.outcome import Outcome, find_outcome
from muster.compare.part import Part, sum_up, tabulate
from muster.compare.pathway import find_pathways, without
from muster.compare.plan import choose_members
from muster.compare.shapley import Coalition, Order, coalitions_of, draw_orders, share_out
from muster.core.errors import MusterError
from muster.core.pool import Progress, map_pieces
from muster.simulate.monthly import months_of, read_monthly
from muster.simulate.run import simulate
from muster.simulate.scenario import Scenario, find_scenario

DIRECT = "direct"
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a difference: mean over members, its standard error, and the 90 % interval over members."""

    name: str
    mean: float
    error: float
    low90: float
    high90: float

    @staticmethod
    def of(name: str, values: np.ndarray) -> Share:
        """Summary of (members,) values; of a single member the error is unknown, hence not a number."""
        error = float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")
        return Share(name, float(values.mean()), error, *np.quantile(values, (0.05, 0.95)).tolist())


@dataclass(frozen=True, slots=True)
class Explanation:
    """A difference and its parts, largest first. The mean of ``whole`` is that of ``direct`` plus those of all ``shares``.

    ``values`` are (members,) under each name, so that other summaries can be made. ``monthly``: figures are per month, as for
    periods; ``regional``: they are of one region.
    """

    case: str
    question: str
    outcome: Outcome
    members: int
    orders: int
    whole: Share
    direct: Share
    shares: tuple[Share, ...]
    monthly: bool
    regional: bool
    values: dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is compared: the value of a coalition is the second arm's figure less the first's."""

    arms: tuple[tuple[Scenario, Part], ...]
    question: str
    monthly: bool


def why(
    case: Case,
    posterior: Posterior | None,
    scenario: str | Scenario,
    *,
    against: str | Scenario = "baseline",
    periods: tuple[Part, Part] | None = None,
    quantity: str = "left",
    part: Part | None = None,
    pathways: tuple[str, ...] | None = None,
    draws: int = 8,
    pairs: int = 1,
    seed: int = 1,
    workers: int = 2,
    progress: Progress | None = None,
) -> Explanation:
    """Share out over pathways how ``scenario`` differs from ``against``, or its second period from its first.

    ``pairs`` orders and their reverses are drawn for each of ``draws`` members: with ``n`` pathways that is about ``4 n pairs``
    histories a member, half of that for periods. Without a ``posterior`` the case's defaults are used. Raises MusterError
    for an unknown scenario, outcome, pathway, region or period.
    """
    outcome, names = find_outcome(quantity), find_pathways(pathways)
    if pairs < 1:
        raise MusterError(f"{pairs} pairs of orders share out nothing. Give 1 or more.")
    ask = _ask(case, scenario, against, periods, part or Part())
    members = choose_members(draws, seed=seed, fitted=posterior is not None)
    orders = [draw_orders(names, pairs, seed=seed + place) for place in range(len(members))]
    figures = _simulate_all(case, posterior, ask, outcome, members, orders, workers=workers, progress=progress)
    values = _values(figures, orders, names)
    shares = sorted((Share.of(name, values[name]) for name in names), key=lambda share: -abs(share.mean))
    whole, direct = Share.of(WHOLE, values[WHOLE]), Share.of(DIRECT, values[DIRECT])
    counts, kind = (len(members), 2 * pairs), (ask.monthly, ask.arms[0][1].region is not None)
    return Explanation(case.name, ask.question, outcome, *counts, whole, direct, tuple(shares), *kind, values)


def _ask(case: Case, scenario: str | Scenario, against: str | Scenario, periods: tuple[Part, Part] | None, part: Part) -> _Ask:
    second = find_scenario(case, scenario)
    if periods is not None:
        parts = [Part(one.since, one.until, part.region, part.branch) for one in periods]
        told = " against ".join(f"{one.since}..{one.until}" for one in reversed(periods))
        return _Ask(tuple((second, one) for one in parts), f"{second.name}: {told}", monthly=True)
    first = find_scenario(case, against)
    return _Ask(((first, part), (second, part)), f"{second.name} against {first.name}", monthly=False)


def _simulate_all(
    case: Case,
    posterior: Posterior | None,
    ask: _Ask,
    outcome: Outcome,
    members: tuple[tuple[int, int], ...],
    orders: Sequence[tuple[Order, ...]],
    *,
    workers: int,
    progress: Progress | None,
) -> list[dict[Coalition, np.ndarray]]:
    """For each member the difference that each coalition leaves, simulated once each."""
    players = frozenset(orders[0][0])
    last = max(part.within(case) for _, part in ask.arms)
    jobs = [(place, coalition) for place in range(len(members)) for coalition in coalitions_of(orders[place])]

    def one(index: int) -> np.ndarray:
        place, coalition = jobs[index]
        draw, luck = members[place]
        runs: dict[int, dict[str, np.ndarray]] = {}
        found = []
        for scenario, part in ask.arms:
            if id(scenario) not in runs:
                runs[id(scenario)] = _run(case, posterior, without(scenario, players - coalition), draw, luck, last)
            found.append(_figure(case, outcome, runs[id(scenario)], part, last, monthly=ask.monthly))
        return np.asarray(found[1] - found[0])

    found = map_pieces(one, len(jobs), workers=workers, progress=progress, what="coalitions")
    figures: list[dict[Coalition, np.ndarray]] = [{} for _ in members]
    for (place, coalition), value in zip(jobs, found, strict=True):
        figures[place][coalition] = value
    return figures


def _run(case: Case, posterior: Posterior | None, scenario: Scenario, draw: int, luck: int, last: date) -> dict[str, np.ndarray]:
    drawn = drawn_scenario(case, posterior, draw, scenario=scenario) if posterior else scenario
    return read_monthly(simulate(case, seed=luck, scenario=drawn, until=last))


def _figure(case: Case, outcome: Outcome, data: dict[str, np.ndarray], part: Part, last: date, *, monthly: bool) -> np.ndarray:
    values = tabulate(case, outcome, data, months_of(case.start, last), part)
    return values.mean(axis=-1) if monthly else sum_up(outcome, values)


def _values(
    figures: Sequence[dict[Coalition, np.ndarray]], orders: Sequence[tuple[Order, ...]], names: tuple[str, ...]
) -> dict[str, np.ndarray]:
    """(members,) for each pathway, for what none carries, and for the whole."""
    shared = [share_out(found.__getitem__, chosen) for found, chosen in zip(figures, orders, strict=True)]
    values = {name: np.array([one[name] for one in shared]) for name in names}
    values[DIRECT] = np.array([found[frozenset()] for found in figures])
    return values | {WHOLE: np.array([found[frozenset(names)] for found in figures])}
