"""What a reported figure means: the truth behind it under the fitted biases, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from muster.calibrate.answer import answers, simulate_with
from muster.calibrate.band import Band
from muster.calibrate.known import known_by
from muster.calibrate.posterior import Posterior
from muster.case import Case, Claim
from muster.core.errors import MusterError
from muster.core.pool import Progress, map_pieces
from muster.core.suggest import did_you_mean
from muster.observe.definition import Definition
from muster.observe.identification import identification
from muster.observe.reported import likelihood_terms

DRAWS = 100
# Quantities a total of the same stem is made of.
_STEMS = ("cumulative_defections",)
_ENDS = ("military", "police", "total")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A claim, its definition, and bands over the posterior.

    ``truth`` is what the definition counts; ``factor`` is reported over true for this claimant and subject, ``learned``
    whether the claimant was heard in the fit; ``parts`` are quantities the figure is made of or stands beside.
    """

    claim: Claim
    definition: Definition
    until: date
    truth: Band
    factor: Band
    learned: bool
    parts: dict[str, Band]
    note: str


def explain_claim(
    case: Case,
    posterior: Posterior,
    claim: str,
    *,
    draws: int = DRAWS,
    workers: int = 2,
    progress: Progress | None = None,
) -> Meaning:
    """What a claim of the case implies about the truth, by its id.

    Errors: a :class:`MusterError` when the case has no such claim, it is later than the cut of the posterior, or it counts
    nothing that is simulated.
    """
    found = _find(case, claim)
    term = next(iter(likelihood_terms([found])), None)
    if term is None:
        raise MusterError(f"{claim} ({found.quantity}) counts nothing that is simulated, so nothing can be said about it.")
    if term.day > posterior.until:
        raise MusterError(f"{claim} is about {term.day}, after the cut of the posterior, {posterior.until}. Use a later fit.")
    known = replace(known_by(case, posterior.until), until=min(term.day, posterior.until))
    asked = [found, *_beside(found)]

    def one(index: int) -> np.ndarray:
        return answers(simulate_with(known, posterior.draw(index), seed=index + 1), asked)

    count = min(draws, posterior.draws)
    seen = np.array(map_pieces(one, count, workers=workers, progress=progress, what="histories"))
    if not np.isfinite(seen[:, 0]).all():
        raise MusterError(f"{claim} is about a place or a time the model does not keep, so nothing can be said about it.")
    heard = posterior.bias(term.group)
    prior = np.random.Generator(np.random.Philox(1)).normal(term.bias.mean, term.bias.sd, 2_000)
    bias = prior if heard is None else heard
    parts = {part.quantity: Band.of(seen[:, place]) for place, part in enumerate(asked) if place}
    return Meaning(
        found,
        term.definition,
        posterior.until,
        Band.of(seen[:, 0]),
        Band.of(np.exp(bias)),
        heard is not None,
        parts,
        _note(known, found),
    )


def _find(case: Case, name: str) -> Claim:
    for claim in case.claims:
        if claim.id == name:
            return claim
    hint = did_you_mean(name, [claim.id for claim in case.claims])
    raise MusterError(f'{case.name} has no claim "{name}". {hint}See its claims.csv.')


def _beside(claim: Claim) -> list[Claim]:
    """The same question about each part of the total, and about all who left, registered or not."""
    wanted = [f"{stem}_{end}" for stem in _STEMS if claim.quantity.startswith(stem) for end in _ENDS]
    if wanted:
        wanted.append("cumulative_defections_and_desertions")
    return [replace(claim, quantity=name) for name in wanted if name != claim.quantity]


def _note(known: Case, claim: Claim) -> str:
    """What the identification report says of the quantity."""
    rows = identification(likelihood_terms(known.claims))
    return next((row.sentence for row in rows if row.quantity == claim.quantity), "")
