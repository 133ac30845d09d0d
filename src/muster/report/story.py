"""Does the simulated course follow the reported story? Each statement with its measured numbers, passed or not.

No country is named here: where the army used to recruit and where harm was worst is read from the case and the run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from muster.core.vocabulary import BRANCHES, ENTRIES
from muster.observe.area import region_areas
from muster.observe.definition import GROUND, POLICE, SOLDIERS
from muster.observe.special import volunteers_at_rest
from muster.report.curves import civilian_harm, exit_flow, left_units, national, strength, weighted
from muster.report.spread import Spread, say

if TYPE_CHECKING:
    from muster.case import Case
    from muster.simulate.result import Run

SUPPORT_DAY, SUPPORT_RISE = 300, 0.05
QUARTER, YEAR = 91, 365
# Percentage points of control that may come back under a ceasefire by chance and rounding.
HANDED_BACK = 1


@dataclass(frozen=True, slots=True)
class StoryCheck:
    """One statement of the story: what was measured, and whether it holds."""

    id: str
    statement: str
    figure: str
    ok: bool


def check_story(case: Case, runs: Sequence[Run], ceasefire_runs: Sequence[Run] | None = None) -> list[StoryCheck]:
    """All checks on the median over seeds.

    ``ceasefire_runs``: runs of the same seeds under a scenario that ends the fighting somewhere; the check of the frozen
    front is made only with them.
    """
    found = [check(case, runs) for check in _CHECKS]
    return [*found, check_frozen_front(case, runs, ceasefire_runs)] if ceasefire_runs else found


def check_support(case: Case, runs: Sequence[Run]) -> StoryCheck:
    """Support rises after the crackdown."""
    people = np.array([region.population for region in case.regions])
    rises = [_at(curve, SUPPORT_DAY) - curve[0] for curve in (weighted(run, "support", people) for run in runs)]
    rise = Spread.of(rises)
    figure = f"national support {rise.median:+.3f} [{rise.low:+.3f} to {rise.high:+.3f}] by day {SUPPORT_DAY}"
    figure += f"; wanted at least +{SUPPORT_RISE}"
    return StoryCheck(
        "support-rises", "Public support for the resistance rises after the crackdown", figure, bool(rise.median >= SUPPORT_RISE)
    )


def check_harm(case: Case, runs: Sequence[Run]) -> StoryCheck:
    """Support rises most where harm per head is greatest."""
    people = np.array([region.population for region in case.regions])
    correlations = []
    for run in runs:
        last = min(SUPPORT_DAY, len(run.data["support"]) - 1)
        rise = run.data["support"][last] - run.data["support"][0]
        correlations.append(rank_correlation(rise, civilian_harm(run)[: last + 1].sum(0) / people))
    found = Spread.of(correlations)
    figure = f"rank correlation over regions {found.median:+.2f} [{found.low:+.2f} to {found.high:+.2f}]; wanted above 0"
    return StoryCheck("support-harm", "Support rises most where harm per head is greatest", figure, bool(found.median > 0))


def check_volunteers(case: Case, runs: Sequence[Run]) -> StoryCheck:
    """Volunteers fall most, in number, where the army used to recruit, and the militia grows there."""
    falls, growth, kept = [], [], []
    for run in runs:
        volunteers = run.data["intake"][:, :, ENTRIES.index("volunteer")]
        span = min(YEAR, (len(volunteers) - 1) // 2)
        rest, came = volunteers_at_rest(run) * span, volunteers[-span:].sum(0)
        falls.append(rest - came)
        kept.append(came.sum() / max(rest.sum(), 1e-9))
        growth.append(run.data["militia"][-1] - run.data["militia"][0])
    fall, grown, left = np.median(falls, axis=0), np.median(growth, axis=0), float(np.median(kept))
    heartland = _heartland(case)
    ranks = {r: int((fall > fall[r]).sum()) + 1 for r in heartland}
    told = "; ".join(
        f"{case.regions[r].name}: {fall[r]:,.0f} fewer volunteers (rank {ranks[r]}), militia {grown[r]:+,.0f}" for r in heartland
    )
    ok = left < 1 and max(ranks.values()) <= 2 and all(grown[r] > 0 for r in heartland)
    statement = "Volunteers fall, most in number where the army used to recruit, and the militia grows there"
    return StoryCheck("recruits", statement, f"in the last year {100 * left:.0f} % of the volunteers at rest; {told}", bool(ok))


def _heartland(case: Case) -> list[int]:
    """The two regions with the highest share of historical recruitment."""
    return sorted(range(len(case.regions)), key=lambda r: -case.regions[r].history)[:2]


def check_control(case: Case, runs: Sequence[Run]) -> StoryCheck:
    """Control erodes."""
    curves = [100 * weighted(run, "control", region_areas(case)) for run in runs]
    start, end = Spread.of(curve[0] for curve in curves), Spread.of(curve[-1] for curve in curves)
    figure = f"from {start.text()} % of the area to {end.text()} %"
    return StoryCheck("control-erodes", "The regime's control of the ground erodes", figure, bool(end.median < start.median))


def check_frozen_front(case: Case, runs: Sequence[Run], ceasefire_runs: Sequence[Run]) -> StoryCheck:
    """A ceasefire slows or freezes the front (militias who did not sign fight on); it hands no land back."""
    statement = "A ceasefire freezes a front rather than handing land back"
    moves: dict[int, list[tuple[float, float]]] = {}
    for run, truce in _pair_by_seed(runs, ceasefire_runs):
        day = _first_difference(run, truce)
        if day is None:
            continue
        for r in _regions_at_truce(truce):
            moves.setdefault(r, []).append((_moved(truce, r, day), _moved(run, r, day)))
    if not moves:
        return StoryCheck("ceasefire", statement, "no ceasefire run differs from a run of the same seed", False)
    medians = {r: np.median(pairs, axis=0) for r, pairs in moves.items()}
    told = ", ".join(
        f"{case.regions[r].name} {calm:+.1f} points (without it {war:+.1f})" for r, (calm, war) in sorted(medians.items())
    )
    ok = all(war < calm <= HANDED_BACK for calm, war in medians.values())
    figure = f"control since the ceasefire: {told}; wanted a smaller fall and no rise above {HANDED_BACK} point"
    return StoryCheck("ceasefire", statement, figure, ok)


def _regions_at_truce(truce: Run) -> list[int]:
    """Regions whose organisations the scenario takes out of the fight."""
    changes = [change for change in truce.scenario.changes if change.driver == "engagement" and change.region is not None]
    return sorted({change.region for change in changes if change.region is not None})


def _moved(run: Run, region: int, day: int) -> float:
    """Change of control from ``day`` to the end, in percentage points."""
    control = run.data["control"][:, region]
    return 100 * float(control[-1] - control[day])


def _pair_by_seed(runs: Sequence[Run], others: Sequence[Run]) -> list[tuple[Run, Run]]:
    by_seed = {run.seed: run for run in others}
    return [(run, by_seed[run.seed]) for run in runs if run.seed in by_seed]


def _first_difference(run: Run, other: Run) -> int | None:
    differ = np.flatnonzero((run.data["control"] != other.data["control"]).any(axis=1))
    return max(int(differ[0]) - 1, 0) if differ.size else None


def check_strikes(case: Case, runs: Sequence[Run]) -> StoryCheck:
    """Air strikes per ground soldier rise as strength falls."""
    correlations, firsts, lasts, falls = [], [], [], []
    for run in runs:
        ground, strikes = strength(run, GROUND), national(run, "strikes")
        count = (len(ground) - 1) // QUARTER
        men = ground[1 : 1 + count * QUARTER].reshape(count, QUARTER).mean(1)
        rate = 1000 * strikes[1 : 1 + count * QUARTER].reshape(count, QUARTER).sum(1) / men
        correlations.append(rank_correlation(-men, rate))
        firsts.append(rate[0])
        lasts.append(rate[-1])
        falls.append(men[-1] / men[0] - 1)
    found, fall = Spread.of(correlations), float(np.median(falls))
    figure = (
        f"strikes per 1,000 ground soldiers and quarter from {say(float(np.median(firsts)), digits=2)} to "
        f"{say(float(np.median(lasts)), digits=2)} while strength changed by {100 * fall:+.0f} %; "
        f"rank correlation {found.median:+.2f}"
    )
    return StoryCheck("air", "Air strikes per soldier rise as strength falls", figure, bool(found.median > 0 and fall < 0))


def check_units(case: Case, runs: Sequence[Run]) -> StoryCheck:
    """Most units lose nobody or one person to the other side."""
    counts = [left_units(run, ("defected",)) for run in runs]
    few = Spread.of(float((n <= 1).mean()) for n in counts)
    left = Spread.of(float((left_units(run) <= 1).mean()) for run in runs)
    by_branch = []
    for b, branch in enumerate(BRANCHES):
        mine = runs[0].units["unit_branch"] == b
        if mine.any():
            share = float(
                np.median([(n[run.units["unit_branch"] == b] <= 1).mean() for n, run in zip(counts, runs, strict=True)])
            )
            by_branch.append(f"{branch.replace('_', ' ')} {100 * share:.0f} %")
    figure = (
        f"{100 * few.median:.0f} % of units lost nobody or one person to defection ({', '.join(by_branch)}); "
        f"counting deserters too, {100 * left.median:.0f} %; wanted more than half by the first count"
    )
    return StoryCheck("alone-in-unit", "Most units lose nobody or one defector", figure, bool(few.median > 0.5))


def check_police(case: Case, runs: Sequence[Run]) -> StoryCheck:
    """Police leave before soldiers."""
    fates = ("defected", "deserted", "surrendered")
    police = Spread.of(_middle_day(exit_flow(run, fates, POLICE)) for run in runs)
    soldiers = Spread.of(_middle_day(exit_flow(run, fates, SOLDIERS)) for run in runs)
    figure = (
        f"half of the police who left had done so by day {police.median:.0f}, half of the soldiers by day {soldiers.median:.0f}"
    )
    return StoryCheck("police-first", "Police leave before soldiers", figure, bool(police.median < soldiers.median))


def check_silent(case: Case, runs: Sequence[Run]) -> StoryCheck:
    """More soldiers leave without the programme than with it."""
    ratio = Spread.of(
        exit_flow(run, ("deserted",), SOLDIERS).sum() / max(exit_flow(run, ("defected",), SOLDIERS).sum(), 1) for run in runs
    )
    figure = f"{ratio.text(digits=2)} deserters for each defector"
    return StoryCheck("silent-leavers", "More soldiers leave silently than defect with help", figure, bool(ratio.median > 1))


def _middle_day(flow: np.ndarray) -> float:
    """The day by which half of a flow has passed; infinity where nothing flows."""
    total = flow.cumsum()
    return float(np.searchsorted(total, total[-1] / 2)) if total[-1] > 0 else float("inf")


def _at(curve: np.ndarray, day: int) -> float:
    return float(curve[min(day, len(curve) - 1)])


def rank_correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Spearman's rank correlation, ties given their mean rank; 0 where one of the two does not vary."""
    a, b = _ranks(first), _ranks(second)
    if a.std() == 0 or b.std() == 0:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _ranks(values: np.ndarray) -> np.ndarray:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    mean_rank = count.cumsum() - (count - 1) / 2
    return np.asarray(mean_rank[place], float)


Check = Callable[["Case", Sequence["Run"]], StoryCheck]
_CHECKS: tuple[Check, ...] = (
    check_support,
    check_harm,
    check_volunteers,
    check_control,
    check_strikes,
    check_units,
    check_police,
    check_silent,
)
