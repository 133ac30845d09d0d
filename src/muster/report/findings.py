"""The figures an answer is made of: one number per run each, its spread over seeds, and the claims beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from muster.core.vocabulary import BRANCHES, MOTIVES
from muster.observe.area import region_areas
from muster.observe.definition import EVERYONE, GROUND, POLICE, SOLDIERS
from muster.observe.special import volunteering_index
from muster.observe.window import Window
from muster.report.comparison import Comparison
from muster.report.curves import (
    LEFT,
    civilian_harm,
    exit_flow,
    intake_flow,
    left_from,
    median_array,
    national,
    registered,
    strength,
    weighted,
)
from muster.report.spread import Spread, say
from muster.report.suppress import suppress

if TYPE_CHECKING:
    from muster.case import Case
    from muster.simulate.result import Run

TAKEN = ("surrendered", "prisoner")

_SAID = {"dormant": "willing before the crisis"}  # motives whose name does not say what they are


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer: a spread over seeds in ``unit``, or a ``text`` where the answer is a list."""

    section: str
    label: str
    unit: str
    spread: Spread | None
    text: str
    beside: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    section: str
    label: str
    unit: str
    measure: Callable[[Run], float]
    quantity: str = ""
    beside: int = 1


def _control(run: Run) -> float:
    return 100 * float(weighted(run, "control", region_areas(run.case))[-1])


def _volunteering(run: Run) -> float:
    last = len(run.data["strength"]) - 1
    return volunteering_index(Window(run, last, last, tuple(range(len(run.case.regions)))), ())


_FIGURES = (
    _Figure("Strength", "soldiers", "persons", lambda run: strength(run, SOLDIERS)[-1], "military_personnel_total"),
    _Figure("Strength", "infantry", "persons", lambda run: strength(run, ("infantry",))[-1], "military_combat_troops"),
    _Figure("Strength", "police", "persons", lambda run: strength(run, POLICE)[-1], "police_total"),
    _Figure(
        "Left",
        "soldiers, reg.",
        "registered as having left",
        lambda run: registered(run, SOLDIERS)[-1],
        "cumulative_defections_military",
        2,
    ),
    _Figure(
        "Left",
        "police, reg.",
        "registered as having left",
        lambda run: registered(run, POLICE)[-1],
        "cumulative_defections_police",
        2,
    ),
    _Figure(
        "Left",
        "soldiers, in all",
        "defected or deserted",
        lambda run: exit_flow(run, LEFT, SOLDIERS).sum(),
        "cumulative_defections_and_desertions",
    ),
    _Figure("Left", "caught leaving", "arrested on the way", lambda run: exit_flow(run, ("arrested",), EVERYONE).sum()),
    _Figure(
        "Lost",
        "killed",
        "soldiers and police",
        lambda run: exit_flow(run, ("killed",), EVERYONE).sum(),
        "military_deaths_cumulative",
        2,
    ),
    _Figure("Lost", "taken", "surrendered or taken prisoner", lambda run: exit_flow(run, TAKEN, EVERYONE).sum(), "surrenders"),
    _Figure("Control", "% of the area", "percent of area", _control, "territory_control_military_pct", 2),
    _Figure("Air", "strikes", "air strikes", lambda run: national(run, "strikes").sum(), "airstrikes_cumulative"),
    _Figure("Harm", "civilians killed", "by the regime", lambda run: civilian_harm(run).sum(), "civilian_deaths_cumulative"),
    _Figure("Militia", "members", "persons", lambda run: national(run, "militia")[-1], "pdf_fighters"),
    _Figure("Intake", "volunteering", "last 13 weeks, rate at rest = 100", _volunteering),
    _Figure("Intake", "conscripts", "persons", lambda run: intake_flow(run, ("conscript",)).sum(), "conscripts_cumulative"),
    _Figure("Programme", "contacts", "persons who made contact", lambda run: national(run, "contacts").sum()),
    _Figure("Programme", "brought out", "persons admitted", lambda run: national(run, "admitted").sum()),
    _Figure("Programme", "waiting, end", "persons", lambda run: national(run, "waiting")[-1]),
)


def find_figures(case: Case, runs: Sequence[Run], comparisons: Sequence[Comparison]) -> tuple[Finding, ...]:
    """All lines of the answer, in reading order."""
    found: list[Finding] = []
    for figure in _FIGURES:
        spread = Spread.of(figure.measure(run) for run in runs)
        beside = choose_beside(comparisons, figure.quantity, figure.beside)
        found.append(Finding(figure.section, figure.label, figure.unit, spread, "", beside))
    for after, section, text in (
        ("taken", "By branch", tell_branches(runs)),
        ("taken", "Why", tell_motives(runs)),
        ("taken", "Where", tell_regions(case, runs)),
        ("% of the area", "", tell_control(case, runs)),
        ("strikes", "", tell_strikes(runs)),
    ):
        place = next(k for k, finding in enumerate(found) if finding.label == after) + 1
        while place < len(found) and found[place].text:
            place += 1
        found.insert(place, Finding(section, "", "", None, text, ()))
    return tuple(found)


def choose_beside(comparisons: Sequence[Comparison], quantity: str, most: int) -> tuple[Comparison, ...]:
    """The latest national claim of each side about ``quantity``, latest first, at most ``most``."""
    latest: dict[str, Comparison] = {}
    for comparison in comparisons:
        claim = comparison.claim
        if claim.quantity != quantity or comparison.mark == "none" or comparison.regional:
            continue
        rival = latest.get(claim.claimant_side)
        if rival is None or _day(comparison) >= _day(rival):
            latest[claim.claimant_side] = comparison
    return tuple(sorted(latest.values(), key=_day, reverse=True)[:most])


def _day(comparison: Comparison) -> date:
    return comparison.claim.as_of.middle if comparison.claim.as_of else date.min


def tell_branches(runs: Sequence[Run]) -> str:
    """Persons who defected or deserted per 1,000 of the start, by branch, highest first."""
    rates = {}
    for branch in BRANCHES:
        start = strength(runs[0], (branch,))[0]
        if start > 0:
            rates[branch] = np.median([1000 * exit_flow(run, LEFT, (branch,)).sum() / start for run in runs])
    ranked = sorted(rates.items(), key=lambda item: -item[1])
    return "left per 1,000: " + ", ".join(f"{branch.replace('_', ' ')} {say(rate, digits=2)}" for branch, rate in ranked)


def tell_motives(runs: Sequence[Run]) -> str:
    """Shares of the motives that voluntary exits are attributed to, largest first."""
    totals = median_array(runs, lambda run: run.data["motives"].sum((0, 1)))
    if totals.sum() == 0:
        return "nobody left of their own will"
    order = np.argsort(-totals)
    words = [_SAID.get(motive, motive.replace("_", " ")) for motive in MOTIVES]
    return ", ".join(f"{words[k]} {100 * totals[k] / totals.sum():.0f}\u00a0%" for k in order)


def tell_regions(case: Case, runs: Sequence[Run]) -> str:
    """The four regions most persons left from, small cells hidden."""
    totals = median_array(runs, lambda run: left_from(run).sum(1))
    order = np.argsort(-totals)[:4]
    return "most from " + ", ".join(f"{case.regions[r].name} {suppress(totals[r])}" for r in order)


def tell_control(case: Case, runs: Sequence[Run]) -> str:
    """The regions least under the regime's control at the end."""
    last = median_array(runs, lambda run: run.data["control"][-1])
    order = np.argsort(last)[:3]
    return "least in " + ", ".join(f"{case.regions[r].name} {_say_share(last[r])}" for r in order)


def _say_share(share: float) -> str:
    return "under 1\u00a0%" if 0 < share < 0.01 else f"{100 * share:.0f}\u00a0%"


def strikes_per_thousand(run: Run) -> tuple[float, float]:
    """Air strikes per 1,000 ground soldiers in the first and the last year (or half of a shorter run)."""
    strikes, ground = national(run, "strikes"), strength(run, GROUND)
    span = min(365, (len(strikes) - 1) // 2)
    first, last = strikes[1 : 1 + span].sum(), strikes[-span:].sum()
    return 1000 * first / ground[1 : 1 + span].mean(), 1000 * last / ground[-span:].mean()


def tell_strikes(runs: Sequence[Run]) -> str:
    """How strikes per soldier changed from the first to the last year."""
    pairs = np.median([strikes_per_thousand(run) for run in runs], axis=0)
    return f"per 1,000 ground soldiers: {say(pairs[0], digits=2)} in the first year, {say(pairs[1], digits=2)} in the last"
