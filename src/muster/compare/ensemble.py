"""Draws of the parameters x seeds x scenarios, month by month, under common random numbers.

Member ``k`` takes draw ``k`` of the posterior (from the first again when there are more members) and the same seed in every
scenario: what differs between two scenarios of a member is the scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from muster.calibrate.draws import drawn_scenario
from muster.calibrate.posterior import Posterior
from muster.case import Case
from muster.core.dates import day_index, parse_date
from muster.core.errors import MusterError
from muster.core.pool import Progress, map_pieces
from muster.simulate.monthly import MONTHLY, months_of, read_monthly
from muster.simulate.run import simulate
from muster.simulate.scenario import Scenario, load_scenario


@dataclass(frozen=True, slots=True)
class Ensemble:
    """``data`` maps the names of `MONTHLY` to (scenario, member, month, ...) arrays; ``months`` are their last days.

    ``members`` are (draw, seed); without a posterior every draw is 0, the defaults of the case.
    """

    case: Case
    scenarios: tuple[str, ...]
    members: tuple[tuple[int, int], ...]
    months: tuple[date, ...]
    data: dict[str, np.ndarray]

    def place(self, scenario: str) -> int:
        """Position of a scenario. Errors: a :class:`MusterError` if the ensemble does not hold it."""
        if scenario not in self.scenarios:
            raise MusterError(f'The ensemble holds no scenario "{scenario}". It holds {", ".join(self.scenarios)}.')
        return self.scenarios.index(scenario)


def choose_members(draws: int, *, seeds: int = 1, seed: int = 1, fitted: bool = True) -> tuple[tuple[int, int], ...]:
    """(draw, seed) of ``draws`` x ``seeds`` members: member ``k`` has draw ``k % draws`` and seed ``seed + k``."""
    if draws < 1 or seeds < 1:
        raise MusterError(f"{draws} draws of {seeds} seeds are no history. Give 1 or more of each.")
    return tuple((k % draws if fitted else 0, seed + k) for k in range(draws * seeds))


def simulate_ensemble(
    case: Case,
    posterior: Posterior | None,
    scenarios: Sequence[str | Scenario],
    *,
    draws: int,
    seeds: int = 1,
    seed: int = 1,
    until: date | str | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> Ensemble:
    """Simulate ``draws`` x ``seeds`` members under each scenario; the number of workers changes nothing but the time.

    ``scenarios`` are names, files or :class:`Scenario` objects. Without a ``posterior`` the case's defaults are used.
    Errors: a :class:`MusterError` for an unknown scenario, or a date before the start.
    """
    chosen = [one if isinstance(one, Scenario) else load_scenario(case, one) for one in scenarios]
    if not chosen:
        raise MusterError("No scenario was given. Name at least one, as in baseline.")
    names = tuple(one.name for one in chosen)
    if twice := [name for name in names if names.count(name) > 1]:
        raise MusterError(f'Two scenarios are called "{twice[0]}". Give each its own name.')
    members = choose_members(draws, seeds=seeds, seed=seed, fitted=posterior is not None)
    last = parse_date(until) if isinstance(until, str) else until or case.until

    def one(index: int) -> dict[str, np.ndarray]:
        scenario, (draw, luck) = chosen[index // len(members)], members[index % len(members)]
        drawn = drawn_scenario(case, posterior, draw, scenario=scenario) if posterior else scenario
        return read_monthly(simulate(case, seed=luck, scenario=drawn, until=last))

    found = map_pieces(one, len(chosen) * len(members), workers=workers, progress=progress, what="histories")
    shape = (len(chosen), len(members))
    data = {name: np.stack([run[name] for run in found]) for name in MONTHLY}
    data = {name: values.reshape(*shape, *values.shape[1:]) for name, values in data.items()}
    return Ensemble(case, names, members, months_of(case.start, day_index(last, case.start)), data)
