"""The one measure of who outweighs whom, used for threat in combat and for control."""

from __future__ import annotations

from muster.core.compile import kernel


@kernel
def share_against(opponents: float, strength: float, soldiers_per_fighter: float) -> float:
    """Share of the strength in a region that stands against the regime: 0 none, 1 overwhelmed."""
    pressed = soldiers_per_fighter * opponents
    return pressed / (strength + pressed) if pressed > 0.0 else 0.0
