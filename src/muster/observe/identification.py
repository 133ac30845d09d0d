"""What the claims can identify: which quantities have an anchor, and which rest on the prior of a claimant's bias.

From the claims of one side alone, what happened and how that side bends it cannot be told apart. An anchor is an independent
claimant, or the opposed side counting the same thing. Counts as shape and directions say nothing of a level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from muster.observe.bias import Subject
from muster.observe.reported import Term

Status = Literal["anchored", "one anchor", "prior-dominated"]


@dataclass(frozen=True, slots=True)
class Identified:
    """How far the claims of one quantity fix its level.

    ``anchors`` are the ids of the claims that fix it, ``resting`` of those whose reading rests on the prior of a bias.
    ``level_sd`` is the sd of the logarithm of the level that these claims alone leave, ``bias_share`` the part of that
    variance that is bias.
    """

    quantity: str
    subject: Subject
    status: Status
    sides: tuple[str, ...]
    anchors: tuple[str, ...]
    resting: tuple[str, ...]
    level_sd: float
    bias_share: float
    akin: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The same in words."""
        factor = f"a factor of {math.exp(self.level_sd):.2g} (one sd)"
        if self.status == "anchored":
            text = f"{self.quantity}: anchored by {_claims(self.anchors)}; its claims alone leave {factor}."
            against = " and the ".join(side for side in self.sides if side != "independent")
            return text + (f" {_claims(self.resting)} of the {against} can be read against them." if self.resting else "")
        if self.status == "one anchor":
            return f"{self.quantity}: one independent claimant and nobody else; {factor} rests on the prior of its bias."
        text = (
            f"{self.quantity}: prior-dominated. Only the {self.sides[0]} counts it, and {factor} rests on the prior of its bias."
        )
        return text + (f" Anchored quantities of the same kind: {', '.join(self.akin)}." if self.akin else "")


def identification(terms: Sequence[Term]) -> tuple[Identified, ...]:
    """One entry a quantity that some term counts, in order of their names."""
    quantities = sorted({term.claim.quantity for term in terms})
    groups = {quantity: [term for term in terms if term.claim.quantity == quantity] for quantity in quantities}
    anchored = {quantity for quantity, group in groups.items() if _status(group) == "anchored"}
    return tuple(
        _identify(quantity, group, tuple(sorted(name for name in anchored if groups[name][0].subject == group[0].subject)))
        for quantity, group in groups.items()
    )


def verdict(found: Sequence[Identified]) -> str:
    """One sentence on all quantities together."""
    if not found:
        return "No claim can be held against a run: the answer is the prior."
    weak = [one.quantity for one in found if one.status == "prior-dominated"]
    if len(weak) == len(found):
        return "Only one side's claims exist: the answer is prior-dominated."
    if not weak:
        return f"Each of {len(found)} quantities has an independent or opposed claimant."
    return f"Prior-dominated, for only one side counts them: {', '.join(weak)} ({len(weak)} of {len(found)} quantities)."


def _identify(quantity: str, terms: Sequence[Term], akin: tuple[str, ...]) -> Identified:
    status = _status(terms)
    sides = tuple(sorted({term.claim.claimant_side for term in terms}))
    opposed = "independent" not in sides and status == "anchored"
    anchoring = [term for term in terms if term.claim.claimant_side == "independent" or opposed]
    resting = [term for term in terms if status != "anchored" or term not in anchoring]
    sd, without_bias = _level_sd(terms, with_bias=True), _level_sd(terms, with_bias=False)
    return Identified(
        quantity,
        terms[0].subject,
        status,
        sides,
        _ids(anchoring),
        _ids(resting),
        sd,
        1.0 - (without_bias / sd) ** 2,
        () if status == "anchored" else akin,
    )


def _status(terms: Sequence[Term]) -> Status:
    sides = {term.claim.claimant_side for term in terms}
    if len(sides) > 1:
        return "anchored"
    if sides == {"independent"}:
        return "anchored" if len({term.group for term in terms}) > 1 else "one anchor"
    return "prior-dominated"


def _level_sd(terms: Sequence[Term], *, with_bias: bool) -> float:
    """Each claimant's mean is off by its bias (sd of its prior) and by scatter over its independent figures."""
    precision = 0.0
    for group in {term.group for term in terms}:
        members = [term for term in terms if term.group == group]
        scatter = members[0].scatter ** 2 / sum(term.weight for term in members)
        precision += 1.0 / (scatter + (members[0].bias.sd ** 2 if with_bias else 0.0))
    return 1.0 / math.sqrt(precision)


def _ids(terms: Sequence[Term]) -> tuple[str, ...]:
    return tuple(name for term in terms for name in term.origin)


def _claims(ids: Sequence[str]) -> str:
    return f"{len(ids)} claim{'s' * (len(ids) > 1)}"
