"""The terms of the likelihood: which claims can be held against a run, one term an origin, with bias, scatter and weight.

Repeats of one figure by one claimant are one origin. The figures of one claimant's series lean on each other: their terms
are weighted down to the number of independent figures an AR(1) process of that spacing would be worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from muster.observe.bias import Bias, Subject, prior_bias, scatter_of, subject_of
from muster.observe.claimant import claimant_key
from muster.observe.definition import Definition
from muster.observe.quantities import DEFINITIONS
from muster.observe.wording import Stretch, readings

if TYPE_CHECKING:
    from muster.case import Claim

# Correlation of the scatter of one claimant's figures a month apart (model specification, judgement).
MONTHLY_CORRELATION = 0.9
_DAYS_OF_A_MONTH = 30.44
# The same figure of the same claimant within this time is a repeat.
_REPEAT_DAYS = 45


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the likelihood: what was reported, what it counts, and how far it is to be believed.

    ``group`` names the claimant and subject that share a bias; ``origin`` lists the claims this term stands for.
    """

    claim: Claim
    definition: Definition
    subject: Subject
    group: tuple[str, Subject]
    bias: Bias
    scatter: float
    readings: tuple[Stretch, ...]
    weight: float
    origin: tuple[str, ...]

    @property
    def day(self) -> date:
        """The day the figure stands for."""
        assert self.claim.as_of is not None
        return self.claim.as_of.middle


def likelihood_terms(claims: Sequence[Claim]) -> tuple[Term, ...]:
    """The terms that a set of claims gives, in the order of the claims. What has no simulated counterpart gives none."""
    terms = [term for claim in claims if (term := _term(claim)) is not None]
    return _weighted(_merge_repeats(terms))


def _term(claim: Claim) -> Term | None:
    definition = DEFINITIONS.get(claim.quantity)
    subject = subject_of(claim.quantity)
    stretches = readings(claim)
    if definition is None or subject is None or not definition.same_unit or claim.as_of is None or not stretches:
        return None
    return Term(
        claim,
        definition,
        subject,
        (claimant_key(claim.claimant), subject),
        prior_bias(claim.claimant_side, subject, claim.claimant),
        scatter_of(subject),
        stretches,
        1.0,
        (claim.id,),
    )


def _merge_repeats(terms: Sequence[Term]) -> list[Term]:
    kept: list[Term] = []
    for term in terms:
        for place, earlier in enumerate(kept):
            if _repeats(term, earlier):
                kept[place] = _with(earlier, origin=(*earlier.origin, *term.origin))
                break
        else:
            kept.append(term)
    return kept


def _repeats(term: Term, other: Term) -> bool:
    return (
        term.group == other.group
        and term.claim.quantity == other.claim.quantity
        and term.claim.region == other.claim.region
        and term.readings == other.readings
        and abs((term.day - other.day).days) <= _REPEAT_DAYS
    )


def _weighted(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Each series of one claimant worth as many figures as are independent in it: ``1' R^-1 1`` of an AR(1) process."""
    series: dict[tuple[object, ...], list[int]] = {}
    for place, term in enumerate(terms):
        series.setdefault((*term.group, term.claim.quantity, term.claim.region), []).append(place)
    weighted = list(terms)
    for places in series.values():
        months = np.array([terms[place].day.toordinal() for place in places]) / _DAYS_OF_A_MONTH
        share = independent_figures(months) / len(places)
        for place in places:
            weighted[place] = _with(weighted[place], weight=share)
    return tuple(weighted)


def independent_figures(months: np.ndarray, *, correlation: float = MONTHLY_CORRELATION) -> float:
    """How many independent figures a series at these times (months) is worth: 1 when all fall together, n when far apart."""
    times = np.unique(np.round(months, 2))
    steps = correlation ** np.diff(times)
    return float(1.0 + ((1.0 - steps) / (1.0 + steps)).sum())


def _with(term: Term, *, weight: float | None = None, origin: tuple[str, ...] | None = None) -> Term:
    from dataclasses import replace

    return replace(term, weight=term.weight if weight is None else weight, origin=term.origin if origin is None else origin)
