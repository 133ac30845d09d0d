"""Whose histories an experiment runs: draws of the pack's fit where it has one, else seeds of its defaults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.compare.part import Part, read_period
from muster.core.dates import parse_interval
from muster.core.errors import MusterError

if TYPE_CHECKING:
    from muster.calibrate.posterior import Posterior
    from muster.case import Case

Draws = Annotated[int, Parameter(help="Draws of the pack's fit; without a fit, seeds of its defaults.", show_default=True)]
Workers = Annotated[int, Parameter(help="Threads; they change nothing but the time.", show_default=True)]
Quantity = Annotated[
    str, Parameter(help="What is asked about: left, defected, killed, strength, control, ...", show_default=True)
]
Since = Annotated[str | None, Parameter(help="First month of the part asked about, as 2022-01.")]
Region = Annotated[str | None, Parameter(help="One region only.")]
Branch = Annotated[str | None, Parameter(help="One branch only, as police.")]


def find_fit(pack: Case, *, unfitted: bool) -> Posterior | None:
    """The fit that the draws are of."""
    import muster

    return None if unfitted else muster.shipped_posterior(pack)


def holds_ensemble(text: str) -> bool:
    """Whether the text is the folder of a stored ensemble rather than a case."""
    from muster.compare.plan import FILE as PLAN

    return (Path(text) / PLAN).is_file()


def say_members(count: int, posterior: Posterior | None) -> str:
    """What the intervals of ``count`` members are over, in words."""
    if posterior is None:
        return f"{count} seeds of the case's uncalibrated defaults: intervals hold luck and nothing else."
    what = "intervals hold luck and what is unknown of the parameters, not what is wrong with the model"
    return f"{count} draws of the fit to {posterior.until}: {what}."


def read_part(since: str | None, until: str | None, region: str | None, branch: str | None) -> Part:
    """The part of the histories that the options name."""
    begin = None if since is None else parse_interval(since).first
    end = None if until is None else parse_interval(until).last
    return Part(begin, end, region, branch)


def read_periods(text: str) -> tuple[Part, Part]:
    """Two periods, ``2021-02..2021-12,2023-01..2023-12``."""
    first, comma, second = text.partition(",")
    if not comma:
        raise MusterError(f'"{text}" is one period. Write two, as in 2021-02..2021-12,2023-01..2023-12.')
    return read_period(first), read_period(second)
