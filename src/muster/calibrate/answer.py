"""A run under given parameters, and what it says to single claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from muster.case import Case
from muster.observe.evidence import Evidence
from muster.observe.reported import Term
from muster.simulate.result import Run
from muster.simulate.run import simulate


def simulate_with(case: Case, values: Mapping[str, float], *, seed: int) -> Run:
    """One history of the case under parameter values by name; what is not named keeps the case's own value."""
    return simulate(replace(case, parameters={**case.parameters, **values}), seed=seed)


def answers(run: Run, terms: Sequence[Term]) -> np.ndarray:
    """The simulated truth each term counts, (terms,), in the claim's unit; NaN where the run has none."""
    return Evidence(tuple(terms)).read(run)
