"""Statements about the force: recruits that do not come, men that are missing, aircraft in their place."""

from __future__ import annotations

from muster.core.vocabulary import BRANCHES, ENTRIES
from muster.simulate.settings import case_parameters
from muster.simulate.statements.statement import Finding, Histories, more, states, total

_YEAR = 365


@states(
    2,
    "The army finds it hard to recruit.",
    mechanism="`recruitment` (volunteers follow the share that does not back the resistance, and control)",
    observable="`intake` by entry",
    label="mechanism",
)
def _recruiting(histories: Histories) -> Finding:
    run = histories.base
    rest = case_parameters(histories.case).exit.wastage * float(run.data["strength"][0, :, :4].sum()) * _YEAR
    columns = [ENTRIES.index(name) for name in ("volunteer", "lowered_standard")]
    came = float(run.data["intake"][1 : 1 + _YEAR][:, :, columns].sum())
    loyal = histories.changed({"recruitment.elasticity": 0.0})
    unmoved = float(loyal.data["intake"][1 : 1 + _YEAR][:, :, columns].sum())
    figure = (
        f"{100 * came / rest:.0f} % of the volunteers of a year before the crisis come in its first year; "
        f"{100 * unmoved / rest:.0f} % if opinion did not matter to them"
    )
    return Finding(figure, came < 0.8 * rest and came < unmoved)


@states(
    24,
    "It lacks the men to answer.",
    mechanism="exits, losses and missing recruits add up (`exit`, `combat`, `recruitment`)",
    observable="`strength`",
    label="mechanism",
)
def _missing(histories: Histories) -> Finding:
    infantry = histories.base.data["strength"][:, :, BRANCHES.index("infantry")].sum(axis=1)
    figure = f"infantry {infantry[0]:,} at first, {infantry[-1]:,} at the end: {more(float(infantry[-1]), float(infantry[0]))}"
    return Finding(figure, infantry[-1] < 0.95 * infantry[0])


@states(
    25,
    "It leans more and more on the air force.",
    mechanism="`airpower` (strikes follow threat and clashes, and the air force's own people)",
    observable="`strikes` per clash",
    label="mechanism",
)
def _aircraft(histories: Histories) -> Finding:
    run = histories.base
    first, last = (
        total(run, "strikes", **span) / max(total(run, "clashes", **span), 1.0)
        for span in ({"last": _YEAR}, {"first": run.days - _YEAR})
    )
    fewer = histories.changed({"resolve.threshold_air_navy": 0.5})
    figure = (
        f"{first:.2f} strikes per clash in the first year, {last:.2f} in the last; "
        f"{more(total(fewer, 'strikes'), total(run, 'strikes'))} strikes if the air force's mean threshold were 0.5 sd"
    )
    return Finding(figure, last > first and total(fewer, "strikes") < total(run, "strikes"))


FOUND = (_recruiting, _missing, _aircraft)
