"""Statements about those who leave: how many, who, with what help, and who stays."""

from __future__ import annotations

import numpy as np

from muster.core.dates import day_index
from muster.core.vocabulary import BRANCHES, FATES, RANKS, VOLUNTARY
from muster.simulate.result import Run
from muster.simulate.statements.statement import Finding, Histories, exits, more, states, total

_WEIGHTS = ("injury", "shaming", "losing", "offer", "risk", "peers")
_OWN_WILL = [FATES.index(fate) for fate in VOLUNTARY]


def _went(run: Run, *branches: str) -> np.ndarray:
    """Which of the leavers went of their own will, from these branches or all."""
    chosen = np.isin(run.leavers["fate"], _OWN_WILL)
    return chosen & np.isin(run.leavers["branch"], [BRANCHES.index(branch) for branch in branches]) if branches else chosen


@states(
    1,
    "A wave of defections runs through the ranks.",
    mechanism="`resolve`, `exit`, `programme`",
    observable="`exits` by day, region, branch, fate; `motives`",
    label="mechanism",
)
def _wave(histories: Histories) -> Finding:
    run = histories.base
    left, early = exits(run), exits(run, last=215)
    late = exits(run, first=215, last=730)
    rest = exits(histories.changed({f"resolve.weight_{name}": 0.0 for name in _WEIGHTS}))
    figure = (
        f"{left:,} leave of their own will, {early:,} in the first 7 months and {late:,} in the next 17; {rest:,} "
        "if nothing moves anybody"
    )
    return Finding(figure, left > 1.5 * rest and early > late / 2)


@states(
    4,
    "The opposition's government counts over 13,000 soldiers and police who defected since the coup.",
    mechanism="none: a claim is compared with a run, it does not enter one",
    observable="the claim as the interval 13,000 to 14,000, and what the run holds that a register could have counted",
    label="reported only",
)
def _claimed(histories: Histories) -> Finding:
    run, case = histories.base, histories.case
    said = next(
        (claim for claim in case.claims if claim.quantity == "cumulative_defections_total" and claim.value == 13_000), None
    )
    if said is None or said.as_of is None:
        return Finding("the pack holds no such claim", holds=False)
    day = min(day_index(said.as_of.last, case.start), run.days)
    least, most = exits(run, ("defected",), last=day + 1), exits(run, last=day + 1)
    figure = (
        f"claim [13,000, 14,000) as of {said.as_of.last}; in the run {least:,} with the programme, {most:,} with those on no list"
    )
    return Finding(figure, least < 14_000 and most >= 13_000)


@states(
    5,
    "Cash is offered to those who change sides.",
    mechanism="`resolve` (worth of the offer), `programme` (balance)",
    observable="`drive` (offer), `cash_paid`, `admitted`",
    label="mechanism",
)
def _cash(histories: Histories) -> Finding:
    none = histories.changed({"driver.cash": 0.0})
    ten = histories.changed({"driver.cash": 10.0, "driver.income": 10.0}, operation="multiply")
    poor = histories.changed({"driver.income": 0.0, "driver.cash": 5.0})
    a, b = exits(none), exits(ten)
    paid = int(total(poor, "admitted"))
    figure = (
        f"without cash {a:,} leave, with ten times the cash and the money for it {b:,}; with no money to pay it "
        f"{paid:,} are taken out"
    )
    return Finding(figure, b > a and paid == 0 < total(histories.base, "admitted"))


@states(
    6,
    "There is comprehensive support: a house, a stipend, protection on the way.",
    mechanism="`programme` (places, list, stay, stipend, credibility)",
    observable="`waiting`, `housed`, `settled`, `credibility`, `stipend_paid`",
    label="mechanism",
)
def _support(histories: Histories) -> Finding:
    run, none = histories.base, histories.changed({"driver.outreach": 0.0})
    twice = histories.changed({"driver.places": 2.0}, operation="multiply")
    taken, double = total(run, "admitted"), total(twice, "admitted")
    settled = int(run.data["settled"][-1])
    figure = (
        f"{taken:,.0f} taken out and {settled:,} households settled; {double:,.0f} with twice the places; without "
        f"the programme {exits(none):,} leave in all, with it {exits(run):,}"
    )
    return Finding(figure, double > taken > 0 and settled > 0 and exits(run) > exits(none))


@states(
    7,
    "The youngest in a safehouse is 19.",
    mechanism="none: age is carried along",
    observable="`leavers`: age, fate",
    label="reported only",
)
def _youngest(histories: Histories) -> Finding:
    left = histories.base.leavers
    ages = left["age"][left["fate"] == FATES.index("defected")]
    figure = f"youngest taken out: {ages.min()}; {int((ages <= 19).sum()):,} of {len(ages):,} are 19 or younger"
    return Finding(figure, int(ages.min()) <= 19)


@states(
    8,
    "He enlisted at 15, out of admiration and to make his family proud.",
    mechanism="mean threshold of the class (`resolve`); ages at entry from the pack",
    observable="`leavers`: age at entry; exits under higher thresholds",
    label="imposed",
)
def _admiration(histories: Histories) -> Finding:
    run = histories.base
    prouder = {f"resolve.threshold_{name}": 0.5 for name in ("army", "police", "air_navy", "conscript")}
    fewer = exits(histories.changed(prouder, operation="add"))
    minors = 100.0 * float((run.leavers["age_at_entry"][_went(run)] < 18).mean())
    figure = f"{minors:.0f} % of leavers entered below 18; half a standard deviation more pride: {more(fewer, exits(run))} leave"
    return Finding(figure, minors > 0 and fewer < exits(run))


@states(
    22,
    "A captain of the air force, 18 years in service, left a year after the coup (misdated by the article to February 2022).",
    mechanism="threshold of branch and rank (`resolve`), waiting for an occasion (`exit`)",
    observable="`leavers`: branch, rank, service_years, day",
    label="mechanism",
)
def _captain(histories: Histories) -> Finding:
    run = histories.base
    left, air = run.leavers, _went(run, "air_force")
    long = int((left["service_years"][air] >= 18).sum())
    officers = int((left["rank"][air] == RANKS.index("officer")).sum())
    late = int((left["day"][air] >= 270).sum())
    middle = float(np.median(left["day"][air])) if air.any() else 0.0
    figure = (
        f"{int(air.sum()):,} leave the air force, half of them after day {middle:.0f}; {officers:,} officers, "
        f"{long:,} with 18 years or more"
    )
    return Finding(figure, long > 0 and officers > 0 and late > 0)


@states(
    26,
    "His family was proud of the selection; to serve in the air force was an honour.",
    mechanism="mean threshold, highest in air force and navy (`resolve`)",
    observable="exits per 1,000 by branch",
    label="imposed",
)
def _honour(histories: Histories) -> Finding:
    run = histories.base
    heads = {name: float(run.data["strength"][0, :, b].sum()) for b, name in enumerate(BRANCHES)}
    rates = {name: 1000.0 * exits(run, branch=name) / max(heads[name], 1.0) for name in ("air_force", "infantry", "police")}
    figure = "per 1,000 leave: air force {air_force:.0f}, infantry {infantry:.0f}, police {police:.0f}".format(**rates)
    return Finding(figure, rates["air_force"] < rates["infantry"] < rates["police"])


@states(
    29,
    "In his unit he is the only one who left.",
    mechanism="thresholds, few of them low; hardening (`resolve`, `orders`)",
    observable="`unit_exits` by unit",
    label="mechanism",
)
def _alone(histories: Histories) -> Finding:
    run = histories.base
    gone = run.units["unit_exits"][:, _OWN_WILL].sum(axis=1)
    air = run.units["unit_branch"] == BRANCHES.index("air_force")
    touched, lone = int((gone[air] > 0).sum()), int((gone[air] == 1).sum())
    most = int(gone.max())
    figure = (
        f"of {int(air.sum()):,} air force units {touched:,} lost somebody and {lone:,} exactly one; the worst unit "
        f"of all lost {most:,}"
    )
    return Finding(figure, 0 < lone < touched and most > 10)


@states(
    30,
    "Most of his friends fight on.",
    mechanism="the willing are few; the hardened stay for good (`resolve`, `orders`)",
    observable="`strength` against `exits` by unit",
    label="mechanism",
)
def _friends(histories: Histories) -> Finding:
    run = histories.base
    gone = run.units["unit_exits"][:, _OWN_WILL].sum(axis=1)
    air = (run.units["unit_branch"] == BRANCHES.index("air_force")) & (gone > 0)
    stayed = float((run.units["unit_persons"][air] - run.units["unit_exits"][air].sum(axis=1)).sum())
    each = stayed / max(float(gone[air].sum()), 1.0)
    return Finding(f"in air force units that somebody left, {each:.0f} stay for each who left", each > 5)


FOUND = (_wave, _claimed, _cash, _support, _youngest, _admiration, _captain, _honour, _alone, _friends)
