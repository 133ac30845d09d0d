"""The laws the engine is held against, by the ids of the specification."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from muster.simulate.verify import cascade, combat, fates, programme, region, whole
from muster.simulate.verify.check import Check, Finding


@dataclass(frozen=True, slots=True)
class Law:
    """One law, and the function that runs the engine against it."""

    id: str
    title: str
    find: Callable[[], list[Finding]]

    def check(self) -> list[Check]:
        """Its numbers, one check each."""
        return [Check.of(self.id, self.title, finding) for finding in self.find()]


LAWS: dict[str, Law] = {
    law.id: law
    for law in (
        Law("V1", "Book-keeping", whole.conservation),
        Law("V2", "Granovetter's hundred", cascade.hundred),
        Law("V3", "Granovetter's critical spread", cascade.critical_spread),
        Law("V4", "Tipping", cascade.tipping),
        Law("V4b", "Cascade with delay", cascade.slow_cascade),
        Law("V5", "Exponential attrition", fates.one_hazard),
        Law("V6", "Competing fates", fates.competing),
        Law("V7", "Lanchester", combat.lanchester),
        Law("V8", "Deitchman", combat.deitchman),
        Law("V9", "Kress and Szechtman", combat.containment),
        Law("V10", "Houses for all", programme.unlimited),
        Law("V11", "Erlang's queue", programme.limited),
        Law("V12", "Control", region.control),
        Law("V13", "Support", region.opinion),
        Law("V14", "Moral injury", region.injury),
        Law("V15", "Sizes of clashes", combat.clash_sizes),
        Law("V16", "Alone in the unit", cascade.alone_in_the_unit),
        Law("V17", "Length of the step", whole.step),
        Law("V18", "Two engines", whole.engines),
        Law("V20", "Force at rest", fates.at_rest),
        Law("V21", "The same bits again", whole.again),
        Law("A5", "Neighbours' help", region.neighbours),
    )
}
