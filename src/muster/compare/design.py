"""The programme's levers, and designs that pull them: each multiplies what the case says from a date on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from muster.case import Case, tabulate
from muster.core.dates import day_date, day_index
from muster.core.errors import MusterError
from muster.core.suggest import did_you_mean, one_of, quote
from muster.simulate.change import pull_levers
from muster.simulate.scenario import Scenario

# Contacts rather than outreach, which is there or not and cannot be multiplied.
LEVERS = ("places", "cash", "stipend", "contacts", "income")
AS_IT_WAS = "as it was"


@dataclass(frozen=True, slots=True)
class Design:
    """A name and the factor by which each lever is pulled."""

    name: str
    factors: dict[str, float]

    def scenario(self, start: date) -> Scenario:
        """The design from a day on."""
        return Scenario(self.name, changes=pull_levers(self.factors, start))


def draw_designs(levers: tuple[str, ...], count: int, *, most: float, seed: int) -> tuple[Design, ...]:
    """The programme as it was and ``count`` designs, each lever between 1/``most`` and ``most``, evenly on the logarithm.

    The points are a scrambled Sobol sequence: any number of them covers all levers evenly. Raises MusterError.
    """
    from scipy.stats import qmc

    for name in levers:
        if name not in LEVERS:
            raise MusterError(f"{quote(name)} is no lever of a design. {did_you_mean(name, LEVERS)}Write {one_of(LEVERS)}.")
    if not levers or count < 1 or most <= 1.0:
        raise MusterError("A search needs a lever, a design, and a factor above 1 by which levers may be pulled.")
    points = qmc.Sobol(len(levers), rng=np.random.default_rng(seed)).random_base2(int(np.ceil(np.log2(count))))[:count]
    factors = most ** (2.0 * points - 1.0)
    as_it_was = Design(AS_IT_WAS, dict.fromkeys(levers, 1.0))
    drawn = [Design(f"design {k}", dict(zip(levers, row.tolist(), strict=True))) for k, row in enumerate(factors, start=1)]
    return (as_it_was, *drawn)


def first_outreach(case: Case) -> date:
    """The first day on which the programme reaches out. Raises MusterError for a case without one."""
    days = np.flatnonzero(np.asarray(tabulate(case, "outreach", day_index(case.until, case.start) + 1)) > 0)
    if not len(days):
        raise MusterError(f"{case.name} has no support programme: its outreach is nought on every day.")
    return day_date(int(days[0]), case.start)
