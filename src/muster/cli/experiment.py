"""What every experiment asks for: whose histories it simulates, and which part of them it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from muster.cli.fits import Unfitted, load_drawn
from muster.cli.options import Json, Quiet, Seed, Strength, Until, Workers
from muster.cli.terminal import show_progress
from muster.core.dates import parse_interval
from muster.core.errors import MusterError

if TYPE_CHECKING:
    from muster.calibrate.posterior import Posterior
    from muster.case import Case
    from muster.compare.ensemble import Ensemble
    from muster.compare.part import Part

Quantity = Annotated[
    str, Parameter(help="What is asked about: left, defected, killed, strength, control, ...", show_default=True)
]
Since = Annotated[str | None, Parameter(help="First month of the part asked about, as 2022-01.")]
Region = Annotated[str | None, Parameter(help="One region only.")]
Branch = Annotated[str | None, Parameter(help="One branch only, as police.")]


@Parameter(name="*")  # its fields are options of the command
@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The part of the histories that the options name."""

    since: Since = None
    until: Until = None
    region: Region = None
    branch: Branch = None

    def part(self) -> Part:
        """Whole months, from the first to the last that is named."""
        from muster.compare.part import Part

        begin = None if self.since is None else parse_interval(self.since).first
        end = None if self.until is None else parse_interval(self.until).last
        return Part(begin, end, self.region, self.branch)


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """Whose histories are simulated, and how what they say is told."""

    seed: Seed = 1
    unfitted: Unfitted = False
    workers: Workers = 2
    strength: Strength = None
    quiet: Quiet = False
    json: Json = False

    def load(self, case: str) -> tuple[Case, Posterior | None]:
        """The case, and the fit that its members are draws of."""
        return load_drawn(case, strength=self.strength, unfitted=self.unfitted)

    def simulate(
        self, case: str, scenarios: list[str], part: Part, *, draws: int, seeds: int = 1
    ) -> tuple[Ensemble, Posterior | None]:
        """Scenarios of a case as far as a part of them is asked about, and the fit that the members are draws of."""
        import muster

        pack, posterior = self.load(case)
        with show_progress(quiet=self.quiet) as tell:
            ensemble = muster.simulate_ensemble(
                pack,
                posterior,
                scenarios,
                draws=draws,
                seeds=seeds,
                seed=self.seed,
                until=part.within(pack),
                workers=self.workers,
                progress=tell,
            )
        return ensemble, posterior


ALL, USUAL = Asked(), Experiment()


def say_members(count: int, posterior: Posterior | None) -> str:
    """What the intervals of ``count`` members are over, in words."""
    if posterior is None:
        return f"{count} seeds of the case's uncalibrated defaults: intervals hold luck and nothing else."
    what = "intervals hold luck and what is unknown of the parameters, not what is wrong with the model"
    return f"{count} draws of the fit to {posterior.until}: {what}."


def read_periods(text: str) -> tuple[Part, Part]:
    """Two periods, ``2021-02..2021-12,2023-01..2023-12``."""
    from muster.compare.part import read_period

    first, comma, second = text.partition(",")
    if not comma:
        raise MusterError(f'"{text}" is one period. Write two, as in 2021-02..2021-12,2023-01..2023-12.')
    return read_period(first), read_period(second)
