"""From a claim to its simulated counterpart: what a run would have shown a source that counts the same thing.

There is no model of bias here: the simulated truth is put beside the claim and the claimant, and nothing is scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from muster.observe.definition import GROUND, REGISTERED_SHARE, SOLDIERS, Definition
from muster.observe.quantities import DEFINITIONS
from muster.observe.window import SHORTEST_FLOW, NotComparable, claim_window

if TYPE_CHECKING:
    from muster.case import Claim
    from muster.simulate.result import Run


@dataclass(frozen=True, slots=True)
class Observation:
    """The simulated counterpart of one claim; ``value`` is None and ``reason`` a sentence when there is none."""

    value: float | None
    reason: str
    definition: Definition | None


def counted_branches(definition: Definition, claim: Claim) -> tuple[str, ...]:
    """The branches a claim counts: the definition's, narrowed by what the claim's unit says."""
    unit = claim.unit.lower()
    if definition.quantity == "military_personnel_total" and "army" in unit:
        return GROUND
    if definition.quantity in ("defections_period", "surrenders") and "soldier" in unit and "police" not in unit:
        return SOLDIERS
    return definition.branches


def explain(run: Run, claim: Claim, *, registered_share: Mapping[str, float] = REGISTERED_SHARE) -> Observation:
    """What ``run`` has to say to ``claim``: a value, or why there is none."""
    definition = DEFINITIONS.get(claim.quantity)
    if definition is None:
        return Observation(None, "no simulated counterpart", None)
    try:
        _refuse_other_things(claim)
        window = claim_window(run, claim, flow=definition.sums_days)
        if definition.kind == "flow" and window.days < SHORTEST_FLOW:
            raise NotComparable("a single event: the model dates none")
        value = definition.measure(window, counted_branches(definition, claim), registered_share=registered_share)
    except NotComparable as refusal:
        return Observation(None, str(refusal), definition)
    return Observation(value, "", definition)


def observe(run: Run, claim: Claim) -> float | None:
    """The simulated value for the claim's window and region in the unit of its definition, or None if not comparable."""
    return explain(run, claim).value


def _refuse_other_things(claim: Claim) -> None:
    unit, note = claim.unit.lower(), claim.note.lower()
    if "[plan" in note:
        raise NotComparable("an announced plan, not a count")
    if "establishment" in unit:
        raise NotComparable("an establishment figure, not persons present")
    if "famil" in unit:
        raise NotComparable("counts family members too")
