"""The reduced model "threshold exit": what Muster and every peer simulate before a time is quoted. Imports nothing but Python.

Soldiers serve in units of 500 with 635 places. Each has a threshold; a unit's drive rises with the share of it that has just
left. Who stands at or below the drive leaves with a small chance a day; everybody may be discharged; recruits fill free places.

    theta_i ~ N(1, 0.4)                                                        once, also for recruits
    p_u     = 0.30 + 0.10 z_u + 60 s_u,   z_u ~ N(0, 1)                        z once a unit, s from yesterday, 0 at first
    soldier: discharged with h = 2e-5; else, if theta_i <= p_u, leaves with q = 0.01
    s_u    <- s_u + (left_u / 500 - s_u) / 7                                   who left today, not the discharged
    recruits ~ Poisson(0.05 units), each to a unit in proportion to 635 - n_u  at the end of the day, asked from tomorrow

The day is in this order. A curve is the number of soldiers gone for either reason, summed up to the days of `DAYS_COMPARED`.
"""

from __future__ import annotations

from dataclasses import dataclass

DAYS = 850
DAYS_COMPARED = (1, 7, 30, 100, 200, 425, 850)


@dataclass(frozen=True, slots=True)
class Reference:
    """The constants. A soldier who does not leave costs a comparison and, in a dense program, a draw."""

    size: int = 500  # soldiers of a unit at the start
    places: int = 635  # most a unit takes in
    threshold_mean: float = 1.0
    threshold_sd: float = 0.4
    base: float = 0.30
    unit_sd: float = 0.10
    gain: float = 60.0
    smoothing: float = 1.0 / 7.0
    leave: float = 0.01  # a day, of who is willing
    discharge: float = 2e-5  # a day, of everybody
    recruits: float = 0.05  # a day and unit

    @property
    def gone(self) -> float:
        """Chance that a willing soldier is gone for either reason: one draw below this settles both."""
        return self.discharge + (1.0 - self.discharge) * self.leave


REFERENCE = Reference()


def units_of(persons: int) -> int:
    """Units of a force; it must be whole ones."""
    if persons % REFERENCE.size:
        raise ValueError(f"{persons} is not a multiple of {REFERENCE.size}")
    return persons // REFERENCE.size
