"""A fit held against what it was and was not fitted to, and what it could not tell apart, in one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from muster.calibrate.draws import simulate_draws
from muster.calibrate.entangled import Pair, entangled
from muster.calibrate.known import known_by
from muster.calibrate.patterns import Shown, show_patterns
from muster.calibrate.posterior import Posterior
from muster.calibrate.predictive import Check, check_predictive
from muster.case import Case
from muster.core.errors import MusterError
from muster.core.pool import Progress
from muster.observe.reported import likelihood_terms


@dataclass(frozen=True, slots=True)
class Checked:
    """Fitted series, patterns that were not fitted, and pairs of parameters that only go together."""

    until: date
    series: tuple[Check, ...]
    patterns: tuple[Shown, ...]
    pairs: tuple[Pair, ...]


def check_fit(
    case: Case, posterior: Posterior, *, draws: int = 40, workers: int = 2, progress: Progress | None = None
) -> Checked:
    """Check a posterior of a case. Patterns are read from ``draws`` histories up to its cut.

    Errors: a :class:`MusterError` for fewer than one draw.
    """
    if draws < 1:
        raise MusterError(f"{draws} draws are no history to read patterns from. Ask for 1 or more.")
    known = known_by(case, posterior.until)
    runs = simulate_draws(known, posterior, draws, until=posterior.until, workers=workers, progress=progress)
    return Checked(
        posterior.until,
        check_predictive(posterior, likelihood_terms(known.claims)),
        show_patterns(case, runs),
        entangled(posterior),
    )
