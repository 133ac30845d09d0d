"""What a history answers to the claims: one run in, one number a term of the likelihood out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from muster.case import Case
from muster.observe.reported import Term
from muster.observe.series import explain
from muster.simulate.result import Run
from muster.simulate.run import simulate


def simulate_with(case: Case, values: Mapping[str, float], *, seed: int) -> Run:
    """One history of the case under parameter values by name; what is not named keeps the case's own value."""
    return simulate(replace(case, parameters={**case.parameters, **values}), seed=seed)


def answers(run: Run, terms: Sequence[Term]) -> np.ndarray:
    """The simulated truth each term counts, (terms,), in the claim's unit; NaN where the run has none."""
    seen = (explain(run, term.claim).value for term in terms)
    return np.array([np.nan if value is None else value for value in seen])


def answerable(case: Case, terms: Sequence[Term], *, seed: int = 1) -> tuple[Term, ...]:
    """The terms that a run of the case can answer: not those about places, dates or persons it does not keep."""
    run = simulate(case, seed=seed)
    return tuple(term for term, value in zip(terms, answers(run, terms), strict=True) if np.isfinite(value))
