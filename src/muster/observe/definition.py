"""What a reported quantity counts, in simulated counters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from muster.core.vocabulary import BRANCHES, MILITARY
from muster.observe.window import Window

Kind = Literal["cumulative", "flow", "stock", "share", "index"]

# Share of those who left without the programme that a register counts all the same, by branch. Judgement: no source gives
# it. Soldiers: prior Beta(3, 7), mean 0.3. Police: Beta(8, 2), mean 0.8, for they went on strike in public, and their
# register (of the civil disobedience movement) was opened before any programme.
REGISTERED_SHARE: Mapping[str, float] = {**dict.fromkeys(MILITARY, 0.3), "police": 0.8}

POLICE = ("police",)
GROUND = ("infantry", "support")
EVERYONE = BRANCHES
SOLDIERS = MILITARY


@dataclass(frozen=True, slots=True)
class Definition:
    """One quantity of a case pack's claims as a combination of simulated counters.

    ``fates`` (fate -> weight) are counted over ``branches``; ``counters`` (recorded name -> weight) are added to them.
    ``registered`` adds the registered share of those who deserted. ``special`` replaces the sum where a quantity is no sum.
    ``same_unit`` is false when the simulated value is an index that must not be read against the claim's own number.
    """

    quantity: str
    kind: Kind
    unit: str
    counts: str
    gap: str = ""
    fates: Mapping[str, float] = field(default_factory=dict)
    branches: tuple[str, ...] = ()
    counters: Mapping[str, float] = field(default_factory=dict)
    registered: bool = False
    special: Callable[[Window, tuple[str, ...]], float] | None = None
    same_unit: bool = True

    @property
    def sums_days(self) -> bool:
        """Whether the value is summed over the claim's period rather than read on its last day."""
        return self.kind in ("cumulative", "flow")

    def measure(
        self, window: Window, branches: tuple[str, ...], *, registered_share: Mapping[str, float] = REGISTERED_SHARE
    ) -> float:
        """The simulated value over ``window`` in ``unit``, counting ``branches``."""
        if self.special is not None:
            return self.special(window, branches)
        total = window.exits(dict(self.fates), branches) if self.fates else 0.0
        if self.registered:
            total += sum(registered_share[branch] * window.exits({"deserted": 1.0}, (branch,)) for branch in branches)
        read = window.flow if self.sums_days else window.stock
        return total + sum(weight * read(name) for name, weight in self.counters.items())
