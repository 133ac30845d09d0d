"""All that a case's reports say to a run, as one vector and one likelihood: claims, counts as shape, directions.

evidence = evidence_of(case)
seen = evidence.read(run)                      # (answers,), in natural units
learned = evidence.learned(seen)               # what an emulator learns: logarithms of claims and counts, changes as they are
evidence.log_likelihood(evidence.natural(learned), process_sd=...)
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from muster.observe.directions import (
    DirectionTerm,
    direction_names,
    direction_terms,
    log_likelihood_directions,
    read_directions,
)
from muster.observe.likelihood import log_likelihood
from muster.observe.reported import Term, likelihood_terms
from muster.observe.series import explain
from muster.observe.shape import ShapeTerm, read_shape, shape_names, shape_terms
from muster.observe.shape_likelihood import log_likelihood_shape

if TYPE_CHECKING:
    from muster.case import Case
    from muster.simulate.result import Run

Kind = Literal["claims", "shape", "directions"]
KINDS: tuple[Kind, ...] = ("claims", "shape", "directions")
_SMALL = 0.5  # a count below this is read as this before its logarithm, as in the likelihood
_LOWEST, _HIGHEST = -10.0, 25.0  # logarithms beyond these are no counts of anything


@dataclass(frozen=True, slots=True)
class Evidence:
    """Terms of the three kinds. A vector of answers holds those of the claims, then of the counts, then of the directions."""

    terms: tuple[Term, ...]
    shape: tuple[ShapeTerm, ...] = ()
    directions: tuple[DirectionTerm, ...] = ()

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Answers of each kind."""
        return len(self.terms), sum(term.size for term in self.shape), len(self.directions)

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each answer: the id of a claim, source and region of a count, the id of a direction."""
        return (*(term.claim.id for term in self.terms), *shape_names(self.shape), *direction_names(self.directions))

    @property
    def log_scale(self) -> np.ndarray:
        """Which answers are learned as logarithms (claims and counts) rather than as they are (directions)."""
        claims, counts, directions = self.sizes
        return np.arange(claims + counts + directions) < claims + counts

    def read(self, run: Run) -> np.ndarray:
        """What a run answers, (answers,), in natural units: NaN where it has no answer."""
        said = (explain(run, term.claim).value for term in self.terms)
        claims = np.array([np.nan if value is None else value for value in said], float)
        return np.concatenate([claims, read_shape(run, self.shape), read_directions(run, self.directions)])

    def learned(self, natural: Any) -> np.ndarray:
        """Answers on the scale on which an emulator learns them, (..., answers)."""
        values = np.asarray(natural, float)
        with np.errstate(invalid="ignore"):
            return np.where(self.log_scale, np.log(np.where(self.log_scale, np.maximum(values, _SMALL), 1.0)), values)

    def natural(self, learned: Any) -> np.ndarray:
        """The way back from ``learned``."""
        values = np.asarray(learned, float)
        return np.where(self.log_scale, np.exp(np.clip(np.where(self.log_scale, values, 0.0), _LOWEST, _HIGHEST)), values)

    def log_likelihood(self, simulated: Any, *, process_sd: Any = 0.0) -> np.ndarray:
        """Log-likelihood of all evidence, one number a history.

        ``simulated``: (histories, answers) in natural units. ``process_sd``: sd on the scale of ``learned``, a number,
        (answers,) or (histories, answers).
        """
        return np.asarray(sum(self.log_likelihoods(simulated, process_sd=process_sd).values()))

    def log_likelihoods(self, simulated: Any, *, process_sd: Any = 0.0) -> dict[Kind, np.ndarray]:
        """The same by kind."""
        values = np.atleast_2d(np.asarray(simulated, float))
        spread = np.broadcast_to(np.asarray(process_sd, float), values.shape)
        first, second, _ = np.cumsum(self.sizes)
        claims, counts, changes = slice(0, first), slice(first, second), slice(second, None)
        return {
            "claims": log_likelihood(values[:, claims], self.terms, process_sd=spread[:, claims]),
            "shape": log_likelihood_shape(values[:, counts], self.shape, process_sd=spread[:, counts]),
            "directions": log_likelihood_directions(values[:, changes], self.directions, process_sd=spread[:, changes]),
        }

    def answered(self, natural: np.ndarray) -> Evidence:
        """The evidence without the terms to which a vector of answers has none (NaN)."""
        known = np.isfinite(np.asarray(natural, float))
        claims, counts, _ = self.sizes
        ends = np.cumsum([term.size for term in self.shape]) + claims
        return Evidence(
            tuple(term for term, there in zip(self.terms, known[:claims], strict=True) if there),
            tuple(term for term, end in zip(self.shape, ends, strict=True) if known[end - term.size : end].all()),
            tuple(term for term, there in zip(self.directions, known[claims + counts :], strict=True) if there),
        )


def evidence_of(case: Case, *, kinds: Collection[Kind] = KINDS) -> Evidence:
    """The evidence of a case, or of some kinds of it. Some terms may have no answer in a run: see :meth:`Evidence.answered`."""
    return Evidence(
        likelihood_terms(case.claims) if "claims" in kinds else (),
        shape_terms(case) if "shape" in kinds else (),
        direction_terms(case) if "directions" in kinds else (),
    )
