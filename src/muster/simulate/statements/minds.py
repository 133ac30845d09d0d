"""Statements about what service does to minds: shame, orders, injury, hardening, the belief that the war is being lost."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

import numpy as np

from muster.core.vocabulary import BRANCHES, TERMS
from muster.simulate.result import Run
from muster.simulate.run import start
from muster.simulate.statements.statement import Finding, Histories, exits, more, states

_NO_ORDERS = {"driver.crackdown_army": 0.0, "driver.crackdown_police": 0.0}


def _term(run: Run, term: str, day: int, branch: str = "infantry") -> float:
    """Mean term of the drive of a branch on a day."""
    return float(run.data["drive"][min(day, run.days), BRANCHES.index(branch), TERMS.index(term)])


def _shift(run: Run, day: int) -> float:
    """Mean support, by population, on a day less that before the crisis."""
    people = np.array([region.population for region in run.case.regions])
    rise = run.data["support"][min(day, run.days)] - run.data["support"][0]
    return float((rise * people).sum() / people.sum())


@states(
    9,
    "Suppression changed how people see the uniform.",
    mechanism="`public` (support follows harm)",
    observable="`support`, `shaming`",
    label="mechanism",
)
def _suppression(histories: Histories) -> Finding:
    run, deaf = histories.base, histories.changed({"public.per_death": 0.0})
    a, b = _shift(run, 300), _shift(deaf, 300)
    figure = (
        f"by day 300 support for the resistance is {a:+.3f} against before the crisis, of which {a - b:+.3f} by "
        "harm and the rest by the coup itself (data)"
    )
    return Finding(figure, a > 0.0 and a - b > 0.005)


@states(
    10,
    'He read insults online ("military dogs") and felt remorse.',
    mechanism="`public` (shaming), `resolve` (its weight, through information)",
    observable="`drive` (shaming), `motives`",
    label="mechanism",
)
def _insults(histories: Histories) -> Finding:
    run = histories.base
    spared, cut = histories.changed({"driver.shaming": 0.0}), histories.changed({"driver.blackout": 1.0})
    peak = float(run.data["drive"][:, 0, TERMS.index("shaming")].max())
    heard = float(np.abs(cut.data["drive"][1:, :, TERMS.index("shaming")]).max())
    figure = (
        f"up to {peak:.2f} sd; without the campaign {more(exits(spared), exits(run))} leave; with all information "
        f"cut the term is {heard:.0f}"
    )
    return Finding(figure, peak > 0.02 and exits(spared) < exits(run) and heard == 0.0)


@states(
    11,
    "On the ground they could not defy orders to harm civilians.",
    mechanism="`orders`: units carry out what is ordered, and share the exposure",
    observable="moral injury of units, equal within branch and region",
    label="by construction",
)
def _undefied(histories: Histories) -> Finding:
    last = min(histories.case.start + timedelta(days=60), histories.until)
    simulation = start(histories.case, seed=histories.seed, until=last).advance()
    units = simulation.state.units
    place = units["region"].astype(int) * len(BRANCHES) + units["branch"]
    within = max(float(np.ptp(units["injury"][place == one])) for one in np.unique(place))
    infantry = units["injury"][units["branch"] == 0]
    figure = (
        f"moral injury on day 60 differs by {within:.0f} between units of a branch and region, and from "
        f"{infantry.min():.2f} to {infantry.max():.2f} between infantry of different regions"
    )
    return Finding(figure, within < 1e-9 and float(np.ptp(infantry)) > 0.05)


@states(
    12,
    "He left also because he thinks the army weak.",
    mechanism="`resolve` (own losses; land lost that one hears of)",
    observable="`drive` (losing), `motives`",
    label="mechanism",
)
def _weakness(histories: Histories) -> Finding:
    run, blind = histories.base, histories.changed({"resolve.weight_losing": 0.0})
    first, last = _term(run, "losing", 30), _term(run, "losing", run.days)
    figure = (
        f"{first:.2f} sd on day 30, {last:.2f} sd at the end; if it counted for nothing "
        f"{more(exits(blind), exits(run))} would leave"
    )
    return Finding(figure, last > first + 0.02 and exits(blind) < exits(run))


@states(
    27,
    "The coup changed everything and left despair.",
    mechanism="`orders` (injury rises with the orders of the crackdown)",
    observable="`drive` (moral injury)",
    label="mechanism",
)
def _despair(histories: Histories) -> Finding:
    run, spared = histories.base, histories.changed(_NO_ORDERS)
    a, b = _term(run, "moral_injury", 60, "police"), _term(spared, "moral_injury", 60, "police")
    figure = (
        f"police on day 60: {a:.2f} sd of moral injury, {b:.2f} without the crackdown; then "
        f"{more(exits(spared), exits(run))} leave"
    )
    return Finding(figure, a > b + 0.1 and exits(spared) < exits(run))


@states(
    28,
    "Good men behaved monstrously after the coup.",
    mechanism="`orders` (hardening), `resolve` (hardened comrades silence the example of leavers)",
    observable="`hardened` by branch",
    label="mechanism",
)
def _hardened(histories: Histories) -> Finding:
    run, soft = histories.base, histories.changed({"orders.hardening": 0.0})
    heads, hard = run.data["strength"][-1].sum(axis=0), run.data["hardened"][-1].sum(axis=0)
    shares = {name: 100.0 * float(hard[b]) / max(float(heads[b]), 1.0) for b, name in enumerate(BRANCHES)}
    figure = "hardened: air force {air_force:.0f} %, infantry {infantry:.0f} %, police {police:.0f} %".format(**shares)
    return Finding(
        f"{figure}; without hardening {more(exits(soft), exits(run))} leave",
        cast(float, hard.sum()) > 0 and exits(soft) > exits(run),
    )


FOUND = (_suppression, _insults, _undefied, _weakness, _despair, _hardened)
