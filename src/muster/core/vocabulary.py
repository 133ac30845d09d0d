"""The controlled words every floor shares: the codes of the engine are positions in these tuples."""

from __future__ import annotations

BRANCHES = ("infantry", "support", "air_force", "navy", "police")
MILITARY = ("infantry", "support", "air_force", "navy")

# What has become of a person; the first is no exit. `arrested` is by the own side, `prisoner` by the other in battle.
FATES = ("in_service", "defected", "deserted", "arrested", "killed", "surrendered", "discharged", "prisoner")
EXITS = FATES[1:]
VOLUNTARY = ("defected", "deserted", "surrendered")

RANKS = ("other_rank", "nco", "officer")
ENTRIES = ("volunteer", "conscript", "recalled", "lowered_standard")

# Terms of the drive of a unit, and the motives an exit is attributed to (`dormant`: was willing before the crisis).
TERMS = ("moral_injury", "shaming", "losing", "offer", "risk", "peers")
MOTIVES = ("dormant", "moral_injury", "shaming", "losing", "offer", "peers")

SIDES = ("regime", "resistance", "independent")

# How a number in a case pack is known.
BASES = ("stated", "derived", "judgement")
