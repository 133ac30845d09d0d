"""Statements about the war: the resistance, its backing, clashes, and land that changes hands."""

from __future__ import annotations

import numpy as np

from muster.model.mechanisms.combat import break_point, clash_size
from muster.model.populate import clash_tables
from muster.simulate.result import Run
from muster.simulate.settings import case_parameters
from muster.simulate.statements.statement import Finding, Histories, exits, more, states, total

_YEAR = 365


def _control(run: Run) -> float:
    return float(run.data["mean_control"][-1])


@states(
    3,
    "The regime struggles to quell the uprising.",
    mechanism="`combat` (threat), `control`, `militia`",
    observable="`armed_opponents`, `threat`, `mean_control`",
    label="mechanism",
)
def _struggle(histories: Histories) -> Finding:
    run = histories.base
    armed = run.data["armed_opponents"].sum(axis=1)
    then, now = float(armed[min(180, run.days)]), float(armed[-1])
    figure = (
        f"armed opponents {then:,.0f} after half a year, {now:,.0f} at the end; control "
        f"{run.data['mean_control'][0]:.2f}, then {_control(run):.2f}"
    )
    return Finding(figure, now > then and _control(run) < float(run.data["mean_control"][0]) - 0.05)


@states(
    13,
    "Ethnic armed organisations and the civilian militias turned out stronger than expected.",
    mechanism="`militia` (recruitment, neighbours' help), engagement of organisations (data)",
    observable="`armed_opponents`, `mean_control`",
    label="mechanism",
)
def _stronger(histories: Histories) -> Finding:
    run = histories.base
    still, none = histories.changed({"driver.engagement": 0.0}), histories.changed({"driver.rising": 0.0})
    figure = (
        f"control at the end {_control(run):.2f}; {_control(still):.2f} had organisations kept still, "
        f"{_control(none):.2f} had no militia risen"
    )
    return Finding(figure, _control(still) > _control(run) and _control(none) > _control(run) + 0.05)


@states(
    14,
    "The army gives up large areas.",
    mechanism="`control` (force ratio, air strikes)",
    observable="`control` by region",
    label="mechanism",
)
def _land(histories: Histories) -> Finding:
    data = histories.base.data["control"]
    lost, half = int((data[-1] < data[0] - 0.2).sum()), int((data[-1] < 0.5).sum())
    figure = (
        f"{lost} of {data.shape[1]} regions lost more than a fifth; in {half} less than half is under control (at "
        f"first {int((data[0] < 0.5).sum())})"
    )
    return Finding(figure, lost >= 2)


@states(
    15,
    "In the regions that used to fill the army, the young join the militia instead.",
    mechanism="one support in `recruitment` and in `militia`",
    observable="`intake` by home region, `militia_joined`",
    label="mechanism",
)
def _instead(histories: Histories) -> Finding:
    run, case = histories.base, histories.case
    history = np.array([region.history for region in case.regions])
    top = np.argsort(-history, kind="stable")[:2]
    rest = case_parameters(case).exit.wastage * float(run.data["strength"][0, :, :4].sum()) * _YEAR
    came = run.data["intake"][1 : 1 + _YEAR][:, :, [0, 3]].sum(axis=(0, 2))
    gap = rest * history - came
    joined = run.data["militia_joined"][:, top].sum()
    names = " and ".join(case.regions[int(r)].name for r in top)
    figure = (
        f"{names} gave {rest * history[top].sum():,.0f} volunteers a year, in the first year of the crisis "
        f"{came[top].sum():,.0f}; {joined:,.0f} join the militia there"
    )
    return Finding(figure, set(np.argsort(-gap, kind="stable")[:3]) >= set(top) and joined > came[top].sum())


@states(
    16,
    "His unit was ordered to attack a training camp.",
    mechanism="clashes of `combat`, tagged by who is stronger there",
    observable="`own_initiative` against `clashes`",
    label="reported only",
)
def _attack(histories: Histories) -> Finding:
    own, clashes = total(histories.base, "own_initiative"), total(histories.base, "clashes")
    return Finding(f"{clashes:,.0f} clashes, {100 * own / max(clashes, 1):.0f} % of them begun by the regime", 0 < own < clashes)


@states(
    17,
    "Seven comrades were killed and the unit retreated.",
    mechanism="`combat` (sizes of clashes, break of a unit)",
    observable="`breaks`, `clashes`, sizes by their law",
    label="mechanism",
)
def _seven(histories: Histories) -> Finding:
    p = case_parameters(histories.case).combat
    table = clash_tables(p.clash_exponent, 200)
    large = 100.0 * (1.0 - float(table["mass"][6] / table["mass"][200]))
    breaks, clashes = total(histories.base, "breaks"), total(histories.base, "clashes")
    limit = break_point(130, p.break_share)
    figure = (
        f"{large:.1f} % of clashes of a unit of 200 kill seven or more; a unit of 130 breaks at {limit}; "
        f"{breaks:,.0f} breaks in {clashes:,.0f} clashes"
    )
    return Finding(figure, breaks > 0 and limit <= 10 and clash_size(table, 1.0 - large / 100.0 + 1e-9, 200) == 7)


@states(
    18,
    "The militia fights by a better approach.",
    mechanism="driver `skill` in `combat`; 1 in the pack, so that a scenario must move it",
    observable="killed per armed opponent",
    label="imposed",
)
def _approach(histories: Histories) -> Finding:
    run, twice = histories.base, histories.changed({"driver.skill": 2.0}, operation="multiply")
    ratio = exits(twice, ("killed",)) / max(exits(run, ("killed",)), 1)
    return Finding(f"twice the skill: {ratio:.2f} times as many soldiers killed", 1.3 < ratio < 2.5)


@states(
    19,
    "The public backs the militia widely.",
    mechanism="`public`; support enters `combat`, `militia`, `recruitment`, `exit`",
    observable="`support` by region",
    label="mechanism",
)
def _backing(histories: Histories) -> Finding:
    run, half = histories.base, histories.changed({"driver.baseline": 0.5}, operation="multiply")
    low, high = float(run.data["support"][-1].min()), float(run.data["support"][-1].max())
    figure = (
        f"support {low:.2f} to {high:.2f} by region at the end; half the baseline: control {_control(half):.2f} "
        f"instead of {_control(run):.2f}, {more(total(half, 'militia_joined'), total(run, 'militia_joined'))} join "
        "the militia"
    )
    return Finding(figure, _control(half) > _control(run) and total(half, "militia_joined") < total(run, "militia_joined"))


@states(
    20,
    "Villagers tell the militia what the army does.",
    mechanism="support in lethality and in the regime's tips (`combat`)",
    observable="soldiers killed per militia member killed",
    label="mechanism",
)
def _telling(histories: Histories) -> Finding:
    run, half = histories.base, histories.changed({"driver.baseline": 0.5}, operation="multiply")
    a, b = (exits(one, ("killed",)) / max(total(one, "militia_killed"), 1.0) for one in (run, half))
    return Finding(f"{a:.2f} soldiers killed per militia member killed; {b:.2f} with half the backing", b < a)


@states(
    21,
    "Villagers hide the militia's young fighters.",
    mechanism="unaimed fire meets few (`combat`); refuge for leavers where control is lost (`exit`)",
    observable="`militia_killed`, `exits`",
    label="mechanism",
)
def _refuge(histories: Histories) -> Finding:
    run = histories.base
    bare, known = histories.changed({"exit.refuge": 0.0}), histories.changed({"combat.tip_quality": 1.0})
    a, b = (total(one, "militia_killed") / max(total(one, "militia_joined"), 1.0) for one in (run, known))
    figure = (
        f"{100 * a:.0f} % of those who joined are killed, {100 * b:.0f} % if the regime knew where to aim; without "
        f"refuge {more(exits(bare), exits(run))} leave"
    )
    return Finding(figure, b > a and exits(bare) < exits(run))


@states(
    23,
    "The army is attacked everywhere and without pause.",
    mechanism="`combat` in every region where opponents stand",
    observable="`clashes` by region",
    label="mechanism",
)
def _everywhere(histories: Histories) -> Finding:
    clashes = histories.base.data["clashes"]
    year = clashes[-_YEAR:]
    where, days = int((year.sum(axis=0) > 0).sum()), float((year.sum(axis=1) > 0).mean())
    figure = (
        f"in the last year clashes in {where} of {clashes.shape[1]} regions, {year.sum() / len(year):.0f} a day, "
        f"on {100 * days:.0f} % of days"
    )
    return Finding(figure, where > 0.7 * clashes.shape[1] and days > 0.9)


FOUND = (_struggle, _stronger, _land, _instead, _attack, _seven, _approach, _backing, _telling, _refuge, _everywhere)
