"""A run under given parameters, and what it says to single claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from muster.case import Case, Claim
from muster.observe.series import explain
from muster.simulate.result import Run
from muster.simulate.run import simulate


def simulate_with(case: Case, values: Mapping[str, float], *, seed: int) -> Run:
    """One history of the case under parameter values by name; what is not named keeps the case's own value."""
    return simulate(replace(case, parameters={**case.parameters, **values}), seed=seed)


def answers(run: Run, claims: Sequence[Claim]) -> np.ndarray:
    """The simulated truth each claim counts, (claims,), in its unit; NaN where the run has none."""
    said = (explain(run, claim).value for claim in claims)
    return np.array([np.nan if value is None else value for value in said], float)
